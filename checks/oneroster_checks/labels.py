"""What fields, parts, states and people are called, in one place for screens, sentences and reports."""

from __future__ import annotations

from enum import StrEnum

from .connection import OAuthVersion
from .finding import Stage, Status

# The fields of a connection and its credentials, inside a sentence.
FIELDS = {
    "base_url": "base URL",
    "token_url": "token URL",
    "client_id": "client id (key)",
    "client_secret": "client secret",
    "fixed_token": "fixed token",
    "vendor_key": "vendor key",
    "vendor_secret": "vendor secret",
    "created": "creation date",
    "oneroster": "OneRoster version",
    "oauth": "OAuth version",
    "scope": "scope",
    "ca_file": "CA file",
    "timeout": "time limit",
    "share": "data you expect",
    "allow_plain_http": "permission for plain HTTP",
    "provider": "provider",
}

# The parts of the data, inside a sentence; a collection that has no name here is called by its path.
PARTS = {
    "rostering": "rostering",
    "demographics": "demographics",
    "gradebook": "grade book",
    "assessments": "assessments",
    "resources": "resources",
    "academicSessions": "academic sessions",
    "lineItems": "line items",
    "scoreScales": "score scales",
    "assessmentLineItems": "assessment line items",
    "assessmentResults": "assessment results",
}

# The parts of which a sentence says "is"; every other takes "are".
SINGULAR_PARTS = frozenset({"rostering", "gradebook"})
# The parts that are "the" one of a district inside a sentence.
PARTS_WITH_ARTICLE = frozenset({"gradebook"})

# What each step of a write test does, by its id, as the subject of a sentence.
WRITE_STEPS = {
    "category": "creating a category",
    "line-item": "creating a line item",
    "title": "giving a line item a long title",
    "result": "creating a result",
    "extra-credit": "giving a result a score above the maximum",
    "exempt": "making a result exempt",
}
# Those for whom a run takes further steps, inside a sentence.
CONSUMER_NAMES = {
    "google-classroom": "Google Classroom",
    "microsoft-sds": "Microsoft School Data Sync",
    "certification": "certification",
}
# The same, as short as a choice has to be.
CONSUMER_CHOICES = {
    "google-classroom": "Google Classroom",
    "microsoft-sds": "Microsoft SDS",
    "certification": "Certification",
}

# The records of a chain, by the standard's word, as they are called at the beginning of a line.
RECORDS = {
    "user": "User",
    "org": "School",
    "enrollment": "Enrollment",
    "class": "Class",
    "course": "Course",
    "academicSession": "Term",
    "result": "Result",
    "lineItem": "Line item",
    "category": "Category",
}

# The stages of a run, in their order.
STAGES: dict[str, str] = {
    Stage.ADDRESS: "Address",
    Stage.NETWORK: "Network",
    Stage.TOKEN: "Token",
    Stage.ACCESS: "Access",
    Stage.SHARING: "Sharing",
    Stage.ACCOUNTS: "Accounts",
    Stage.GRADEBOOK: "Grade book",
    Stage.PAGING: "Paging",
    Stage.PROTOCOL: "Protocol",
    Stage.DATA: "Records",
}

# The states, as the word that stands first in a line of a report.
STATES = {
    Status.PASS: "PASS",
    Status.WARN: "WARN",
    Status.FAIL: "FAIL",
    Status.SKIP: "SKIP",
    Status.ASK: "ASK",
    Status.ERROR: "ERROR",
}
# The states, as words on a screen.
STATE_WORDS = {
    Status.PASS: "Pass",
    Status.WARN: "Warning",
    Status.FAIL: "Fail",
    Status.SKIP: "Skipped",
    Status.ASK: "Ask",
    Status.ERROR: "Tool error",
}
# The order in which people read a list of findings: failures first, then what needs a look, then the rest.
STATE_ORDER = (Status.FAIL, Status.ERROR, Status.WARN, Status.ASK, Status.PASS, Status.SKIP)
NOT_APPLICABLE = "N/A"


class Who(StrEnum):
    """Who takes a step."""

    VENDOR = "vendor"
    DISTRICT = "district"


# Who takes a step, in a text for the vendor's engineer.
WHO = {Who.VENDOR: "You", Who.DISTRICT: "District"}


def field_label(field: str, *, fixed_token: bool = False) -> str:
    """What a field is called inside a sentence; the id itself where it has no other name.

    With a fixed token the client secret is that token, and is called so.
    """
    if fixed_token and field == "client_secret":
        field = "fixed_token"
    return FIELDS.get(field, field)


def authorization_label(oauth: OAuthVersion, *, fixed_token: bool) -> str:
    """How a connection proves who it is: its OAuth version, or its fixed token."""
    return capitalized(FIELDS["fixed_token"]) if fixed_token else f"OAuth {oauth}"


def capitalized(label: str) -> str:
    """A label at the beginning of a line: its first letter large, the rest as it is."""
    return label[:1].upper() + label[1:]
