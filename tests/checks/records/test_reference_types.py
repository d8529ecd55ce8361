"""What references say that they lead to, over every record that the judge has seen."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.finding import Status
from oneroster_checks.records.reference_types import ReferenceTypes
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict

from ..districts.records import Data, Edit
from .judging import VERSIONS, district, judge_of

Record = dict[str, object]


def with_type(type: object, name: str, field: str, number: int) -> Edit:
    """The first records of a collection say this of what a field refers to, None for nothing."""

    def edit(data: Data) -> None:
        rows = data[name]
        for place in range(number):
            reference: Record = dict(rows[place][field])  # type: ignore[call-overload]
            if type is None:
                del reference["type"]
            else:
                reference["type"] = type
            rows[place] = {**rows[place], field: reference}

    return edit


async def types_in(version: OneRosterVersion, *edits: Edit) -> ReferenceTypes:
    """What the judge has counted in a changed district."""
    async with judge_of(district(version, *edits), version) as judge:
        assert not judge.violations.broken
        return judge.references


@pytest.mark.parametrize("version", VERSIONS)
async def test_every_reference_is_counted(version: OneRosterVersion) -> None:
    found, again = await types_in(version), ReferenceTypes(version)
    for name, rows in district(version).items():
        if version == "1.2" or name not in ("assessmentLineItems", "assessmentResults", "scoreScales"):
            again.add(f"/{name}", rows)
    assert not found.wrong
    assert found == again
    assert found.of > 3 * len(district(version)["enrollments"])


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("type", [None, "", "thing", "User", 7, ["user"]])
async def test_each_wrong_type_is_counted_by_kind(type: object, version: OneRosterVersion) -> None:
    found = await types_in(
        version, with_type(type, "enrollments", "user", 3), with_type(type, "classes", "course", 1)
    )
    assert dict(found.wrong) == {"enrollment.user": 3, "class.course": 1}
    assert found.paths == ["/classes", "/enrollments"]
    assert found.of == (await types_in(version)).of
    assert len(found.examples) == 4


@pytest.mark.parametrize("version", VERSIONS)
async def test_other_names_of_the_right_type_are_right(version: OneRosterVersion) -> None:
    found = await types_in(version, with_type("student", "enrollments", "user", 3))
    assert not found.wrong


@pytest.mark.parametrize("version", VERSIONS)
async def test_deleted_records_are_not_looked_at(version: OneRosterVersion) -> None:
    def delete(data: Data) -> None:
        data["enrollments"][0] = {**data["enrollments"][0], "status": "tobedeleted"}

    healthy = await types_in(version)
    one_gone = await types_in(version, delete)
    assert one_gone.of == healthy.of - 3
    found = await types_in(version, with_type(None, "enrollments", "user", 2), delete)
    assert (found.of, dict(found.wrong)) == (one_gone.of, {"enrollment.user": 1})


async def test_the_references_in_roles_are_looked_at() -> None:
    def edit(data: Data) -> None:
        row = data["users"][0]
        roles: list[Record] = row["roles"]  # type: ignore[assignment]
        role = roles[0]
        org = {key: value for key, value in role["org"].items() if key != "type"}  # type: ignore[attr-defined]
        data["users"][0] = {**row, "roles": [{**role, "org": org}]}

    assert dict((await types_in("1.2", edit)).wrong) == {"user.roles.org": 1}


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_full_read_tells_of_every_record(version: OneRosterVersion) -> None:
    with PracticeDistrict(oneroster=version) as served:
        result = await run(served.connection, served.credentials, depth=Depth.FULL)
    finding = next(each for each in result.findings if each.finding.check == "verified.reference-types")
    assert finding.finding.status is Status.PASS
    records = sum(each.records for each in result.read)
    assert finding.finding.facts["records"] == records
    assert finding.summary == f"References checked: {finding.finding.facts['of']:,} in {records:,} records."
