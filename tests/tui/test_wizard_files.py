"""The wizard among bad files, full disks and odd places for a report: it says what is wrong and goes on."""

from __future__ import annotations

import json
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from oneroster_checks.connection import Connection
from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileError, ProfileStore
from oneroster_wizard.storage.report_file import write_report

from ..bad_files import NO_REGULAR_FILES, TOO_LARGE, a_device, put_bad_profiles, raw, text
from ..full_disk import full_disk
from .wizard_driver import Driver, driving

CONNECTION = Connection(base_url="https://a.infinitecampus.org/campus", client_id="x")
DEEP = "[" * 3000


async def test_every_bad_file_is_named_and_the_good_one_works(tmp_path: Path) -> None:
    ProfileStore(tmp_path).save(Profile("Lakeside", CONNECTION))
    bad = put_bad_profiles(tmp_path)
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        assert "Lakeside" in wizard.picture()
        words = wizard.words()
        for name in bad[:-1]:  # the last has a name that no text can hold as it is
            assert f"{name} cannot be used and was left as it is." in words
        assert len(words) < 20_000
        await wizard.press("f6")
        await wizard.until(lambda: wizard.focused == "name")
        await wizard.press("ctrl+u", *"Hill", "enter")
        await wizard.until(lambda: "Lakeside is now Hill." in wizard.words())
        await wizard.press("e")
        await wizard.step(WizardStep.VERSIONS)
    assert ProfileStore(tmp_path).load("Hill").connection == CONNECTION
    assert set(bad) < set(os.listdir(tmp_path))


async def test_a_folder_that_cannot_be_read_is_said_and_a_new_connection_can_begin(tmp_path: Path) -> None:
    folder = tmp_path / "profiles"
    folder.write_text("a file")
    async with driving(WizardApp(folder=folder)) as wizard:
        assert f"The profiles in {folder} cannot be read: not a directory." in " ".join(
            wizard.words().split("\n")
        )
        assert "No connection is saved yet." not in wizard.words()
        await wizard.press("ctrl+n")
        await wizard.step(WizardStep.VERSIONS)


LAST_RUNS: dict[str, Callable[[Path], object]] = {
    **NO_REGULAR_FILES,
    **TOO_LARGE,
    "deep": text(DEEP),
    "deep-in-it": text(
        '{"status": "pass", "cause": null, "when": "2026-01-01", "summary": "x", "report": ' + DEEP + "}"
    ),
    "digits": text("9" * 5000),
    "nul": raw(b"\0" * 100),
    "no-utf-8": raw(b"\xff\xfe{}"),
    "surrogate": text('{"status": "\\ud800", "cause": null, "when": "2026-01-01", "summary": "x"}'),
    "first-year": text(
        '{"status": "pass", "cause": null, "when": "0001-01-01T00:00:00+14:00", "summary": "x"}'
    ),
    "last-year": text(
        '{"status": "pass", "cause": null, "when": "9999-12-31T23:59:59-14:00", "summary": "x"}'
    ),
    "list-as-cause": text('{"status": "pass", "cause": [], "when": "2026-01-01", "summary": "x"}'),
    "number-as-summary": text('{"status": "pass", "cause": null, "when": "2026-01-01", "summary": 5}'),
    "list-as-status": text('{"status": [], "cause": null, "when": "2026-01-01", "summary": "x"}'),
}


