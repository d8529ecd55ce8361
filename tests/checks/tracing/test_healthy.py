"""On a healthy district a trace names nothing, whatever is traced and however it is called."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import OAuthVersion, OneRosterVersion, Share
from oneroster_checks.tracing.model import LinkState, SubjectKind, Trace
from oneroster_practice import PracticeDistrict
from oneroster_practice.people import Role, family_name

from .traced import VERSIONS, personal_values, shown, traced

SHARED: tuple[Share, ...] = ("rostering", "gradebook")
# The student and the teacher, by their index.
STUDENT, TEACHER = 45, 2
WAYS: tuple[tuple[OAuthVersion, OneRosterVersion], ...] = ((1, "1.1"), (2, "1.1"), (2, "1.2"))
RECORDS: tuple[tuple[SubjectKind, str], ...] = (
    ("class", "class-3"),
    ("grade", "result-30"),
    ("grade", "lineItem-3"),
)


def names(role: Role, index: int, version: OneRosterVersion) -> dict[str, str]:
    """Everything by which a person may be called."""
    number = role.first_number + index
    return {
        "sourcedId": f"{role.letter if version == '1.1' else ''}{number}",
        "identifier": f"2{number}",
        "username": f"{role.letter}{number}.{family_name(role, index).lower()}",
    }


def nothing_is_wrong(trace: Trace) -> None:
    """The chain was seen to its end, and nothing on it is named."""
    assert trace.chain is not None
    assert {link.state for link in trace.chain.each()} == {LinkState.FINE}
    assert trace.result.verdict.cause is None
    assert trace.is_fine
    assert [each for each in trace.result.findings if each.finding.check.startswith("trace.")] == []
    assert trace.last_change
    assert trace.requests <= 12


@pytest.mark.parametrize("size", ["small", "medium"])
@pytest.mark.parametrize("by", ["sourcedId", "identifier", "username"])
@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER])
@pytest.mark.parametrize(("oauth", "version"), WAYS)
async def test_a_person(
    oauth: OAuthVersion, version: OneRosterVersion, role: Role, by: str, size: str
) -> None:
    index = STUDENT if role is Role.STUDENT else TEACHER
    typed = names(role, index, version)[by]
    kind: SubjectKind = "student" if role is Role.STUDENT else "teacher"
    with PracticeDistrict(oauth=oauth, oneroster=version, size=size) as district:
        trace = await traced(district, kind, typed)
    nothing_is_wrong(trace)
    assert trace.chain is not None
    assert len([link for link in trace.chain.each() if link.what == "class"]) >= 3
    assert [
        value for value in personal_values(role.first_number + index, role.letter) if value in shown(trace)
    ] == []


@pytest.mark.parametrize("size", ["small", "medium"])
@pytest.mark.parametrize(("kind", "id"), RECORDS)
@pytest.mark.parametrize(("oauth", "version"), WAYS)
async def test_a_class_and_a_grade(
    oauth: OAuthVersion, version: OneRosterVersion, kind: SubjectKind, id: str, size: str
) -> None:
    with PracticeDistrict(oauth=oauth, oneroster=version, share=SHARED, size=size) as district:
        trace = await traced(district, kind, id)
    nothing_is_wrong(trace)


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_student_in_one_class(version: OneRosterVersion) -> None:
    with PracticeDistrict(oneroster=version) as district:
        trace = await traced(
            district, "student", names(Role.STUDENT, 7, version)["sourcedId"], only_class="class-2"
        )
    nothing_is_wrong(trace)
    assert trace.chain is not None
    assert [link.id for link in trace.chain.each() if link.what == "class"] == ["class-2"]
