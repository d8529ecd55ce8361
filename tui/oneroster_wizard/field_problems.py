"""What is wrong with what was typed, field by field, in the words that a run would use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from oneroster_checks.connection import SECRET_FIELDS
from oneroster_checks.finding import Status
from oneroster_checks.labels import field_label
from oneroster_checks.limits import LONGEST_REQUEST_S, SHORTEST_REQUEST_S, is_request_limit

from .draft import Draft

# What is said of an empty field when the person goes on without it.
_EMPTY = {
    "base_url": "The district sends it; it is where the data is.",
    "token_url": "OAuth 2 gets a token there before anything else.",
    "client_id": "",
    "client_secret": "Without it every request is refused.",
    "vendor_key": "",
    "vendor_secret": "",
}


def empty_field(draft: Draft, name: str) -> str:
    """What is wrong with a field that has to be filled in and is empty; "" for every other."""
    from oneroster_checks.providers import provider

    fixed = draft.connection.fixed_token
    if name not in _EMPTY or draft.text(name).strip() or (fixed and name in ("token_url", "client_id")):
        return ""
    known = provider(draft.connection.provider)
    reason = _EMPTY[name]
    if name == "client_id" and known.key_name:
        reason = f"{known.title} calls it {known.key_name}."
    elif name in ("vendor_key", "vendor_secret") and known.vendor_header:
        reason = "Grade-book requests are refused without it."
    label = "client id" if name == "client_id" else field_label(name, fixed_token=fixed)
    return f"The {label} is empty. {reason}".strip()


@dataclass(frozen=True, slots=True)
class InputProblem:
    """What is wrong with one field: a state, a sentence and, where one is known, the suggested text.

    `also` holds the text for another field that has to change along, as when two were swapped.
    """

    status: Status
    sentence: str
    suggestion: str = ""
    also: Mapping[str, str] = field(default_factory=dict)


def find_problems(draft: Draft) -> dict[str, InputProblem]:
    """The problem of each field that is filled in and not in order; the worst one a field."""
    from oneroster_checks.causes.words import report
    from oneroster_checks.stages.address import address_findings
    from oneroster_checks.target import make_target

    problems: dict[str, InputProblem] = {}
    for finding in address_findings(make_target(draft.connection, draft.credentials), filled_only=True):
        if finding.status not in (Status.FAIL, Status.WARN):
            continue
        name = str(finding.facts.get("field", ""))
        if name == "oneroster":
            name = "oauth"
        if name != "oauth" and not draft.text(name).strip():
            continue
        if name in problems and (problems[name].status is Status.FAIL or finding.status is Status.WARN):
            continue
        also = {}
        other = str(finding.facts.get("other_suggestion", ""))
        if other:
            also = {"token_url" if name == "base_url" else "base_url": other}
        # A secret never passes through the words; its suggested text is worked out where it is typed.
        suggestion = "" if name in SECRET_FIELDS else str(finding.facts.get("suggestion", ""))
        if suggestion == draft.text(name):
            suggestion = ""
        problems[name] = InputProblem(
            finding.status, report(finding, draft.connection.provider).summary, suggestion, also
        )
    return problems


def read_day(text: str, *, today: date | None = None) -> tuple[date | None, InputProblem | None]:
    """The day that a text names, and what is wrong with it; both None for an empty text."""
    from oneroster_checks import days

    read = days.read_day(text, today=today)
    if read.problem is None:
        return read.day, None
    sentences = {
        days.DayProblem.NOT_A_DAY: "This is not a date in the form YYYY-MM-DD, such as 2026-08-21.",
        days.DayProblem.NO_SUCH_DAY: f"There is no day {text.strip()}. Write YYYY-MM-DD, such as 2026-08-21.",
        days.DayProblem.IN_THE_FUTURE: "This day is in the future. Check the year.",
    }
    status = Status.WARN if read.problem is days.DayProblem.IN_THE_FUTURE else Status.FAIL
    return read.day, InputProblem(status, sentences[read.problem], read.suggestion)


def read_seconds(text: str) -> tuple[float | None, InputProblem | None]:
    """The time limit of one request in seconds, and what is wrong with the text."""
    try:
        seconds = float(text.strip())
    except ValueError:
        return None, InputProblem(Status.FAIL, "Write a number of seconds, such as 30.")
    if not is_request_limit(seconds):
        return None, InputProblem(
            Status.FAIL, f"Choose between {SHORTEST_REQUEST_S:g} and {LONGEST_REQUEST_S:g} seconds."
        )
    return seconds, None


def clean_secret(text: str) -> tuple[str, str]:
    """A key or secret without what copying added at its ends and its line breaks, and what was taken off."""
    from oneroster_checks.standard.keys import clean_key

    clean = clean_key(text)
    return clean.text, clean.strange


def clean_secret_of(draft: Draft, name: str) -> tuple[str, str]:
    """One secret of a draft as `clean_secret` gives it; a fixed token is cleaned as a token."""
    from oneroster_checks.standard.keys import clean_token

    if name != "client_secret" or not draft.connection.fixed_token:
        return clean_secret(draft.text(name))
    clean = clean_token(draft.text(name))
    return clean.text, clean.strange
