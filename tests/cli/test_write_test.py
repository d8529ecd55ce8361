"""The write test on the command line: what it needs, Ctrl+C and kill at any moment, and removal at the next start."""

from __future__ import annotations

import asyncio
import json
import signal
import stat
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from oneroster_checks.made_records import new_records
from oneroster_practice import PracticeDistrict
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.write_journal import JournalFiles, left_tests

from ..checks.writing import SHARE, in_gradebook, unchanged
from ..full_disk import full_disk
from ..servers.meddler import Meddler, Passing
from .command import COMMAND, call, environment, options_of, secrets_of

LIMIT_S = 60
WRITE = ("--write-test", "class-1")
REMOVE = "--remove-test-records"
# The requests that write in one whole test.
WRITES = 9


def ready_line(district: PracticeDistrict, relay: Meddler | None = None) -> dict[str, Any]:
    """What a district hands out, by way of a relay if there is one."""
    line = district.ready_line()
    if relay is not None:
        line |= {"base_url": relay.connection.base_url, "token_url": relay.connection.token_url}
    return line


def journals(home: Path) -> list[Path]:
    """The files of the journals."""
    return sorted((home / "state" / "oneroster-wizard" / "write-tests").glob("*.json"))


async def run_check(
    line: Mapping[str, Any],
    *more: str,
    started: Callable[[asyncio.subprocess.Process], None] = lambda process: None,
) -> tuple[int | None, bytes, bytes]:
    """One `check` of a district to its end: its exit code, what it reported, and what it complained of."""
    return await _run(line, *options_of(line), *more, started=started)


async def _run(
    line: Mapping[str, Any],
    *arguments: str,
    started: Callable[[asyncio.subprocess.Process], None] = lambda process: None,
) -> tuple[int | None, bytes, bytes]:
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "check", *arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=environment(secrets_of(line)),
    )  # fmt: skip
    started(process)
    out, complaints = await asyncio.wait_for(process.communicate(), LIMIT_S)
    return process.returncode, out, complaints


def test_a_write_test_passes_and_leaves_nothing(home: Path) -> None:
    with PracticeDistrict(share=SHARE) as district, unchanged(district):
        line = ready_line(district)
        done = call("check", *options_of(line), *WRITE, "--format", "json", more=secrets_of(line))
    assert (done.returncode, done.stderr) == (0, "")
    (run,) = json.loads(done.stdout)["runs"]
    states = {each["check"]: each["status"] for each in run["findings"] if "gradebook.write" in each["check"]}
    assert set(states.values()) == {"pass"}
    assert len(states) == 8
    assert list((home / "state" / "oneroster-wizard" / "write-tests").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--write-test", " "), "--write-test takes the sourcedId of a class."),
        ((*WRITE, REMOVE), "Give --write-test or --remove-test-records, not both."),
        ((*WRITE, "--share", "rostering"), "not among the data you expect"),
        ((REMOVE,), "No write test has left any records in this grade book."),
    ],
)
def test_what_cannot_be_is_a_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    with PracticeDistrict(share=SHARE) as district:
        line = ready_line(district)
        done = call("check", *options_of(line), *arguments, more=secrets_of(line))
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr


def test_the_vendor_key_is_needed() -> None:
    with PracticeDistrict(share=SHARE) as district:
        line = ready_line(district) | {"vendor_key": "", "vendor_secret": ""}
        done = call("check", *options_of(line), *WRITE, more=secrets_of(line))
    assert (done.returncode, done.stdout) == (2, "")
    assert "The write test needs the vendor key and the vendor secret" in done.stderr


@pytest.mark.parametrize("profiles", [("--all",), ("one", "two")])
def test_several_profiles_are_refused(profiles: tuple[str, ...]) -> None:
    for option in (WRITE, (REMOVE,)):
        done = call("check", *profiles, *option)
        assert (done.returncode, done.stdout) == (2, "")
        assert "goes with one connection" in done.stderr


def test_a_record_that_could_not_be_noted_is_not_left(home: Path) -> None:
    first, second = new_records()[:2]
    journal = JournalFiles("", "https://d.example")
    journal.about_to_write("class-1", first)
    (path,) = journals(home)
    with full_disk(path.stat().st_size), pytest.raises(OSError, match="too large"):
        journal.about_to_write("class-1", second)
    journal.removed(first)
    assert journal.is_empty
    journal.close()
    assert list(path.parent.iterdir()) == []


def writes(number: int) -> Callable[[list[Passing]], bool]:
    """Whether the last request heard is the one of this number that writes."""
    return lambda heard: heard[-1].writes and sum(passing.writes for passing in heard) == number


async def ended_at(
    relay: Meddler, line: Mapping[str, Any], number: int, how: signal.Signals, *, behind: bool
) -> tuple[int, bytes, bytes]:
    """A write test whose process gets a signal at one of its writes, before or after the server has carried it out."""

    def meddle(passing: Passing) -> None:
        if not behind and writes(number)(relay.heard):
            process.send_signal(how)

    def answered(passing: Passing) -> None:
        if behind and writes(number)(relay.heard):
            process.send_signal(how)

    relay.meddle, relay.answered = meddle, answered
    relay.heard.clear()
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "check", *options_of(line), *WRITE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=environment(secrets_of(line)),
    )  # fmt: skip
    out, complaints = await asyncio.wait_for(process.communicate(), LIMIT_S)
    relay.meddle, relay.answered = lambda passing: None, lambda passing: None
    assert process.returncode is not None
    return process.returncode, out, complaints


