"""What is kept of the records of the two sides of a move: for each collection the columns by which they are matched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..standard.envelopes import Record, reference, references
from .columns import as_text

# The columns that every table begins with; what no table is made for is kept by these alone.
FIRST = ("id", "deleted")
# Where the new record of a user says who it was in OneRoster 1.1.
LEGACY = "ic.legacySourcedId"
OTHER = "others"
_DELETED = "tobedeleted"


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """One record as it is kept: its columns behind the first ones, None for what it does not say.

    `orgs` and `roles` are those of a user beyond the first one of each, which are columns.
    """

    values: tuple[str | None, ...]
    orgs: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveTable:
    """The table of one collection: its columns behind the first ones, and how they are had from decoded JSON.

    Of the columns in `hashed`, which may say who somebody is, only numbers are kept that stand for the same texts.
    """

    name: str
    columns: tuple[str, ...]
    kept: Callable[[Record], KeptRecord]
    hashed: tuple[str, ...] = ()


def is_deleted(status: object) -> bool:
    """Whether the status of a record says that it is gone."""
    return isinstance(status, str) and status.strip().lower() == _DELETED


def clean(value: object) -> str | None:
    """A value as the text by which it is compared, None for none."""
    text = as_text(value)
    text = text.strip() if text else None
    return text or None


def day_of(value: object) -> str | None:
    """The day of a date, or of a date and time in its place."""
    text = clean(value)
    return text[:10] if text else None


def bare(sourced_id: str) -> str | None:
    """An old sourcedId without the letter of a role that leads it; None where no letter does."""
    first = sourced_id[:1]
    return sourced_id[1:] if len(sourced_id) > 1 and first.isascii() and first.isalpha() else None


def user_kept(
    sourced_id: str,
    legacy: object,
    identifier: object,
    roles: Sequence[str],
    orgs: Sequence[str],
) -> KeptRecord:
    """A user by whichever form its fields were read from."""
    own, places = list(dict.fromkeys(roles)), list(dict.fromkeys(orgs))
    values = (
        bare(sourced_id),
        clean(legacy),
        clean(identifier),
        own[0] if own else None,
        places[0] if places else None,
    )
    return KeptRecord(values, tuple(places[1:]), tuple(own[1:]))


def _user(row: Record) -> KeptRecord:
    metadata = row.get("metadata")
    legacy = metadata.get(LEGACY) if isinstance(metadata, dict) else None
    several = row.get("roles")
    items = [item for item in several if isinstance(item, dict)] if isinstance(several, list) else []
    roles = [role for item in items if (role := clean(item.get("role")))]
    if not items and isinstance(several, list):
        roles = [role for item in several if (role := clean(item))]
    one = clean(row.get("role"))
    orgs = [org for item in items if (org := reference(item, "org"))] or references(row, "orgs")
    primary = reference(row, "primaryOrg")
    return user_kept(
        clean(row.get("sourcedId")) or "",
        legacy,
        row.get("identifier"),
        roles or ([one] if one else []),
        orgs or ([primary] if primary else []),
    )


def _plain(*names: str) -> Callable[[Record], tuple[str | None, ...]]:
    return lambda row: tuple(clean(row.get(name)) for name in names)


def _references(*names: str) -> Callable[[Record], tuple[str | None, ...]]:
    return lambda row: tuple(reference(row, name) or None for name in names)


def _org(row: Record) -> KeptRecord:
    return KeptRecord(_plain("identifier", "type")(row))


def _session(row: Record) -> KeptRecord:
    start, end = day_of(row.get("startDate")), day_of(row.get("endDate"))
    kind, title, year = _plain("type", "title", "schoolYear")(row)
    return KeptRecord((kind, title, start, end, year))


def _course(row: Record) -> KeptRecord:
    return KeptRecord((*_plain("courseCode")(row), *_references("org")(row)))


def _class(row: Record) -> KeptRecord:
    return KeptRecord((*_plain("classCode")(row), *_references("school", "course")(row)))


def _enrollment(row: Record) -> KeptRecord:
    return KeptRecord((*_references("user", "class")(row), *_plain("role")(row)))


def _line_item(row: Record) -> KeptRecord:
    return KeptRecord((*_references("class", "category")(row), *_plain("title")(row)))


def _result(row: Record) -> KeptRecord:
    return KeptRecord(_references("lineItem", "student")(row))


# By the path of the collection, in the order in which they are compared.
TABLES: dict[str, MoveTable] = {
    "/orgs": MoveTable("orgs", ("identifier", "type"), _org),
    "/academicSessions": MoveTable(
        "academicSessions", ("type", "title", "startDate", "endDate", "schoolYear"), _session
    ),
    "/courses": MoveTable("courses", ("code", "org"), _course),
    "/classes": MoveTable("classes", ("code", "school", "course"), _class),
    "/users": MoveTable("users", ("bare", "legacy", "identifier", "role", "org"), _user, ("identifier",)),
    "/enrollments": MoveTable("enrollments", ("user", "class", "role"), _enrollment),
    "/lineItems": MoveTable("lineItems", ("class", "category", "title"), _line_item, ("title",)),
    "/results": MoveTable("results", ("lineItem", "student"), _result),
}
_OTHER = MoveTable(OTHER, (), lambda row: KeptRecord(()))


def table_of(path: str) -> MoveTable:
    """The table of a collection; one by its sourcedIds alone for what has none of its own."""
    return TABLES.get(path, _OTHER)
