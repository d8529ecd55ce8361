"""How the filters of one collection are judged, by what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from .. import limits
from ..standard.envelopes import id_of
from .asked import with_query
from .context import RunContext
from .moments import last_but_one, moment_of
from .query_rules import filterable, refusal, refused_query
from .verified import CollectionFault

if TYPE_CHECKING:
    from ..client.reading import Reading

_ROWS = limits.CONFORMANCE_ROWS
# Earlier than any record.
_LONG_AGO = "1970-01-01T00:00:00.000Z"
# No server has this sourcedId.
_NOBODY = uuid4()
_STATUSES = ("active", "tobedeleted", "inactive")


async def by_status(run: RunContext, page: Reading) -> CollectionFault | bool | None:
    """One record by its status and its sourcedId: it comes back, and nothing else does."""
    chosen = next(
        (row for row in page.rows if row.get("status") in _STATUSES and filterable(id_of(row))), None
    )
    if chosen is None:
        return None
    status = f"status='{chosen['status']}'"
    both = f"{status} AND sourcedId='{id_of(chosen)}'"
    found = await with_query(run, page.path, _ROWS, {"filter": both}, "filter by status and sourcedId")
    facts = {"filter": both, "status": found.status}
    if not found.good:
        if not refused_query(found):
            return None
        alone = await with_query(run, page.path, _ROWS, {"filter": status}, "filter by status alone")
        if not alone.good and refused_query(alone):
            found, facts = alone, {"filter": status, "status": alone.status}
        return CollectionFault(page.path, "query.filter-unsupported", "", (found.evidence,), facts)
    others = [id for id in found.ids() if id.casefold() != id_of(chosen).casefold()]
    if others:
        facts = {"filter": both, "count": len(others)}
        return CollectionFault(page.path, "query.filter-ignored", "", (page.evidence, found.evidence), facts)
    if not found.rows:
        detail = "nothing came back for a record that exists"
        return CollectionFault(page.path, "query.filter-unsupported", detail, (found.evidence,), facts)
    return True


async def nothing_matches(run: RunContext, page: Reading) -> CollectionFault | bool | None:
    """A sourcedId that no record has."""
    text = f"sourcedId='{_NOBODY}'"
    found = await with_query(run, page.path, _ROWS, {"filter": text}, "filter that matches nothing")
    facts = {"filter": text, "status": found.status}
    if found.rows:
        detail = f"{len(found.rows)} came back"
        return CollectionFault(page.path, "query.no-match", detail, (found.evidence,), facts)
    if found.good:
        return True
    if found.status is None or found.status in (401, 403, 408, 429, 502, 503, 504):
        return None
    if refused_query(found) and "query.filter-unsupported" in run.named:
        # It refuses filters, whatever they match.
        return None
    return CollectionFault(page.path, "query.no-match", "", (found.evidence,), facts)


async def changed_after(run: RunContext, page: Reading) -> CollectionFault | bool | None:
    """What changed after a moment: only newer records, and all that changed since long ago."""
    at = last_but_one(page.rows)
    if at is None:
        return None
    text, moment = at
    found = await _after(run, page, text)
    verdict = _judged(page, found, refused_query(found))
    if verdict is not True:
        return verdict
    older = [row for row in found.rows if (changed := moment_of(row)) is not None and changed <= moment]
    if older:
        came = "one older record" if len(older) == 1 else f"{len(older)} older records"
        return _ignored(page, found, f"{came} came back")
    newer = any((changed := moment_of(row)) is not None and changed > moment for row in page.rows)
    if newer and not found.rows:
        return _ignored(page, found, "nothing came back although records changed after that")
    if newer:
        return True
    every = await _after(run, page, _LONG_AGO)
    verdict = _judged(page, every, refused_query(every))
    if verdict is True and not every.rows:
        return _ignored(page, every, "nothing came back for a date before all records")
    return verdict


async def _after(run: RunContext, page: Reading, text: str) -> Reading:
    asked = {"filter": f"dateLastModified>'{text}'"}
    return await with_query(run, page.path, _ROWS, asked, "only what changed after a date")


def _judged(page: Reading, found: Reading, refused: bool) -> CollectionFault | bool | None:
    """A fault where the filter is refused, None where nothing can be said, True where records may be judged."""
    if found.good:
        return True
    return _ignored(page, found, refusal(found)) if refused else None


def _ignored(page: Reading, found: Reading, detail: str) -> CollectionFault:
    facts = {"status": None if found.good else found.status}
    return CollectionFault(page.path, "query.delta-ignored", detail, (page.evidence, found.evidence), facts)
