"""The check of references at depth full: enrollments of users or classes that are not there, and agents."""

from __future__ import annotations

from collections import Counter

from ..finding import FactDict, Stage
from ..limits import FEW_DANGLING
from ..target import Target
from .context import FullRoster, RunContext
from .model import Check, Depth, Outcome, failed, known, passed, skipped, warned
from .part_outcomes import expects_rostering
from .people import EXAMPLES
from .sizes import exactly, figures


async def _references(run: RunContext) -> Outcome:
    full = run.full
    if full is None:
        return skipped("not every record was read")
    references = Counter(full.enrolled_classes)
    dangling = _absent(full.enrolled_classes, full.classes)
    examples = full.without_class
    if run.connection.oneroster == "1.2":
        # In 1.1 enrollments of absent users are told as missing accounts.
        for users in full.enrolled.values():
            references += users
            dangling += _absent(users, full.users)
        examples = [*full.without_user, *examples]
    count, of = dangling.total(), references.total()
    if not of:
        return skipped("there are no enrollments")
    if not count:
        return passed(of=of)
    facts = known({"count": count, "of": of, "examples": tuple(dict.fromkeys(examples))[:EXAMPLES] or None})
    if count / of < FEW_DANGLING:
        return warned("data.dangling-reference", **facts)
    return failed("data.dangling-reference", **facts)


def _absent(named: Counter[str], there: set[str]) -> Counter[str]:
    return Counter({id: times for id, times in named.items() if id not in there})


async def _agents(run: RunContext) -> Outcome:
    full = run.full
    if full is None:
        return skipped("not every record was read")
    if not full.agents:
        return skipped("no student names a guardian")
    missing = sorted(full.agents - full.users)
    if not missing:
        return passed(of=len(full.agents))
    return warned("accounts.guardians-missing", **_agent_facts(full, missing))


def _agent_facts(full: FullRoster, missing: list[str]) -> FactDict:
    return figures(students=exactly(full.students)) | known(
        {"count": len(missing), "of": len(full.agents), "examples": tuple(missing[:EXAMPLES])}
    )


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
