"""Faults of the data of people: their usernames and emails, their guardians and classes."""

from __future__ import annotations

from ..form import Record
from ..people import MAIL_DOMAIN, Role
from ..planting import DELETED, Change, Plant, Planting, spread, with_fields, without
from ..records import Records
from ..shape import COHORT, ENROLLED
from .data import data_fault


def _shared_field(name: str) -> Plant:
    """Gives the second of some pairs of users what the first has in a field, in other letters for every other."""

    def plant(records: Records, count: int) -> Planting:
        pairs = spread(count, records.shape.user_count // 2)
        changes = {}
        for number, pair in enumerate(pairs):
            value = str(records.users.record(2 * pair)[name])
            changes[2 * pair + 1] = with_fields(**{name: value.upper() if number % 2 else value})
        return Planting({"user": changes})

    return plant


def _without_email(records: Records, count: int) -> Planting:
    first = records.shape.first_position(Role.TEACHER)
    return Planting({"user": {at: without("email") for at in spread(count, records.shape.user_count, first)}})


def _broken_email(number: int) -> Change:
    def change(record: Record) -> Record:
        name = str(record["username"]).replace(".", "")
        wrong = (f"{name}.{MAIL_DOMAIN}", f"{name}@@{MAIL_DOMAIN}", f"{name}@practice")
        return {**record, "email": wrong[number % len(wrong)]}

    return change


def _with_broken_email(records: Records, count: int) -> Planting:
    places = spread(count, records.shape.user_count)
    return Planting({"user": {at: _broken_email(number) for number, at in enumerate(places)}})


def _guardians_of_nobody(records: Records, count: int) -> Planting:
    # Neither names the other: two students have each guardian, and no other.
    changes: dict[int, Change] = {}
    first = records.shape.first_position(Role.GUARDIAN)
    for guardian in spread(count, records.shape.counts[Role.GUARDIAN]):
        for position in (first + guardian, 2 * guardian, 2 * guardian + 1):
            changes[position] = without("agents")
    return Planting({"user": changes})


def _students_without_class(records: Records, count: int) -> Planting:
    shape = records.shape
    changes: dict[int, Change] = {}
    # The first student of each cohort keeps its classes, so that no class is left without students.
    for place in spread(count, shape.counts[Role.STUDENT] // COHORT * (COHORT - 1)):
        cohort, slot = divmod(place, COHORT - 1)
        for of in shape.classes_of_person(Role.STUDENT, cohort * COHORT):
            changes[of * ENROLLED + slot + 2] = DELETED
    return Planting({"enrollment": changes})


FAULTS = (
    data_fault(
        "data.duplicate-username", "Some users have the username of another user", _shared_field("username")
    ),
    data_fault("data.duplicate-email", "Some users have the email of another user", _shared_field("email")),
    data_fault("data.missing-email", "Some teachers and administrators have no email", _without_email),
    data_fault("data.malformed-email", "Some emails are not email addresses", _with_broken_email),
    data_fault("data.guardian-without-student", "Some guardians have no student", _guardians_of_nobody),
    data_fault("data.student-without-class", "Some students are in no class", _students_without_class),
)
