"""What the district shares, and its school year."""

from __future__ import annotations

from oneroster_checks.connection import Share

from ..fault import DataRules, Fault, Problem, RosterRules, TokenRules

_ALL_ENTITIES = ("*",)
_GRADEBOOK = ("category", "lineItem", "result", "scoreScale")


def _withheld(code: str, title: str, part: Share, *, only_1p2: bool = False) -> Fault:
    problem = Problem(code, title, oneroster="1.2" if only_1p2 else None, share=("rostering", part))
    return Fault(problem=problem, data=DataRules(refused_parts=(part,)))


FAULTS = (
    Fault(
        problem=Problem("sharing.nothing", "Every list is empty"),
        roster=RosterRules(empty=_ALL_ENTITIES),
    ),
    Fault(
        problem=Problem("sharing.rostering-off", "Schools are shared, but people and classes are refused"),
        data=DataRules(collections=("orgs", "schools")),
    ),
    Fault(
        problem=Problem("sharing.enrollments-empty", "There are people and classes, but nobody is enrolled"),
        roster=RosterRules(empty=("enrollment",)),
    ),
    _withheld("sharing.demographics-off", "Demographics are not shared", "demographics"),
    Fault(
        problem=Problem("sharing.gradebook-off", "The grade book is empty", share=("rostering", "gradebook")),
        roster=RosterRules(empty=_GRADEBOOK),
    ),
    _withheld("sharing.assessments-off", "Assessments are not shared", "assessments", only_1p2=True),
    _withheld("sharing.resources-off", "Resources are not shared", "resources"),
    Fault(
        problem=Problem(
            "sharing.scope-missing",
            "The token does not have the scope for demographics",
            oauth=2,
            share=("rostering", "demographics"),
        ),
        token=TokenRules(withheld_scopes=("roster-demographics.readonly",)),
    ),
    Fault(
        problem=Problem("year.not-active", "The school year is in the past"),
        roster=RosterRules(years_back=2),
    ),
    Fault(
        problem=Problem("year.no-terms", "There are classes, but no school year or terms"),
        roster=RosterRules(empty=("academicSession",)),
    ),
)
