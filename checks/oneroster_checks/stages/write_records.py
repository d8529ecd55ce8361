"""What a write test sends: records by the standard of each version, and how what comes back differs from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..connection import OneRosterVersion
from ..limits import LONG_TITLE_CHARACTERS, NUMBER_CHARACTERS
from ..standard.days import day_in
from ..standard.envelopes import Record, id_of, reference, references

TITLE = "Write test"
LONG_TITLE = (f"{TITLE} with a long title, to be removed " + "again and " * 20)[
    :LONG_TITLE_CHARACTERS
].strip()
MOST, SCORE, EXTRA_CREDIT = 100.0, 85.0, 120.0
# What the published tests of a consumer send.
EXTRA_CREDIT_OF = {"google-classroom": 300.0}
# The server's own business, whatever was sent.
_NOT_COMPARED = frozenset({"status", "dateLastModified"})
_MOMENTS = frozenset({"assignDate", "dueDate", "scoreDate"})


@dataclass(frozen=True, slots=True)
class Setting:
    """Where test records belong: sourcedIds of a class and of what goes with it, "" for none; and the day."""

    class_id: str
    student_id: str
    school_id: str
    period_id: str
    today: date


class RecordMaker:
    """Makes the records of one write test; `rostering` and `gradebook` are the roots that references lead to."""

    def __init__(
        self, version: OneRosterVersion, setting: Setting, modified: str, rostering: str, gradebook: str
    ) -> None:
        self._version = version
        self._setting = setting
        self._modified = modified
        self._rostering = rostering
        self._gradebook = gradebook

    def category(self, id: str) -> Record:
        """A category."""
        return self._base(id) | {"title": TITLE}

    def line_item(self, id: str, category: str) -> Record:
        """A line item of the class, due today: a due date outside the current grading period is refused by some."""
        setting = self._setting
        record = self._base(id) | {
            "title": TITLE,
            "assignDate": f"{setting.today}T12:00:00.000Z",
            "dueDate": f"{setting.today}T20:00:00.000Z",
            "class": self._reference("classes", setting.class_id, "class"),
            "category": self._reference("categories", category, "category"),
            "resultValueMin": 0.0,
            "resultValueMax": MOST,
        }
        if setting.period_id:
            record["gradingPeriod"] = self._reference(
                "academicSessions", setting.period_id, "academicSession"
            )
        if self._version == "1.2":
            record["school"] = self._reference("orgs", setting.school_id, "org")
        return record

    def result(self, id: str, line_item: str) -> Record:
        """A result of the student for a line item."""
        setting = self._setting
        record = self._base(id) | {
            "lineItem": self._reference("lineItems", line_item, "lineItem"),
            "student": self._reference("users", setting.student_id, "user"),
            "scoreStatus": "fully graded",
            "score": SCORE,
            "scoreDate": setting.today.isoformat(),
        }
        if self._version == "1.2":
            record["class"] = self._reference("classes", setting.class_id, "class")
        return record

    def _base(self, id: str) -> Record:
        return {"sourcedId": id, "status": "active", "dateLastModified": self._modified}

    def _reference(self, path: str, id: str, kind: str) -> Record:
        in_gradebook = path in ("categories", "lineItems")
        root = self._gradebook if in_gradebook else self._rostering
        return {"href": f"{root}/{path}/{id}", "sourcedId": id, "type": kind}


def period_of(sessions: Iterable[Record], terms: Iterable[str], today: date) -> str:
    """The sourcedId of the session that a line item due today belongs to; "" when no session contains today.

    A grading period comes first, one of the class's own terms before any other, then the shortest session.
    """
    own = set(terms)
    found: list[tuple[bool, bool, int, str]] = []
    for row in sessions:
        span = day_in(row.get("startDate")), day_in(row.get("endDate"))
        start, end = span
        if start is None or end is None or not start <= today <= end or is_deleted(row):
            continue
        id = id_of(row)
        is_own = id in own or reference(row, "parent") in own
        found.append((row.get("type") != "gradingPeriod", not is_own, (end - start).days, id))
    return min(found)[3] if found else ""


def terms_of(record: Record) -> list[str]:
    """The terms of a class."""
    return references(record, "terms")


def is_deleted(record: Record) -> bool:
    """Whether a record is marked as deleted."""
    return str(record.get("status")).lower() == "tobedeleted"


def differing(sent: Record, came: Record) -> tuple[str, ...]:
    """The names of the fields that came back otherwise than they were sent; never a value."""
    return tuple(name for name in sent if name not in _NOT_COMPARED and not _same(name, sent, came))


def _same(name: str, sent: Record, came: Record) -> bool:
    wanted, found = sent[name], came.get(name)
    if isinstance(wanted, dict):
        return reference(came, name) == reference(sent, name)
    if isinstance(wanted, float):
        return _number(found) == wanted
    if name in _MOMENTS:
        return _same_moment(str(wanted), found)
    if name == "scoreStatus":
        return isinstance(found, str) and found.strip().lower() == wanted
    return str(found).strip() == wanted


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and len(value) > NUMBER_CHARACTERS:
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _same_moment(wanted: str, found: object) -> bool:
    """Whether both are the same day: many servers keep no time, or write it in another zone."""
    return isinstance(found, str) and found.strip()[:10] == wanted[:10]
