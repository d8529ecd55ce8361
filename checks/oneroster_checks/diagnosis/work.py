"""One run at work: its checks in order, each with what became of it, and the result."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from ..causes.words import report, shown_facts
from ..clock import Clock
from ..events import CheckFinished, CheckStarted, RunFinished
from ..evidence import Evidence
from ..finding import Finding, Status
from ..http.budget import RunLimitReached
from ..http.transient import TransientError
from ..limits import READ_MINUTES
from ..made_records import NoJournal
from ..records.disk import DiskFailed
from ..redaction.known import redactor_for
from ..redaction.shown import redacted_facts, shown_later
from ..result import ReportedFinding, Result
from ..stages.context import RunContext, Writes
from ..stages.model import Check, Outcome, skipped
from ..target import Target
from ..version import USER_AGENT
from .options import RunOptions
from .plan import merged, required_among
from .run_limits import READ_LIMIT, unkept, unmade, with_limits
from .run_result import result_of
from .telling import Tell, Telling

# What is done behind the checks of a run, before its session is closed: with its context and what they found.
Then = Callable[[RunContext, Sequence[ReportedFinding]], Awaitable[None]]


class Work:
    """One run at work: the context, the findings so far, and who is told what happens."""

    def __init__(
        self,
        target: Target,
        checks: tuple[Check, ...],
        tell: Tell,
        options: RunOptions,
        then: Then | None,
    ) -> None:
        from ..client.data import DataClient
        from ..http.session import Session

        self._checks = checks
        self._present = frozenset(check.id for check in checks)
        self._options = options
        self._then = then
        self._clock = options.get("clock") or Clock()
        self._told = told = Telling(tell, self._clock)
        self._findings: list[ReportedFinding] = []
        # What did not pass, so that nothing that hangs on it is asked.
        self._unpassed: list[Finding] = []
        previous = options.get("previous")
        redactor = redactor_for(target, previous.names if previous else None)
        transient: list[tuple[TransientError, Evidence]] = []
        session = Session(
            timeout=target.connection.timeout,
            redaction=redactor,
            listener=told.heard,
            user_agent=USER_AGENT,
            ca_file=target.connection.ca_file,
            https_proxy=options.get("https_proxy"),
            on_waiting=told.waits,
            clock=self._clock,
            gates=options.get("gates"),
            check=lambda: told.check,
        )
        self._context = RunContext(
            target=target,
            redactor=redactor,
            session=session,
            data=DataClient(session, target, lambda error, seen: transient.append((error, seen))),
            today=told.now().date(),
            trace=told.trace,
            server_time=told.server_time,
            transient_errors=transient,
            read_minutes=options.get("max_minutes", READ_MINUTES),
            on_read=told.reads,
            consumer=options.get("consumer") or "",
            writes=Writes(
                options.get("write_test") or "",
                tuple(options.get("leftovers") or ()),
                options.get("journal") or NoJournal(),
            ),
        )
        if self._context.writes.class_id:
            # The user's own words: a class is no person.
            redactor.spare(self._context.writes.class_id)

    async def run(self) -> Result:
        """All checks in order, then the result, which is told as well."""
        started, began = self._clock.now(), self._clock.monotonic()
        try:
            at = self.now()
            for check in self._checks:
                self._told.check = check.id
                self._told.tell(CheckStarted(check.id, at=at))
                reported = self._reported(check, await self._finding(check))
                self._findings.append(reported)
                # One check begins when the one before it has ended.
                at = self.now()
                self._told.tell(CheckFinished(reported, at=at))
            if self._then is not None:
                self._told.check = ""
                await self._then(self._context, tuple(self._findings))
        finally:
            for close in self._context.closing:
                await close()
        await self.aclose()
        took = round((self._clock.monotonic() - began) * 1000)
        result = self._result(started, took)
        self._context.let_go()
        self._told.tell(RunFinished(result, at=self.now()))
        return result

    def _reported(self, check: Check, finding: Finding) -> ReportedFinding:
        return report(finding, self._context.provider.id, check.in_order)

    def _later(self, check: Check, reported: ReportedFinding) -> ReportedFinding:
        finding = shown_later(reported.finding, self._context.redactor)
        return reported if finding is reported.finding else self._reported(check, finding)

    def now(self) -> datetime:
        """The time by the clock of this run."""
        return self._told.now()

    async def aclose(self) -> None:
        """Close the session, and let go of every record."""
        full = self._context.full
        try:
            if full is not None:
                await full.judge.aclose()
        finally:
            await self._context.session.aclose()

    async def _finding(self, check: Check) -> Finding:
        began, before = self._clock.monotonic(), len(self._context.trace)
        outcome = self._blocked(check)
        if outcome is None:
            try:
                outcome = await check.run(self._context)
            except RunLimitReached as reached:
                outcome = unmade(reached, *self._context.trace[before:])
            except DiskFailed as failed_disk:
                outcome = unkept(failed_disk, is_told=READ_LIMIT in self._context.named)
            except Exception as error:
                # A fault of this tool: the run goes on, and only the kind of error is told.
                failing = {"check": check.id, "error": type(error).__name__}
                outcome = Outcome(Status.ERROR, "tool.fault", failing)
        if outcome.cause:
            self._context.name(outcome.cause, outcome.facts)
        facts = shown_facts(outcome.cause, outcome.facts, check.in_order)
        finding = Finding(
            check=check.id,
            title=check.title,
            stage=check.stage,
            status=outcome.status,
            cause=outcome.cause,
            facts=redacted_facts(facts, self._context.redactor),
            reason=outcome.reason,
            duration_ms=round((self._clock.monotonic() - began) * 1000),
            evidence=outcome.evidence,
            to_blame=outcome.to_blame,
            proves=outcome.proves,
            limit=outcome.limit,
        )
        if not outcome.goes_on and (finding.limit or finding.failed or finding.status is Status.SKIP):
            self._unpassed.append(finding)
        return finding

    def _blocked(self, check: Check) -> Outcome | None:
        """What a check is that cannot run: skipped, by the first requirement that did not pass; None when it can."""
        if not self._unpassed:
            return None
        required = required_among(check, self._present)
        finding = next((each for each in self._unpassed if each.check in required), None)
        if finding is None:
            return None
        if finding.limit:
            return Outcome(Status.SKIP, reason=finding.reason, limit=finding.limit)
        if finding.failed:
            return skipped(f"“{finding.title}” failed first")
        return skipped(f"“{finding.title}” could not be checked")

    def _result(self, started: datetime, duration_ms: int) -> Result:
        context, previous = self._context, self._options.get("previous")
        typed = context.connection
        # What was told while the run went on may name a person whose record came later.
        findings = tuple(map(self._later, self._checks, self._findings))
        if previous is not None:
            findings = tuple(merged(findings, previous, context.target))
        findings = with_limits(findings, typed.provider)
        return result_of(context, findings, self._options, started, duration_ms)
