"""The rows of the table of all saved connections: how each is, in which order, and which a filter leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from oneroster_checks.causes import cause
from oneroster_checks.changes.model import EndingKind
from oneroster_checks.connection import Connection
from oneroster_checks.finding import Status
from oneroster_wizard.fleet_rows import FleetRow, FleetState, in_order, rows_of, with_run
from oneroster_wizard.storage.kept_run import KeptRun
from oneroster_wizard.storage.profiles import Profile
from oneroster_wizard.widgets.fleet_cells import cells, columns_of, heading

TODAY = date(2026, 11, 27)
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
OLD = Connection(provider="generic", oauth=1, oneroster="1.1")


def run(status: Status, cause: str | None = None, days_ago: int = 0, ends: int | None = None) -> KeptRun:
    return KeptRun(
        "x", NOON - timedelta(days=days_ago), status, cause, f"It ended as {status.value}.",
        ends=TODAY + timedelta(days=ends) if ends is not None else None,
        ends_kind="certificate" if ends is not None else "",
    )  # fmt: skip


def row(
    name: str, *runs: KeptRun, tags: tuple[str, ...] = (), connection: Connection | None = None
) -> FleetRow:
    profile = Profile(name, connection or Connection(), {}, tags=tags)
    (made,) = rows_of([profile], {name: runs}, TODAY)
    return made


def test_what_needs_attention_comes_first_then_the_name() -> None:
    every = [
        row("never"),
        row("well", run(Status.PASS)),
        row("Also well", run(Status.PASS, ends=200)),
        row("ends soon", run(Status.PASS, ends=5)),
        row("warned", run(Status.WARN, "oauth1.expires-soon")),
        row("not checked", run(Status.ERROR, "tool.secret-missing")),
        row("failing", run(Status.FAIL, "token.invalid-client")),
        row("Also failing", run(Status.FAIL, "tls.expired")),
    ]
    names = ["Also failing", "failing", "not checked", "ends soon", "warned", "Also well", "well", "never"]
    assert [each.name for each in in_order(every)] == names


def test_a_row_says_the_cause_in_words_and_since_when() -> None:
    since = NOON - timedelta(days=3)
    failed = KeptRun("x", NOON, Status.FAIL, "token.invalid-client", "Refused.", since=since)
    made = row("x", failed, run(Status.PASS, days_ago=4))
    assert (made.state, made.since) == (FleetState.FAILING, since)
    assert made.cause == cause("token.invalid-client").title
    assert row("x", run(Status.FAIL, "gone.in-this-version")).cause == "It ended as fail."
    assert row("x", run(Status.PASS)).cause == ""


DOWN, REFUSED = "access.server-error", "token.invalid-client"


@pytest.mark.parametrize(
    ("runs", "days"),
    [
        ([run(Status.FAIL, REFUSED), run(Status.FAIL, REFUSED, 1), run(Status.FAIL, DOWN, 2)], 1),
        ([run(Status.FAIL, REFUSED), run(Status.ERROR, "tool.keyring", 1), run(Status.FAIL, REFUSED, 2),
          run(Status.FAIL, DOWN, 3)], 2),
        ([run(Status.FAIL, REFUSED), run(Status.FAIL, REFUSED, 1), run(Status.PASS, days_ago=2)], 9),
        ([run(Status.FAIL, REFUSED), run(Status.FAIL, REFUSED, 1)], 9),
        ([run(Status.ERROR, "tool.keyring"), run(Status.FAIL, DOWN, 1)], 0),
        ([run(Status.PASS), run(Status.WARN, "oauth1.expires-soon", 1)], 9),
        ([run(Status.WARN, "oauth1.expires-soon"), run(Status.PASS, days_ago=1)], 0),
    ],
    ids=["other cause", "could not begin between", "worked before", "no more is known", "not checked", "works",
         "warns"],
)  # fmt: skip
def test_since_is_of_the_cause_that_is_told(runs: list[KeptRun], days: int) -> None:
    """The last run itself says it has not worked, or has worked, for nine days."""
    last = replace(runs[0], since=NOON - timedelta(days=9))
    assert row("x", last, *runs[1:]).since == NOON - timedelta(days=days)


def test_one_more_run_keeps_since_when_its_cause_is_there() -> None:
    """What the new run says of itself is since when it does not work."""
    began = NOON - timedelta(days=9)
    known = row("x", run(Status.FAIL, REFUSED, 1), run(Status.FAIL, REFUSED, 2), run(Status.FAIL, DOWN, 3))
    again = with_run(known, replace(run(Status.FAIL, REFUSED), since=began), TODAY)
    assert again.since == NOON - timedelta(days=2)
    other = with_run(known, replace(run(Status.FAIL, DOWN), since=began), TODAY)
    assert other.since == NOON
    works = with_run(known, replace(run(Status.PASS), since=NOON), TODAY)
    assert works.since == NOON


def test_the_strip_is_the_last_ten_runs_the_newest_at_the_right() -> None:
    runs = [
        run(Status.FAIL),
        run(Status.ERROR, days_ago=1),
        *(run(Status.PASS, days_ago=n) for n in range(2, 20)),
    ]
    strip = row("x", *runs).strip
    assert len(strip) == 10
    assert strip[-3:] == (FleetState.WORKING, FleetState.NOT_CHECKED, FleetState.FAILING)
    after = with_run(row("x", *runs), run(Status.WARN), TODAY)
    assert after.strip[-3:] == (FleetState.NOT_CHECKED, FleetState.FAILING, FleetState.WARNING)
    assert (len(after.strip), after.state) == (10, FleetState.WARNING)


@pytest.mark.parametrize(
    ("days", "soon", "words"),
    [
        (200, False, "certificate expires in 200 days"),
        (21, True, "certificate expires in 21 days"),
        (1, True, "certificate expires tomorrow"),
        (0, True, "certificate expires today"),
        (-2, True, "certificate was to expire on November 25, 2026"),
    ],
)
def test_what_ends_is_told_in_days(days: int, soon: bool, words: str) -> None:
    made = row("x", run(Status.PASS, ends=days))
    assert (made.days, made.ends, made.ends_soon) == (days, EndingKind.CERTIFICATE, soon)
    assert made.ends_words == words


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("", {"Lakeside", "Hill", "Oak"}),
        ("LAKE", {"Lakeside"}),
        ("#tex", {"Lakeside", "Oak"}),
        ("texas", {"Lakeside", "Oak"}),
        ("#lake", set()),
        ("texas failing", {"Lakeside"}),
        ("infinite", {"Lakeside", "Hill", "Oak"}),
        ("invalid-client", {"Lakeside"}),
        ("not run", {"Hill"}),
        ("nothing like it", set()),
    ],
)
def test_a_filter_leaves_what_has_each_of_its_words(typed: str, left: set[str]) -> None:
    every = [
        row("Lakeside", run(Status.FAIL, "token.invalid-client"), tags=("texas",)),
        row("Hill", tags=("utah",)),
        row("Oak", run(Status.PASS), tags=("Texas", "pilot")),
    ]
    assert {each.name for each in in_order(every, typed)} == left


@pytest.mark.parametrize("typed", ["1.1", "OAuth 1", "oauth1", "ELOISE", "éloïse", "e\u0301lo", "#quebec"])
def test_a_filter_knows_versions_and_does_without_accents(typed: str) -> None:
    every = [
        row("Hill", run(Status.PASS)),
        row("Éloïse", run(Status.PASS), tags=("Québec",), connection=OLD),
    ]
    assert [each.name for each in in_order(every, typed)] == ["Éloïse"]


@pytest.mark.parametrize("width", [30, 58, 78, 100, 118, 158, 240])
def test_every_line_fits_its_window(width: int) -> None:
    every = [
        row("A district with quite a long name 日本", run(Status.FAIL, "token.invalid-client")),
        row("Hill"),
    ]
    columns = columns_of(width, every)
    assert {"name", "state", "cause", "strip"} <= set(columns)
    lines = [heading(columns), *(cells(each, columns, TODAY) for each in every)]
    assert {line.cell_length for line in lines} == {max(width, lines[0].cell_length) if width < 45 else width}


def test_no_color_is_needed_to_tell_runs_apart() -> None:
    states = (Status.FAIL, Status.ERROR, Status.WARN, Status.PASS)
    every = [row("x", run(status)) for status in states]
    columns = columns_of(80, every)
    assert len({cells(each, columns, TODAY).plain for each in every}) == 4
    assert len({cells(each, columns, TODAY).plain.rstrip()[-1] for each in every}) == 4
