"""What a record says of itself: its sourcedId, and the roles of a user."""

from __future__ import annotations

from ..standard.envelopes import Record


def id_of(row: Record) -> str:
    """The sourcedId of a record, "" without one."""
    value = row.get("sourcedId")
    return str(value) if isinstance(value, (str, int)) else ""


def roles_of(row: Record) -> set[str]:
    """The roles of a user in the form of either version."""
    roles = {str(row.get("role", ""))}
    several = row.get("roles")
    for item in several if isinstance(several, list) else []:
        roles.add(str(item.get("role", "")) if isinstance(item, dict) else str(item))
    return roles
