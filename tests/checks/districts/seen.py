"""A row, and what its findings may and may not say beside the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from oneroster_checks.finding import Status

from .row import Row, holds, run
from .told import outline


@dataclass(frozen=True)
class Seen:
    """A row with what was not seen in it.

    `never` are causes that no finding may name. `unproved` are checks that may neither pass nor name a cause,
    since no answer showed what they look for. `named` are causes that some finding must name. `first_step` are
    words that the first step of the verdict holds, `not_first` words that it does not hold.
    """

    row: Row
    never: tuple[str, ...] = ()
    unproved: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    first_step: str = ""
    not_first: str = ""


def names(seen: Seen) -> str:
    """The name under which it is reported."""
    return seen.row.name


async def shows(seen: Seen, folder: Path) -> None:
    """Run the row, and hold what its findings say against what was seen."""
    await holds(seen.row, folder)
    result, _ = await run(seen.row, folder)
    findings = [reported.finding for reported in result.findings]
    told = {finding.cause for finding in findings if finding.cause}
    wrong = [f"{cause} was not seen" for cause in seen.never if cause in told]
    wrong += [f"{cause} is not named" for cause in seen.named if cause not in told]
    wrong += [
        f"{finding.check} proves nothing, and says {finding.status} {finding.cause}"
        for finding in findings
        if finding.check in seen.unproved and (finding.cause or finding.status is Status.PASS)
    ]
    step = result.verdict.fix[0].text if result.verdict.fix else ""
    if seen.first_step not in step:
        wrong.append(f"the first step does not speak of {seen.first_step}: {step}")
    if seen.not_first and seen.not_first in step:
        wrong.append(f"the first step speaks of {seen.not_first}: {step}")
    assert not wrong, f"{seen.row.name}: {wrong}\n{outline(result)}"
