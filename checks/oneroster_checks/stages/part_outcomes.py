"""How one part of the data was answered: what the stages about sharing have in common."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from ..connection import Share
from ..evidence import Evidence
from ..finding import FactDict, Status
from ..http.failure import FailureKind
from ..http.json_bounds import over_limit
from ..standard.envelopes import unknown_list
from ..standard.operations import collection, operations
from ..standard.scopes import needed_scope, scope_covers, short_scope, versions_of
from ..target import Target
from .between import stands_between
from .context import RunContext
from .failures import cause_of, facts_of, redirect_facts, redirect_words, throttle_facts
from .model import Outcome, known

if TYPE_CHECKING:
    from ..client.reading import Reading
# With records in one of these, rostering works.
ROSTER = ("/orgs", "/students", "/teachers", "/classes", "/enrollments")


def refused(reading: Reading) -> bool:
    """Whether a part is refused: 401, 403 or 404, or what says the same inside an answer."""
    from ..client.reading import REFUSED

    return reading.kind in REFUSED


def list_facts(run: RunContext, reading: Reading) -> FactDict:
    """The name under which the standard has the records of an answer, and the one that has some in JSON without it."""
    from ..client.reading import Kind

    version = run.connection.oneroster
    other = unknown_list(reading.answer.document) if reading.kind is Kind.NO_LIST else ""
    # The list of another collection holds other records.
    known_names = {each.envelope for each in operations(version)}
    found = run.redactor.id(other) if other and other not in known_names else None
    return known({"expected": collection(version, reading.path).envelope, "found": found})


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
            **list_facts(run, reading),
            "roster": True if any(run.rows(each) for each in ROSTER) else None,
            **throttle_facts(reading.answer),
            **(facts_of(failure, reading.evidence, place) if failure else {}),
        }
    )


def lacks_scope(run: RunContext, share: Share) -> bool:
    """Whether the token came with a scope that does not cover a part."""
    return bool(run.scope_given) and not scope_covers(run.scope_given, share)


def forbidden(reading: Reading) -> bool:
    """Whether a part is refused as not allowed, which a missing scope explains; 404 says that it is not there."""
    from ..client.reading import Kind

    return reading.kind in (Kind.UNAUTHORIZED, Kind.FORBIDDEN)


def has_core_alone(run: RunContext) -> bool:
    """Whether the token holds roster-core without roster, which some servers insist on for a part."""
    asked = run.token.asked_scope if run.token else ""
    names = _short_names(run.scope_given or asked)
    return "roster-core.readonly" in names and "roster.readonly" not in names


def scope_missing(
    run: RunContext, reading: Reading, share: Share, status: Status = Status.FAIL, *more: Evidence
) -> Outcome:
    """The outcome for a part that the token's scope leaves out."""
    asked = run.token.asked_scope if run.token else ""
    needed = _scope_named_by(reading) or needed_scope(run.connection.oneroster, share)
    facts = part_facts(run, reading, share)
    facts |= known(
        {
            "scope_needed": needed,
            "scope_given": run.scope_given,
            "scope": run.target.scope,
            # Asked for and not granted: the server left it out.
            "scope_asked": asked if _short_names(needed) & _short_names(asked) else None,
        }
    )
    proof = more or (reading.evidence, *run.story.evidence[-1:])
    return Outcome(status, "sharing.scope-missing", facts, proof)


def _scope_named_by(reading: Reading) -> str:
    """The scopes of the standard that a refusal asks for in its challenge (RFC 6750, section 3), "" for none."""
    words = reading.answer.challenges.get("bearer", {}).get("scope", "").split()
    return " ".join(word for word in words if versions_of(word))


def _short_names(scope: str) -> set[str]:
    return {short_scope(name) for name in scope.split()}


