"""A session and a data client for tests of these two rooms alone."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from oneroster_checks.client.data import DataClient
from oneroster_checks.clock import Clock
from oneroster_checks.connection import Connection, Credentials, OneRosterVersion
from oneroster_checks.evidence import Evidence
from oneroster_checks.http.resolver import Resolver
from oneroster_checks.http.session import Session
from oneroster_checks.http.transient import TransientError, TransientErrorKind
from oneroster_checks.redaction import Redactor
from oneroster_checks.target import Target, make_target


class SwiftClock(Clock):
    """A clock whose waits end at once; `slept` are their seconds."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@dataclass
class Reported:
    """What a session reported to its listeners: the evidence, and each wait with its reason."""

    trace: list[Evidence] = field(default_factory=list)
    waits: list[tuple[TransientErrorKind, float]] = field(default_factory=list)


class Traced(Session):
    """A session that keeps what it reported."""

    reported: Reported

    @property
    def trace(self) -> list[Evidence]:
        """The evidence so far."""
        return self.reported.trace


@asynccontextmanager
async def session(
    *,
    timeout: float = 10.0,
    secrets: tuple[str, ...] = (),
    typed: tuple[str, ...] = (),
    ca_file: str = "",
    https_proxy: str | None = None,
    clock: Clock | None = None,
    resolver: Resolver | None = None,
) -> AsyncGenerator[Traced]:
    """A session, closed at the end."""
    reported = Reported()
    redactor = Redactor()
    for secret in secrets:
        redactor.learn(secret)
    redactor.spare(*typed)
    made = Traced(
        timeout=timeout,
        redaction=redactor,
        listener=reported.trace.append,
        user_agent="a-test/1.0",
        ca_file=ca_file,
        https_proxy=https_proxy,
        on_waiting=lambda reason, seconds: reported.waits.append((reason, seconds)),
        clock=clock,
        resolver=resolver,
    )
    made.reported = reported
    try:
        yield made
    finally:
        await made.aclose()


def target_at(root: str, version: OneRosterVersion = "1.1", credentials: Credentials | None = None) -> Target:
    """A target with a base URL."""
    return make_target(Connection(base_url=root, oneroster=version), credentials or Credentials())


def data_client(
    over: Session,
    root: str,
    version: OneRosterVersion = "1.1",
    credentials: Credentials | None = None,
    overcome: list[TransientError] | None = None,
) -> DataClient:
    """A data client under a base URL; `overcome` collects the transient errors that it overcame."""
    kept = [] if overcome is None else overcome
    target = target_at(root, version, credentials)
    return DataClient(over, target, lambda error, evidence: kept.append(error))
