"""How one part of the data answers: the words that the stages about sharing have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..connection import Share
from ..evidence import Evidence
from ..finding import FactDict, Status
from ..standard.scopes import needed_scope, scope_covers
from ..urls import host_of
from .context import Run
from .failures import cause_of
from .failures import facts_of as failure_facts
from .model import Outcome

if TYPE_CHECKING:
    from ..client.reading import Reading


def refused(reading: Reading) -> bool:
    """Whether a part is refused: 401, 403 or 404, or what says the same inside an answer."""
    from ..client.reading import REFUSED

    return reading.kind in REFUSED


def status_words(reading: Reading) -> str:
    """The HTTP status of a request as a fact."""
    return "no answer" if reading.status is None else str(reading.status)


def facts_of(run: Run, reading: Reading, part: str) -> FactDict:
    """The facts that the sentences about a part need."""
    wait = reading.answer.retry_after
    failure = reading.answer.failure
    return {
        "part": part,
        "path": reading.path,
        "status": status_words(reading),
        "host": host_of(run.connection.base_url),
        "tried": 1,
        "detail": "",
        "phase": "",
        "seconds": round(reading.evidence.elapsed_ms / 1000, 1),
        "port": "",
        "retry_after": "" if wait is None else f"{wait:g}",
        "expected": reading.path.strip("/"),
        "found": "",
        "suggestion": "",
        "people": "",
        "classes": "",
        **(failure_facts(failure) if failure else {}),
    }


def lacks_scope(run: Run, share: Share) -> bool:
    """Whether the token came with a scope that does not cover a part."""
    return bool(run.scope_given) and not scope_covers(run.scope_given, share)


def has_core_alone(run: Run) -> bool:
    """Whether the token holds roster-core without roster, which some servers insist on for a part."""
    asked = run.token.asked_scope if run.token else ""
    names = {scope.rpartition("/")[2] for scope in (run.scope_given or asked).split()}
    return "roster-core.readonly" in names and "roster.readonly" not in names


def scope_missing(run: Run, reading: Reading, share: Share, status: Status = Status.FAIL) -> Outcome:
    """The finding for a part that the token's scope leaves out."""
    facts = facts_of(run, reading, share)
    facts |= {"scope_needed": needed_scope(run.connection.oneroster, share), "scope_given": run.scope_given}
    return Outcome(status, "sharing.scope-missing", facts, (reading.evidence, *run.story.evidence[-1:]))


def broken(run: Run, reading: Reading, part: str, status: Status = Status.FAIL) -> Outcome:
    """The finding for a part that is neither answered nor refused."""
    from ..client.reading import Kind

    causes = {
        Kind.SERVER_ERROR: "access.server-error",
        Kind.MAINTENANCE: "access.server-error",
        Kind.LOGIN_PAGE: "access.login-page",
        Kind.NOT_JSON: "access.not-json",
        Kind.THROTTLED: "access.throttled",
        Kind.NO_LIST: "payload.not-oneroster",
        Kind.REDIRECT: "access.login-page",
        Kind.BAD_REQUEST: "access.server-error",
    }
    failure = reading.answer.failure
    cause = cause_of(failure) if failure else causes.get(reading.kind, "access.server-error")
    return Outcome(status, cause, facts_of(run, reading, part), (reading.evidence,))


def count(run: Run, name: str, reading: Reading) -> None:
    """Keep how many records a collection has, when this page tells it for certain."""
    if not reading.good:
        return
    if reading.total is not None and reading.total >= len(reading.rows):
        run.counts[name] = reading.total
    elif len(reading.rows) < reading.limit and not reading.next_url and reading.total is None:
        run.counts[name] = len(reading.rows)


def known_count(run: Run, name: str, reading: Reading) -> int:
    """How many records a collection has, at least."""
    return run.counts.get(name, len(reading.rows))


def first_of(*readings: Reading) -> tuple[Evidence, ...]:
    """The evidence of several calls, in order."""
    return tuple(reading.evidence for reading in readings)
