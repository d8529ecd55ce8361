"""The envelope of an answer: where its list of records stands, read leniently."""

from __future__ import annotations

from dataclasses import dataclass

# Keys that servers use besides the standard's, by the standard's key (oneroster.md, "Answers").
_OTHER_KEYS = {
    "users": ("students", "teachers", "user", "guardians", "parents"),
    "orgs": ("schools", "districts", "organizations", "org"),
    "academicSessions": ("terms", "gradingPeriods", "academicsessions", "sessions", "schoolYears"),
    "enrollments": ("enrolments", "studentEnrollments", "teacherEnrollments"),
    "lineItems": ("lineitems", "assignments"),
    "assessmentLineItems": ("lineItems",),
    "assessmentResults": ("results",),
    "demographics": ("demographic",),
}

Record = dict[str, object]
# What stands for a character that could not be read; an id with it is not the one that the server wrote.
REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Listing:
    """The records of an answer and the key they stood under; `key` is "" for a bare list."""

    key: str
    records: tuple[Record, ...]


def read_list(document: object, envelope: str) -> Listing | None:
    """The records inside decoded JSON, None when it holds no list that could be them.

    `envelope` is the key of the operations table. An answer whose expected key holds null counts as an
    empty list, since servers that write null for every absent field exist.
    """
    if isinstance(document, list):
        return Listing("", _records(document)) if _is_records(document) else None
    if not isinstance(document, dict):
        return None
    if envelope in document:
        value = document[envelope]
        if value is None:
            return Listing(envelope, ())
        if isinstance(value, dict):
            return Listing(envelope, (value,))
        return Listing(envelope, _records(value)) if isinstance(value, list) else None
    for key in _OTHER_KEYS.get(envelope, ()):
        value = document.get(key)
        if isinstance(value, list) and _is_records(value):
            return Listing(key, _records(value))
    for key, value in document.items():
        if key.lower() == envelope.lower() and isinstance(value, list):
            return Listing(key, _records(value))
    return None


def other_keys() -> frozenset[str]:
    """The keys of lists that servers use besides the standard's."""
    return frozenset(key for keys in _OTHER_KEYS.values() for key in keys)


def unknown_list(document: object) -> str:
    """The name of the only list of records inside decoded JSON, "" when there is none, or more than one."""
    if not isinstance(document, dict):
        return ""
    found = [
        str(name)
        for name, value in document.items()
        if isinstance(value, list) and value and _is_records(value)
    ]
    return found[0] if len(found) == 1 else ""


def _is_records(value: list[object]) -> bool:
    return all(isinstance(item, dict) and "sourcedId" in item for item in value)


def _records(value: list[object]) -> tuple[Record, ...]:
    return tuple(item for item in value if isinstance(item, dict))


def id_of(record: Record) -> str:
    """The sourcedId of a record, "" without one."""
    value = record.get("sourcedId")
    return str(value) if isinstance(value, (str, int)) else ""


def reference(record: Record, name: str) -> str:
    """The sourcedId that a record refers to, in the standard's form or flat; "" when there is none."""
    value = record.get(name)
    if isinstance(value, dict):
        value = value.get("sourcedId")
    if value is None:
        value = record.get(f"{name}SourcedId")
    return str(value) if isinstance(value, (str, int)) and value != "" else ""


def references(record: Record, name: str) -> list[str]:
    """The sourcedIds of a list of references, in the standard's form or flat."""
    value = record.get(name)
    if value is None:
        value = record.get(f"{name.removesuffix('s')}SourcedIds")
    found: list[str] = []
    for item in value if isinstance(value, list) else []:
        inner = item.get("sourcedId") if isinstance(item, dict) else item
        if isinstance(inner, (str, int)) and inner != "":
            found.append(str(inner))
    return found


def roles_of(record: Record) -> set[str]:
    """The roles of a user in the form of either version."""
    roles = {str(record.get("role") or "")}
    several = record.get("roles")
    for item in several if isinstance(several, list) else []:
        roles.add(str(item.get("role") or "") if isinstance(item, dict) else str(item or ""))
    return roles
