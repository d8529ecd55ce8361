"""The typed form of what is kept of the two sides of a move; every other field of a record is skipped unread.

Nothing here holds a record against the standard: a field may be missing, null, empty, or flat. What has another form
altogether is read value by value instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

import msgspec

from ..connection import OneRosterVersion
from ..standard.operations import collection
from .move_layout import LEGACY, KeptRecord, clean, day_of, user_kept

_Scalar = str | int | float | bool | None


class Reference(msgspec.Struct, gc=False):
    """A reference, of which only the sourcedId counts."""

    sourcedId: str | int | None = None


_Ref = Reference | str | None


class _Record(msgspec.Struct, gc=False):
    """What every record has."""

    sourcedId: str | int | None = None
    status: _Scalar = None


class _Role(msgspec.Struct, gc=False):
    role: _Scalar = None
    org: _Ref = None
    orgSourcedId: str | int | None = None


class _Metadata(msgspec.Struct, gc=False):
    legacy: _Scalar = msgspec.field(name=LEGACY, default=None)


class _UserId(msgspec.Struct, gc=False):
    identifier: _Scalar = None


class _User(_Record, gc=False):
    identifier: _Scalar = None
    role: _Scalar = None
    roles: list[_Role] | None = None
    orgs: list[Reference | str | int] | None = None
    orgSourcedIds: list[str | int] | None = None
    primaryOrg: _Ref = None
    primaryOrgSourcedId: str | int | None = None
    metadata: _Metadata | None = None
    # From here on what the redaction learns of a person.
    username: _Scalar = None
    givenName: _Scalar = None
    middleName: _Scalar = None
    familyName: _Scalar = None
    preferredFirstName: _Scalar = None
    preferredMiddleName: _Scalar = None
    preferredLastName: _Scalar = None
    email: _Scalar = None
    sms: _Scalar = None
    phone: _Scalar = None
    userIds: list[_UserId] | None = None

    def kept(self) -> KeptRecord:
        """What is kept of it."""
        roles = [role for each in self.roles or () if (role := clean(each.role))]
        one = clean(self.role)
        orgs = [org for each in self.roles or () if (org := _id(each.org, each.orgSourcedId))]
        if not orgs:
            orgs = [org for each in (self.orgs or self.orgSourcedIds or ()) if (org := _id(each))]
        primary = _id(self.primaryOrg, self.primaryOrgSourcedId)
        return user_kept(
            clean(self.sourcedId) or "",
            self.metadata.legacy if self.metadata else None,
            self.identifier,
            roles or ([one] if one else []),
            orgs or ([primary] if primary else []),
        )

    def personal(self) -> tuple[object, ...]:
        """The values from which the redaction learns."""
        several = [each.identifier for each in self.userIds or ()]
        return (
            self.username, self.givenName, self.middleName, self.familyName, self.email, self.identifier, self.sms,
            self.phone, self.preferredFirstName, self.preferredMiddleName, self.preferredLastName, *several,
        )  # fmt: skip


class _Org(_Record, gc=False):
    identifier: _Scalar = None
    type: _Scalar = None


class _Session(_Record, gc=False):
    type: _Scalar = None
    title: _Scalar = None
    startDate: _Scalar = None
    endDate: _Scalar = None
    schoolYear: _Scalar = None


class _Course(_Record, gc=False):
    courseCode: _Scalar = None
    org: _Ref = None
    orgSourcedId: str | int | None = None


class _Class(_Record, gc=False):
    classCode: _Scalar = None
    school: _Ref = None
    schoolSourcedId: str | int | None = None
    course: _Ref = None
    courseSourcedId: str | int | None = None


class _Enrollment(_Record, gc=False):
    user: _Ref = None
    userSourcedId: str | int | None = None
    of: _Ref = msgspec.field(name="class", default=None)
    classSourcedId: str | int | None = None
    role: _Scalar = None


class _LineItem(_Record, gc=False):
    of: _Ref = msgspec.field(name="class", default=None)
    classSourcedId: str | int | None = None
    category: _Ref = None
    categorySourcedId: str | int | None = None
    title: _Scalar = None


class _Result(_Record, gc=False):
    lineItem: _Ref = None
    lineItemSourcedId: str | int | None = None
    student: _Ref = None
    studentSourcedId: str | int | None = None


# Values of the records of a page, one for each.
_Values = Sequence[str | None]
_Column = Callable[[Sequence[Any]], _Values]


def _texts(name: str) -> _Column:
    get = attrgetter(name)
    return lambda records: [
        value.strip() if value.__class__ is str else clean(value) for value in map(get, records)
    ]


def _days(name: str) -> _Column:
    get = attrgetter(name)
    return lambda records: [day_of(value) for value in map(get, records)]


def _references(name: str, flat: str) -> _Column:
    get, get_flat = attrgetter(name), attrgetter(flat)

    def column(records: Sequence[Any]) -> _Values:
        # Most are in the standard's form, and there are many of them.
        whole: list[Any] = [of.sourcedId if of.__class__ is Reference else None for of in map(get, records)]
        if all(value.__class__ is str and value for value in whole):
            return whole
        return [_id(of, own) for of, own in zip(map(get, records), map(get_flat, records), strict=True)]

    return column


_ROLE, _TYPE, _IDENTIFIER = _texts("role"), _texts("type"), _texts("identifier")
_OF_CLASS = _references("of", "classSourcedId")
_FORMS: dict[str, tuple[type[_Record], tuple[_Column, ...]]] = {
    "/orgs": (_Org, (_IDENTIFIER, _TYPE)),
    "/academicSessions": (
        _Session,
        (_TYPE, _texts("title"), _days("startDate"), _days("endDate"), _texts("schoolYear")),
    ),
    "/courses": (_Course, (_texts("courseCode"), _references("org", "orgSourcedId"))),
    "/classes": (
        _Class,
        (
            _texts("classCode"),
            _references("school", "schoolSourcedId"),
            _references("course", "courseSourcedId"),
        ),
    ),
    "/users": (_User, ()),
    "/enrollments": (_Enrollment, (_references("user", "userSourcedId"), _OF_CLASS, _ROLE)),
    "/lineItems": (
        _LineItem,
        (_OF_CLASS, _references("category", "categorySourcedId"), _texts("title")),
    ),
    "/results": (
        _Result,
        (_references("lineItem", "lineItemSourcedId"), _references("student", "studentSourcedId")),
    ),
}
# Makes the records in a body, and raises what msgspec raises where they have another form.
Decode = Callable[[bytes | bytearray], list[Any]]


@cache
def decoder(version: OneRosterVersion, path: str) -> Decode:
    """What decodes the pages of a collection; KeyError when the version has none such."""
    key = collection(version, path).envelope
    form, _ = _FORMS.get(path, (_Record, ()))
    page = msgspec.defstruct("Page", [(key, list[form])], gc=False)  # type: ignore[valid-type]
    decode = msgspec.json.Decoder(page).decode
    return lambda body: getattr(decode(body), key)


def columns_of(path: str, records: Sequence[Any]) -> list[_Values]:
    """The columns of decoded records of any collection but the users, behind the first ones."""
    return [column(records) for column in _FORMS.get(path, (_Record, ()))[1]]


def _id(of: Reference | str | int | None, flat: str | int | None = None) -> str | None:
    """The sourcedId of a reference, in the standard's form or flat."""
    value = of.sourcedId if isinstance(of, Reference) else of
    return clean(flat if value is None or value == "" else value)
