"""What is wrong with what was typed, field by field, in the words that a run would use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from oneroster_checks.connection import SECRET_FIELDS, TEXT_FIELDS, Secret
from oneroster_checks.finding import Status
from oneroster_checks.labels import field_label
from oneroster_checks.limits import LONGEST_REQUEST_S, SHORTEST_REQUEST_S, is_request_limit

from .draft import Draft
from .misplaced import URLS, Misplaced, misplaced_values

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
    return f"The {_label(name, draft)} is empty. {reason}".strip()


@dataclass(frozen=True, slots=True)
class InputProblem:
    """What is wrong with one field: a state, a sentence and, where one is known, what to put there instead.

    `suggestion` is the suggested text; `also` holds the texts of other fields that change along, as when two were
    swapped, and `offer` then says in words what taking both does. None of the texts is in the repr: one may be a
    secret.
    """

    status: Status
    sentence: str
    suggestion: str = field(default="", repr=False)
    also: Mapping[str, str] = field(default_factory=dict, repr=False)
    offer: str = ""

    @property
    def can_be_taken(self) -> bool:
        """Whether there is something to take: a text, or a move to another field."""
        return bool(self.suggestion or self.also)


def find_problems(draft: Draft) -> dict[str, InputProblem]:
    """The problem of each field that is filled in and not in order; the worst one a field.

    Each field is judged by itself first, so that what is wrong in one hides nothing in another.
    """
    problems: dict[str, InputProblem] = {}
    for names in (*((name,) for name in _FILLED), URLS, _FILLED):
        for name, problem in _problems_among(draft, names):
            if name not in problems or _weight(problem) > _weight(problems[name]):
                problems[name] = problem
    for name, value in misplaced_values(draft).items():
        problems[name] = _misplaced(draft, name, value, problems.get(name))
    return problems


_FILLED = (*TEXT_FIELDS, *SECRET_FIELDS)


def _weight(problem: InputProblem) -> tuple[bool, bool]:
    return problem.status is Status.FAIL, problem.can_be_taken


def _problems_among(draft: Draft, names: tuple[str, ...]) -> Iterator[tuple[str, InputProblem]]:
    """What is wrong with these fields, as if all others were empty."""
    from oneroster_checks.causes.words import report
    from oneroster_checks.stages.address import address_findings
    from oneroster_checks.target import make_target

    connection = draft.connection.but(**{name: "" for name in TEXT_FIELDS if name not in names})
    empty: dict[str, Secret] = {name: Secret() for name in SECRET_FIELDS if name not in names}
    target = make_target(connection, replace(draft.credentials, **empty))
    for finding in address_findings(target, filled_only=True):
        name = str(finding.facts.get("field", ""))
        if name == "oneroster":
            name = "oauth"
        if finding.status not in (Status.FAIL, Status.WARN) or (
            name != "oauth" and not draft.text(name).strip()
        ):
            continue
        # A secret never passes through the words; its suggested text is worked out where it is typed.
        suggestion = "" if name in SECRET_FIELDS else str(finding.facts.get("suggestion", ""))
        if suggestion == draft.text(name):
            suggestion = ""
        yield (
            name,
            InputProblem(finding.status, report(finding, draft.connection.provider).summary, suggestion),
        )


def _misplaced(draft: Draft, name: str, value: Misplaced, problem: InputProblem | None) -> InputProblem:
    """What to say of a value in the wrong field."""
    label = _label(name, draft)
    offer = _offer(name, value.texts, draft)
    also = {other: text for other, text in value.texts.items() if other != name}
    status = Status.FAIL
    if value.place:
        what = _label(value.place, draft)
        place = f"It goes in the {what} field"
        if name in SECRET_FIELDS:
            place += " on the Connection step"
        sentence = f"This is a {what}. {place}."
        if draft.text(name).strip() == draft.text(value.place).strip():
            sentence = f"This is the {what} again. The {label} belongs here."
    elif problem is not None and problem.status is Status.WARN:
        # Odd by itself, and certainly wrong only together with the value that belongs here.
        status, sentence = problem.status, problem.sentence
    else:
        sentence = f"This is {'not ' if name in URLS else ''}a web address, so it cannot be the {label}."
    return InputProblem(status, sentence, value.texts.get(name, ""), also, offer)


def _offer(name: str, texts: Mapping[str, str], draft: Draft) -> str:
    """What moving the values does, in words."""
    labels = [_label(each, draft) for each in _FILLED if each in texts]
    if len(labels) > 2:
        return "put each in its own field"
    if texts and all(texts.values()):
        return f"swap the {labels[0]} and the {labels[1]}"
    others = [_label(each, draft) for each in texts if each != name]
    return f"move it to the {others[0]} field" if others else ""


def _label(name: str, draft: Draft) -> str:
    """What a field is called in a sentence, without the other name of the client id."""
    return "client id" if name == "client_id" else field_label(name, fixed_token=draft.connection.fixed_token)


def read_day(text: str, *, today: date | None = None) -> tuple[date | None, InputProblem | None]:
    """The day that a text names, and what is wrong with it; both None for an empty text."""
    from oneroster_checks import days

    read = days.read_day(text, today=today)
    if read.problem is None:
        return read.day, None
    sentences = {
        days.DayProblem.NOT_A_DAY: "This is not a date in the form YYYY-MM-DD, such as 2026-08-21.",
        days.DayProblem.NO_SUCH_DAY: f"There is no day {text.strip()}. Use YYYY-MM-DD, such as 2026-08-21.",
        days.DayProblem.IN_THE_FUTURE: "This is in the future. Check the year.",
    }
    status = Status.WARN if read.problem is days.DayProblem.IN_THE_FUTURE else Status.FAIL
    return read.day, InputProblem(status, sentences[read.problem], read.suggestion)


def read_seconds(text: str) -> tuple[float | None, InputProblem | None]:
    """The time limit of one request in seconds, and what is wrong with the text."""
    try:
        seconds = float(text.strip())
    except ValueError:
        return None, InputProblem(Status.FAIL, "Enter a number of seconds, such as 30.")
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
