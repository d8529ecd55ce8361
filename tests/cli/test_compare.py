"""`compare`: two profiles, or two runs of one, by the names that runs have."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from oneroster_checks.connection import Connection
from oneroster_checks.days import day_and_time
from oneroster_checks.finding import Finding, Stage, Status
from oneroster_checks.result import ReportedFinding, Verdict
from oneroster_wizard.storage.kept_run import KeptRun
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..storage.runs import run_of
from .command import call

START = datetime.now(UTC).replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=20)
DAY = timedelta(days=1)


@pytest.fixture
def store() -> ProfileStore:
    store = ProfileStore()
    for name in ("lakeside", "hill", "new", "lakeside@2"):
        store.save(Profile(name, Connection()))
    with store.history as history:
        for day, works in enumerate((True, True, False)):
            run = replace(
                run_of("lakeside", works=works), started=START + day * DAY, counts={"orgs": 3 + day}
            )
            history.add(run, {"client_secret": str(min(day, 1)), "vendor_key": "", "vendor_secret": ""})
        history.add(replace(run_of("lakeside"), started=START + timedelta(hours=2), counts={"orgs": 99}))
        history.add(replace(run_of("hill"), started=START))
        history.add(replace(run_of("lakeside@2"), started=START, counts={"orgs": 777}))
    return store


def orgs(*names: str) -> list[object]:
    ended = call("compare", *names, "--format", "json")
    assert (ended.returncode, ended.stderr) == (0, "")
    (row,) = json.loads(ended.stdout)["counts"]
    values: list[object] = row["values"]
    return values


def test_one_name_compares_its_last_two_runs(store: ProfileStore) -> None:
    assert orgs("lakeside") == [4, 5]
    ended = call("compare", "lakeside")
    assert (ended.returncode, ended.stderr) == (0, "")
    lines = ended.stdout.splitlines()
    assert lines[0].startswith("A: lakeside, ")
    assert lines[1].startswith("B: lakeside, ")
    assert lines[3].split() == ["What", "differs", "A", "B"]
    assert lines[4].split()[:3] == ["Result", "Pass", "Fail:"]


def test_one_name_that_fails_again_is_compared_with_when_it_last_worked(store: ProfileStore) -> None:
    with store.history as history:
        history.add(replace(run_of("lakeside", works=False), started=START + 3 * DAY, counts={"orgs": 6}))
    assert orgs("lakeside") == [4, 6]
    with store.history as history:
        history.add(replace(run_of("lakeside"), started=START + 4 * DAY, counts={"orgs": 7}))
    # It works again: the run before shows what was wrong.
    assert orgs("lakeside") == [6, 7]


def test_one_that_fails_in_full_runs_alone_is_compared_with_a_full_one(store: ProfileStore) -> None:
    full = run_of("hill")
    finding = Finding("data.references", "References", Stage.DATA, Status.FAIL, "data.reference-to-deleted")
    failed = replace(
        full,
        findings=(*full.findings, ReportedFinding(finding, "They lead nowhere.")),
        verdict=Verdict(Status.FAIL, finding.cause, "They lead nowhere.", check=finding.check),
    )
    quick = replace(full, read=(), counts={"orgs": 50})
    assert (full.is_full, quick.is_full) == (True, False)
    with store.history as history:
        for day, run in enumerate((full, quick, failed), 1):
            history.add(replace(run, started=START + day * DAY, counts={**run.counts, "orgs": 10 * day}))
    assert orgs("hill") == [10, 30]


def test_a_run_is_named_by_its_place_or_its_day(store: ProfileStore) -> None:
    assert orgs("lakeside", "hill") == [5, 3]
    assert orgs("hill", "lakeside@3") == [3, 99]
    first = day_and_time(START)
    assert orgs(f"lakeside@{first[:10]}", "lakeside") == [99, 5]
    assert orgs(f"lakeside@{first.replace(' ', 'T')}", f"lakeside@{first}") == [3, 3]
    # A profile's own name comes before that of a run.
    assert orgs("lakeside@2", "lakeside@1") == [777, 5]


def test_secrets_are_compared_within_one_profile(store: ProfileStore) -> None:
    (secret,) = json.loads(call("compare", "lakeside@4", "lakeside", "--format", "json").stdout)["secrets"]
    assert secret["values"] == ["set", "another one"]
    assert json.loads(call("compare", "lakeside", "hill", "--format", "json").stdout)["secrets"] == []


def test_secrets_whose_fingerprints_have_another_key_are_not_compared(store: ProfileStore) -> None:
    marks = ("", "0a", "0a", "0b")
    with store.history as history:
        for number, mark in enumerate(marks):
            prints = {"client_secret": mark or "0", **({"key": mark} if mark else {})}
            history.add(replace(run_of("hill"), started=START + (5 + number) * DAY), prints)
    for one, other, is_told in (
        ("hill@2", "hill@3", True),
        ("hill@1", "hill@2", False),
        ("hill@4", "hill@3", False),
    ):
        document = json.loads(call("compare", one, other, "--format", "json").stdout)
        assert bool(document["secrets"]) is is_told


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("nobody",), "nobody"),
        (("lakeside", "nobody@2"), "nobody"),
        (("new",), "has not run yet"),
        (("lakeside", "new"), "has not run yet"),
        (("hill",), "has only one run"),
        (("lakeside@3",), "Name another one"),
        (("lakeside@9", "hill"), "There are 4 runs"),
        (("lakeside@0", "hill"), "There are 4 runs"),
        (("lakeside@2001-01-01", "hill"), "has no run from 2001-01-01"),
        (("lakeside@2026-13-01", "hill"), "There is no day"),
        (("lakeside@yesterday", "hill"), "lakeside@yesterday"),
        ((), "A"),
    ],
)
def test_a_wrong_name_is_a_sentence(store: ProfileStore, names: tuple[str, ...], words: str) -> None:
    ended = call("compare", *names)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert words in ended.stderr


def test_a_run_of_which_only_the_end_is_kept_is_a_sentence(store: ProfileStore) -> None:
    run = run_of("hill")
    ending = KeptRun("hill", START + DAY, run.verdict.status, None, "It worked.", has_report=False)
    store.history.add_ending(ending)
    ended = call("compare", "hill", "lakeside")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Only this run's verdict is kept" in ended.stderr


def test_a_broken_profile_is_not_taken_for_a_run_of_another(store: ProfileStore) -> None:
    store.path_of("lakeside@2").write_text("not = [toml")
    ended = call("compare", "lakeside@2", "hill")
    assert ended.returncode == 2
    assert "is broken" in ended.stderr
