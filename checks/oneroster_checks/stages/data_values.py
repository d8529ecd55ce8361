"""The checks of ids, words and dates over all records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .data_rules import ROSTER, facts_of, rule_check
from .model import Check, Outcome, failed

if TYPE_CHECKING:
    from ..records.found import Found


def _as_failure(code: str, what: Found) -> Outcome:
    return failed(code, **facts_of(what))


CHECKS: tuple[Check, ...] = (
    rule_check(
        "data.duplicate-id", "Unique sourcedIds",
        "Whether each sourcedId names one record of its collection.",
        None, "there are no records", "[[SourcedIds checked: {of}.]]",
        _as_failure,
    ),
    rule_check(
        "data.term-dates", "Term dates",
        "Whether each school year and term ends after it begins, within the one it belongs to.",
        ("academicSessions",), "there are no academic sessions", "[[Academic sessions checked: {of}.]]",
    ),
    rule_check(
        "data.unknown-vocabulary", "Vocabulary",
        "Whether roles, types, genders, and grades are in the standard's vocabulary.",
        ROSTER, "there are no records", "[[Records checked: {of}.]]", of_version=True,
    ),
    rule_check(
        "data.org-cycle", "Parent orgs",
        "Whether each org's parents lead to the top.",
        ("orgs",), "there are no orgs", "[[Orgs checked: {of}.]]",
    ),
    rule_check(
        "data.timestamps", "Last-modified dates",
        "Whether dateLastModified is a valid date and time that is not in the future.",
        None, "there are no records", "[[Records checked: {of}.]]",
    ),
)  # fmt: skip
