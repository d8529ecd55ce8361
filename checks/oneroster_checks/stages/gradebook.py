"""The checks of the grade book: is it answered with the vendor's key, and does it hold anything."""

from __future__ import annotations

from ..finding import Stage, Status
from ..points import Point
from ..target import Target
from .context import RunContext
from .model import Check, Outcome, failed, passed, skipped, warned
from .part_outcomes import (
    broken,
    expects_roster,
    first_of,
    forbidden,
    lacks_scope,
    part_facts,
    refused,
    scope_missing,
)
from .sizes import exactly, figures, size_of

PATHS = ("/categories", "/lineItems", "/results")


def _not_chosen(target: Target) -> str | None:
    return None if target.connection.shares("gradebook") else "you do not expect the grade book"


async def _read(run: RunContext) -> Outcome:
    from ..client.reading import Kind

    readings = [await run.reading(path) for path in PATHS]
    proof = first_of(*readings)
    if all(reading.good for reading in readings):
        return passed(*proof)
    bad = [reading for reading in readings if not reading.good]
    turned_away = [reading for reading in bad if refused(reading)]
    if not turned_away:
        alike = [reading for reading in bad[1:] if reading.kind is bad[0].kind]
        return await broken(run, bad[0], "gradebook", Status.FAIL, *alike)
    first = turned_away[0]
    facts = part_facts(run, first, "gradebook") | {"refused": len(turned_away), "requests": len(readings)}
    if forbidden(first) and lacks_scope(run, "gradebook"):
        return scope_missing(run, first, "gradebook")
    unauthorised = first.kind is Kind.UNAUTHORIZED
    if not run.target.has_vendor_pair and (unauthorised or run.provider.vendor_header):
        # Where the pair is needed, nothing else about the grade book can be proved without it.
        return failed("gradebook.vendor-credentials-missing", *proof, **facts)
    if unauthorised:
        bare = await run.data.list(first.path, vendor="omit", note="without the vendor key")
        return failed("gradebook.vendor-credentials-rejected", *proof, bare.evidence, **facts)
    return failed("gradebook.not-enabled", *proof, **facts)


async def _content(run: RunContext) -> Outcome:
    readings = [await run.reading(path) for path in PATHS]
    proof = first_of(*readings)
    if any(reading.rows for reading in readings):
        total = sum((size_of(run, reading.path) for reading in readings if reading.rows), exactly(0))
        return passed(*proof, **figures(count=total))
    facts = part_facts(run, readings[0], "gradebook")
    if expects_roster(run.target) is not None:
        # Nothing else is expected, so nothing at all came back.
        return warned("sharing.gradebook-off", *proof, **facts)
    classes = run.readings.get("/classes")
    if classes is None or not classes.rows:
        return skipped("there are no classes that could have grades", *proof)
    facts |= figures(classes=size_of(run, "/classes"))
    return warned("sharing.gradebook-off", *proof, classes.evidence, **facts)


CHECKS: tuple[Check, ...] = (
    Check(
        "gradebook.read", "Grade book access",
        "Whether categories, line items, and results can be read, with the vendor key where it is required.",
        Stage.GRADEBOOK, _read, requires=("sharing.orgs",), after=("sharing.rostering",), applies=_not_chosen,
        fields=("vendor_key", "vendor_secret"),
        proves=(
            Point.VENDOR_CREDENTIALS, Point.GRADEBOOK_ENABLED, Point.ROSTER_ONLY_CREDENTIALS,
            Point.CAMPUS_LEARNING_LICENSE, Point.DATA_TO_SHARE,
            # Where no roster is expected, these are the data that come at a suggested address.
            Point.CONNECTION_ACTIVE, Point.CONNECTION_ENABLED, Point.CREDENTIALS_CURRENT,
        ),
    ),
    Check(
        "gradebook.content", "Grade book content",
        "Whether the grade book has any category, line item, or result.",
        Stage.GRADEBOOK, _content, requires=("gradebook.read",), after=("sharing.rostering",), applies=_not_chosen,
        in_order="[[The grade book has {count} records.]]",
    ),
)  # fmt: skip
