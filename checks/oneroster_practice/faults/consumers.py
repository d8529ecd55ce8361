"""What only the software of a consumer stumbles over: its own steps show it, and the standard allows it."""

from __future__ import annotations

from collections.abc import Callable

from ..fault import DataRules, Fault, Problem, RosterRules
from ..form import Record
from ..people import MAIL_DOMAIN
from ..planting import without

_GOOGLE, _MICROSOFT = "google-classroom", "microsoft-sds"

Edit = Callable[[Record], Record]


def _users(change: Edit, role: str = "") -> RosterRules:
    """Every user is changed, or those in a role."""

    def edit(entity: str, position: int, record: Record) -> Record:
        is_one = entity == "user" and (not role or role in _roles_of(record))
        return change(record) if is_one else record

    return RosterRules(edit=edit)


def _roles_of(record: Record) -> set[object]:
    """The roles of a user in the form of either version."""
    several = record.get("roles")
    inside = [each["role"] for each in several] if isinstance(several, list) else []
    return {record.get("role"), *inside}


def _of_one_office(record: Record) -> Record:
    return {**record, "email": f"office@{MAIL_DOMAIN}"}


def _by_email(record: Record) -> Record:
    return {**record, "username": record["email"]}


def _without_milliseconds(entity: str, position: int, record: Record) -> Record:
    """A record whose last change is told to the second."""
    return {**record, "dateLastModified": str(record["dateLastModified"]).partition(".")[0] + "Z"}


def _fault(
    code: str,
    title: str,
    consumer: str,
    roster: RosterRules | None = None,
    data: DataRules | None = None,
) -> Fault:
    problem = Problem(code, title, full_depth=True, consumer=consumer)
    return Fault(problem=problem, roster=roster or RosterRules(), data=data or DataRules())


FAULTS = (
    _fault(
        "consumer.records-missing",
        "Terms have no grading periods, which Google Classroom needs",
        _GOOGLE,
        data=DataRules(empty=("/terms/*/gradingPeriods",)),
    ),
    _fault(
        "consumer.fields-missing",
        "Students have no email, which Google Classroom needs",
        _GOOGLE,
        _users(without("email"), "student"),
    ),
    _fault(
        "consumer.not-unique",
        "All teachers have one email address, by which Google Classroom looks for one of them",
        _GOOGLE,
        _users(_of_one_office, "teacher"),
    ),
    _fault(
        "consumer.usernames",
        "Usernames are email addresses, which Microsoft School Data Sync does not accept",
        _MICROSOFT,
        _users(_by_email),
    ),
    _fault(
        "consumer.timestamps",
        "Times have no milliseconds, which Microsoft School Data Sync needs",
        _MICROSOFT,
        RosterRules(edit=_without_milliseconds),
    ),
)
