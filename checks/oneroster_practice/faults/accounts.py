"""People without a user account."""

from __future__ import annotations

from ..fault import Fault, Problem, RosterRules
from ..form import Record
from ..lazy_list import KEEP_NONE, Pattern


def _disabled(entity: str, position: int, record: Record) -> Record:
    return {**record, "enabledUser": "false"} if entity == "user" else record


FAULTS = (
    Fault(
        problem=Problem(
            "accounts.students-missing", "Two out of five students have no user account", oneroster="1.1"
        ),
        roster=RosterRules(shared={"student": Pattern((2, 3, 4), 5)}),
    ),
    Fault(
        problem=Problem(
            "accounts.guardians-missing", "No parent or guardian has a user account", oneroster="1.1"
        ),
        roster=RosterRules(shared={"guardian": KEEP_NONE}),
    ),
    Fault(
        problem=Problem(
            "accounts.staff-missing", "Two out of three teachers have no user account", oneroster="1.1"
        ),
        roster=RosterRules(shared={"teacher": Pattern((2,), 3)}),
    ),
    Fault(
        problem=Problem("accounts.disabled", "All user accounts are disabled"),
        roster=RosterRules(edit=_disabled),
    ),
)
