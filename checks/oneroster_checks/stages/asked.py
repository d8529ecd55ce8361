"""The operations of a run at depth full, each asked once, and the first page of every collection that is expected."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import limits
from ..connection import Share
from ..standard.operations import Operation, collection, reading
from ..standard.scopes import names_oneroster, part_of, short_scope, sufficient_scopes
from .context import RunContext
from .known_ids import KnownIds, known_ids
from .operation_answers import Answered, State, answered

if TYPE_CHECKING:
    from ..client.address import Params
    from ..client.reading import Reading

_NOT_THERE = "the record that was asked for is not there"
_OUT_OF_SCOPE = "the token does not have the scope for this operation"
# By which a part shows whether it is shared at all.
_TOPS: dict[Share, tuple[str, ...]] = {
    "rostering": ("/orgs", "/students", "/classes"),
    "demographics": ("/demographics",),
    "gradebook": ("/categories", "/lineItems", "/results"),
    "assessments": ("/assessmentLineItems", "/assessmentResults"),
    "resources": ("/resources",),
}
# Lists of one class, which are compared with each other, are read whole.
_OF_A_CLASS = frozenset(
    {"getStudentsForClass", "getTeachersForClass", "getEnrollmentsForClassInSchool", "getClassesForStudent",
     "getClassesForTeacher", "getClassesForUser"}
)  # fmt: skip


async def expected_parts(run: RunContext) -> tuple[Share, ...]:
    """The parts that are expected and shared: the check of a part tells that all of it was refused."""
    parts: list[Share] = []
    for part, tops in _TOPS.items():
        if not run.connection.shares(part):
            continue
        for path in tops:
            if part == "assessments" and run.connection.oneroster == "1.1":
                break
            if (await run.reading(path)).good:
                parts.append(part)
                break
    return tuple(parts)


async def expected_operations(run: RunContext) -> list[Operation]:
    """The operations that read what is expected and shared, collections first, in the order of the table."""
    parts = await expected_parts(run)
    found = [each for each in reading(run.connection.oneroster) if part_of(each) in parts]
    return sorted(found, key=lambda each: len(each.parents))


async def ask(run: RunContext, operation: Operation, *ids: str) -> Answered:
    """An operation as it was answered, requested once in a run for the same sourcedIds."""
    key = (operation.name, ids)
    if key not in run.asked:
        found = answered(operation, ids, await _read(run, operation, ids))
        if found.state is State.ABSENT and not operation.is_single and not await _are_there(run, found):
            found = replace(found, state=State.UNKNOWN, words=_NOT_THERE)
        if found.state is State.REFUSED and _is_out_of_scope(run, operation):
            found = replace(found, state=State.UNKNOWN, words=_OUT_OF_SCOPE)
        run.asked[key] = found
    return run.asked[key]


def _is_out_of_scope(run: RunContext, operation: Operation) -> bool:
    """Whether the token is known to have none of the scopes by which the standard opens an operation."""
    has = run.scope_given or (run.token.asked_scope if run.token else "")
    return names_oneroster(has) and not {*map(short_scope, has.split())} & sufficient_scopes(operation)


async def _are_there(run: RunContext, found: Answered) -> bool:
    """Whether the records of a path are there: 404 for the classes of somebody who is not shows no absent operation.

    Those that are on no page that was read, such as who is enrolled and has no account, are asked for.
    """
    unlisted = run.known_ids.unlisted(found.operation, found.ids) if run.known_ids else []
    singles = {each.parents[0]: each for each in reading(run.connection.oneroster) if each.is_single}
    for word, id in unlisted:
        if word in singles and (await ask(run, singles[word], id)).state is State.ABSENT:
            return False
    return True


async def ask_known(run: RunContext, operation: Operation) -> Answered | None:
    """The same by the sourcedIds of records that the server returned, None where it returned none that fit."""
    if not operation.parents:
        return await ask(run, operation)
    known = await ids_of(run)
    ids = known.of(operation)
    return None if ids is None else await ask(run, operation, *ids)


async def named(run: RunContext, name: str) -> Answered | None:
    """The same by the name of the operation; None, too, where this version has no such operation."""
    found = next((each for each in reading(run.connection.oneroster) if each.name == name), None)
    return None if found is None else await ask_known(run, found)


async def first_page(run: RunContext, path: str) -> Reading:
    """The first page of a collection, whoever asks for it."""
    return (await ask(run, collection(run.connection.oneroster, path))).reading


async def collections_with_records(run: RunContext) -> AsyncIterator[Reading]:
    """The first page of each collection of what is expected that has records, one after the other."""
    for operation in await expected_operations(run):
        if not operation.parents:
            page = (await ask(run, operation)).reading
            if page.rows:
                yield page


async def ids_of(run: RunContext) -> KnownIds:
    """The sourcedIds by which nested paths are asked for."""
    if run.known_ids is None:
        for operation in await expected_operations(run):
            if not operation.parents:
                await ask(run, operation)
        lists = [each for each in run.asked.values() if not each.ids and each.reading.good]
        run.known_ids = known_ids({each.operation.path.strip("/"): each.rows for each in lists})
    return run.known_ids


async def with_query(run: RunContext, path: str, limit: int, params: Params, note: str) -> Reading:
    """A page of a collection with a query, requested once in a run whoever wants it."""
    key = (path, limit, tuple(params.items()))
    if key not in run.queried:
        run.queried[key] = await run.page(path, limit=limit, params=params, note=note)
    return run.queried[key]


async def _read(run: RunContext, operation: Operation, ids: tuple[str, ...]) -> Reading:
    if not operation.parents and operation.path in run.readings:
        return run.readings[operation.path]
    whole = not operation.parents or operation.name in _OF_A_CLASS
    rows = limits.PAGE_ROWS if whole else limits.CONFORMANCE_ROWS
    limit = 0 if operation.is_single else run.rows_at_most(rows)
    return await run.data.operation(operation, ids, limit=limit, note=operation.name)
