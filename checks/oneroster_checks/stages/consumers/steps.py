"""What the steps of all consumers share: their form, the failures that they name, and the pages that they look at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from ... import limits
from ...finding import Stage
from ...labels import CONSUMER_NAMES
from ...standard.envelopes import Record, id_of
from ...target import Target
from ..context import RunContext
from ..model import Check, Consumer, Depth, Outcome, failed, skipped
from ..operation_answers import Answered
from ..part_outcomes import expects_roster
from ..verified import apart

Step = Callable[[RunContext], Awaitable[Outcome]]

# Steps come behind the checks of every consumer.
_AFTER = (
    "operations.agreement", "verified.paging", "verified.large-page", "verified.filters", "verified.no-match",
    "verified.delta", "verified.people", "verified.sort", "verified.fields", "verified.guardians", "load.page-size",
)  # fmt: skip
WRITES = "this step writes to the grade book, which a run does only when it is asked to"
NO_BUSY = "the server was busy, so its answer shows nothing"


def step(
    consumer: Consumer,
    id: str,
    title: str,
    description: str,
    run: Step,
    *,
    stage: Stage = Stage.PROTOCOL,
    in_order: str = "",
    applies: Callable[[Target], str | None] = expects_roster,
) -> Check:
    """One step of a consumer, which has limits of its own."""

    async def within_limits(context: RunContext) -> Outcome:
        with apart(context):
            return await run(context)

    return Check(
        id, title, description, stage, within_limits, requires=("access.data",), after=_AFTER,
        depth=Depth.FULL, consumer=consumer, in_order=in_order, applies=applies,
    )  # fmt: skip


def writing(consumer: Consumer, id: str, title: str, description: str) -> Check:
    """A step that writes to the grade book."""

    async def unwritten(context: RunContext) -> Outcome:
        return skipped(WRITES)

    return step(consumer, id, title, description, unwritten, stage=Stage.GRADEBOOK)


def not_working(consumer: Consumer, answer: Answered) -> Outcome | None:
    """The outcome of a step whose operation does not work as the standard says; None where it does."""
    if answer.strictly_works:
        return None
    if not answer.works and not answer.failed:
        return skipped(NO_BUSY, answer.evidence)
    return failed(
        "operation.absent", answer.evidence, consumer=CONSUMER_NAMES[consumer], detail=answer.described,
        count=1, of=1,
    )  # fmt: skip


def without_records(consumer: Consumer, answer: Answered) -> Outcome | None:
    """The same, and for an empty list that must have records."""
    outcome = not_working(consumer, answer)
    if outcome is not None or answer.rows:
        return outcome
    name, path = CONSUMER_NAMES[consumer], answer.operation.path
    return failed("consumer.records-missing", answer.evidence, path=path, consumer=name)


def lacking(
    consumer: Consumer, answer: Answered, fields: Iterable[str], rows: Iterable[Record] | None = None
) -> Outcome | None:
    """The same, and for records without a value in one of these fields; `rows` are some of the answer."""
    outcome = without_records(consumer, answer)
    if outcome is not None:
        return outcome
    looked_at = list(answer.rows if rows is None else rows)
    wanted = tuple(fields)
    bad = [row for row in looked_at if any(row.get(field) in (None, "", []) for field in wanted)]
    if not bad:
        return None
    names = [field for field in wanted if any(row.get(field) in (None, "", []) for row in bad)]
    return failed(
        "consumer.fields-missing", answer.evidence, path=answer.operation.path,
        consumer=CONSUMER_NAMES[consumer], count=len(bad), of=len(looked_at), detail=", ".join(names),
        examples=tuple(id for row in bad[: limits.RECORDS_SHOWN] if (id := id_of(row))) or None,
    )  # fmt: skip
