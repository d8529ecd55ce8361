"""`migrate`: two saved connections compared, the file of what matches, and what a move will take."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.moving.migrating import migrate
from oneroster_checks.moving.model import MoveSide
from oneroster_practice import PracticeDistrict, PracticePair
from oneroster_practice.people import FAMILY_NAMES, GIVEN_NAMES
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore

from .command import call, practice

OLD, NEW = "lakeside-1p1", "lakeside-1p2"


class SavedPair:
    """A pair with a profile for each side, and the commands that print their secrets."""

    def __init__(self, folder: Path, problem: str | None = None, **options: Any) -> None:
        self.pair = PracticePair(problem, **options)
        self.folder = folder
        self.save(OLD, self.pair.old, moves_to=NEW)
        self.save(NEW, self.pair.new)
        self.options: list[str] = []
        for side, district in (("old", self.pair.old), ("new", self.pair.new)):
            path = folder / f"{side}.secret"
            path.write_text(district.credentials.client_secret.reveal() + "\n")
            self.options += [f"--{side}-secret-from", f"cat {path}"]

    def save(self, name: str, district: PracticeDistrict, moves_to: str = "") -> None:
        ProfileStore().save(Profile(name, district.connection, moves_to=moves_to))

    def migrate(self, *arguments: str) -> CompletedProcess[str]:
        return call("migrate", OLD, NEW, *arguments, *self.options)


@pytest.fixture
def saved(tmp_path: Path) -> Iterator[SavedPair]:
    made = SavedPair(tmp_path)
    with made.pair:
        yield made


@pytest.mark.parametrize(
    ("problem", "code", "words"),
    [
        (None, 0, "It is safe to move."),
        ("migrate.users-new", 0, "It is safe to move, with a warning."),
        ("migrate.users-lost", 1, "It is not safe to move yet."),
        ("migrate.not-read", 1, "It is not known yet whether it is safe to move."),
    ],
)
def test_the_verdict_and_the_exit_code(tmp_path: Path, problem: str | None, code: int, words: str) -> None:
    made = SavedPair(tmp_path, problem)
    with made.pair:
        ended = made.migrate()
    assert ended.returncode == code
    lines = ended.stdout.splitlines()
    assert lines[-1].endswith(words)
    assert lines[0].startswith(f"Old: {OLD} · http://127.0.0.1:")
    assert lines[1].startswith(f"New: {NEW} · http://127.0.0.1:")
    assert (problem is None) == ("What to do:" not in lines)
    assert not any(name in ended.stdout + ended.stderr for name in (*GIVEN_NAMES, *FAMILY_NAMES))


def test_the_mapping_is_private_and_has_every_id(saved: SavedPair) -> None:
    path = saved.folder / "mapping.csv"
    ended = saved.migrate("--mapping", str(path))
    assert ended.returncode == 0
    assert f"The mapping of 1,006 records is in {path}." in ended.stderr
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with path.open(newline="", encoding="utf-8") as file:
        titles, *rows = csv.reader(file)
    assert titles == ["old sourcedId", "new sourcedId", "kind"]
    assert len(rows) == 1006
    users = {old: new for old, new, kind in rows if kind == "users"}
    assert len(users) == 192
    assert all(old[1:] == new for old, new in users.items())
    assert {kind for _, _, kind in rows} == {
        "orgs", "academicSessions", "courses", "classes", "users", "enrollments",
    }  # fmt: skip
    text = path.read_text()
    assert not any(name in text for name in (*GIVEN_NAMES, *FAMILY_NAMES))


@pytest.mark.parametrize("problem", ["migrate.not-read", "migrate.other-district"])
def test_a_mapping_that_is_not_whole_is_not_written(tmp_path: Path, problem: str) -> None:
    made, path = SavedPair(tmp_path, problem), tmp_path / "mapping.csv"
    path.write_text("as it was")
    with made.pair:
        ended = made.migrate("--mapping", str(path))
    assert ended.returncode == 1
    assert "The mapping was not written" in ended.stderr
    assert path.read_text() == "as it was"
    assert sorted(os.listdir(tmp_path)) == ["mapping.csv", "new.secret", "old.secret"]


def test_a_place_for_the_mapping_that_is_none_is_said_before_anything_is_read(saved: SavedPair) -> None:
    for path in (saved.folder, saved.folder / "missing" / "mapping.csv"):
        ended = saved.migrate("--mapping", str(path))
        assert ended.returncode == 2
        assert "--mapping" in ended.stderr
        assert "records," not in ended.stderr


def test_json_and_html(saved: SavedPair) -> None:
    document = json.loads(saved.migrate("--format", "json").stdout)
    (move,) = document["moves"]
    assert move["safe"] is True
    assert (move["old"]["profile"], move["new"]["profile"]) == (OLD, NEW)
    users = next(kind for kind in move["kinds"] if kind["kind"] == "users")
    assert (users["old"], users["new"], users["by_legacy"], users["only_old"]) == (192, 192, 192, 0)
    assert move["run"]["verdict"]["status"] == "pass"
    page = saved.folder / "move.html"
    ended = saved.migrate("--format", "html", "--output", str(page))
    assert (ended.returncode, ended.stdout) == (0, "")
    assert "<h2>What matches</h2>" in page.read_text()
    assert stat.S_IMODE(page.stat().st_mode) == 0o600


@pytest.mark.parametrize("form", ["text", "json"])
def test_one_profile_alone_says_what_the_move_will_take(saved: SavedPair, form: str) -> None:
    saved.pair.close()
    # Nobody serves it any more: nothing is requested.
    ended = call("migrate", OLD, "--format", form)
    assert ended.returncode == 0
    text = ended.stdout if form == "text" else json.dumps(json.loads(ended.stdout)["readiness"])
    for words in ("The old credentials expire on", "ic.legacySourcedId", "On the switch day", "make a new"):
        assert words.lower() in " ".join(text.lower().split())
    assert f"oneroster-wizard migrate {OLD} {NEW}" in ended.stderr


def test_every_pair_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    made = SavedPair(tmp_path, "migrate.classes-lost")
    with made.pair:
        made.save("other-old", made.pair.old, moves_to="nobody")
        ended = call("migrate", "--all")
    # The keyring of a test is none, so neither pair can be compared; both are told.
    assert ended.returncode == 2
    head, *rows = ended.stdout.splitlines()
    assert head.split() == ["Old", "New", "Verdict", "First", "step"]
    assert [row.split()[:4] for row in rows if row.startswith(("lakeside", "other"))] == [
        [OLD, NEW, "Not", "compared"], ["other-old", "nobody", "Not", "compared"],
    ]  # fmt: skip
    assert "which does not exist" in ended.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("--all", OLD), (OLD, OLD), (OLD, "nonesuch"), (OLD, "--mapping", "x.csv"), ("--all", "--mapping", "x.csv"),
        (OLD, "--format", "html"), (OLD, NEW, "--max-minutes", "0"), (OLD, NEW, "--timeout", "0"),
        (OLD, NEW, "--mapping", "-"), (OLD, NEW, "--client-secret", "x"),
    ],
)  # fmt: skip
def test_wrong_input_ends_with_2(saved: SavedPair, arguments: tuple[str, ...]) -> None:
    ended = call("migrate", *arguments)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr


def test_without_secrets_it_says_which_options_there_are(saved: SavedPair) -> None:
    ended = call("migrate", OLD, NEW)
    assert ended.returncode == 2
    assert "--old-secret-from" in ended.stderr


def test_a_profile_keeps_where_it_moves_to() -> None:
    store = ProfileStore()
    with PracticeDistrict() as district:
        store.save(Profile(OLD, district.connection, moves_to=NEW))
    assert store.load(OLD).moves_to == NEW
    # Who knows nothing of the move leaves the line alone.
    store.save(replace(store.load(OLD), moves_to="", tags=("pilot",)))
    assert (store.load(OLD).moves_to, store.load(OLD).tags) == (NEW, ("pilot",))


@pytest.mark.usefixtures("keyring_unlocked")
def test_every_pair_with_its_secrets_in_the_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    made, healthy = SavedPair(tmp_path, "migrate.classes-lost"), PracticePair()
    with made.pair, healthy:
        made.save("elm-1p1", healthy.old, moves_to="elm-1p2")
        made.save("elm-1p2", healthy.new)
        sides = {OLD: made.pair.old, NEW: made.pair.new, "elm-1p1": healthy.old, "elm-1p2": healthy.new}
        for name, district in sides.items():
            asyncio.run(SecretStore().save(name, district.credentials))
        ended = call("migrate", "--all")
        document = json.loads(call("migrate", "--all", "--format", "json").stdout)
    assert ended.returncode == 1
    rows = ended.stdout.splitlines()
    assert next(row for row in rows if row.startswith("elm-1p1   ")).endswith("It is safe to move.")
    (broken,) = (row for row in rows if row.startswith(OLD))
    assert "It is not safe to move yet.  District: Open" in broken
    assert {(move["old"]["profile"], move["safe"]) for move in document["moves"]} == {
        (OLD, False),
        ("elm-1p1", True),
    }


def test_practice_prints_one_line_for_both_sides() -> None:
    with practice("--pair", "--problem", "migrate.users-lost", "--count", "5", "--oauth", "1") as ready:
        sides = [ready["old"], ready["new"]]
        assert [(each["oauth"], each["oneroster"]) for each in sides] == [(1, "1.1"), (2, "1.2")]
        moved = asyncio.run(migrate(*(side_of(each) for each in sides)))
    assert moved.result.verdict.cause == "migrate.users-lost"
    assert moved.result.findings[0].finding.check == "move.old"
    lost = moved.result.finding("move.users")
    assert lost is not None
    assert lost.facts["count"] == 5


def side_of(ready: dict[str, Any]) -> MoveSide:
    """A side by the line that the practice district prints."""
    connection = Connection(
        oauth=ready["oauth"], oneroster=ready["oneroster"], base_url=ready["base_url"], token_url=ready["token_url"],
        client_id=ready["client_id"], share=tuple(ready["share"]),
    )  # fmt: skip
    return MoveSide(connection, Credentials(Secret(ready["client_secret"])))


def test_practice_refuses_what_no_pair_can_be() -> None:
    ended = call("practice", "--pair", "--oneroster", "1.1")
    assert (ended.returncode, ended.stdout) == (2, "")
    ended = call("practice", "--problem", "migrate.users-lost")
    assert ended.returncode == 2
    assert "--pair" in ended.stderr
