"""The rules of the section Data, written down again in plain Python: what breaks each of them in all records."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from .caller import Caller
from .standard_form import faults

Row = dict[str, Any]
Rows = dict[str, list[Row]]

LISTS = {
    "orgs": "org",
    "academicSessions": "academicSession",
    "courses": "course",
    "classes": "class",
    "users": "user",
    "enrollments": "enrollment",
    "demographics": "demographics",
}
PAGE = 5000
_ADMINISTRATORS = {
    "administrator",
    "siteAdministrator",
    "districtAdministrator",
    "systemAdministrator",
    "principal",
}
_GRADES = {"IT", "PR", "PK", "TK", "KG", "PS", "UG", "AE", "Other", *(f"{n:02}" for n in range(1, 14))}
_ENROLLED_AS = {"administrator", "proctor", "student", "teacher"}
_TYPES = {
    "org": {"department", "school", "district", "local", "state", "national"},
    "academicSession": {"gradingPeriod", "semester", "schoolYear", "term"},
}
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z")


def read(caller: Caller) -> Rows:
    """Every record of every list, page by page; each total must be what was read."""
    rows: Rows = {}
    for path in LISTS:
        found: list[Row] = []
        total = PAGE
        while len(found) < total:
            answer = caller.get(f"{path}?limit={PAGE}&offset={len(found)}")
            assert answer.status_code == 200, path
            total = int(answer.headers["X-Total-Count"])
            page = answer.json()[path]
            assert page or not total
            found += page
        assert len(found) == total
        rows[path] = found
    return rows


def broken(rows: Rows, version: str, *, by_table: bool = True) -> dict[str, int]:
    """How often each rule is broken, without those that are kept: `data.…`, and `payload`, `accounts`, `paging`.

    `by_table` also holds every record against the standard's table of fields, which takes most of the time.
    """
    active = {path: [row for row in found if row["status"] == "active"] for path, found in rows.items()}
    counts = {
        "payload": sum(_payload(rows, version)) if by_table else 0,
        "accounts": len(list(_accounts(rows, active))) if version == "1.1" else 0,
        "paging": sum(len(found) - len({repr(row) for row in found}) for found in rows.values()),
        **_references(rows, active),
        **_ids(active),
        **_people(active),
        **_classes(active),
        **_values(active),
    }
    return {code: count for code, count in counts.items() if count}


def _payload(rows: Rows, version: str) -> Iterator[bool]:
    """Whether each record breaks the standard, apart from vocabulary and moments, which have rules of their own."""
    apart = re.compile(r"(dateLastModified|role|type|classType|sex|grades) does not fit")
    for path, found in rows.items():
        for row in found:
            yield bool([text for text in faults(version, LISTS[path], row) if not apart.match(text)])


def _sid(reference: Row) -> str:
    return str(reference["sourcedId"])


def _role(user: Row) -> str:
    return str(user["role"] if "role" in user else user["roles"][0]["role"])


def _accounts(rows: Rows, active: Rows) -> Iterator[str]:
    users = {row["sourcedId"] for row in rows["users"]}
    named = [_sid(row["user"]) for row in active["enrollments"]]
    named += [_sid(agent) for row in active["users"] for agent in row.get("agents", ())]
    yield from (sid for sid in named if sid not in users)
    if not any(_role(row) == "guardian" for row in active["users"]):
        yield "no guardian"


def _referred(active: Rows) -> Iterator[tuple[str, str]]:
    """Every reference that the rules look at: the list that it leads into, and the id."""
    for row in active["orgs"]:
        for reference in (*([row["parent"]] if "parent" in row else ()), *row.get("children", ())):
            yield "orgs", _sid(reference)
    for row in active["academicSessions"]:
        for reference in (*([row["parent"]] if "parent" in row else ()), *row.get("children", ())):
            yield "academicSessions", _sid(reference)
    for row in active["courses"]:
        yield "orgs", _sid(row["org"])
        yield "academicSessions", _sid(row["schoolYear"])
    for row in active["classes"]:
        yield "courses", _sid(row["course"])
        yield "orgs", _sid(row["school"])
        yield from (("academicSessions", _sid(term)) for term in row["terms"])
    for row in active["users"]:
        orgs = [*row.get("orgs", ()), *(role["org"] for role in row.get("roles", ()))]
        yield from (("orgs", _sid(org)) for org in orgs)
    for row in active["enrollments"]:
        yield "users", _sid(row["user"])
        yield "classes", _sid(row["class"])
        yield "orgs", _sid(row["school"])
    for row in active["demographics"]:
        yield "users", row["sourcedId"]


def _references(rows: Rows, active: Rows) -> dict[str, int]:
    known = {path: {row["sourcedId"] for row in found} for path, found in rows.items()}
    there = {path: {row["sourcedId"] for row in found} for path, found in active.items()}
    dangling = deleted = 0
    for path, sid in _referred(active):
        dangling += sid not in known[path]
        deleted += sid in known[path] and sid not in there[path]
    return {"data.dangling-reference": dangling, "data.reference-to-deleted": deleted}


def _more_than_once(values: Iterable[str]) -> int:
    return sum(1 for times in Counter(values).values() if times > 1)


def _ids(active: Rows) -> dict[str, int]:
    emails = [row["email"].lower() for row in active["users"] if row.get("email")]
    return {
        "data.duplicate-id": sum(
            _more_than_once(row["sourcedId"] for row in found) for found in active.values()
        ),
        "data.duplicate-username": _more_than_once(row["username"].lower() for row in active["users"]),
        "data.duplicate-email": _more_than_once(emails),
        "data.malformed-email": sum(
            1 for email in emails if email.count("@") != 1 or "." not in email.partition("@")[2]
        ),
    }


def _people(active: Rows) -> dict[str, int]:
    users, enrollments = active["users"], active["enrollments"]
    staff = [row for row in users if _role(row) == "teacher" or _role(row) in _ADMINISTRATORS]
    students = {row["sourcedId"]: row for row in users if _role(row) == "student"}
    named = {_sid(agent) for row in students.values() for agent in row.get("agents", ())}
    lonely = [
        row
        for row in users
        if _role(row) in ("guardian", "parent", "relative")
        and (
            row["sourcedId"] not in named
            or not any(_sid(agent) in students for agent in row.get("agents", ()))
        )
    ]
    enrolled = {_sid(row["user"]) for row in enrollments}
    return {
        "data.missing-email": sum(1 for row in staff if not row.get("email")),
        "data.guardian-without-student": len(lonely),
        "data.student-without-class": len(set(students) - enrolled),
    }


def _classes(active: Rows) -> dict[str, int]:
    today = date.today().isoformat()
    ends = {row["sourcedId"]: row["endDate"] for row in active["academicSessions"]}
    enrollments = active["enrollments"]
    in_class: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in enrollments:
        in_class[_sid(row["class"]), row["role"]].append(row)
    ids = [row["sourcedId"] for row in active["classes"]]
    times = Counter((_sid(row["user"]), _sid(row["class"]), row["role"]) for row in enrollments)
    undated = [row for row in enrollments if "beginDate" not in row and "endDate" not in row]
    primary = (
        {_sid(row["user"]) for row in in_class[sid, "teacher"] if row.get("primary") == "true"} for sid in ids
    )
    return {
        "data.class-without-students": sum(1 for sid in ids if not in_class[sid, "student"]),
        "data.class-without-teacher": sum(1 for sid in ids if not in_class[sid, "teacher"]),
        "data.enrollment-without-dates": len(undated) if 2 * len(undated) <= len(enrollments) else 0,
        "data.duplicate-enrollment": sum(number - 1 for number in times.values()),
        "data.several-primary-teachers": sum(1 for teachers in primary if len(teachers) > 1),
        "data.class-outside-term": sum(
            1
            for row in active["classes"]
            if all(ends.get(_sid(term), today) < today for term in row["terms"])
        ),
    }


def _values(active: Rows) -> dict[str, int]:
    sessions = {row["sourcedId"]: row for row in active["academicSessions"]}
    wrong_sessions = 0
    for row in sessions.values():
        parent = sessions.get(_sid(row["parent"])) if "parent" in row else None
        outside = parent is not None and (
            row["startDate"] < parent["startDate"] or row["endDate"] > parent["endDate"]
        )
        wrong_sessions += outside or row["endDate"] <= row["startDate"]
    parents = {row["sourcedId"]: _sid(row["parent"]) for row in active["orgs"] if "parent" in row}
    return {
        "data.term-dates": wrong_sessions,
        "data.org-cycle": sum(1 for sid in parents if _leads_back(sid, parents)),
        "data.unknown-vocabulary": sum(
            1 for path, found in active.items() for row in found if _unknown(LISTS[path], row)
        ),
        "data.timestamps": sum(
            1 for found in active.values() for row in found if _impossible(row["dateLastModified"])
        ),
    }


def _leads_back(sid: str, parents: dict[str, str]) -> bool:
    at, seen = parents.get(sid), set[str]()
    while at is not None and at not in seen:
        if at == sid:
            return True
        seen.add(at)
        at = parents.get(at)
    return False


def _unknown(entity: str, row: Row) -> bool:
    if any(grade not in _GRADES for grade in row.get("grades", ())):
        return True
    if entity in _TYPES:
        return row["type"] not in _TYPES[entity]
    if entity == "class":
        return row["classType"] not in ("homeroom", "scheduled")
    if entity == "demographics":
        return row["sex"] not in ("male", "female", "unspecified", "other")
    return entity == "enrollment" and row["role"] not in _ENROLLED_AS


def _impossible(moment: str) -> bool:
    if not _MOMENT.fullmatch(moment):
        return True
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return True
    return found > datetime.now(found.tzinfo) + timedelta(days=1)
