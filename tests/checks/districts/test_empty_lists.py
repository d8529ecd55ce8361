"""An object without anything in it where a list without records belongs: read as one, and told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_checks.stages.model import Depth

from ...servers import Reply, Request, json_reply
from .district import District, data_says, with_document
from .records import many, nothing_in
from .row import AS_GIVEN, WITH_GRADES, Port, Row, fails, healthy, holds, ids, warns
from .shapes import CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1

campus, campus_1_1, generic, older = (District(shape) for shape in (CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1))
NOTHING = json_reply(200, {})


def left_out(request: Request, reply: Reply) -> Reply:
    """An empty list is left out, so that an empty object comes."""
    return with_document(lambda document: {name: value for name, value in document.items() if value != []})(
        request, reply
    )


def counted(number: int) -> Reply:
    """An object without anything in it, whose total says that there are records."""
    return NOTHING.but(("X-Total-Count", str(number)))


WARNED = (
    Row("1.2: no result yet", campus.where(data_says(left_out), nothing_in("results")),
        warns("payload.list-missing"), WITH_GRADES),
    Row("1.1: no result and no category, without totals", campus_1_1.where(data_says(left_out), nothing_in("results",
        "categories"), total="none"), healthy(noting="payload.list-missing"), WITH_GRADES),
    Row("1.1: no resources, and a total of 0", older.where(data_says(counted(0), "resources"), nothing_in(
        "resources")), healthy(noting="payload.list-missing"), replace(AS_GIVEN, share=("rostering", "resources"))),
    Row("1.2: nobody is enrolled", generic.where(data_says(left_out), nothing_in("enrollments")),
        fails("sharing.enrollments-empty")),
    Row("1.2: filters that match nothing", generic.where(data_says(left_out)), warns("payload.list-missing"),
        AS_GIVEN, Port(), Depth.FULL),
    Row("1.1: behind the last page, in a full read", older.where(many("enrollments", 120), data_says(left_out), cap=50,
        total="none", link="none"), healthy(noting="payload.list-missing"), AS_GIVEN, Port(), Depth.FULL),
)  # fmt: skip

OTHERWISE = (
    Row("1.2: nothing but empty objects", generic.where(data_says(NOTHING)), fails("access.base-url-wrong")),
    Row("1.1: nothing but empty objects", older.where(data_says(NOTHING)), fails("access.base-url-wrong")),
    Row("1.2: an empty object, and the total says that there are students", generic.where(data_says(counted(6),
        "students")), fails("payload.not-oneroster")),
    Row("1.1: no schools", older.where(data_says(left_out), nothing_in("orgs")), fails("access.part-broken")),
)  # fmt: skip


@pytest.mark.parametrize("row", [*WARNED, *OTHERWISE], ids=ids)
async def test_empty_lists(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)


async def test_what_is_told_of_them(tmp_path: Path) -> None:
    result = await holds(WARNED[0], tmp_path)
    assert result.verdict.summary == (
        "/results returned an empty JSON object, where the standard expects an empty list."
    )


async def test_of_many_the_first_few_are_named(tmp_path: Path) -> None:
    result = await holds(WARNED[4], tmp_path)
    assert " and 7 more returned an empty JSON object" in result.verdict.summary


async def test_where_nothing_came_before_it_is_no_list(tmp_path: Path) -> None:
    result = await holds(OTHERWISE[3], tmp_path)
    assert "(HTTP 200): JSON without the list orgs came back, while " in result.verdict.summary
