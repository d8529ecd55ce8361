"""Two runs side by side: what differs comes first, and what one run does not know is no difference."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from oneroster_checks.changes.model import Observed
from oneroster_checks.finding import Finding, Stage, Status
from oneroster_checks.report.compared import RunComparison, compare
from oneroster_checks.report.compared_rows import ComparedKind, ComparedRow
from oneroster_checks.report.json_compared import comparison_json
from oneroster_checks.report.text_compared import comparison_text
from oneroster_checks.result import ReportedFinding, Result, Verdict
from oneroster_practice import PracticeDistrict

from ..hostile_results import PLAIN, in_every_place
from .engine import outcome

PASSED = Verdict(Status.PASS, None, "Everything that was checked works.")


def found(check: str, status: Status, cause: str | None = None) -> ReportedFinding:
    return ReportedFinding(Finding(check, f"Title of {check}", Stage.ACCESS, status, cause), "Words.")


def result(*findings: ReportedFinding, **changes: object) -> Result:
    plain = replace(PLAIN, findings=findings, verdict=PASSED, read=(), trace=())
    return replace(plain, **changes)  # type: ignore[arg-type]


def row(comparison: RunComparison, id: str) -> ComparedRow:
    return next(each for each in comparison.rows if each.id == id)


async def test_two_districts_side_by_side() -> None:
    with PracticeDistrict(share=("rostering", "demographics")) as works:
        left = replace(await outcome(works.connection, works.credentials), profile="lakeside")
    with PracticeDistrict("token.invalid-client", oauth=2) as fails:
        right = replace(await outcome(fails.connection, fails.credentials), profile="hill")
    comparison = compare(left, right)
    others = (*comparison.alike, *comparison.known_of_one)
    assert comparison.rows[: len(comparison.different)] == comparison.different
    assert sorted(each.id for each in others) == sorted(
        each.id for each in comparison.rows if not each.differs
    )
    first, second = comparison.different[:2]
    assert (first.kind, first.words) == (ComparedKind.VERDICT, ("Pass", "Fail: Key or secret refused"))
    assert (second.id, second.right and second.right.cause) == ("token.issue", "token.invalid-client")
    assert row(comparison, "base_url").differs
    assert not row(comparison, "oneroster").differs
    assert row(comparison, "orgs").right is None
    assert not row(comparison, "orgs").differs
    assert compare(left, left).different == ()


def test_only_what_differs_differs() -> None:
    same = found("a", Status.PASS), found("b", Status.FAIL, "access.forbidden")
    left = result(*same, found("c", Status.PASS), counts={"orgs": 3, "users": 10})
    right = result(
        *same, found("c", Status.FAIL, "access.forbidden"), counts={"orgs": 3, "users": 11, "classes": 4}
    )
    comparison = compare(left, right)
    assert [each.id for each in comparison.different] == ["c", "users"]
    assert row(comparison, "users").words == ("10", "11")
    assert row(comparison, "classes").words == ("not in this run", "4")


@pytest.mark.parametrize(
    ("status", "cause", "differs"),
    [(Status.PASS, None, False), (Status.FAIL, "access.forbidden", True), (Status.SKIP, None, False)],
)
def test_a_check_of_one_run_differs_where_it_found_something(
    status: Status, cause: str | None, differs: bool
) -> None:
    for sides in (
        (result(), result(found("x", status, cause))),
        (result(found("x", status, cause)), result()),
    ):
        assert row(compare(*sides), "x").differs is differs
    skipped = compare(result(found("x", Status.SKIP)), result(found("x", status, cause)))
    assert row(skipped, "x").differs is differs
    assert bool(skipped.known_of_one) is (status is Status.PASS)


def test_versions_fields_and_the_server() -> None:
    left = result(observed=Observed(date(2027, 1, 2), "CA one", "nginx", ("b", "a"), None, 200))
    connection = left.connection.but(
        oneroster="1.1", oauth=1, scope="", share=("gradebook", "rostering"), timeout=5.0
    )
    right = result(connection=connection, observed=Observed(None, "CA two", "nginx", ("a", "b"), None, 900))
    comparison = compare(left, right)
    different = {each.id: each.words for each in comparison.different}
    assert different["oneroster"] == ("OneRoster 1.2", "OneRoster 1.1")
    assert different["oauth"] == ("OAuth 2", "OAuth 1")
    assert different["token_url"] == ("https://d.example/token", "empty")
    assert different["share"] == ("rostering", "rostering, grade book")
    assert different["certificate"] == ("CA one", "CA two")
    assert different["median_ms"] == ("200 ms", "900 ms")
    assert not {"server", "scopes", "certificate_ends", "base_url", "created"} & different.keys()


def test_secrets_by_their_fingerprints() -> None:
    marks = {"client_secret": "1", "vendor_key": "", "vendor_secret": ""}
    same = row(compare(result(), result(), secrets=(marks, marks)), "client_secret")
    assert not same.differs
    assert same.words == ("set", "the same one")
    other = {"client_secret": "2", "vendor_key": "3", "vendor_secret": ""}
    comparison = compare(result(), result(), secrets=(marks, other))
    assert row(comparison, "client_secret").words == ("set", "another one")
    assert row(comparison, "vendor_key").words == ("empty", "set")
    assert "vendor_secret" not in [each.id for each in comparison.rows]
    assert not [each for each in compare(result(), result()).rows if each.kind is ComparedKind.SECRET]


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
async def test_the_text_fits_its_width(width: int) -> None:
    with PracticeDistrict("sharing.nothing") as district:
        left = await outcome(district.connection, district.credentials)
    comparison = compare(
        left, replace(left, profile="other", connection=left.connection.but(oneroster="1.1"))
    )
    text = comparison_text(comparison, width, everything=True)
    assert max(map(len, text.splitlines()[2:])) <= width
    assert "OneRoster 1.1" in " ".join(text.split())


def test_the_text_says_what_it_leaves_out() -> None:
    left = result(
        found("a", Status.PASS), found("b", Status.SKIP), found("c", Status.WARN, "query.filter-ignored")
    )
    brief = comparison_text(compare(left, left), 100)
    assert "Nothing differs." in brief
    assert "Not listed: 2 checks that passed or were skipped in both runs (-v lists them)." in brief
    assert "Title of c" in brief
    assert "Title of a" not in brief
    assert "Title of a" in comparison_text(compare(left, left), 100, everything=True)


def test_the_json_has_both_sides_of_everything() -> None:
    left = result(found("a", Status.PASS), counts={"orgs": 3})
    right = result(found("a", Status.FAIL, "access.forbidden"), counts={"orgs": 4})
    document = json.loads(comparison_json(compare(left, right)))
    assert document["schema_version"] == 1
    assert [run["verdict"]["status"] for run in document["runs"]] == ["pass", "pass"]
    assert document["differs"] == 2
    (finding,) = document["findings"]
    assert [value["status"] for value in finding["values"]] == ["pass", "fail"]
    assert finding["values"][1]["cause"] == "access.forbidden"
    assert document["counts"] == [{"id": "orgs", "label": "Orgs", "differs": True, "values": [3, 4]}]
    assert {"versions", "connection", "secrets", "server"} <= document.keys()


def test_a_hostile_run_acts_nowhere() -> None:
    hostile = in_every_place("'\x1b]0;x\x07\u202e\ud800")
    for sides in ((hostile, PLAIN), (PLAIN, hostile)):
        comparison = compare(*sides)
        shown = comparison_text(comparison, 80, everything=True)
        assert all(char == "\n" or char.isprintable() for char in shown)
        json.loads(comparison_json(comparison))
