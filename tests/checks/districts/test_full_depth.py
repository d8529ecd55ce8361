"""Depth full: enrollments, agents and classes compared with every record that was read, in both versions."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.stages.model import Depth

from .district import District, Override, data_says
from .records import (
    Data,
    Edit,
    each,
    holding,
    lacking,
    many,
    nobody_who_is,
    nothing_in,
    sessions_from,
    without,
)
from .replies import bare
from .row import AS_GIVEN, Expected, Port, Row, fails, healthy, holds, ids, passes, warns
from .shapes import CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1

campus, campus_1_1, generic, older = (District(shape) for shape in (CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1))


def full(name: str, district: District, expected: Expected) -> Row:
    """A row that is read to the end."""
    return Row(name, district, expected, AS_GIVEN, Port(), Depth.FULL)


def gone(reference: str, number: int, of: int = 0) -> Edit:
    """So many enrollments, of as many as are wanted, refer to a record that is not there."""

    def edit(data: Data) -> None:
        if of:
            many("enrollments", of)(data)
        rows = data["enrollments"]
        for place in range(number):
            target = {"href": "x", "sourcedId": f"gone-{place}", "type": reference}
            rows[-1 - place] = {**rows[-1 - place], reference: target}

    return edit


def only_role(role: str, number: int) -> Edit:
    """Only enrollments in one role, copied up to a number."""

    def edit(data: Data) -> None:
        data["enrollments"] = [row for row in data["enrollments"] if row["role"] == role]
        many("enrollments", number)(data)

    return edit


DANGLING = (
    full("1.2: enrollments of users who are not there", campus.where(without("student-1", "student-2")),
        fails("data.dangling-reference")),
    full("1.2: enrollments of users on the last of many pages", generic.where(gone("user", 40, 700), cap=200),
        fails("data.dangling-reference")),
    full("1.2: enrollments of classes that are not there", generic.where(without("class-2")),
        fails("data.dangling-reference")),
    full("1.1: enrollments of classes that are not there", older.where(without("class-2")),
        fails("data.dangling-reference")),
    full("1.1: enrollments of classes that are not there, without totals", campus_1_1.where(gone("class", 50, 300),
        total="none", link="none"), fails("data.dangling-reference")),
    full("1.2: one enrollment of four hundred is of nobody", campus.where(gone("user", 1, 400)),
        warns("data.dangling-reference")),
    full("1.1: two enrollments of a thousand are in no class", older.where(gone("class", 2, 1000)),
        warns("data.dangling-reference")),
    full("1.1: students on the last page are nobody", older.where(gone("user", 100, 700)),
        fails("accounts.students-missing")),
    full("1.1: no student has an account", campus_1_1.where(nobody_who_is("student")),
        fails("accounts.students-missing")),
    full("the year is over, and its students are gone, 1.2", generic.where(sessions_from(-400, -40),
        nobody_who_is("student")), fails("year.not-active")),
)  # fmt: skip

GUARDIANS = (
    full("1.1: students name guardians, and none is shared", campus_1_1.where(nobody_who_is("guardian")),
        fails("accounts.guardians-missing")),
    full("1.1: no guardian at all, and nobody names one", older.where(nobody_who_is("guardian"), each("users",
        lacking("agents"))), warns("accounts.guardians-missing")),
    full("1.2: students name guardians, and none is shared", campus.where(nobody_who_is("guardian")),
        warns("accounts.guardians-missing")),
    full("1.2: one guardian is not shared", generic.where(without("guardian-3")),
        warns("accounts.guardians-missing")),
)  # fmt: skip

NOBODY = (
    full("1.2: nobody is enrolled", campus.where(nothing_in("enrollments")), fails("sharing.enrollments-empty")),
    full("1.1: nobody is enrolled", older.where(nothing_in("enrollments")), fails("sharing.enrollments-empty")),
    full("1.2: students only, on many pages, and the filter is ignored", generic.where(only_role("student", 900),
        filter="ignored"), fails("sharing.enrollments-empty")),
    full("1.1: teachers only, on many pages, and the filter is refused", older.where(only_role("teacher", 900),
        filter="refused"), fails("sharing.enrollments-empty")),
    full("1.2: every user is disabled", generic.where(each("users", holding(enabledUser="false"))),
        warns("accounts.disabled")),
)  # fmt: skip

BREAKS = (
    full("the third page of the enrollments breaks", generic.where(many("enrollments", 700), data_says(
        lambda request, reply: bare(500) if int(request.asks("offset") or 0) >= 400 else reply, "enrollments"),
        cap=200), fails("access.part-broken")),
)  # fmt: skip


def beyond(rows: int, status: int, offset: int = 0) -> Override:
    """Pages of more rows than these fail from an offset on, and smaller ones work."""
    return data_says(lambda request, reply: bare(status) if int(request.asks("limit") or 0) > rows and int(
        request.asks("offset") or 0) >= offset else reply)  # fmt: skip


LARGE_PAGES = (
    full("1.2: pages of a thousand are a 500, smaller ones work", generic.where(many("enrollments", 450),
        beyond(500, 500)), warns("load.page-too-large")),
    full("1.1: pages of more than a thousand are a 504, at Campus", campus_1_1.where(many("orgs", 2500),
        beyond(1000, 504)), warns("load.page-too-large")),
    full("1.2: pages of a thousand are a 413, from the second on", campus.where(many("enrollments", 450),
        beyond(100, 413, 1), cap=200), warns("load.page-too-large")),
)  # fmt: skip

HEALTHY = (
    full("1.2: all is there", campus, passes()),
    full("1.1: all is there", campus_1_1, passes()),
    full("1.2: no guardian, and nobody names one", generic.where(nobody_who_is("guardian"), each("users",
        lacking("agents"))), passes()),
    full("1.1: enrollments of users who are gone are deleted", older.where(without("student-2"), each("enrollments",
        lambda row: {**row, "status": "tobedeleted"} if "student-2" in str(row["user"]) else row)), healthy()),
    full("1.2: without totals, in pages of fifty", generic.where(many("enrollments", 120), cap=50, total="none",
        link="none"), healthy(noting="paging.total-missing")),
)  # fmt: skip


@pytest.mark.parametrize("row", [*DANGLING, *GUARDIANS, *NOBODY, *BREAKS, *LARGE_PAGES, *HEALTHY], ids=ids)
async def test_full_depth(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
