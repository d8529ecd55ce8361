"""How what is typed, pasted or suggested gets into a draft, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from oneroster_checks.connection import SECRET_FIELDS, SHARES, Share
from oneroster_checks.labels import PARTS, field_label

from .draft import Draft
from .field_problems import InputProblem, find_problems, read_day, read_seconds

if TYPE_CHECKING:
    from oneroster_checks.paste import Pasted


def put_typed(draft: Draft, name: str, text: str) -> None:
    """Take the text of one field; what is no value yet, such as half a date, is kept as it was typed."""
    draft.as_typed.pop(name, None)
    if name == "created":
        day, problem = read_day(text)
        if problem is not None and day is None:
            draft.as_typed["created"] = text
        draft.change(created=day)
    elif name == "timeout":
        seconds, _ = read_seconds(text)
        if seconds is None:
            draft.as_typed["timeout"] = text
        else:
            draft.change(timeout=seconds)
    else:
        draft.put_text(name, text)


def typed_problems(draft: Draft) -> dict[str, InputProblem]:
    """What is wrong with every field of a form, the day and the time limit among them."""
    problems = find_problems(draft)
    for name, problem in (
        ("created", read_day(draft.text("created"))[1]),
        ("timeout", read_seconds(draft.text("timeout"))[1]),
    ):
        if problem is not None:
            problems[name] = problem
    return problems


def take_suggestion(draft: Draft, name: str, problem: InputProblem) -> str:
    """Put a suggested text into its field, or move values to their places; says what was done."""
    for each, text in {name: problem.suggestion, **problem.also}.items():
        put_typed(draft, each, text)
    label = field_label(name, fixed_token=draft.connection.fixed_token)
    if not problem.also:
        return f"The suggested {label} is filled in."
    if len(problem.also) > 1:
        return "Each is in its own field now."
    (other,) = (field_label(each) for each in problem.also)
    if problem.suggestion:
        return f"The {label} and the {other} were swapped."
    return f"Moved to the {other} field."


def apart(problems: Mapping[str, InputProblem]) -> dict[str, InputProblem]:
    """The suggestions that can be taken together: none changes a field that one before it changes.

    Two values that are swapped suggest the same to each other, which counts once.
    """
    touched: set[str] = set()
    found: dict[str, InputProblem] = {}
    for name, problem in problems.items():
        fields = {name, *problem.also}
        if problem.can_be_taken and not fields & touched:
            touched |= fields
            found[name] = problem
    return found


def is_block(text: str) -> bool:
    """Whether a pasted text is more than the value of one field: several lines, or a label before a value."""
    if len(text.splitlines()) > 1 or text[:1] in ("\r", "\n"):
        return True
    words = text.split()
    if len(words) < 2:
        return False
    from oneroster_checks.paste import read_block

    pasted = read_block(text)
    values = (*pasted.fields.values(), *(getattr(pasted, name).reveal() for name in SECRET_FIELDS))
    return bool(pasted.found) and words[0] not in values


def take_block(draft: Draft, pasted: Pasted) -> str:
    """Put everything that a pasted text holds into a draft, its versions too; says what that was."""
    for name, text in pasted.fields.items():
        put_typed(draft, name, text)
    for name in SECRET_FIELDS:
        secret = getattr(pasted, name)
        if secret:
            draft.put_text(name, secret.reveal())
    if pasted.created:
        put_typed(draft, "created", pasted.created.isoformat())
    changed = " and ".join(_take_versions(draft, pasted))
    parts = [
        f"Filled in: {_labels(pasted.found)}." if pasted.found else "Nothing that belongs here was found."
    ]
    parts += [f"The text mentions {changed}, so that is chosen now."] if changed else []
    ticked = ", ".join(PARTS[share] for share in _take_share(draft, pasted))
    parts += [f"Ticked under Data you expect: {ticked}."] if ticked else []
    return " ".join([*parts, *pasted.notes])


def _take_share(draft: Draft, pasted: Pasted) -> list[Share]:
    """Add the parts of the data that a pasted text says are shared; those that were not expected before."""
    connection = draft.connection
    new: list[Share] = [each for each in pasted.share if not connection.shares(each)]
    if connection.oneroster == "1.1" and "assessments" in new:
        new.remove("assessments")
    if new:
        draft.change(share=tuple(share for share in SHARES if connection.shares(share) or share in new))
    return new


def _labels(names: Iterable[str]) -> str:
    return ", ".join(field_label(name) for name in names)


def _take_versions(draft: Draft, pasted: Pasted) -> list[str]:
    """Take over the versions that a pasted text shows; those that were changed."""
    connection = draft.connection
    changed = []
    chosen = None if connection.fixed_token else connection.oauth
    if pasted.oauth is not None and pasted.oauth != chosen:
        draft.change(oauth=pasted.oauth, fixed_token=False)
        changed.append(f"OAuth {pasted.oauth}")
    if pasted.oneroster is not None and pasted.oneroster != connection.oneroster:
        draft.change(oneroster=pasted.oneroster)
        changed.append(f"OneRoster {pasted.oneroster}")
    return changed
