"""Records that break the standard in one way each, and records that only look as if they did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Record = dict[str, Any]

# What is done to one field of a record; None takes it away.
_BROKEN: dict[str, tuple[tuple[str, Any], ...]] = {
    "enrollment": (
        ("role", None), ("role", "pupil"), ("sourcedId", 17), ("sourcedId", ""), ("primary", True),
        ("beginDate", "01/02/2026"), ("dateLastModified", "yesterday"), ("user", {"type": "user"}), ("class", "c1"),
        ("school", None), ("status", "gone"),
    ),
    "user": (
        ("givenName", None), ("givenName", ""), ("sourcedId", 17), ("enabledUser", True), ("enabledUser", "yes"),
        ("dateLastModified", "2026-01-02"), ("status", "gone"), ("grades", "09"), ("identifier", 12),
        ("agents", [{"type": "user"}]), ("roles", []), ("metadata", "none"), ("primaryOrg", "org-1"),
    ),
}  # fmt: skip
_SOUND: dict[str, tuple[tuple[str, Any], ...]] = {
    "enrollment": (
        ("beginDate", None), ("primary", None), ("unknown", {"any": ["thing"]}), ("role", "ext:coach"),
        ("status", "inactive"), ("dateLastModified", "2026-01-02T03:04:05+00:00"),
    ),
    "user": (
        ("email", None), ("agents", None), ("unknown", 1), ("status", "inactive"), ("grades", []),
        ("dateLastModified", "2026-01-02T03:04:05.678Z"),
    ),
}  # fmt: skip


def broken(record: Record, entity: str) -> Iterator[Record]:
    """The record, broken in one way after the other: a required field taken away, or a wrong value."""
    for name, value in _BROKEN[entity]:
        yield (
            {**record, name: value}
            if value is not None
            else {key: kept for key, kept in record.items() if key != name}
        )


def sound(record: Record, entity: str) -> Iterator[Record]:
    """The record in other forms that keep the standard: null for what is optional, unknown fields, `ext:`."""
    return ({**record, name: value} for name, value in _SOUND[entity])
