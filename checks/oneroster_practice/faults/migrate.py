"""Faults between the two sides of a move from OneRoster 1.1 to 1.2; unless it says otherwise, the new side has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from oneroster_checks.connection import Connection, Credentials, Share

from ..fault import DataRules, Fault, HandedOut, Problem, RosterRules
from ..form import Record
from ..lazy_list import Pattern
from ..people import Role
from ..planting import DELETED, Change, Plant, Planting, spread, with_fields
from ..records import Records
from ..shape import COHORT, ENROLLED
from ..site import Site
from .data import COUNT

Edit = Callable[[str, int, Record], Record]
_LEGACY = "ic.legacySourcedId"
_GRADE_BOOK: tuple[Share, ...] = ("rostering", "gradebook")
# The school that one fault takes away: the first behind the district.
_SCHOOL = "org-2"
# How old the credentials are that end soon: they last a year.
_NEARLY_A_YEAR = timedelta(days=350)
_SCHOOLED = {"user": ("primaryOrg",), "course": ("org",), "class": ("school",), "enrollment": ("school",)}
# What says who or what a record is, beside its references.
_OWN = ("sourcedId", "identifier", "classCode", "courseCode")


def _planted(
    code: str,
    title: str,
    plant: Plant,
    *,
    count: int = COUNT,
    old: Plant | None = None,
    share: tuple[Share, ...] | None = None,
) -> Fault:
    problem = Problem(code, title, count=count, full_depth=True, pair=True, share=share)
    before = Fault(roster=RosterRules(plant=old)) if old else None
    return Fault(problem=problem, roster=RosterRules(plant=plant), old=before)


def _edited(code: str, title: str, edit: Edit) -> Fault:
    return Fault(problem=_problem(code, title), roster=RosterRules(edit=edit))


def _problem(code: str, title: str, *, share: tuple[Share, ...] | None = None) -> Problem:
    return Problem(code, title, full_depth=True, pair=True, share=share)


def _of_role(role: Role, change: Callable[[Records, int], Change], *, each: int = 1) -> Plant:
    """Changes some people of a role, given by their indices; `each` of them stand beside each other."""

    def plant(records: Records, count: int) -> Planting:
        first = records.shape.first_position(role)
        places = spread(count, records.shape.counts[role] // each)
        return Planting({"user": {first + at * each: change(records, at * each) for at in places}})

    return plant


def _with_metadata(**fields: str) -> Change:
    return lambda record: {**record, "metadata": {**record.get("metadata", {}), **fields}}


def _next_legacy(records: Records, index: int) -> Change:
    return _with_metadata(**{_LEGACY: str(Role.GUARDIAN.first_number + index + 1)})


def _next_old_id(records: Records, index: int) -> Change:
    number = Role.GUARDIAN.first_number + index + 1
    return lambda record: {**record, "sourcedId": f"{Role.GUARDIAN.letter}{number}"}


def _next_id(records: Records, index: int) -> Change:
    return lambda record: {**record, "sourcedId": str(Role.GUARDIAN.first_number + index + 1)}


def _nobody(record: Record) -> Record:
    """A record that nothing leads to from the old side."""
    kept = {
        name: value for name, value in record.items() if name not in ("metadata", "identifier", "userIds")
    }
    return {**kept, "sourcedId": f"9{record['sourcedId']}"}


def _with_roles(*words: str) -> Change:
    def change(record: Record) -> Record:
        (first, *_) = record["roles"]
        kinds = ("primary", *("secondary",) * len(words))
        return {
            **record,
            "roles": [
                {**first, "role": word, "roleType": kind} for word, kind in zip(words, kinds, strict=False)
            ],
        }

    return change


def _at_another_school(records: Records, index: int) -> Change:
    def change(record: Record) -> Record:
        number = int(record["primaryOrg"]["sourcedId"].removeprefix("org-"))
        schools = records.shape.size.schools
        org = records.refer.org((number - 2 + 1) % schools + 2)
        return {**record, "primaryOrg": org, "roles": [{**role, "org": org} for role in record["roles"]]}

    return change


def _teaching_guardians(records: Records, count: int) -> list[tuple[int, int]]:
    """Guardians with teachers of the same school, by their indices in either role."""
    shape = records.shape
    guardians, teachers = shape.people_each[Role.GUARDIAN], shape.people_each[Role.TEACHER]
    each = min(guardians, teachers)
    places = (divmod(at, each) for at in spread(count, shape.size.schools * each))
    return [(school * guardians + at, school * teachers + at) for school, at in places]


def _teachers_of_guardians(records: Records, count: int) -> Planting:
    """On the old side: some guardians who teach, so that each has one record for either role."""
    first = records.shape.first_position(Role.GUARDIAN)
    return Planting(
        {
            "user": {
                first + guardian: _also(teacher) for guardian, teacher in _teaching_guardians(records, count)
            }
        }
    )


def _also(teacher: int) -> Change:
    """Makes a guardian out of a teacher."""
    number = Role.TEACHER.first_number + teacher
    return with_fields(
        sourcedId=f"{Role.GUARDIAN.letter}{number}",
        identifier=f"2{number}",
        userIds=[{"type": "district", "identifier": f"2{number}"}],
    )


def _guardians_in_teachers(records: Records, count: int) -> Planting:
    """On the new side: the same people with both roles in one record."""
    shape, changes = records.shape, dict[int, Change]()
    for guardian, teacher in _teaching_guardians(records, count):
        changes[shape.first_position(Role.GUARDIAN) + guardian] = DELETED
        changes[shape.first_position(Role.TEACHER) + teacher] = _with_roles(
            Role.TEACHER.word, Role.GUARDIAN.word
        )
    return Planting({"user": changes})


def _deleted_of(entity: str, places: Callable[[Records], int], each: Callable[[int], int]) -> Plant:
    def plant(records: Records, count: int) -> Planting:
        return Planting({entity: {each(at): DELETED for at in spread(count, places(records))}})

    return plant


def _without_school(entity: str, position: int, record: Record) -> Record:
    is_gone = record["sourcedId"] == _SCHOOL if entity == "org" else False
    for name in _SCHOOLED.get(entity, ()):
        is_gone |= record[name]["sourcedId"] == _SCHOOL
    return DELETED(record) if is_gone else record


def _with_other_class_ids(entity: str, position: int, record: Record) -> Record:
    if entity == "class":
        return {**record, "sourcedId": _section(record["sourcedId"])}
    if entity == "enrollment":
        return {**record, "class": {**record["class"], "sourcedId": _section(record["class"]["sourcedId"])}}
    return record


def _section(sourced_id: str) -> str:
    return f"section-{sourced_id.removeprefix('class-')}"


def _of_others(entity: str, position: int, record: Record) -> Record:
    """A record of another district: whatever says who or what it is has other values."""
    changed = {**record, **{name: f"x{record[name]}" for name in _OWN if name in record}}
    for name, value in record.items():
        if isinstance(value, dict) and "sourcedId" in value:
            changed[name] = {**value, "sourcedId": f"x{value['sourcedId']}"}
    if entity == "user":
        changed["metadata"] = {_LEGACY: f"8{record['sourcedId']}"}
        changed["roles"] = [
            {**role, "org": {**role["org"], "sourcedId": f"x{role['org']['sourcedId']}"}}
            for role in record["roles"]
        ]
    return changed


def _old_credentials(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return replace(connection, created=date.today() - _NEARLY_A_YEAR), credentials


FAULTS = (
    _edited("migrate.other-district", "The two connections are of different districts", _of_others),
    Fault(
        problem=_problem("migrate.not-read", "The new connection has no list of enrollments"),
        data=DataRules(absent=("/enrollments",)),
    ),
    Fault(
        problem=_problem("migrate.other-year", "The new connection has the school year before"),
        roster=RosterRules(years_back=1),
    ),
    Fault(
        problem=_problem(
            "migrate.part-missing", "The new connection does not share the grade book", share=_GRADE_BOOK
        ),
        data=DataRules(refused_parts=("gradebook",)),
    ),
    _edited("migrate.school-missing", "A school is not shared with the new connection", _without_school),
    _planted(
        "migrate.legacy-duplicate",
        "Some new users name the old sourcedId of another user",
        _of_role(Role.GUARDIAN, _next_legacy, each=2),
    ),
    _planted(
        "migrate.id-collision",
        "Some new users have the old sourcedId of somebody else",
        _of_role(Role.GUARDIAN, _next_old_id, each=2),
    ),
    _planted(
        "migrate.duplicate-id",
        "Some new users have the sourcedId of another one",
        _of_role(Role.GUARDIAN, _next_id, each=2),
    ),
    _planted(
        "migrate.legacy-missing",
        "Some new users do not say who they were",
        _of_role(Role.GUARDIAN, lambda records, index: _nobody),
    ),
    _planted(
        "migrate.users-lost",
        "Some users are not in the new connection",
        _of_role(Role.GUARDIAN, lambda records, index: DELETED),
    ),
    _planted(
        "migrate.classes-lost",
        "Some classes are not in the new connection",
        _deleted_of("class", lambda records: records.shape.class_count, lambda at: at),
    ),
    _planted(
        "migrate.enrollments-lost",
        "Some students are not enrolled in the new connection",
        _deleted_of(
            "enrollment",
            lambda records: records.shape.class_count * COHORT,
            lambda at: at // COHORT * ENROLLED + at % COHORT + 1,
        ),
    ),
    Fault(
        problem=_problem(
            "migrate.line-items-lost", "No line item is in the new connection", share=_GRADE_BOOK
        ),
        data=DataRules(empty=("/lineItems",)),
    ),
    Fault(
        problem=_problem("migrate.results-lost", "No result is in the new connection", share=_GRADE_BOOK),
        data=DataRules(empty=("/results",)),
    ),
    _planted(
        "migrate.role-changed",
        "Some users have another role in the new connection",
        _of_role(Role.GUARDIAN, lambda records, index: _with_roles("aide")),
    ),
    _planted(
        "migrate.school-changed",
        "Some users are at another school in the new connection",
        _of_role(Role.GUARDIAN, _at_another_school),
    ),
    _edited("migrate.class-ids-changed", "Every class has another sourcedId", _with_other_class_ids),
    Fault(
        problem=_problem("migrate.expires-soon", "The credentials of the old connection end soon"),
        old=Fault(hand_out=_old_credentials),
    ),
    _planted(
        "migrate.roles-merged",
        "Some guardians also teach, and have one record for both in the new connection",
        _guardians_in_teachers,
        old=_teachers_of_guardians,
    ),
    Fault(
        problem=_problem(
            "migrate.users-new", "Two out of five students have no account for the old connection"
        ),
        old=Fault(roster=RosterRules(shared={"student": Pattern((2, 3, 4), 5)})),
    ),
)
