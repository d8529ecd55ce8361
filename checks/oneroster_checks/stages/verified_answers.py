"""Depth full: refusals, protection and the content type of every collection, and the types of references."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from ..finding import Stage, Status
from ..http.budget import RunLimitReached
from ..records.reference_types import ReferenceTypes
from ..standard.operations import Operation, reading
from .content_types import other_type
from .context import RunContext
from .error_rules import judged_unknown
from .model import Check, Depth, Outcome, passed, skipped, warned
from .verified import CollectionFault, outcome_of, over_collections

if TYPE_CHECKING:
    from ..client.reading import Reading

_TOLD = "one collection has already shown it"


async def _unknown(run: RunContext, page: Reading) -> CollectionFault | bool | None:
    single = _single_of(run, page.path)
    if single is None:
        return None
    found = await run.data.operation(single, (str(uuid4()),), note="with a sourcedId that does not exist")
    outcome = judged_unknown(found, page.path)
    if outcome.status is Status.SKIP:
        return None
    if outcome.cause is None:
        return True
    status = found.status
    return CollectionFault(
        f"{page.path}/{{sourcedId}}", outcome.cause, str(outcome.facts.get("detail", "")), (found.evidence,),
        {"status": status},
    )  # fmt: skip


def _single_of(run: RunContext, path: str) -> Operation | None:
    """The operation that reads one record of a collection."""
    for operation in reading(run.connection.oneroster):
        if operation.is_single and operation.path.startswith(f"{path}/{{") and len(operation.parents) == 1:
            return operation
    return None


async def _errors(run: RunContext) -> Outcome:
    if "error.shape" in run.named:
        return skipped(_TOLD)
    return outcome_of(await over_collections(run, _unknown), "error.shape")


async def _stranger(run: RunContext, page: Reading) -> CollectionFault | bool | None:
    from ..client.authorization import Anonymous

    found = await run.data.list(
        page.path,
        limit=1,
        authorizer=Anonymous(),
        vendor="omit",
        note="without credentials",
        with_cookies=False,
    )
    if found.rows:
        return CollectionFault(
            page.path, "error.unsafe", "without credentials", (found.evidence,), {"status": found.status}
        )
    return True if found.status is not None else None


async def _safety(run: RunContext) -> Outcome:
    if "error.unsafe" in run.named:
        return skipped(_TOLD)
    return outcome_of(await over_collections(run, _stranger), "error.unsafe", fails=True)


async def _content_types(run: RunContext) -> Outcome:
    if "payload.content-type" in run.named:
        return skipped(_TOLD)
    answers = [each.reading for each in run.asked.values() if each.reading.good and each.reading.listing]
    for page in answers:
        found = other_type(page)
        if found:
            return warned("payload.content-type", page.evidence, path=page.path, found=run.redactor.id(found))
    return passed(of=len(answers)) if answers else skipped("no operation returned records")


async def _list_names(run: RunContext) -> Outcome:
    if "payload.other-key" in run.named:
        return skipped(_TOLD)
    lists = [each for each in run.asked.values() if each.works and each.reading.listing]
    other = next((each for each in lists if each.other_key is not None), None)
    if other is not None:
        return warned("payload.other-key", other.evidence, **other.names)
    return passed(of=len(lists)) if lists else skipped("no operation returned records")


async def _reference_types(run: RunContext) -> Outcome:
    """Over every record that was read; of what the full read did not read, over the first page of each collection."""
    seen, records = ReferenceTypes(run.connection.oneroster), 0
    if run.full is not None:
        seen.merge(run.full.judge.references)
        records = sum(each.records for each in run.full.reads.values())

    async def judge(run: RunContext, page: Reading) -> CollectionFault | bool | None:
        own = ReferenceTypes(run.connection.oneroster)
        own.add(page.path, page.rows)
        # /students shows again what /users has shown.
        if not records or set(own.wrong) - set(seen.wrong):
            seen.merge(own)
        return True

    try:
        found = await over_collections(run, judge)
    except RunLimitReached:
        if not seen.of:
            raise
    else:
        if isinstance(found, Outcome) and not seen.of:
            return found
    if not seen.of:
        return skipped("no record has a reference")
    of_records = {"records": records or None}
    if not seen.wrong:
        return passed(of=seen.of, **of_records)
    pages = [each.reading for each in run.asked.values() if each.operation.path in seen.paths]
    return warned("payload.reference-type", *(page.evidence for page in pages), **seen.facts(), **of_records)


CHECKS: tuple[Check, ...] = (
    Check(
        "verified.errors", "Error format in every collection",
        "Whether the error for an unknown sourcedId has the standard's form, in every collection.",
        Stage.PROTOCOL, _errors, requires=("sharing.orgs",), after=("verified.fields", "error.shape"),
        depth=Depth.FULL, in_order="[[Tried on {of} collections.]]",
    ),
    Check(
        "verified.safety", "Access protection in every collection",
        "Whether every collection is refused without credentials.",
        Stage.PROTOCOL, _safety, requires=("access.data",), after=("verified.errors", "error.unsafe"),
        depth=Depth.FULL, in_order="[[No data came without credentials from {of} collections.]]",
    ),
    Check(
        "verified.content-type", "Content type of every list",
        "Whether every list and every record is sent as JSON by its Content-Type header.",
        Stage.PROTOCOL, _content_types, requires=("operations.presence",),
        after=("verified.safety", "payload.content-type"), depth=Depth.FULL,
        in_order="[[Responses checked: {of}.]]",
    ),
    Check(
        "verified.list-names", "Name of every list",
        "Whether every list has the name the standard gives it, also the lists of a school, a class, or a term.",
        Stage.PROTOCOL, _list_names, requires=("operations.presence",),
        after=("verified.content-type", "payload.envelope"), depth=Depth.FULL,
        in_order="[[Responses checked: {of}.]]",
    ),
    Check(
        "verified.reference-types", "Reference types",
        "Whether each reference names the type of the record that it leads to.",
        Stage.PROTOCOL, _reference_types, requires=("sharing.orgs",), after=("verified.content-type",),
        depth=Depth.FULL, in_order="[[?records|References checked: {of} in {records} records.]]"
        "[[-records|References checked on first pages: {of}.]]",
    ),
)  # fmt: skip
