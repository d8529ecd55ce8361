"""People without a user account, and the vendor's own pair for the grade book."""

from __future__ import annotations

from oneroster_checks.connection import Connection, Credentials, Secret, Share

from ..fault import DataRules, Fault, HandedOut, Problem, RosterRules
from ..form import Record
from ..lazy_list import KEEP_NONE, Pattern
from ..site import Site

_SHARED: tuple[Share, ...] = ("rostering", "gradebook")


def _no_vendor_pair(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection, Credentials(credentials.client_secret)


def _wrong_vendor_pair(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    other = Secret(credentials.vendor_secret.reveal()[::-1] + "x")
    return connection, Credentials(credentials.client_secret, credentials.vendor_key, other)


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
    Fault(
        problem=Problem(
            "gradebook.vendor-credentials-missing",
            "The vendor key and vendor secret are not filled in",
            share=_SHARED,
        ),
        hand_out=_no_vendor_pair,
    ),
    Fault(
        problem=Problem("gradebook.vendor-credentials-rejected", "The vendor secret is wrong", share=_SHARED),
        hand_out=_wrong_vendor_pair,
    ),
    Fault(
        problem=Problem(
            "gradebook.not-enabled", "The connection was created without the grade book", share=_SHARED
        ),
        data=DataRules(refused_parts=("gradebook",)),
    ),
)