@pytest.mark.parametrize("behind", [True, False], ids=["done", "not done"])
async def test_ctrl_c_removes_what_was_written(behind: bool, home: Path) -> None:
    with PracticeDistrict(share=SHARE) as district:
        async with Meddler(district.connection) as relay:
            line = ready_line(district, relay)
            before = in_gradebook(district)
            for number in (1, 2, 3, 6, 7, 9):
                code, out, complaints = await ended_at(relay, line, number, signal.SIGINT, behind=behind)
                assert (code, out) == (130, b""), number
                assert complaints.endswith(b"Interrupted.\n")
                assert b"Removing the test records." in complaints
                assert in_gradebook(district) == before, number
                assert journals(home) == []


@pytest.mark.parametrize("number", [1, 3, 5, 8])
async def test_what_a_kill_leaves_is_removed_when_the_user_says_so(number: int, home: Path) -> None:
    with PracticeDistrict(share=SHARE) as district:
        async with Meddler(district.connection) as relay:
            line = ready_line(district, relay)
            before = in_gradebook(district)
            code, _, _ = await ended_at(relay, line, number, signal.SIGKILL, behind=True)
            assert code == -signal.SIGKILL
            (journal,) = journals(home)
            left = json.loads(journal.read_text())
            assert stat.S_IMODE(journal.stat().st_mode) == 0o600
            assert set(left) == {"profile", "base_url", "class", "time", "records"}
            assert (left["class"], left["base_url"]) == ("class-1", line["base_url"])
            # Nothing is removed without a yes, and it is said at every start.
            for _ in range(2):
                told = await run_check(line)
                assert told[0] == 0
                assert b"may still be in the grade book at http://127.0.0.1" in told[2]
                assert b"--remove-test-records" in told[2]
            assert journals(home) == [journal]
            done = await run_check(line, REMOVE)
            assert (done[0], done[2]) == (0, b"")
            assert b"Removal of earlier test records" in done[1]
            assert in_gradebook(district) == before
            assert list(journal.parent.iterdir()) == []
            again = await run_check(line, REMOVE)
            assert again[0] == 2


async def test_a_test_that_still_runs_is_not_offered_for_removal(home: Path) -> None:
    with PracticeDistrict(share=SHARE) as district:
        async with Meddler(district.connection) as relay:
            line = ready_line(district, relay)
            seen: list[tuple[int | None, bytes, bytes]] = []
            paused = asyncio.Event()

            def meddle(passing: Passing) -> None:
                if passing.method == "PUT" and passing.is_of("results"):
                    paused.set()

            relay.meddle = meddle
            first = asyncio.ensure_future(run_check(line, *WRITE))
            await asyncio.wait_for(paused.wait(), LIMIT_S)
            assert len(journals(home)) == 1
            assert left_tests() == ()
            seen.append(await first)
    assert [code for code, _, _ in seen] == [0]


async def test_a_saved_profile_is_named(home: Path) -> None:
    with PracticeDistrict(share=SHARE) as district:
        ProfileStore().save(Profile("Lincoln County", district.connection))
        line = ready_line(district)
        async with Meddler(district.connection) as relay:
            through = ready_line(district, relay)
            await ended_at(relay, through, 2, signal.SIGKILL, behind=True)
        (journal,) = journals(home)
        kept = json.loads(journal.read_text())
        journal.write_text(
            json.dumps(kept | {"profile": "Lincoln County", "base_url": district.connection.base_url})
        )
        _, _, told = await run_check(line)
        assert "of the profile “Lincoln County”" in told.decode()
        assert (
            "`oneroster-wizard check 'Lincoln County' --remove-test-records` removes them." in told.decode()
        )
        code, _, complaints = await _run(line, "Lincoln County", REMOVE)
        assert (code, complaints) == (0, b"")
    assert journals(home) == []


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "{", '{"records": []}', "null",
        '{"profile": "", "base_url": "http://a", "class": "c", "time": "2026-01-01T00:00:00+00:00", "records": '
        '[{"path": "/users", "sourcedId": "a-pupil"}]}',
        '{"profile": "", "base_url": "http://a", "class": "c", "time": "2026-01-01T00:00:00+00:00", "records": '
        '[{"path": "/results", "sourcedId": "orwt-0123456789abcdef-result"}]}',
    ],
)  # fmt: skip
def test_a_journal_that_somebody_else_wrote_is_no_journal(content: str, home: Path) -> None:
    folder = home / "state" / "oneroster-wizard" / "write-tests"
    folder.mkdir(parents=True)
    (folder / "fedcba9876543210.json").write_text(content)
    with PracticeDistrict(share=SHARE) as district:
        line = ready_line(district)
        done = call("check", *options_of(line), more=secrets_of(line))
    assert (done.returncode, done.stderr) == (0, "")
