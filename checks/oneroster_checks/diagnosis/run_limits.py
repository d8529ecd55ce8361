"""What a limit of the run means: what was not checked because of it, and one finding that says so."""

from __future__ import annotations

from collections.abc import Sequence

from ..causes.words import report, shown_facts
from ..events import LIMITS_CHECK
from ..evidence import Evidence
from ..finding import FactDict, Finding, Status
from ..http.budget import RunLimitReached
from ..records.disk import DiskFailed
from ..result import ReportedFinding
from ..stages.model import Outcome

CAUSE = "tool.run-limit"
# What a full read says of its own limits.
READ_LIMIT = "tool.read-limit"


def unmade(reached: RunLimitReached, *evidence: Evidence) -> Outcome:
    """The outcome of a check that a limit of the run ended; `evidence` are the requests that it had made."""
    most = round(reached.most, 1)
    limit: FactDict = {reached.limit.value: int(most) if most == int(most) else most}
    reason = f"this tool's limit for one run was reached: {most:g} {reached.limit}"
    return Outcome(Status.SKIP, evidence=evidence, reason=reason, limit=limit)


def unkept(failed: DiskFailed, *, is_told: bool) -> Outcome:
    """The outcome of a check whose records the disk of this computer did not keep; `is_told` says that one told it."""
    limit: FactDict = {} if is_told else {"disk": failed.fault.value}
    return Outcome(Status.SKIP, reason=f"the disk of this computer is {failed.fault}", limit=limit)


def with_limits(findings: Sequence[ReportedFinding], provider: str) -> tuple[ReportedFinding, ...]:
    """The findings, with one more that warns of the limit where one of them could not be made because of it."""
    made = tuple(each for each in findings if each.finding.check != LIMITS_CHECK.check)
    left = [each.finding for each in made if each.finding.limit]
    if not left:
        return made
    facts = shown_facts(CAUSE, {**left[0].limit, "count": len(left), "of": len(made)})
    warning = Finding(LIMITS_CHECK.check, LIMITS_CHECK.title, LIMITS_CHECK.stage, Status.WARN, CAUSE, facts)
    return (*made, report(warning, provider))
