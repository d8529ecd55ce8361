"""Comparisons of the two sides of a move, for tests of many kinds."""

from __future__ import annotations

from typing import Any

from oneroster_checks.finding import Finding, Status
from oneroster_checks.moving.migrating import TakePairs, migrate
from oneroster_checks.moving.model import KindCounts, Moved, MoveSide
from oneroster_practice import PracticeDistrict, PracticePair

TOLD = (Status.FAIL, Status.WARN, Status.ERROR)


def side(district: PracticeDistrict, name: str = "") -> MoveSide:
    """A side as the district hands it out."""
    return MoveSide(district.connection, district.credentials, name)


async def compared(pair: PracticePair, pairs: TakePairs | None = None) -> Moved:
    """Both sides of a pair compared."""
    return await migrate(side(pair.old, "before"), side(pair.new, "after"), pairs=pairs)


async def comparison(problem: str | None = None, **options: Any) -> Moved:
    """The comparison of a pair with a problem."""
    with PracticePair(problem, **options) as pair:
        return await compared(pair)


def wrong(moved: Moved) -> dict[str | None, Finding]:
    """What is wrong, by cause."""
    return {each.finding.cause: each.finding for each in moved.result.findings if each.finding.status in TOLD}


def counts(moved: Moved, kind: str) -> KindCounts:
    """The numbers of one kind."""
    return next(each for each in moved.report.kinds if each.kind == kind)
