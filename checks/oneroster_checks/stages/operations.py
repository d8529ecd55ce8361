"""Depth full: every operation that reads is tried, and lists that hold the same records are compared."""

from __future__ import annotations

from .. import limits
from ..enumeration import enumerated
from ..evidence import Evidence
from ..finding import FactDict, Stage
from ..http.budget import RunLimitReached
from ..standard.operations import Operation
from ..standard.scopes import part_of
from .agreement import Disagreement, compared
from .asked import ask_known, expected_operations
from .context import RunContext
from .model import Check, Depth, Outcome, known, passed, skipped, warned
from .operation_answers import Answered, State
from .verified import apart, left_out


async def _presence(run: RunContext) -> Outcome:
    if (outcome := left_out(run)) is not None:
        return outcome
    with apart(run):
        return await _every_operation(run)


async def _every_operation(run: RunContext) -> Outcome:
    tried: list[Answered] = []
    unasked: list[Operation] = []
    ended: RunLimitReached | None = None
    try:
        for operation in await expected_operations(run):
            found = await ask_known(run, operation)
            if found is None:
                unasked.append(operation)
            else:
                tried.append(found)
    except RunLimitReached as reached:
        ended = reached
    told = [each for each in tried if each.failed and _is_told(run, each)]
    unclear = [each for each in tried if each.state is State.UNKNOWN]
    tried = [each for each in tried if each not in told and each not in unclear]
    bad = [each for each in tried if each.failed]
    # What certification requires comes first.
    bad.sort(key=lambda each: not each.operation.certified)
    if bad:
        return warned("operation.absent", *_proof(bad), **_facts(bad, tried))
    if ended is not None:
        raise ended
    if not tried and told:
        return skipped("other checks report on every operation that was tried")
    if not tried:
        return skipped("no part of the data could be read")
    numbers = {"told": len(told), "unclear": len(unclear), "unasked": len(unasked)}
    return passed(of=len(tried), **{name: number or None for name, number in numbers.items()})


def _is_told(run: RunContext, answer: Answered) -> bool:
    """Whether a check has told of a failing operation: of a collection in its path, or of its whole part."""
    words = {f"/{word}" for word in answer.operation.path.split("/") if word and not word.startswith("{")}
    is_refused = answer.state in (State.REFUSED, State.ABSENT)
    return bool(words & run.told_paths) or (is_refused and part_of(answer.operation) in run.told_parts)


def _facts(bad: list[Answered], tried: list[Answered]) -> FactDict:
    required = [each for each in bad if each.operation.certified]
    others = [each for each in bad if not each.operation.certified]
    return known({
        "count": len(bad), "of": len(tried), "required": len(required) or None,
        "detail": enumerated([each.described for each in bad]),
        "operations": tuple(each.operation.name for each in required) or None,
        "other_operations": tuple(each.operation.name for each in others) or None,
    })  # fmt: skip


def _proof(bad: list[Answered]) -> tuple[Evidence, ...]:
    return tuple(each.evidence for each in bad[: limits.REQUESTS_SHOWN])


async def _agreement(run: RunContext) -> Outcome:
    if (outcome := left_out(run)) is not None:
        return outcome
    found: list[Disagreement] = []
    lists = 0
    with apart(run):
        async for each in compared(run):
            lists += 1
            found += [each] if each.words else []
    if not lists:
        return skipped("no two lists with the same records could be read")
    if not found:
        return passed(of=lists)
    proof = dict.fromkeys(seen for each in found for seen in each.evidence)
    return warned(
        "operation.disagrees", *list(proof)[: limits.REQUESTS_SHOWN], count=len(found), of=lists,
        detail=enumerated([f"{each.path} {each.words}" for each in found]),
    )  # fmt: skip


# Behind what quick runs tell, so that this has its own place among the findings.
_AFTER = (
    "sharing.rostering", "sharing.demographics", "sharing.resources", "sharing.assessments", "gradebook.content",
    "payload.records", "payload.envelope", "error.unsafe", "paging.whole", "load.page-size",
)  # fmt: skip

CHECKS: tuple[Check, ...] = (
    Check(
        "operations.presence", "Operations",
        "Whether every operation that reads works as the standard says: collections, single records, and the lists "
        "of a school, a class, a term, a course, or a person.",
        Stage.PROTOCOL, _presence, requires=("sharing.orgs",), after=_AFTER, depth=Depth.FULL,
        in_order="[[-told|Operations tried: {of}. All of them work.]]"
        "[[?told|Operations tried: {of}. All of them work, apart from what other checks found.]]"
        "[[ {unclear} more gave no clear answer.]]"
        "[[ No record was found to try {unasked} more.]]",
    ),
    Check(
        "operations.agreement", "Consistency of lists",
        "Whether lists of the same records agree: the schools with the orgs, the students of a class with its "
        "enrollments, the line items of a class with their class.",
        Stage.PROTOCOL, _agreement, requires=("sharing.orgs",), after=("operations.presence",), depth=Depth.FULL,
        in_order="[[Lists compared with others of the same records: {of}.]]",
    ),
)  # fmt: skip