@pytest.mark.parametrize("name", LAST_RUNS)
def test_a_bad_last_run_counts_as_none(name: str, tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    store.save(Profile("lakeside", CONNECTION))
    LAST_RUNS[name](tmp_path / "lakeside.last.json")
    assert store.last_run("lakeside") is None
    assert store.list() == ([Profile("lakeside", CONNECTION)], [])


async def test_bad_last_runs_do_not_stop_the_list(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    for name, make in LAST_RUNS.items():
        store.save(Profile(name, CONNECTION))
        make(tmp_path / f"{name}.last.json")
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        assert wizard.picture().count("Not run yet") > 3


@pytest.mark.parametrize("change", ["save", "rename", "duplicate"])
def test_a_full_disk_loses_nothing(change: str, tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    store.save(Profile("lakeside", CONNECTION))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    changes: dict[str, Callable[[], None]] = {
        "save": lambda: store.save(Profile("lakeside", CONNECTION.but(client_id="new"))),
        "rename": lambda: store.rename("lakeside", "new"),
        "duplicate": lambda: store.duplicate("lakeside", "new"),
    }
    for room in (0, 100):
        with full_disk(room), pytest.raises(ProfileError, match=r"could not be written: file too large\."):
            changes[change]()
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


async def test_what_was_typed_stays_when_the_disk_is_full(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        draft = Draft(connection=district.connection, credentials=district.credentials, remember=False)
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            await wizard.press("ctrl+s")
            await wizard.until(lambda: wizard.focused == "name")
            with full_disk():
                await wizard.press("enter")
                await wizard.until(lambda: "could not be written: file too large." in wizard.words())
            assert wizard.app.draft.connection == district.connection
            assert wizard.app.draft.credentials == district.credentials
            assert wizard.app.draft.profile == ""
            assert os.listdir(tmp_path) == []
            await wizard.press("ctrl+s")
            await wizard.until(lambda: wizard.focused == "name")
            await wizard.press("enter")
            await wizard.until(lambda: "Saved as my-district" in wizard.words())


async def save_report_to(wizard: Driver, path: str) -> None:
    """Open the dialog, put this path in and press Enter."""
    await wizard.press("w")
    await wizard.until(lambda: wizard.focused == "path")
    wizard.app.screen.query_one("#path", Input).value = path
    await wizard.press("enter")


async def test_a_report_is_saved_to_odd_places_or_it_is_said(tmp_path: Path) -> None:
    device, pipe, link, target = (tmp_path / name for name in ("device", "pipe", "link", "target"))
    a_device(device)
    os.mkfifo(pipe)
    target.write_text("mine")
    target.chmod(0o640)
    link.symlink_to(target)
    (tmp_path / "file").write_text("mine")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()
    with PracticeDistrict() as district:
        draft = Draft(connection=district.connection, credentials=district.credentials, practice=True)
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path / "p")) as wizard:
            await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            for path in (device, pipe):
                await save_report_to(wizard, str(path))
                await wizard.until(lambda path=path: f"Saved as {path}" in wizard.words())  # type: ignore[misc]
            await save_report_to(wizard, str(link))
            await wizard.until(lambda: "This file exists." in wizard.words())
            await wizard.press("enter")
            await wizard.until(lambda: f"Saved as {link}" in wizard.words())
            for odd, sentence in {
                str(tmp_path): "This is a folder.",
                str(tmp_path / "file" / "x"): "No file can be written there: not a directory.",
                str(tmp_path / "none" / "x"): "No file can be written there: no such file or directory.",
                "n" * 5000: "No file can be written there: file name too long.",
                "~nobody-of-this-name/x": "No file can be written there: no such file or directory.",
                "/dev/stdout": "This is the screen of the wizard.",
                "a\0b": "No file can be written there: this is not a file name.",
            }.items():
                await save_report_to(wizard, odd)
                await wizard.until(lambda said=sentence: said in wizard.words())  # type: ignore[misc]
                await wizard.press("escape")
    reader.join(20)
    assert "OneRoster" in read[0]
    assert not stat.S_ISREG(device.lstat().st_mode)
    assert link.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert "OneRoster" in target.read_text()


def test_a_reader_that_takes_nothing_is_not_waited_for_in_the_wizard(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(OSError, match="its reader stopped reading"):
            write_report(pipe, "x" * 1_000_000, stall_s=0.1)
    finally:
        os.close(reading)


def test_the_result_beside_a_profile_can_be_read_again(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    store.save(Profile("lakeside", CONNECTION))
    kept = {"status": "pass", "cause": None, "when": "2026-01-01T10:00:00+00:00", "summary": "It works."}
    (tmp_path / "lakeside.last.json").write_text(json.dumps(kept))
    last = store.last_run("lakeside")
    assert last is not None
    assert (last.status, last.cause, last.summary) == ("pass", None, "It works.")
