"""Runs the checks in order and streams what happens, down to the root cause."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Collection, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from .. import __version__
from ..causes.words import report
from ..connection import Answer, Connection, Credentials
from ..events import CheckFinished, CheckStarted, Event, RequestMade, RunFinished, RunStarted
from ..evidence import Evidence
from ..finding import Finding, Status
from ..providers import provider
from ..redaction import Redactor, outline
from ..result import ReportedFinding, Result
from ..stages.context import Run
from ..stages.model import Check, Depth, Outcome
from ..standard.keys import clean_key, looks_like_url
from ..target import make_target
from .checklist import settle
from .plan import info, plan
from .verdict import verdict

# A scheme with its slashes, or a host with a dot or a path: anything else in an address field may be a secret.
_ADDRESS = re.compile(r"(?i)[a-z][a-z0-9+.-]*:?/+|localhost\b|[\w-]+(\.[\w-]+)+(:\d+)?(/|$)")


async def diagnose(
    connection: Connection,
    credentials: Credentials,
    *,
    answers: Mapping[str, Answer] | None = None,
    only: Collection[str] | None = None,
    profile: str | None = None,
    https_proxy: str | None = None,
    previous: Result | None = None,
    depth: Depth = "quick",
) -> AsyncGenerator[Event, None]:
    """Run the checks of a connection and yield what happens; the last event is `RunFinished`.

    `answers` are the district's own to the questions of the checklist; `only` names checks to run, with
    whatever they require; `previous` is the result whose other findings stay; `depth` full reads every
    page of the roster; `https_proxy` is used for other machines. UnknownProvider for an unknown provider,
    CAFileError and ProxyError for a CA file and a proxy that cannot be used; nothing that a server does
    raises. Closing the generator cancels the run and leaves nothing open.
    """
    checks = plan(connection, only, depth)
    queue: asyncio.Queue[Event | BaseException] = asyncio.Queue()
    work = _Work(connection, credentials, checks, queue, https_proxy)
    yield RunStarted(tuple(info(check) for check in checks))
    task = asyncio.create_task(work.run(dict(answers or {}), profile, previous))
    task.add_done_callback(lambda done: queue.put_nowait(_error_of(done)))
    try:
        while True:
            event = await queue.get()
            if isinstance(event, BaseException):
                raise event
            yield event
            if isinstance(event, RunFinished):
                return
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await work.aclose()


def _error_of(task: asyncio.Task[None]) -> BaseException:
    if task.cancelled():
        return asyncio.CancelledError()
    return task.exception() or asyncio.CancelledError()


class _Work:
    """One run at work: the context, the findings so far, and the queue to its listener."""

    def __init__(
        self,
        connection: Connection,
        credentials: Credentials,
        checks: tuple[Check, ...],
        queue: asyncio.Queue[Event | BaseException],
        https_proxy: str | None,
    ) -> None:
        from ..client.data import DataClient
        from ..http.session import Session
        from ..http.transient import TransientError

        self._checks = checks
        self._queue = queue
        self._current = ""
        self._said: list[ReportedFinding] = []
        self._goes_on: set[str] = set()
        redactor = redactor_for(connection, credentials)
        session = Session(
            timeout=connection.timeout,
            redaction=redactor,
            listener=self._heard,
            user_agent=f"oneroster-wizard/{__version__}",
            ca_file=connection.ca_file,
            https_proxy=https_proxy,
            keeps_cookies=provider(connection.provider).keeps_cookies,
        )
        transient_errors: list[tuple[TransientError, Evidence]] = []
        target = make_target(connection, credentials)
        self._context = Run(
            connection=connection,
            credentials=credentials,
            provider=provider(connection.provider),
            target=target,
            redactor=redactor,
            session=session,
            data=DataClient(
                session, target, lambda error, evidence: transient_errors.append((error, evidence))
            ),
            today=datetime.now().astimezone().date(),
            transient_errors=transient_errors,
        )

    async def run(self, answers: Mapping[str, Answer], profile: str | None, previous: Result | None) -> None:
        """All checks in order, then the result."""
        started, clock = datetime.now().astimezone(), time.monotonic()
        for check in self._checks:
            self._current = check.id
            self._queue.put_nowait(CheckStarted(check.id))
            reported = report(await self._finding(check), self._context.connection.provider)
            self._said.append(reported)
            self._queue.put_nowait(CheckFinished(reported))
        await self.aclose()
        self._queue.put_nowait(
            RunFinished(
                self._result(answers, profile, previous, started, round((time.monotonic() - clock) * 1000))
            )
        )

    async def aclose(self) -> None:
        """Close the wire."""
        await self._context.session.aclose()

    def _heard(self, evidence: Evidence) -> None:
        run = self._context
        run.trace.append(evidence)
        if evidence.server_date and run.skew is None:
            run.skew = _skew(evidence.server_date)
        self._queue.put_nowait(RequestMade(self._current, evidence))

    async def _finding(self, check: Check) -> Finding:
        started = time.monotonic()
        blocked = self._blocked(check)
        if blocked:
            outcome = Outcome(Status.SKIP, reason=blocked)
        else:
            try:
                outcome = await check.run(self._context)
            except Exception as error:
                # A fault of this tool: the run goes on, and only the kind of error is told.
                facts = {"check": check.id, "error": type(error).__name__}
                outcome = Outcome(Status.ERROR, "tool.fault", facts)
        if outcome.goes_on:
            self._goes_on.add(check.id)
        hide = self._context.redactor.text
        return Finding(
            check=check.id,
            title=check.title,
            stage=check.stage,
            status=outcome.status,
            cause=outcome.cause,
            facts={
                name: hide(value) if isinstance(value, str) else value
                for name, value in outcome.facts.items()
            },
            reason=outcome.reason,
            duration_ms=round((time.monotonic() - started) * 1000),
            evidence=outcome.evidence,
            to_blame=outcome.to_blame,
        )

    def _blocked(self, check: Check) -> str | None:
        """Why a check cannot be judged: the first requirement that did not pass."""
        for reported in self._said:
            finding = reported.finding
            if finding.check not in check.requires or finding.check in self._goes_on:
                continue
            if finding.failed:
                return f"“{finding.title}” comes first, and it failed"
            if finding.status is Status.SKIP and not _harmless(finding):
                return f"“{finding.title}” comes first, and it could not be judged"
        return None

    def _result(
        self,
        answers: Mapping[str, Answer],
        profile: str | None,
        previous: Result | None,
        started: datetime,
        duration_ms: int,
    ) -> Result:
        run = self._context
        hide = run.redactor.text
        shown = run.connection.but(
            base_url=hide(run.connection.base_url.strip()),
            token_url=hide(run.connection.token_url.strip()),
            client_id=hide(run.connection.client_id.strip()),
            scope=hide(run.connection.scope),
        )
        reported = merged(tuple(self._said), previous)
        findings = tuple(entry.finding for entry in reported)
        return Result(
            connection=shown,
            started=started,
            duration_ms=duration_ms,
            requests=run.session.requests,
            verdict=verdict(reported),
            findings=reported,
            checklist=settle(shown, findings, answers, has_vendor_pair=run.credentials.has_vendor_pair),
            counts={**(dict(previous.counts) if previous else {}), **run.counts},
            trace=tuple(run.trace),
            profile=profile,
            has_vendor_pair=run.credentials.has_vendor_pair,
        )


def merged(reported: tuple[ReportedFinding, ...], previous: Result | None) -> tuple[ReportedFinding, ...]:
    """The new findings, with those of an earlier run for the checks that did not run again."""
    if previous is None:
        return reported
    fresh = {entry.finding.check: entry for entry in reported}
    kept = [fresh.pop(entry.finding.check, entry) for entry in previous.findings]
    return (*kept, *fresh.values())


class _OutliningRedactor(Redactor):
    """A redactor with the outline as a method, as the session asks for it."""

    def outline(self, document: object) -> str:
        """The shape of a decoded answer."""
        return outline(document)


def redactor_for(connection: Connection, credentials: Credentials) -> _OutliningRedactor:
    """A redaction that knows the secrets of a connection, also where they stand in the wrong field."""
    redactor = _OutliningRedactor()
    for text in credentials.texts():
        if not looks_like_url(text):
            redactor.learn(text, partner=connection.client_id)
            # The form in which it is sent.
            redactor.learn(clean_key(text).text, partner=clean_key(connection.client_id).text)
    vendor = (
        clean_key(credentials.vendor_key.reveal()).text,
        clean_key(credentials.vendor_secret.reveal()).text,
    )
    if all(vendor):
        redactor.learn(":".join(vendor))
    for text in (connection.base_url, connection.token_url):
        # A text in an address field that is no address may be a secret that was pasted there.
        if text.strip() and not _ADDRESS.match(text.strip()):
            redactor.learn(text)
    prefix = provider(connection.provider).client_id_prefix
    secret = credentials.client_secret.reveal().strip()
    if (prefix and secret.startswith(prefix)) or looks_like_url(secret):
        # The fields are exchanged, so what stands in the key's field may be the secret.
        redactor.learn(connection.client_id)
    return redactor


def _harmless(finding: Finding) -> bool:
    """A proxy makes the reach of a host unknowable in advance; the requests themselves tell then."""
    return finding.check.startswith("network.")


def _skew(server_date: str) -> float | None:
    try:
        there = parsedate_to_datetime(server_date)
    except (TypeError, ValueError, IndexError):
        return None
    there = there if there.tzinfo else there.replace(tzinfo=UTC)
    return (there - datetime.now(UTC)).total_seconds()
