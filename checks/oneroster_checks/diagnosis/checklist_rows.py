"""The rows of the checklist: the article's points, in its order, with what is said of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..connection import Connection
from ..finding import Stage, Status
from ..points import Point
from ..providers import provider
from .questions import wants_grades


def _always(connection: Connection) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Row:
    """One point as the checklist shows it.

    `applies` gives None, or why the point has no place in a connection. `passed` and `failed` are the
    reasons shown beside these states, "" where the findings say it. `undecided` is the state where no finding
    settles the point and `unknown` the reason; `unknown_failed` the reason where the check that would prove
    it failed for another cause, `unknown_refused` where the grade book was refused as not enabled. `until` is
    the last stage whose findings speak of the point. `needs_all` says that every check that proves it must be
    in order.
    """

    point: Point
    text: str
    unknown: str
    undecided: Status = Status.ASK
    passed: str = ""
    failed: str = ""
    unknown_failed: str = ""
    unknown_refused: str = ""
    needs_all: bool = False
    applies: Callable[[Connection], str | None] = _always
    until: Stage = Stage.DATA


def rows(connection: Connection) -> tuple[Row, ...]:
    """The article's rows for a connection, those beside them that only the district answers last."""
    if connection.oauth == 1:
        return (
            _CURRENT, _CORRECT_OAUTH1, _DATA_TO_SHARE, _ACCOUNTS, _ROSTER_ONLY, _ENABLED_GRADES, _LICENSE, _VENDOR,
            *BESIDE,
        )  # fmt: skip
    if connection.fixed_token:
        return (
            _ACTIVE_FIXED, _CORRECT_FIXED, _ENABLED_FIXED, _DATA_TO_SHARE, _ACCOUNTS, _VENDOR, _ENABLED_GRADES,
            _LICENSE, *BESIDE,
        )  # fmt: skip
    current = (_CURRENT,) if _no_expiry(connection) is None else ()
    return (
        _ACTIVE, _CORRECT, _ENABLED, _DATA_TO_SHARE, *current, _ACCOUNTS, _VENDOR, _ENABLED_GRADES, _LICENSE,
        *BESIDE,
    )  # fmt: skip


def _no_expiry(connection: Connection) -> str | None:
    if connection.oneroster == "1.2":
        return "OneRoster 1.2 connections do not expire."
    if connection.oneroster in provider(connection.provider).yearly_credentials:
        return None
    return "This provider's credentials are not known to expire."


def _no_accounts(connection: Connection) -> str | None:
    if connection.oneroster != "1.1":
        return "Only OneRoster 1.1 requires this."
    return None if connection.shares("rostering") else "You do not expect rostering."


def _no_grades(connection: Connection) -> str | None:
    return None if wants_grades(connection) else "You do not expect the grade book."


def _no_license(connection: Connection) -> str | None:
    if not provider(connection.provider).gradebook_license:
        return "This provider has no such license."
    return _no_grades(connection)


_NOT_REACHED = "Not known yet: no request got far enough to show it."
_NOT_THAT_FAR = "Not known yet: the run did not get that far."
_NO_DATA = "Not known yet: no data shows that the base URL is correct."
_NOT_LET_IN = "The server knows the key but does not let it in."
_NO_GRADES_YET = "Not known yet: no grade-book request was made."
_GRADES_FAILED = "Not known yet: grade-book requests failed first."

_ACTIVE = Row(
    Point.CONNECTION_ACTIVE,
    "The connection is active.",
    _NOT_REACHED,
    passed="The district returned data.",
    failed=_NOT_LET_IN,
)
_ENABLED = Row(
    Point.CONNECTION_ENABLED,
    "The connection is enabled in the district's system.",
    _NOT_REACHED,
    passed="The district returned data.",
    failed=_NOT_LET_IN,
)
_CORRECT = Row(
    Point.CREDENTIALS_CORRECT,
    "The key, secret, token URL, and base URL are correct.",
    _NOT_THAT_FAR,
    Status.SKIP,
    unknown_failed=_NO_DATA,
    until=Stage.ACCESS,
)
# A fixed token is issued to nobody, so a refusal does not show whether the server knows it.
_ACTIVE_FIXED, _ENABLED_FIXED = replace(_ACTIVE, failed=""), replace(_ENABLED, failed="")
_CORRECT_FIXED = Row(
    Point.CREDENTIALS_CORRECT,
    "The fixed token and the base URL are correct.",
    "Not known yet: no answer shows it.",
    Status.SKIP,
    until=Stage.ACCESS,
)
_CORRECT_OAUTH1 = Row(
    Point.CREDENTIALS_CORRECT,
    "The key, secret, and base URL are correct.",
    _NOT_THAT_FAR,
    Status.SKIP,
    unknown_failed=_NO_DATA,
    until=Stage.ACCESS,
)
_CURRENT = Row(
    Point.CREDENTIALS_CURRENT,
    "The key and secret have not expired.",
    "Not known: OneRoster 1.1 credentials expire after one year, and the creation date is not entered.",
    unknown_failed="Not known: the creation date is more than a year ago, and the credentials were refused.",
    applies=_no_expiry,
)
_DATA_TO_SHARE = Row(
    Point.DATA_TO_SHARE,
    "The Data to Share setting of the connection is accurate.",
    "Not known yet: nothing that is shared could be read.",
    unknown_failed="Not known yet: a part of what you expect was not returned.",
    passed="Every kind of data you expect is shared.",
    needs_all=True,
)
_ACCOUNTS = Row(
    Point.USER_ACCOUNTS,
    "For OneRoster 1.1, parents and students have user accounts.",
    "Not known yet: no people could be read to compare.",
    Status.SKIP,
    applies=_no_accounts,
)
_VENDOR = Row(
    Point.VENDOR_CREDENTIALS,
    "The vendor key and secret are used where they are required, such as for Grade Book.",
    _NO_GRADES_YET,
    Status.SKIP,
    unknown_failed="Not known yet: grade-book requests failed for another reason.",
    applies=_no_grades,
)
_ROSTER_ONLY = Row(
    Point.ROSTER_ONLY_CREDENTIALS,
    "Grade book sync is not attempted with credentials meant for roster sync only.",
    _NO_GRADES_YET,
    unknown_failed=_GRADES_FAILED,
    applies=_no_grades,
)
_ENABLED_GRADES = Row(
    Point.GRADEBOOK_ENABLED,
    "Grade Book was enabled when the connection was configured.",
    _NO_GRADES_YET,
    unknown_failed=_GRADES_FAILED,
    applies=_no_grades,
)
_LICENSE = Row(
    Point.CAMPUS_LEARNING_LICENSE,
    "The district has a Campus Learning license, which Grade Book requires.",
    _NO_GRADES_YET,
    unknown_failed=_GRADES_FAILED,
    unknown_refused="Not known: Grade Book is refused, and a missing license is one possible reason.",
    applies=_no_license,
)
# Points beside the article's that are in the list once the district has answered them.
BESIDE = (
    Row(
        Point.SCHOOLS_CHOSEN,
        "All the schools you expect are selected on the connection.",
        "Only the district can see this.",
    ),
    Row(
        Point.SUPPORTED_CONNECTION,
        "The connection is a supported one, made from the vendor's own tile.",
        "Only the district can see this.",
    ),
)
