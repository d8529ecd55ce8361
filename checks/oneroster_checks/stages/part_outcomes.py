"""How one part of the data was answered: what the stages about sharing have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..connection import Share
from ..evidence import Evidence
from ..finding import FactDict, Status
from ..standard.scopes import needed_scope, scope_covers
from .context import RunContext
from .failures import cause_of, facts_of, redirect_words, throttle_facts
from .model import Outcome, known

if TYPE_CHECKING:
    from ..client.reading import Reading


def refused(reading: Reading) -> bool:
    """Whether a part is refused: 401, 403 or 404, or what says the same inside an answer."""
    from ..client.reading import REFUSED

    return reading.kind in REFUSED


def part_facts(run: RunContext, reading: Reading, part: str) -> FactDict:
    """What is known of a request for a part: where, what came back, and how long the server asks to wait."""
    place, failure = run.target.base_place, reading.answer.failure
    return known(
        {
            "part": part,
            "path": reading.path,
            # An empty list is no refusal, whose status would say anything.
            "status": None if reading.good else reading.status,
            "host": place.host,
            "expected": reading.path.strip("/"),
            **throttle_facts(reading.answer),
            **(facts_of(failure, reading.evidence, place) if failure else {}),
        }
    )


def lacks_scope(run: RunContext, share: Share) -> bool:
    """Whether the token came with a scope that does not cover a part."""
    return bool(run.scope_given) and not scope_covers(run.scope_given, share)


def has_core_alone(run: RunContext) -> bool:
    """Whether the token holds roster-core without roster, which some servers insist on for a part."""
    asked = run.token.asked_scope if run.token else ""
    names = {scope.rpartition("/")[2] for scope in (run.scope_given or asked).split()}
    return "roster-core.readonly" in names and "roster.readonly" not in names


def scope_missing(
    run: RunContext, reading: Reading, share: Share, status: Status = Status.FAIL, *more: Evidence
) -> Outcome:
    """The outcome for a part that the token's scope leaves out."""
    facts = part_facts(run, reading, share)
    facts |= known(
        {
            "scope_needed": needed_scope(run.connection.oneroster, share),
            "scope_given": run.scope_given,
            "scope": run.target.scope,
        }
    )
    proof = more or (reading.evidence, *run.story.evidence[-1:])
    return Outcome(status, "sharing.scope-missing", facts, proof)


def broken(run: RunContext, reading: Reading, part: str, status: Status = Status.FAIL) -> Outcome:
    """The outcome for a part that is neither answered nor refused."""
    from ..client.reading import Kind

    causes = {
        Kind.SERVER_ERROR: "access.server-error",
        Kind.MAINTENANCE: "access.server-error",
        Kind.LOGIN_PAGE: "access.login-page",
        Kind.NOT_JSON: "access.not-json",
        Kind.THROTTLED: "access.throttled",
        Kind.NO_LIST: "payload.not-oneroster",
        # Neither data nor one of the answers above; the status says which.
        Kind.REDIRECT: "access.not-json",
        Kind.BAD_REQUEST: "access.not-json",
    }
    failure = reading.answer.failure
    cause = cause_of(failure) if failure else causes.get(reading.kind, "access.not-json")
    facts = part_facts(run, reading, part)
    if reading.kind is Kind.REDIRECT:
        facts["detail"] = redirect_words(run, reading.answer)
    return Outcome(status, cause, facts, (reading.evidence,))


def count(run: RunContext, name: str, reading: Reading) -> None:
    """Remember how many records a collection has, when this page shows it for certain."""
    if not reading.good:
        return
    if reading.total is not None and reading.total >= len(reading.rows):
        run.counts[name] = reading.total
    elif len(reading.rows) < reading.limit and not reading.next_url and reading.total is None:
        run.counts[name] = len(reading.rows)


def known_count(run: RunContext, name: str, reading: Reading) -> int:
    """How many records a collection has, at least."""
    return run.counts.get(name, len(reading.rows))


def first_of(*readings: Reading) -> tuple[Evidence, ...]:
    """The evidence of several requests, in order."""
    return tuple(reading.evidence for reading in readings)
