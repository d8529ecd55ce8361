"""At depth full: every page of users, classes and enrollments is read, and what only the whole roster shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .. import limits
from ..evidence import Evidence
from ..finding import FactDict, Stage
from ..http.budget import RunLimitReached
from ..result import CollectionRead
from .context import RunContext
from .model import Check, Depth, Outcome, failed, known, passed, warned
from .part_outcomes import broken, expects_rostering
from .read_limits import ReadLimits

if TYPE_CHECKING:
    from ..client.reading import Reading
    from ..records.full_read import FullRead

PATHS = ("/orgs", "/academicSessions", "/courses", "/classes", "/users", "/enrollments")
_OF_PARTS = (("demographics", ("/demographics",)), ("gradebook", ("/categories", "/lineItems", "/results")))


async def _every_page(run: RunContext) -> Outcome:
    # It has limits of its own, so that the other checks keep theirs.
    with run.session.budget.apart(run.read_minutes * 60, limits.READ_REQUESTS):
        return await _read(run, ReadLimits(run.session.clock, run.read_minutes))


async def _read(run: RunContext, read: ReadLimits) -> Outcome:
    from ..records.full_read import FullRead
    from ..records.judge import Judge

    full = run.full = FullRead(Judge(run.connection.oneroster, run.today, lambda names: None))
    proof: list[Evidence] = []
    read_in_all = 0
    parts = [path for part, paths in _OF_PARTS if run.connection.shares(part) for path in paths]  # type: ignore[arg-type]
    for path in (*PATHS, *parts):
        pulled = await _pull(run, path, full, read)
        proof += pulled.proof
        full.reads[path.strip("/")] = CollectionRead(
            path.strip("/"), pulled.records, pulled.total, 1, 0, 0.0, pulled.ended
        )
        read_in_all += pulled.records
        if pulled.stopped is not None:
            outcome = await broken(run, pulled.stopped, path.strip("/"))
            facts = {**outcome.facts, **known({"after": pulled.records or None})}
            return replace(outcome, facts=facts)
        facts = known({
            "path": path, "received": pulled.records, "total": pulled.total,
            "asked": run.rows_at_most(run.provider.page_size), "count": pulled.again,
        })  # fmt: skip
        if pulled.stuck:
            return failed("paging.offset-ignored", *proof, **facts)
        if pulled.again:
            return failed("paging.duplicates", *proof, **facts)
        if pulled.total is not None and pulled.total != pulled.records and pulled.ended:
            if pulled.moving:
                continue
            return failed("paging.total-wrong", *proof, **facts)
        if pulled.limit:
            return warned("tool.read-limit", *proof, **{**_about(facts), **pulled.limit})
        run.counts[path.strip("/")] = pulled.records
    return passed(*proof, count=read_in_all)


def _about(facts: FactDict) -> FactDict:
    """Of the facts of a collection those that say how far its reading came."""
    return {name: value for name, value in facts.items() if name in ("path", "received", "total")}


class _Pulled:
    """What reading one collection to its end, or to the limit whose facts these are, brought."""

    def __init__(self) -> None:
        self.records = 0
        self.again = 0
        self.total: int | None = None
        self.moving = False
        self.stuck = False
        self.ended = False
        self.limit: FactDict = {}
        self.stopped: Reading | None = None
        self.proof: list[Evidence] = []


async def _pull(run: RunContext, path: str, full: FullRead, read: ReadLimits) -> _Pulled:
    """Read a collection page by page, by the rows received, until it ends, brings nothing new, or meets a limit."""
    pulled, seen, limit = _Pulled(), set[str](), read.collection()
    size, note = run.provider.page_size, "a page of the full read"
    while True:
        try:
            page = await run.large_page(path, limit=size, offset=pulled.records, note=note)
        except RunLimitReached as reached:
            pulled.limit = read.met(reached)
            return pulled
        pulled.proof = [*pulled.proof[:1], page.evidence]
        if not page.good:
            pulled.stopped = page
            return pulled
        if page.total is not None:
            pulled.moving |= pulled.total is not None and pulled.total != page.total
            pulled.total = page.total
        ids = page.ids()
        fresh = len(set(ids) - seen)
        seen.update(ids)
        if not ids:
            pulled.ended = True
            return pulled
        if not fresh:
            pulled.stuck = True
            return pulled
        pulled.again += len(ids) - fresh
        pulled.records += len(page.rows)
        await full.judge.add(await full.judge.lenient(page.rows, path))
        if pulled.total is not None and pulled.records >= pulled.total:
            pulled.ended = True
            return pulled
        reached_by = limit.after_page(len(page.rows), fresh=fresh, asked=page.limit, total=pulled.total)
        if reached_by:
            pulled.limit = reached_by
            return pulled
        # Two pages at once would take twice the memory.
        del page, ids


CHECKS: tuple[Check, ...] = (
    Check(
        "paging.whole", "Full read",
        "Whether users, classes, and enrollments can be read to the end, page by page.",
        Stage.PAGING, _every_page, requires=("sharing.rostering",), depth=Depth.FULL,
        applies=expects_rostering,
        in_order="[[All pages were read: {count} records.]]",
    ),
)  # fmt: skip
