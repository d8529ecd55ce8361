"""`history`: a timeline in text, and everything in JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from oneroster_checks.changes.model import Changed, Difference, DifferenceKind
from oneroster_checks.connection import Connection
from oneroster_checks.finding import Status
from oneroster_checks.result import Verdict
from oneroster_wizard.storage.history import default_history
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..storage.runs import run_of
from .command import call, district, secrets_of

DAY = timedelta(days=1)
# So that no run is too old to be kept, whenever this runs.
START = datetime.now(UTC).replace(
    year=datetime.now(UTC).year, month=1, day=1, hour=8, minute=0, second=0, microsecond=0
)


@pytest.fixture
def store() -> ProfileStore:
    store = ProfileStore()
    for name in ("lakeside", "hill", "new"):
        store.save(Profile(name, Connection()))
    refused = Verdict(Status.FAIL, "token.invalid-client", "The key or secret is wrong.")
    told = Changed(START + DAY, START + 2 * DAY, (Difference(DifferenceKind.SECRET, "The secret changed."),))
    with store.history as history:
        for day in range(2):
            history.add(replace(run_of("lakeside"), started=START + day * DAY))
        for day in range(2, 5):
            failed = replace(run_of("lakeside"), started=START + day * DAY, verdict=refused, changed=told)
            history.add(failed)
        history.add(replace(run_of("hill"), started=START))
        # A profile that is gone has no place in a list.
        history.add(replace(run_of("gone"), started=START))
    return store


def test_a_timeline_has_a_line_a_change(store: ProfileStore) -> None:
    ended = call("history", "lakeside")
    assert (ended.returncode, ended.stderr) == (0, "")
    year = START.year
    assert ended.stdout.splitlines() == [
        "lakeside:",
        f"  January 1, {year} to January 2, {year}: worked (2 runs)",
        f"  January 3, {year} to January 5, {year}: failed, Key or secret refused [token.invalid-client] (3 runs)",
        "    The secret changed.",
    ]


def test_every_profile_is_a_short_block(store: ProfileStore) -> None:
    ended = call("history")
    assert (ended.returncode, ended.stderr) == (0, "")
    year = START.year
    assert ended.stdout.splitlines() == [
        f"hill: worked since January 1, {year}, 8:00 AM (1 run).",
        f"lakeside: failed, Key or secret refused [token.invalid-client] since January 3, {year}, 8:00 AM (3 runs).",
        f"  Last worked: January 2, {year}, 8:00 AM.",
        "  The secret changed.",
        "new: not run yet.",
    ]


def test_json_has_everything(store: ProfileStore) -> None:
    document = json.loads(call("history", "--format", "json").stdout)
    assert document["schema_version"] == 1
    profiles = {each["profile"]: each for each in document["profiles"]}
    assert list(profiles) == ["hill", "lakeside", "new"]
    assert profiles["new"] == {"profile": "new", "last_worked": None, "runs": []}
    lakeside = profiles["lakeside"]
    assert datetime.fromisoformat(lakeside["last_worked"]) == START + DAY
    assert [datetime.fromisoformat(run["started"]) for run in lakeside["runs"]] == [
        START + day * DAY for day in reversed(range(5))
    ]
    newest: dict[str, Any] = lakeside["runs"][0]
    contract = {"started", "status", "cause", "depth", "requests", "duration_ms", "counts", "differences"}
    assert contract <= set(newest)
    assert (newest["status"], newest["cause"], newest["depth"]) == ("fail", "token.invalid-client", "full")
    assert (newest["requests"], newest["duration_ms"], newest["counts"]) == (17, 1234, {"orgs": 3})
    assert newest["differences"] == ["The secret changed."]
    one = json.loads(call("history", "hill", "--format", "json").stdout)
    assert [each["profile"] for each in one["profiles"]] == ["hill"]


def test_one_that_has_not_run_and_one_that_is_not_there(store: ProfileStore) -> None:
    ended = call("history", "new")
    assert (ended.returncode, ended.stdout) == (0, "new: not run yet.\n")
    for name in ("gone", "west"):
        ended = call("history", name)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert f"no profile named “{name}”" in ended.stderr


def test_without_profiles_there_is_nothing_to_show() -> None:
    ended = call("history")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("There is no saved profile.")
    assert json.loads(call("history", "--format", "json").stdout) == {"schema_version": 1, "profiles": []}
    assert not default_history().exists()


def test_a_broken_profile_is_named_and_the_rest_is_shown(store: ProfileStore) -> None:
    (store.folder / "broken.toml").write_text("broken =")
    ended = call("history")
    assert ended.returncode == 2
    assert "broken.toml" in ended.stderr
    assert "lakeside: failed" in ended.stdout


def test_what_is_too_old_is_pruned(store: ProfileStore) -> None:
    store.history.add(replace(run_of("hill"), started=START - 2000 * DAY))
    ended = call("history", "--prune")
    assert (ended.returncode, ended.stdout) == (0, "Deleted 1 run.\n")
    assert call("history", "--prune").stdout == "Deleted 0 runs.\n"
    assert len(store.history.runs("hill")) == 1
    assert call("history", "hill", "--prune").returncode == 2


def test_a_damaged_one_is_exit_2(store: ProfileStore) -> None:
    default_history().write_bytes(b"This is no database." * 100)
    ended = call("history")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "is damaged" in ended.stderr


@pytest.mark.usefixtures("keyring_unlocked")
def test_runs_of_a_real_profile_are_in_it_and_say_what_changed() -> None:
    from .test_many_profiles import remember

    with district() as ready:
        fields = {name: ready[name] for name in ("base_url", "token_url", "client_id", "oauth", "oneroster")}
        ProfileStore().save(Profile("north", Connection(**fields), remember=True))
        remember(ready, "north")
        assert call("check", "north").returncode == 0
        remember({**ready, "client_secret": "another-secret-of-the-test"}, "north")
        ended = call("check", "north", "--format", "json")
    assert ended.returncode == 1
    (run,) = json.loads(ended.stdout)["runs"]
    (profile,) = json.loads(call("history", "north", "--format", "json").stdout)["profiles"]
    assert [each["status"] for each in profile["runs"]] == ["fail", "pass"]
    assert profile["runs"][0]["differences"] == run["changed"]["differences"]
    assert "secret" in profile["runs"][0]["differences"][0]
    assert profile["last_worked"] == run["changed"]["last_worked"]
    for path in default_history().parent.iterdir():
        content = path.read_bytes()
        assert not [value for value in secrets_of(ready).values() if value.encode() in content]


class TestATimeLimitOfOneRun:
    """`--timeout` is an option of a run, and no change of the profile."""

    @pytest.mark.parametrize("several", [False, True])
    def test_it_is_not_told_as_a_change(self, several: bool) -> None:
        from .test_many_profiles import save

        with district() as ready:
            save(ready, "north", timeout=20)
            assert call("check", "north", more=secrets_of(ready)).returncode == 0
            wrong = {**secrets_of(ready), "ONEROSTER_CLIENT_SECRET": "another-secret-of-the-test"}
            which = ("--all",) if several else ("north",)
            ended = call("check", *which, "--timeout", "5", "--format", "json", more=wrong)
            assert not self.told(ended.stdout)
            # The report says what this run had; what it is compared by later is the profile's own.
            store = ProfileStore()
            assert store.history.result(store.history.runs("north")[0]).connection.timeout == 5
            assert {each.connection.timeout for each in store.history.snapshots("north")} == {20}
            connection = store.load("north").connection.but(timeout=8)
            store.save(Profile("north", connection))
            ended = call("check", *which, "--format", "json", more=wrong)
        (told,) = self.told(ended.stdout)
        assert "it was 20 s, it is 8 s" in told

    def told(self, output: str) -> list[str]:
        """The differences of the one run of a report that are of a time limit; there are others."""
        (run,) = json.loads(output)["runs"]
        differences: list[str] = run["changed"]["differences"]
        assert differences
        return [each for each in differences if "time limit" in each]


def test_a_night_that_could_not_begin_is_no_end_of_since_when(store: ProfileStore) -> None:
    locked = Verdict(Status.ERROR, "tool.keyring", "The keyring is locked.")
    there = timezone(timedelta(hours=5))
    with store.history as history:
        for day in range(3):
            verdict = locked if day == 1 else run_of("new").verdict
            history.add(replace(run_of("new"), started=START + day * DAY, verdict=verdict))
        history.add(replace(run_of("hill"), started=(START + DAY).astimezone(there)))
        history.add(replace(run_of("hill", works=False), started=START + 2 * DAY))
    lines = call("history").stdout.splitlines()
    assert f"new: worked since January 1, {START.year}, 8:00 AM (2 runs)." in lines
    # All moments are by the clock of the newest run.
    (hill,) = (at for at, line in enumerate(lines) if line.startswith("hill: "))
    assert lines[hill + 1] == f"  Last worked: January 2, {START.year}, 8:00 AM."
