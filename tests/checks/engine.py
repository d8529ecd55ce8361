"""Runs the engine to its end, for tests of many kinds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import aclosing

from oneroster_checks.causes import cause
from oneroster_checks.causes.template import facts_used
from oneroster_checks.causes.words import FOR_PROGRAMS
from oneroster_checks.clock import Clock
from oneroster_checks.connection import Answer, Connection, Credentials, Secret
from oneroster_checks.diagnosis.runner import run, stream
from oneroster_checks.events import Event
from oneroster_checks.result import Result
from oneroster_checks.stages.model import CONSUMERS, Consumer, Depth
from oneroster_practice import Problem

from .required_facts import facts_required

APP = "school"
TOKEN_PATH = "/campus/oauth2/token"
ROOT = f"/campus/api/oneroster/v1p2/{APP}/ims/oneroster"


def campus(origin: str, **changes: object) -> Connection:
    """A connection with the addresses of Infinite Campus on a server of the test."""
    plain = Connection(
        base_url=f"{origin}{ROOT}",
        token_url=f"{origin}{TOKEN_PATH}?appName={APP}",
        client_id="InfiniteCampus_test",
        timeout=10.0,
    )
    return plain.but(**changes)


def secrets(secret: str = "s3cret-of-the-test", vendor_key: str = "", vendor_secret: str = "") -> Credentials:
    """Credentials from plain texts."""
    return Credentials(Secret(secret), Secret(vendor_key), Secret(vendor_secret))


async def events(
    connection: Connection,
    credentials: Credentials,
    *,
    only: Collection[str] | None = None,
    answers: Mapping[str, Answer] | None = None,
    depth: Depth = Depth.QUICK,
) -> list[Event]:
    """Every event of a run."""
    async with aclosing(stream(connection, credentials, only=only, answers=answers, depth=depth)) as events:
        return [event async for event in events]


async def outcome(
    connection: Connection,
    credentials: Credentials,
    *,
    only: Collection[str] | None = None,
    answers: Mapping[str, Answer] | None = None,
    depth: Depth = Depth.QUICK,
    consumer: Consumer | None = None,
    clock: Clock | None = None,
) -> Result:
    """The result of a run; with a clock of the test, the waits take no time."""
    return await run(
        connection,
        credentials,
        only=only,
        answers=answers,
        depth=depth,
        consumer=consumer,
        clock=clock or Clock(),
    )


def consumer_of(problem: Problem) -> Consumer | None:
    """The consumer whose steps show a problem of the practice district, None where any run of its depth does."""
    return next((consumer for consumer in CONSUMERS if consumer == problem.consumer), None)


def wrong_facts(result: Result) -> list[str]:
    """Findings whose facts are not those that their sentences use: one missing, empty, or of no use."""
    wrong: list[str] = []
    for reported in result.findings:
        finding = reported.finding
        if finding.cause is None:
            continue
        entry = cause(finding.cause)
        used = {name for template in entry.templates() for name in facts_used(template)}
        missing = facts_required(entry.summary) - finding.facts.keys()
        idle = finding.facts.keys() - used - FOR_PROGRAMS
        empty = [name for name, value in finding.facts.items() if value in ("", ())]
        wrong += [f"{finding.check} {finding.cause}: {name}" for name in (*missing, *idle, *empty)]
    return wrong
