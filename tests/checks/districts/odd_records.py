"""Edits of the data that real districts have made: nested orgs, people with several roles, absent accounts."""

from __future__ import annotations

from collections.abc import Callable

from .records import Data, Edit, Record, roles_of


def org(sourced_id: str) -> Record:
    """A reference to an org."""
    return {"href": f"https://district.example/orgs/{sourced_id}", "sourcedId": sourced_id, "type": "org"}


def without_district(data: Data) -> None:
    """The schools stand alone."""
    data["orgs"] = [
        {name: value for name, value in row.items() if name != "parent"}
        for row in data["orgs"]
        if row["type"] == "school"
    ]


def nested_orgs(data: Data) -> None:
    """A state, a region, the district and a department stand above and below the schools."""
    rows = {str(row["sourcedId"]): row for row in data["orgs"]}
    rows["district-1"]["parent"] = org("region-1")
    model = {name: value for name, value in rows["district-1"].items() if name != "parent"}
    data["orgs"] += [
        {**model, "sourcedId": "state-1", "name": "State", "type": "state", "identifier": "ST"},
        {**model, "sourcedId": "region-1", "name": "Region", "type": "local", "identifier": "R1",
         "parent": org("state-1")},
        {**model, "sourcedId": "department-1", "name": "Science", "type": "department", "identifier": "DP",
         "parent": org("school-1")},
    ]  # fmt: skip


def called_as(role: str, new: str) -> Edit:
    """Every user and enrollment with a role has another one."""

    def renamed(row: Record) -> Record:
        changed = dict(row)
        if row.get("role") == role:
            changed["role"] = new
        several = row.get("roles")
        if isinstance(several, list):
            changed["roles"] = [{**item, "role": new} if item["role"] == role else item for item in several]
        return changed

    def edit(data: Data) -> None:
        for name in ("users", "enrollments"):
            data[name] = [renamed(row) for row in data[name]]

    return edit


def several_roles(data: Data) -> None:
    """Teachers of 1.2 are guardians and administrators, too, at both schools."""
    for user in data["users"]:
        roles = user.get("roles")
        if isinstance(roles, list) and "teacher" in roles_of(user):
            user["roles"] = [
                *roles,
                {"roleType": "secondary", "role": "guardian", "org": org("school-1")},
                {"roleType": "secondary", "role": "siteAdministrator", "org": org("school-2")},
            ]


def only_for(name: str, *sourced_ids: str) -> Edit:
    """A collection holds these records alone."""

    def edit(data: Data) -> None:
        data[name] = [row for row in data[name] if row["sourcedId"] in sourced_ids]

    return edit


def enrolled_only(role: str) -> Edit:
    """Nobody is enrolled with another role."""

    def edit(data: Data) -> None:
        data["enrollments"] = [row for row in data["enrollments"] if row["role"] == role]

    return edit


def ghosts_from(first: int, end: int | None = None, *, role: str = "student") -> Edit:
    """From this enrollment to before `end`, each of a role names a user of its own who is not there."""

    def ghost(place: int, row: Record) -> Record:
        if row["role"] != role or place < first or (end is not None and place >= end):
            return row
        user = f"ghost-{place}"
        href = f"https://district.example/users/{user}"
        return {**row, "user": {"href": href, "sourcedId": user, "type": "user"}}

    def edit(data: Data) -> None:
        data["enrollments"] = [ghost(place, row) for place, row in enumerate(data["enrollments"])]

    return edit


def in_falling_order(data: Data) -> None:
    """Every collection lies there by falling sourcedId."""
    for name, rows in data.items():
        data[name] = sorted(rows, key=lambda row: str(row["sourcedId"]), reverse=True)


def as_texts_of(*fields: str, change: Callable[[object], object]) -> Callable[[Record], Record]:
    """A record with some fields written another way, where it has them."""
    return lambda row: {name: change(value) if name in fields else value for name, value in row.items()}
