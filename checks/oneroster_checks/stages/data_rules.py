"""What the checks of the records have in common: a rule over all of them, judged where its collections were read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from ..finding import FactDict, Stage
from .context import RunContext
from .model import Check, Depth, Outcome, always, known, passed, skipped, warned
from .part_outcomes import expects_rostering

if TYPE_CHECKING:
    from ..records.found import Found

ROSTER = ("orgs", "academicSessions", "courses", "classes", "users", "enrollments")
NOT_READ = "not every record was read"
# What is odd in records comes behind everything that keeps a connection from working.
AFTER = ("paging.whole", "error.unsafe", "payload.version")
_OTHER_VERSION = "the records are in the form of the other OneRoster version, which has its own vocabulary"

Judged = Callable[[str, "Found"], Outcome]


def lacking(run: RunContext, needs: Collection[str]) -> Outcome | None:
    """The outcome where a rule cannot be judged, since a collection that it needs was not read to its end."""
    if run.full is None:
        return skipped(NOT_READ)
    if run.full.judge.disk is not None:
        return skipped(f"this computer's disk is {run.full.judge.disk}")
    unread = [f"/{name}" for name in needs if not run.full.has_all_of(name)]
    if not unread:
        return None
    ended = "was not read to the end" if len(unread) == 1 else "were not read to the end"
    return skipped(f"{', '.join(unread)} {ended}")


def facts_of(found: Found) -> FactDict:
    """The figures of a rule."""
    return known({
        "count": found.count, "of": found.of, "examples": found.examples or None, "kinds": dict(found.kinds) or None,
    })  # fmt: skip


async def found(run: RunContext, code: str) -> Found:
    """What a rule finds among the records of a full read."""
    if run.full is None:
        raise ValueError(f"{code} needs a full read.")
    return await run.full.judge.found(code, complete=run.full.complete)


def as_warning(code: str, what: Found) -> Outcome:
    """Records that are not in order are a warning."""
    return warned(code, **facts_of(what))


def rule_check(
    code: str,
    title: str,
    description: str,
    needs: tuple[str, ...] | None,
    nothing: str,
    in_order: str,
    judged: Judged = as_warning,
    id: str = "",
    *,
    of_version: bool = False,
) -> Check:
    """The check of one rule, whose id is its code where none is given.

    `needs` are the collections without which it is not judged, None for every one that was read; `nothing` is the
    clause for a district without such records, and `in_order` the template of the sentence for a pass. A rule
    `of_version` holds for the OneRoster version of the connection alone, and is not judged where records are in the
    form of the other one.
    """

    async def run_rule(run: RunContext) -> Outcome:
        wanted = tuple(run.full.reads) if needs is None and run.full is not None else needs or ()
        outcome = lacking(run, wanted)
        if outcome is not None:
            return outcome
        if of_version and "payload.version-mismatch" in run.named:
            return skipped(_OTHER_VERSION)
        what = await found(run, code)
        if not what.of:
            return skipped(nothing)
        if not what.count:
            return passed(count=0, of=what.of, examples=())
        outcome = judged(code, what)
        # Campus shares people only with an account in OneRoster 1.1.
        older = {"needs_account": "1.1"} if run.connection.oneroster == "1.1" else {}
        return replace(outcome, facts={**outcome.facts, **older})

    check: Callable[[RunContext], Awaitable[Outcome]] = run_rule
    return Check(
        id or code, title, description, Stage.DATA, check,
        requires=("sharing.rostering",), after=AFTER, depth=Depth.FULL,
        applies=always if needs is None else expects_rostering, in_order=in_order,
    )  # fmt: skip
