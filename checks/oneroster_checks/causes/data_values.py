"""Causes in single values of the records, and in the tree of orgs."""

from __future__ import annotations

from .data import CASE, LOOK_UP
from .model import Cause, district, you
from .steps import AWAIT, STANDARD

SECTION = "Data"

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="data.unknown-vocabulary",
        title="Values outside the standard's vocabulary",
        summary="In {count} of {of} records, a value is not in the vocabulary of the standard[[: {kinds}]]"
        "[[ (for example, see {examples_told})]].",
        why="Fields such as role or type allow certain values only. In some of them, OneRoster 1.2 also allows "
        "values that begin with ext:.",
        because="Software that follows the standard does not know these values.",
        detection="At full depth, a role, class type, session type, org type, gender, or grade is not in the list of "
        "the standard and does not begin with ext:. Single digits are accepted as grades.",
        fix=(
            you("Have your software map or skip values that it does not know."),
            district(
                "Look up where these values come from in the student information system.",
                line="Look up where these values come from.",
            ),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.org-cycle",
        title="Orgs that contain themselves",
        summary="The parents of {count} of {of} orgs lead back to the org itself"
        "[[ (for example, {examples_told})]].",
        why="Schools and districts form a tree. Software that follows these parents never gets to the top.",
        because="Schools and districts have to form a tree.",
        detection="At full depth, following the parents of an org leads back to it.",
        fix=(
            LOOK_UP,
            you(
                "Have your software stop when an org comes up a second time among its own parents.",
                line="Stop when an org comes up again among its own parents.",
            ),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.timestamps",
        title="Wrong last-modified dates",
        summary="In {count} of {of} records, dateLastModified is missing, in the future, or not a valid date and time"
        "[[: {kinds}]][[ (for example, see {examples_told})]].",
        why="Software that reads only what changed relies on this time, and misses such records.",
        because="Software that reads only what changed relies on this time.",
        detection="At full depth, dateLastModified is not a date and time with its offset from UTC, or is more than a "
        "day ahead of this computer's clock.",
        fix=(
            you("Do a full read regularly, not only reads by dateLastModified."),
            CASE,
            AWAIT,
        ),
        source=STANDARD,
    ),
)