async def broken(
    run: RunContext, reading: Reading, part: str, status: Status = Status.FAIL, *others: Reading
) -> Outcome:
    """The outcome for a part that is neither answered nor refused: one collection, or the whole server.

    `others` are further collections that fail in the same way.
    """
    from ..client.pages import is_login
    from ..client.reading import Kind

    if reading.kind not in (Kind.THROTTLED, Kind.NO_LIST, Kind.TOO_LARGE):
        outcome = await part_broken(run, reading, part, status, *others)
        if outcome is not None:
            return outcome
    causes = {
        Kind.SERVER_ERROR: "access.server-error",
        Kind.MAINTENANCE: "access.server-error",
        Kind.LOGIN_PAGE: "access.login-page",
        Kind.NOT_JSON: "access.not-json",
        Kind.THROTTLED: "access.throttled",
        Kind.NO_LIST: "payload.not-oneroster",
        Kind.TOO_LARGE: "access.answer-too-large",
        Kind.REDIRECT: "access.redirected",
        Kind.BAD_REQUEST: "access.error-answer",
        Kind.ERROR: "access.error-answer",
    }
    failure = reading.answer.failure
    cause = cause_of(failure) if failure else causes.get(reading.kind, "access.not-json")
    facts = part_facts(run, reading, part)
    if reading.kind is Kind.REDIRECT:
        facts |= redirect_facts(run, reading.answer)
    elif reading.answer.redirect_target:
        facts["detail"] = redirect_words(run, reading.answer)
    if reading.kind is Kind.MAINTENANCE:
        facts["maintenance"] = True
    if reading.kind is Kind.TOO_LARGE:
        facts |= {"field": "base_url", "reason": over_limit(reading.answer.content.undecoded)}
    if cause == "access.error-answer":
        facts |= known({"said": reading.evidence.said or None})
    if reading.kind is Kind.LOGIN_PAGE and not is_login(reading.answer):
        facts["page"] = "web page"
    return Outcome(status, cause, facts, (reading.evidence,))


def part_blocked(run: RunContext, reading: Reading, status: Status = Status.FAIL) -> Outcome | None:
    """The outcome for a part that something in front of the server refused, by how the server answered elsewhere."""
    usual = [each.answer for each in run.readings.values() if each.good]
    outcome = stands_between(run, reading, *usual[:1])
    facts = outcome.facts if outcome else {}
    return outcome and replace(outcome, status=status, facts={**facts, "path": reading.path, "partly": True})


async def part_broken(
    run: RunContext, reading: Reading, part: str, status: Status = Status.FAIL, *others: Reading
) -> Outcome | None:
    """The outcome for collections that fail while another one works; None when none does any more.

    Where something in front of the server refused, that is the outcome.
    """
    blocked = part_blocked(run, reading, status)
    if blocked is not None:
        return blocked
    failing = dict.fromkeys(each.path for each in (reading, *others))
    works = await _works_meanwhile(run, reading, failing)
    if works is None:
        return None
    paths = tuple(failing)
    facts = part_facts(run, reading, part) | {
        "path": paths[0] if len(paths) == 1 else paths,
        "works": works.path,
    }
    facts |= known({"detail": _in_its_place(run, reading)})
    proof = (*first_of(reading, *others), works.evidence)
    return Outcome(status, "access.part-broken", facts, proof)


async def _works_meanwhile(run: RunContext, reading: Reading, failing: Collection[str]) -> Reading | None:
    """A collection that was answered after this one had failed: one that was read later, or is asked again."""
    good = {path: each for path, each in run.readings.items() if each.good and path not in failing}
    order = list(run.readings)
    later = order[order.index(reading.path) + 1 :] if run.readings.get(reading.path) is reading else []
    for path in later:
        if path in good:
            return good[path]
    # What was good before may have gone down since.
    for path in sorted(good, key=lambda path: not good[path].rows):
        again = await run.data.list(path, limit=1, note="does another collection still work")
        return again if again.good else None
    return None


def _in_its_place(run: RunContext, reading: Reading) -> str:
    """What came in place of the list, as a clause for people; "" where the status says it."""
    from ..client.reading import Kind

    failure = reading.answer.failure
    if failure is not None and failure.kind is FailureKind.TIMEOUT:
        return "no answer came in time"
    if failure is not None:
        return failure.detail or "no answer came"
    if reading.kind is Kind.REDIRECT:
        return redirect_words(run, reading.answer)
    words = {
        Kind.LOGIN_PAGE: "a web page came back",
        Kind.MAINTENANCE: "a maintenance page came back",
        Kind.NOT_JSON: "what came back is not JSON",
        Kind.TOO_LARGE: "more came back than this tool reads",
        Kind.NO_LIST: f"JSON without the list {collection(run.connection.oneroster, reading.path).envelope} came back",
    }
    return words.get(reading.kind, "")


def first_of(*readings: Reading) -> tuple[Evidence, ...]:
    """The evidence of several requests, in order."""
    return tuple(reading.evidence for reading in readings)


def expects_roster(target: Target) -> str | None:
    """Why the roster has no place in a connection that expects neither rostering nor demographics, else None."""
    connection = target.connection
    if connection.shares("rostering") or connection.shares("demographics"):
        return None
    return "you do not expect rostering"


def expects_rostering(target: Target) -> str | None:
    """Why people and classes have no place in a connection that does not expect rostering, else None."""
    return None if target.connection.shares("rostering") else "you do not expect rostering"
