"""The check of references at depth full: enrollments of users or classes that are not there, and agents."""

from __future__ import annotations

from ..finding import FactDict, Stage
from ..limits import FEW_DANGLING
from ..target import Target
from .context import RunContext
from .full_roster import EXAMPLES, MORE_AGENTS, FullRoster
from .model import Check, Depth, Outcome, failed, known, passed, skipped, warned
from .part_outcomes import expects_rostering
from .sizes import exactly, figures


async def _references(run: RunContext) -> Outcome:
    full = run.full
    if full is None:
        return skipped("not every record was read")
    count, of = full.class_times_missing, full.class_times
    examples = full.without_class
    if run.connection.oneroster == "1.2":
        # In 1.1 enrollments of absent users are told as missing accounts.
        count += sum(enrolled.times_missing for enrolled in full.enrolled.values())
        of += sum(enrolled.times for enrolled in full.enrolled.values())
        examples = [*full.without_user, *examples]
    if not of:
        return skipped("there are no enrollments")
    if not count:
        return passed(of=of)
    facts = known({"count": count, "of": of, "examples": tuple(dict.fromkeys(examples))[:EXAMPLES] or None})
    if count / of < FEW_DANGLING:
        return warned("data.dangling-reference", **facts)
    return failed("data.dangling-reference", **facts)


async def _agents(run: RunContext) -> Outcome:
    full = run.full
    if full is None:
        return skipped("not every record was read")
    if full.agents.too_many:
        return skipped(MORE_AGENTS)
    if not full.agents.ids:
        return skipped("no student names a guardian")
    if not full.agents.ids.outside(full.users):
        return passed(of=len(full.agents.ids))
    return warned("accounts.guardians-missing", **_agent_facts(full))


def _agent_facts(full: FullRoster) -> FactDict:
    agents, users = full.agents, full.users
    return figures(students=exactly(full.students)) | known({
        "count": agents.ids.outside(users), "of": len(agents.ids), "examples": agents.examples(users) or None,
    })  # fmt: skip


def _not_one_two(target: Target) -> str | None:
    if target.connection.oneroster != "1.2":
        return "in OneRoster 1.1 guardians are compared as user accounts"
    return expects_rostering(target)


CHECKS: tuple[Check, ...] = (
    Check(
        "data.references", "References",
        "Whether the users and classes that enrollments name are there.",
        Stage.DATA, _references, requires=("paging.whole",), after=("error.unsafe",), depth=Depth.FULL,
        applies=expects_rostering,
        in_order="[[All {of} references of enrollments that were compared lead to a record.]]",
    ),
    Check(
        "data.agents", "Guardian references",
        "Whether the guardians that students name are among the users.",
        Stage.DATA, _agents, requires=("paging.whole",), after=("data.references",), depth=Depth.FULL,
        applies=_not_one_two,
        in_order="[[All {of} guardians that students name are shared.]]",
    ),
)  # fmt: skip
