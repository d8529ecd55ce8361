"""People without a user account, and the vendor's own pair for the grade book."""

from __future__ import annotations

from oneroster_checks.connection import Connection, Credentials, Secret, Share

from ..exchange import Site
from ..fault import DataRules, Fault, Problem, RosterRules
from ..rows import NOBODY, Pattern

_SHARED: tuple[Share, ...] = ("rostering", "gradebook")


def _no_vendor_pair(
    site: Site, connection: Connection, credentials: Credentials
) -> tuple[Connection, Credentials]:
    return connection, Credentials(credentials.client_secret)


def _wrong_vendor_pair(
    site: Site, connection: Connection, credentials: Credentials
) -> tuple[Connection, Credentials]:
    other = Secret(credentials.vendor_secret.reveal()[::-1] + "x")
    return connection, Credentials(credentials.client_secret, credentials.vendor_key, other)


FAULTS = (
    Fault(
        problem=Problem(
            "accounts.students-missing", "Two students in five have no user account", oneroster="1.1"
        ),
        roster=RosterRules(kept={"student": Pattern((2, 3, 4), 5)}),
    ),
    Fault(
        problem=Problem("accounts.guardians-missing", "No parent has a user account", oneroster="1.1"),
        roster=RosterRules(kept={"guardian": NOBODY}),
    ),
    Fault(
        problem=Problem(
            "accounts.staff-missing", "Two teachers in three have no user account", oneroster="1.1"
        ),
        roster=RosterRules(kept={"teacher": Pattern((2,), 3)}),
    ),
    Fault(
        problem=Problem(
            "gradebook.vendor-credentials-missing",
            "The vendor key and secret are not filled in",
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
            "gradebook.not-enabled", "The connection was made without the grade book", share=_SHARED
        ),
        data=DataRules(withheld=("gradebook",)),
    ),
)
