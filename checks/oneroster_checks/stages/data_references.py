"""The checks of references over all records: those that lead nowhere, or to a deleted record, and agents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding import Stage
from ..limits import FEW_DANGLING
from ..target import Target
from .context import RunContext
from .data_rules import AFTER, facts_of, found, lacking, rule_check
from .model import Check, Depth, Outcome, failed, passed, skipped, warned
from .part_outcomes import expects_rostering
from .sizes import exactly, figures

if TYPE_CHECKING:
    from ..records.found import Found


def judged(code: str, what: Found) -> Outcome:
    """References that lead nowhere are a failure from one in a hundred on."""
    return (warned if what.count / what.of < FEW_DANGLING else failed)(code, **facts_of(what))


async def _agents(run: RunContext) -> Outcome:
    outcome = lacking(run, ("users",))
    if outcome is not None or run.full is None:
        return outcome or skipped("not every record was read")
    what = await found(run, "accounts.guardians-missing")
    if not what.of:
        return skipped("no student names a guardian")
    if not what.count:
        return passed(count=0, of=what.of, examples=())
    people = await run.full.judge.numbers("people")
    return warned(
        "accounts.guardians-missing", **(figures(students=exactly(people["students"])) | facts_of(what))
    )


def _not_one_two(target: Target) -> str | None:
    if target.connection.oneroster != "1.2":
        return "in OneRoster 1.1 guardians are compared as user accounts"
    return expects_rostering(target)


CHECKS: tuple[Check, ...] = (
    rule_check(
        "data.dangling-reference", "References",
        "Whether the records that others refer to exist.",
        None, "no record refers to another", "[[References checked: {of}.]]",
        judged, id="data.references",
    ),
    rule_check(
        "data.reference-to-deleted", "References to deleted records",
        "Whether records refer to others that are marked as deleted.",
        None, "no record refers to another", "[[References checked: {of}.]]",
    ),
    Check(
        "data.agents", "Guardian references",
        "Whether the guardians that students name are among the users.",
        Stage.DATA, _agents, requires=("sharing.rostering",), after=(*AFTER, "data.references"), depth=Depth.FULL,
        applies=_not_one_two,
        in_order="[[Guardian references checked: {of}.]]",
    ),
)  # fmt: skip
