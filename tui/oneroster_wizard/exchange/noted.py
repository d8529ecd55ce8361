"""What is not in order with the addresses of an imported line, as its check will say later: it is saved as it is."""

from __future__ import annotations

from collections.abc import Iterator

from oneroster_checks.causes import cause
from oneroster_checks.connection import Connection, Credentials
from oneroster_checks.finding import Finding, Status
from oneroster_checks.stages.address import address_findings
from oneroster_checks.target import make_target

SWAPPED = "address.fields-swapped"
_NOTED = ("base_url", "token_url", "client_id")


def findings_of(connection: Connection) -> Iterator[tuple[str, Finding]]:
    """What is not in order with the addresses and the client id of a connection, by field, as the wizard finds it."""
    for finding in address_findings(make_target(connection, Credentials()), filled_only=True):
        field = str(finding.facts.get("field", ""))
        if finding.status in (Status.FAIL, Status.WARN) and finding.cause and field in _NOTED:
            yield field, finding


def notes_of(connection: Connection) -> Iterator[tuple[str, str]]:
    """The fields of a connection that can be saved with a word on each, which never repeats a value."""
    for field, finding in findings_of(connection):
        if finding.cause and finding.cause != SWAPPED:
            yield field, f"{cause(finding.cause).title}. It is saved as it is."
