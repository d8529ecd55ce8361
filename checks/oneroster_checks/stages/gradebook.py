"""The checks of the grade book: is it answered with the vendor's key, and does it hold anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..connection import Connection
from ..finding import Stage
from .context import Run
from .model import Check, Outcome, failed, passed, skipped, warned
from .part_outcomes import broken, count, facts_of, first_of, known_count, lacks_scope, refused, scope_missing

if TYPE_CHECKING:
    from ..client.reading import Reading

PATHS = ("/categories", "/lineItems", "/results")


def _not_chosen(connection: Connection) -> str | None:
    return None if connection.shares("gradebook") else "the grade book was not chosen"


async def _read(run: Run) -> Outcome:
    from ..client.reading import Kind

    calls: list[Reading] = []
    for path in PATHS:
        calls.append(await run.reading(path))
        count(run, path.strip("/"), calls[-1])
    proof = first_of(*calls)
    if all(call.good for call in calls):
        return passed(*proof, calls=len(calls))
    bad = [call for call in calls if not call.good]
    turned_away = [call for call in bad if refused(call)]
    if not turned_away:
        return broken(run, bad[0], "gradebook")
    first = turned_away[0]
    facts = facts_of(run, first, "gradebook") | {"refused": len(turned_away), "calls": len(calls)}
    if lacks_scope(run, "gradebook"):
        return scope_missing(run, first, "gradebook")
    unauthorised = first.kind is Kind.UNAUTHORIZED
    if not run.credentials.has_vendor_pair and (unauthorised or run.provider.vendor_header):
        # Where the pair is needed, nothing else about the grade book can be proved without it.
        return failed("gradebook.vendor-credentials-missing", *proof, **facts)
    if unauthorised:
        bare = await run.data.list(first.path, vendor="omit", note="without the vendor key")
        return failed("gradebook.vendor-credentials-rejected", *proof, bare.evidence, **facts)
    return failed("gradebook.not-enabled", *proof, **facts)


async def _content(run: Run) -> Outcome:
    calls = [await run.reading(path) for path in PATHS]
    total = sum(known_count(run, call.path.strip("/"), call) for call in calls)
    proof = first_of(*calls)
    if total:
        return passed(*proof, count=total)
    classes = run.readings.get("/classes")
    if classes is None or not classes.rows:
        return skipped("there are no classes to have grades", *proof)
    facts = facts_of(run, calls[0], "gradebook") | {"classes": known_count(run, "classes", classes)}
    return warned("sharing.gradebook-off", *proof, classes.evidence, **facts)


CHECKS: tuple[Check, ...] = (
    Check(
        "gradebook.read", "Grade book is answered",
        "Whether categories, line items and results can be read, with the vendor key where it is needed.",
        Stage.GRADEBOOK, _read, requires=("sharing.orgs",), after=("sharing.rostering",), applies=_not_chosen,
    ),
    Check(
        "gradebook.content", "Grade book holds something",
        "Whether the grade book has a category, a line item or a result.",
        Stage.GRADEBOOK, _content, requires=("gradebook.read",), after=("sharing.rostering",), applies=_not_chosen,
    ),
)  # fmt: skip
