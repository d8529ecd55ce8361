"""The records of people: users and the demographics of students."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from .form import Columns, Form, Record
from .people import MAIL_DOMAIN, Role, family_name, given_name
from .references import Number, References, base
from .school_year import SchoolYear
from .shape import COHORT, Shape

_ROLES_1P2 = {Role.ADMINISTRATOR: "siteAdministrator"}
_GRADES = ("09", "10", "11", "12")
_TRUTH = ("false", "true")
_RACES = (
    "americanIndianOrAlaskaNative",
    "asian",
    "blackOrAfricanAmerican",
    "nativeHawaiianOrOtherPacificIslander",
    "white",
    "demographicRaceTwoOrMoreRaces",
)


def grade_of(shape: Shape, cohort: int) -> str:
    """The grade of a cohort."""
    return _GRADES[cohort % shape.size.cohorts % len(_GRADES)]


class UserRecords:
    """Users in the form of each OneRoster version, at positions that run through the roles; a Source."""

    def __init__(self, shape: Shape, year: SchoolYear, references: References, *, old: bool):
        self._shape = shape
        self._year = year
        self._refer = references
        self._old = old
        self._forms = {role: Form(partial(self._columns, role), partial(self._user, role)) for role in Role}

    def sourced_id(self, role: Role, index: Number) -> str:
        """The sourcedId of a person."""
        return f"{self._refer.prefix(role)}{role.first_number + int(index)}"

    def record(self, position: int, /) -> Record:
        """The user at a position."""
        role = self._shape.role_at(position)
        return self._forms[role].record(position - self._shape.first_position(role))

    def texts(self, positions: Sequence[int], /) -> Iterator[str]:
        """The JSON texts of the users at some positions."""
        for role, some in groupby(positions, self._shape.role_at):
            first = self._shape.first_position(role)
            yield from self._forms[role].texts([position - first for position in some])

    def _columns(self, role: Role, indices: Sequence[int]) -> Columns:
        first, each = role.first_number, self._shape.people_each[role]
        modified = self._year.modified
        families = [family_name(role, index) for index in indices]
        columns: Columns = (
            [first + index for index in indices],
            [modified[index % len(modified)] for index in indices],
            [given_name(role, index) for index in indices],
            families,
            [family.lower() for family in families],
            [index // each + 2 for index in indices],
        )
        if role is Role.STUDENT:
            guardian = Role.GUARDIAN.first_number
            return (
                *columns,
                [guardian + index // 2 for index in indices],
                [grade_of(self._shape, index // COHORT) for index in indices],
            )
        if role is Role.GUARDIAN:
            student = Role.STUDENT.first_number
            return (
                *columns,
                [student + 2 * index for index in indices],
                [student + 2 * index + 1 for index in indices],
            )
        return columns

    def _user(
        self,
        role: Role,
        number: Number,
        modified: Number,
        given: str,
        family: str,
        lower: str,
        school: Number,
        *more: Number,
    ) -> Record:
        org = self._refer.org(school)
        username = f"{role.letter}{number}.{lower}"
        record = base(f"{self._refer.prefix(role)}{number}", modified) | {
            "username": username,
            "userIds": [{"type": "district", "identifier": f"2{number}"}],
            "enabledUser": "true",
            "givenName": given,
            "familyName": family,
            # The number by which the district knows a person is none by which records refer to each other.
            "identifier": f"2{number}",
            "email": f"{username}@{MAIL_DOMAIN}",
        }
        if self._old:
            record |= {"role": role.word, "orgs": [org]}
        else:
            primary = {
                "roleType": "primary",
                "role": _ROLES_1P2.get(role, role.word),
                "org": org,
                "beginDate": self._year.begins,
            }
            record |= {
                # The old sourcedId without its letter (reference, A).
                "metadata": {"ic.legacySourcedId": f"{number}"},
                "roles": [primary],
                "primaryOrg": org,
            }
        if role is Role.STUDENT:
            guardian, grade = more
            record["agents"] = [self._refer.user(f"{self._refer.prefix(Role.GUARDIAN)}{guardian}")]
            record["grades"] = [grade]
        if role is Role.GUARDIAN:
            prefix = self._refer.prefix(Role.STUDENT)
            record["agents"] = [self._refer.user(f"{prefix}{student}") for student in more]
        return record


def demographics_form(year: SchoolYear, references: References) -> Form:
    """The demographics of the students; every value follows from the index."""
    prefix = references.prefix(Role.STUDENT)

    def columns(indices: Sequence[int]) -> Columns:
        modified, youngest = year.modified, year.ends_in - 15
        return (
            [Role.STUDENT.first_number + index for index in indices],
            [modified[index % len(modified)] for index in indices],
            [f"{youngest - index % 4}-{index % 12 + 1:02}-{index % 28 + 1:02}" for index in indices],
            [("male", "female")[index % 2] for index in indices],
            *([_TRUTH[index % 7 == race] for index in indices] for race in range(len(_RACES))),
            [_TRUTH[index % 5 == 0] for index in indices],
        )

    def look(number: Number, modified: Number, born: str, sex: str, *truths: str) -> Record:
        return base(f"{prefix}{number}", modified) | {
            "birthDate": born,
            "sex": sex,
            **dict(zip((*_RACES, "hispanicOrLatinoEthnicity"), truths, strict=True)),
        }

    return Form(columns, look)
