"""What the steps of all consumers share: their form, the failures that they name, and the pages that they look at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import replace

from ... import limits
from ...finding import Stage
from ...labels import CONSUMER_NAMES
from ...standard.envelopes import Record, id_of
from ...target import Target
from ..context import RunContext
from ..model import Check, Consumer, Depth, Outcome, failed, skipped
from ..operation_answers import Answered
from ..part_outcomes import expects_roster
from ..verified import Judging, apart, outcome_of, over_collections
from ..write_test import REMOVAL

Step = Callable[[RunContext], Awaitable[Outcome]]

# Steps come behind the checks of every consumer.
_AFTER = (
    "operations.agreement", "verified.paging", "verified.large-page", "verified.filters", "verified.no-match",
    "verified.delta", "verified.people", "verified.sort", "verified.fields", "verified.guardians", "load.page-size",
)  # fmt: skip
WRITES = "this step writes to the grade book, and no class was named for the write test"
NO_GRADES = "this step writes to the grade book, which you do not expect"
NOT_WRITTEN = "the write test did not get this far"
BUSY = "the server was busy, so its answer shows nothing"


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


def over_lists(
    consumer: Consumer,
    id: str,
    title: str,
    description: str,
    judge: Judging,
    *causes: str,
    paths: Callable[[RunContext], Collection[str]],
    applies: Callable[[Target], str | None] = expects_roster,
) -> Check:
    """A step that judges the first page of each of several lists; the first of `causes` that is found fails it."""

    async def judged(context: RunContext) -> Outcome:
        found = await over_collections(context, judge, paths(context))
        return outcome_of(found, *causes, fails=True)

    in_order = "[[Tried on {of} collections.]]"
    return step(consumer, id, title, description, judged, applies=applies, in_order=in_order)


def writing(consumer: Consumer, id: str, title: str, description: str, part: str) -> Check:
    """A step that writes to the grade book: a part of the write test, by the key of its outcome.

    Nothing is written twice, and nothing where the user named no class.
    """

    async def written(context: RunContext) -> Outcome:
        if not context.connection.shares("gradebook"):
            return skipped(NO_GRADES)
        if not context.writes.class_id:
            return skipped(WRITES)
        test = context.write_test
        return (test.outcomes.get(part) if test else None) or skipped(NOT_WRITTEN)

    check = step(consumer, id, title, description, written, stage=Stage.GRADEBOOK)
    return replace(check, after=(*check.after, REMOVAL))


def not_working(consumer: Consumer, answer: Answered) -> Outcome | None:
    """The outcome of a step whose operation does not work; None where it works."""
    if answer.other_key is not None:
        return failed("payload.other-key", answer.evidence, **answer.names)
    if answer.works:
        return None
    if not answer.failed:
        return skipped(answer.words or BUSY, answer.evidence)
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
