"""What the district shares, and its school year."""

from __future__ import annotations

from oneroster_checks.connection import Share

from ..fault import DataRules, Fault, Problem, RosterRules, TokenRules

_ALL_ENTITIES = ("*",)
_GRADEBOOK = ("category", "lineItem", "result", "scoreScale")


def _withheld(code: str, title: str, part: Share, *, only_1p2: bool = False) -> Fault:
    problem = Problem(code, title, oneroster="1.2" if only_1p2 else None, share=("rostering", part))
    return Fault(problem=problem, data=DataRules(withheld=(part,)))


FAULTS = (
    Fault(
        problem=Problem("sharing.nothing", "Every list is empty"),
        roster=RosterRules(empty=_ALL_ENTITIES),
    ),
    Fault(
        problem=Problem("sharing.rostering-off", "The schools answer, people and classes are refused"),
        data=DataRules(only=("orgs", "schools")),
    ),
    _withheld("sharing.demographics-off", "Demographics are refused", "demographics"),
    Fault(
        problem=Problem("sharing.gradebook-off", "The grade book is empty", share=("rostering", "gradebook")),
        roster=RosterRules(empty=_GRADEBOOK),
    ),
    _withheld("sharing.assessments-off", "Assessments are refused", "assessments", only_1p2=True),
    _withheld("sharing.resources-off", "Resources are refused", "resources"),
    Fault(
        problem=Problem(
            "sharing.scope-missing",
            "The token lacks the scope for demographics",
            oauth=2,
            share=("rostering", "demographics"),
        ),
        token=TokenRules(scope_without=("roster-demographics.readonly",)),
    ),
    Fault(
        problem=Problem("year.not-active", "The school year lies in the past"),
        roster=RosterRules(years_back=2),
    ),
    Fault(
        problem=Problem("year.no-terms", "There are classes and no school year or term"),
        roster=RosterRules(empty=("academicSession",)),
    ),
)
