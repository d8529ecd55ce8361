"""A wire and a data client for tests of the transport alone."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from oneroster_checks.client.data import DataClient
from oneroster_checks.connection import Credentials, OneRosterVersion
from oneroster_checks.evidence import Evidence
from oneroster_checks.http.session import Session
from oneroster_checks.redaction import Redactor
from oneroster_checks.standard.addresses import service_roots


class Traced(Session):
    """A wire that keeps its trace."""

    trace: list[Evidence]


@asynccontextmanager
async def session(
    *, timeout: float = 10.0, secrets: tuple[str, ...] = (), ca_file: str = ""
) -> AsyncGenerator[Traced]:
    """A wire, closed at the end."""
    trace: list[Evidence] = []
    made = Traced(timeout=timeout, redactor=Redactor(secrets), listener=trace.append, ca_file=ca_file)
    made.trace = trace
    try:
        yield made
    finally:
        await made.aclose()


def data_client(
    over: Session, root: str, version: OneRosterVersion = "1.1", credentials: Credentials | None = None
) -> DataClient:
    """A data client under a base URL's root, that nobody is told about."""
    client = DataClient(over, version, credentials or Credentials(), lambda words, seen: None)
    client.roots = service_roots(root, version)
    return client
