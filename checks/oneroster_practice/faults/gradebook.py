"""The vendor's own pair for the grade book, and what becomes of what a vendor writes there."""

from __future__ import annotations

from oneroster_checks.connection import Connection, Credentials, Secret, Share

from ..fault import DataRules, Fault, HandedOut, Problem, WriteRules
from ..form import Record
from ..site import Site

_SHARED: tuple[Share, ...] = ("rostering", "gradebook")


def _no_vendor_pair(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection, Credentials(credentials.client_secret)


def _wrong_vendor_pair(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    other = Secret(credentials.vendor_secret.reveal()[::-1] + "x")
    return connection, Credentials(credentials.client_secret, credentials.vendor_key, other)


# As much of a title as a grade book keeps that cuts long ones off.
_TITLE = 20


def _kept_otherwise(record: Record) -> Record:
    """What is left of a record: the beginning of its title, no score above 100, and nobody exempt."""
    kept = dict(record)
    if isinstance(kept.get("title"), str):
        kept["title"] = kept["title"][:_TITLE]
    for name in ("score", "resultValueMax"):
        if isinstance(kept.get(name), int | float):
            kept[name] = min(kept[name], 100.0)
    if kept.get("scoreStatus") == "exempt":
        kept["scoreStatus"] = "fully graded"
    return kept


def _writing(code: str, title: str, rules: WriteRules) -> Fault:
    return Fault(problem=Problem(code, title, share=_SHARED, full_depth=True), writes=rules)


FAULTS = (
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
    _writing("gradebook.write-refused", "Grades can be read but not written", WriteRules(puts_refused=True)),
    _writing(
        "gradebook.write-not-kept",
        "Long titles, scores above 100, and exempt students are changed when they are saved",
        WriteRules(keep=_kept_otherwise),
    ),
    _writing(
        "gradebook.cleanup-failed", "Grade-book records cannot be deleted", WriteRules(deletes_refused=True)
    ),
)
