"""Follows one record through: authorized as a run is, by as few requests as the server allows."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from ..causes.words import report, shown_facts
from ..client.authorization import Anonymous
from ..connection import Connection, Credentials
from ..diagnosis.options import RunOptions
from ..diagnosis.plan import every_check
from ..diagnosis.run_limits import unmade, with_limits
from ..diagnosis.runner import stream_then
from ..diagnosis.verdict import verdict
from ..errors import InvalidSubject
from ..events import RunFinished
from ..finding import Finding, Stage, Status
from ..http.budget import RunLimitReached
from ..labels import capitalized
from ..redaction.shown import redacted_facts
from ..result import ReportedFinding
from ..stages.context import RunContext
from ..stages.model import Precondition, known
from ..target import make_target
from ..validation import validate
from .asking import Asker, TraceStopped
from .class_subject import traced_class
from .findings import changed_today, findings_of, last_change, link_of
from .grade_links import traced_grade
from .model import Link, MayRead, Subject, ToldRead, Trace
from .node import Node
from .person_subject import traced_person

_LONGEST = 300


async def never(path: str, total: int | None) -> bool:
    """No list is read whole."""
    return False


def silent(path: str, records: int) -> None:
    """Nobody is told how far a list has been read."""


def checked_subject(subject: Subject) -> Subject:
    """The subject without white space around its text; InvalidSubject when there is nothing, or more than an id."""
    text, only = subject.text.strip(), subject.only_class.strip()
    if not text:
        raise InvalidSubject("Give the id, identifier, or username of the record to trace.")
    if max(len(text), len(only)) > _LONGEST or any(not char.isprintable() for char in text + only):
        raise InvalidSubject(
            "This is no id, identifier, or username: it is too long, or has a character that no ID has."
        )
    if only and subject.kind not in ("student", "teacher"):
        raise InvalidSubject("Only a student or a teacher is traced in one class.")
    return replace(subject, text=text, only_class=only)


async def trace(
    connection: Connection,
    credentials: Credentials,
    subject: Subject,
    *,
    may_read: MayRead = never,
    told: ToldRead = silent,
    options: RunOptions | None = None,
) -> Trace:
    """Follow a record through and give the chain, and the first link that is broken.

    `may_read` is asked before a list is read whole, `told` gets how far that has come. InvalidSubject when the subject
    cannot be looked up; InvalidConnection, CAFileError or ProxyError when the input cannot be used; nothing that
    a server does raises. Canceling it leaves nothing open.
    """
    asked = checked_subject(subject)
    validate(connection, credentials)
    target = make_target(connection, credentials)
    authorizing = [
        each.id
        for each in every_check()
        if each.establishes is Precondition.AUTHORIZED and each.applies(target) is None
    ]
    work = _Tracing(asked, may_read, told)
    only: RunOptions = {**(options or {}), "only": authorizing}
    async with aclosing(stream_then(connection, credentials, only, work.follow)) as events:
        async for event in events:
            if isinstance(event, RunFinished):
                return work.trace_of(event)
    raise AssertionError("a run ends with its result")


@dataclass(slots=True)
class _Tracing:
    """What is done once requests are authorized."""

    subject: Subject
    may_read: MayRead
    told: ToldRead
    chain: Link | None = None
    reported: list[ReportedFinding] = field(default_factory=list)
    requests: int = 0
    changed: str = ""
    unread: tuple[str, ...] = ()

    async def follow(self, run: RunContext, before: Sequence[ReportedFinding]) -> None:
        """Ask, and judge what came."""
        if isinstance(run.data.authorizer, Anonymous):
            return
        sent = run.session.requests
        ask = Asker(run, self.may_read, self.told)
        try:
            node = await self._chain(ask)
        except TraceStopped as stopped:
            self.reported.append(_stopped(run, stopped))
        except RunLimitReached as reached:
            self.reported.append(_limited(run, reached))
        else:
            for each in changed_today(node, run.today):
                each.notes("trace.changed-today", each.evidence)
            self.chain = link_of(run, node, shows_people=self.subject.shows_people)
            self.changed = last_change(node)
            self.reported += findings_of(run, node)
            self.reported += [_stopped(run, ask.stopped)] if ask.stopped else []
            self.reported += [_limited(run, ask.reached)] if ask.reached else []
            self.unread = tuple(ask.needs_whole)
            if ask.needs_whole:
                self.reported.append(_unread(run, ask.needs_whole))
        self.requests = run.session.requests - sent

    async def _chain(self, ask: Asker) -> Node:
        subject = self.subject
        if subject.kind == "class":
            return await traced_class(ask, subject.text)
        if subject.kind == "grade":
            return await traced_grade(ask, subject)
        return await traced_person(ask, subject)

    def trace_of(self, ended: RunFinished) -> Trace:
        """The trace, with the result of the run and what was found on top of it."""
        result = ended.result
        provider = result.connection.provider
        findings = with_limits((*result.findings, *self.reported), provider)
        whole = replace(result, findings=findings, verdict=verdict(findings, provider), checklist=())
        return Trace(self.subject.kind, self.chain, whole, self.requests, self.changed, self.unread)


def _limited(run: RunContext, reached: RunLimitReached) -> ReportedFinding:
    """What is told where a limit of this tool ended the requests for records."""
    outcome = unmade(reached)
    found = Finding(
        "trace.limits",
        "Requests for records",
        Stage.DATA,
        Status.SKIP,
        reason=outcome.reason,
        limit=outcome.limit,
    )
    return report(found, run.provider.id)


def _stopped(run: RunContext, stopped: TraceStopped) -> ReportedFinding:
    """What is told where a list cannot be read at all."""
    from ..client.reading import Kind

    reading = stopped.reading
    is_grade = reading.path in ("/results", "/lineItems", "/categories")
    without_pair = is_grade and reading.kind is Kind.UNAUTHORIZED and not run.target.has_vendor_pair
    cause = "gradebook.vendor-credentials-missing" if without_pair else "trace.stopped"
    facts = known({"path": reading.path, "status": reading.status})
    finding = Finding(
        "trace.stopped", capitalized("requests for records"), Stage.DATA, Status.FAIL, cause,
        redacted_facts(shown_facts(cause, facts), run.redactor), evidence=(reading.evidence,),
    )  # fmt: skip
    return report(finding, run.provider.id)


def _unread(run: RunContext, paths: Sequence[str]) -> ReportedFinding:
    """What is told where a list would have to be read whole."""
    cause = "trace.needs-whole-list"
    facts = shown_facts(cause, known({"path": tuple(paths)}))
    return report(
        Finding("trace.unread", "Lists that were not read", Stage.DATA, Status.WARN, cause, facts),
        run.provider.id,
    )
