"""At depth full: every page of users, classes and enrollments is read, and what only the whole roster shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .. import limits
from ..evidence import Evidence
from ..finding import FactDict, Stage
from ..http.budget import RunLimitReached
from ..standard.envelopes import Record, reference, references
from .context import RunContext
from .full_roster import EXAMPLES, FullRoster
from .id_set import IdSet
from .model import Check, Depth, Outcome, failed, known, passed, warned
from .part_outcomes import broken, expects_rostering
from .people import is_enabled, is_guardian
from .read_limits import ReadLimits
from .record_values import id_of, roles_of

if TYPE_CHECKING:
    from ..client.reading import Reading

PATHS = ("/users", "/classes", "/enrollments")


async def _every_page(run: RunContext) -> Outcome:
    # It has limits of its own, so that the other checks keep theirs.
    with run.session.budget.apart(run.read_minutes * 60, limits.READ_REQUESTS):
        return await _read(run, ReadLimits(run.session.clock, run.read_minutes))


async def _read(run: RunContext, read: ReadLimits) -> Outcome:
    full = FullRoster()
    proof: list[Evidence] = []
    read_in_all = 0
    for path in PATHS:
        pulled = await _pull(run, path, full, read)
        proof += pulled.proof
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
    run.full = full
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


async def _pull(run: RunContext, path: str, full: FullRoster, read: ReadLimits) -> _Pulled:
    """Read a collection page by page, by the rows received, until it ends, brings nothing new, or meets a limit."""
    pulled, seen, limit = _Pulled(), _ids_of(path, full), read.collection()
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
        fresh = sum(map(seen.add, ids))
        if not ids:
            pulled.ended = True
            return pulled
        if not fresh:
            pulled.stuck = True
            return pulled
        pulled.again += len(ids) - fresh
        pulled.records += len(page.rows)
        _keep(path, page.rows, full)
        if pulled.total is not None and pulled.records >= pulled.total:
            pulled.ended = True
            return pulled
        reached_by = limit.after_page(len(page.rows), fresh=fresh, asked=page.limit, total=pulled.total)
        if reached_by:
            pulled.limit = reached_by
            return pulled
        # Two pages at once would take twice the memory.
        del page, ids


def _ids_of(path: str, full: FullRoster) -> IdSet:
    """Where the ids of a collection are kept."""
    kept = {"/users": full.users, "/classes": full.classes}
    return kept[path] if path in kept else IdSet()


def _keep(path: str, rows: tuple[Record, ...], full: FullRoster) -> None:
    for row in rows:
        if row.get("status") == "tobedeleted":
            continue
        if path == "/users":
            _keep_user(row, full)
        elif path == "/enrollments":
            _keep_enrollment(row, full)


def _keep_enrollment(row: Record, full: FullRoster) -> None:
    """Users and classes are read first, so that it is known here who is not there."""
    id, role = id_of(row), row.get("role")
    if user := reference(row, "user"):
        is_there = user in full.users
        full.in_role(role.lower() if isinstance(role, str) else "").add(user, is_there=is_there)
        if not is_there and len(full.without_user) < EXAMPLES:
            full.without_user.append(id)
    if taken := reference(row, "class"):
        full.class_times += 1
        if taken not in full.classes:
            full.class_times_missing += 1
            if len(full.without_class) < EXAMPLES:
                full.without_class.append(id)


def _keep_user(row: Record, full: FullRoster) -> None:
    for agent in references(row, "agents"):
        full.agents.add(agent)
    full.students += "student" in roles_of(row)
    full.guardians += is_guardian(row)
    enabled = is_enabled(row)
    full.people += 1
    full.enabled += enabled is True
    full.disabled += enabled is False


CHECKS: tuple[Check, ...] = (
    Check(
        "paging.whole", "Full read",
        "Whether users, classes, and enrollments can be read to the end, page by page.",
        Stage.PAGING, _every_page, requires=("sharing.rostering",), depth=Depth.FULL,
        applies=expects_rostering,
        in_order="[[All pages were read: {count} records.]]",
    ),
)  # fmt: skip
