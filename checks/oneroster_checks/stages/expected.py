"""What is requested first of a connection, by what the user expects of it."""

from __future__ import annotations

from itertools import zip_longest

from ..connection import Connection
from ..target import Target

# What is asked for of each expected part: "every data request" needs more than one.
_ROSTER = ("/orgs", "/academicSessions", "/classes")
_OF_PARTS = {
    "gradebook": ("/categories", "/lineItems", "/results"),
    "assessments": ("/assessmentLineItems", "/assessmentResults"),
    "resources": ("/resources",),
}


def asked_first(connection: Connection) -> tuple[str, ...]:
    """The collections by which access is judged: those of what is expected, at most three."""
    if connection.shares("rostering") or connection.shares("demographics"):
        return _ROSTER
    parts = [part for part in _OF_PARTS if part in connection.share]
    if connection.oneroster == "1.1" and "assessments" in parts:
        parts.remove("assessments")
    # One of each part before the next of any.
    turns = zip_longest(*(_OF_PARTS[part] for part in parts))
    found = [path for turn in turns for path in turn if path is not None]
    return tuple(found[:3]) or _ROSTER


def signed_first(target: Target) -> str:
    """The collection by which a signature is judged: one of what is expected.

    Where the grade book wants a key of the vendor's, its refusal would say nothing of the signature.
    """
    return "/orgs" if target.provider.vendor_header else asked_first(target.connection)[0]
