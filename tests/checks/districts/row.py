"""One line of the table: a district, the connection as somebody typed it, and the one right answer."""

from __future__ import annotations

import base64
import time
from collections.abc import Collection
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import quote_plus

from oneroster_checks.clock import Clock
from oneroster_checks.connection import Connection, Credentials, OAuthVersion, OneRosterVersion, Secret, Share
from oneroster_checks.diagnosis.runner import run as run_checks
from oneroster_checks.finding import Status
from oneroster_checks.result import Result
from oneroster_checks.stages.model import Consumer, Depth

from ...servers import LoopServer
from ...servers.certificates import Paper
from ..engine import wrong_facts
from ..http.sessions import SwiftClock
from .district import SECRET, VENDOR_KEY, VENDOR_SECRET, District, Living
from .told import outline, outputs

# Told from what was typed, so that nothing may be sent.
TOLD_WITHOUT_A_REQUEST = frozenset(
    """address.malformed address.plain-http address.credentials-in-url address.doubled-path
    address.version-mismatch address.app-name-missing address.fields-swapped
    address.unsupported-combination key.missing""".split()
)
MOST_FOR_A_REFUSED_TOKEN = 8
MOST_FOR_A_HEALTHY_ONE = 30
MOST_FOR_ANYTHING = 40
# What the write test adds is not bound by the other limits: nobody makes it but who asks for it.
MOST_WITH_WRITES = 90
# Depth full tries every operation and every collection.
MOST_AT_FULL_DEPTH = 250


@dataclass(frozen=True)
class Typed:
    """The connection as typed. In every text `{origin}`, `{base}`, `{token}`, `{port}` stand for the server's
    own; `{elsewhere}` is the same server under its other name, `{closed}` an address where nothing listens.

    None means what the shape of the district would be given. `created` counts days before today.
    """

    base: str = "{base}"
    token: str = "{token}"
    key: str | None = None
    secret: str = SECRET
    vendor: tuple[str, str] = ("", "")
    share: tuple[Share, ...] | None = None
    provider: str | None = None
    oauth: OAuthVersion | None = None
    oneroster: OneRosterVersion | None = None
    created: int | None = None
    scope: str = ""
    timeout: float = 5.0
    allow_plain_http: bool = False
    fixed_token: bool | None = None
    write_test: str = ""


AS_GIVEN = Typed()
VENDOR_PAIR = (VENDOR_KEY, VENDOR_SECRET)
WITH_GRADES = Typed(vendor=VENDOR_PAIR, share=("rostering", "gradebook"))


@dataclass(frozen=True)
class Expected:
    """The right answer: the verdict's status and root cause, a suggested text, and what shows after it.

    "healthy" allows pass and warn without a failing finding; `noting` is a warning that must be there. `most` are
    the requests that the run may make.
    """

    status: Literal["fail", "warn", "pass", "healthy"]
    cause: str | None = None
    suggestion: str | None = None
    then: tuple[str, ...] | None = None
    noting: str | None = None
    most: int = MOST_FOR_A_HEALTHY_ONE


def fails(
    cause: str, *, suggestion: str | None = None, then: tuple[str, ...] | None = None, most: int | None = None
) -> Expected:
    """Broken, with this root cause; `suggestion` is a text that a failing finding must offer."""
    if most is None:
        refused = MOST_FOR_A_REFUSED_TOKEN if cause.startswith("token.") else MOST_FOR_ANYTHING
        most = 0 if cause in TOLD_WITHOUT_A_REQUEST else refused
    return Expected("fail", cause, suggestion, then, most=most)


def warns(cause: str, *, suggestion: str | None = None) -> Expected:
    """Works, and this is the first thing to know."""
    return Expected("warn", cause, suggestion)


def healthy(*, noting: str | None = None) -> Expected:
    """Works, with no failing finding; a warning may be there, `noting` must."""
    return Expected("healthy", noting=noting)


def passes() -> Expected:
    """Works, and nothing at all is to be said."""
    return Expected("pass")


@dataclass(frozen=True)
class Port:
    """How the server's port behaves below HTTP; and the proxy before it, a text with the names of `Typed`."""

    paper: Paper | None = None
    first_bytes: bytes | None = None
    mute: bool = False
    patient: bool = False
    proxy: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    district: District
    expected: Expected
    typed: Typed = AS_GIVEN
    port: Port = field(default_factory=Port)
    depth: Depth = Depth.QUICK
    consumer: Consumer | None = None


def ids(row: Row) -> str:
    """The name under which a row is reported."""
    return row.name


async def holds(row: Row, folder: Path) -> Result:
    """Run the checks of a row against its living district, and hold the result against what is right."""
    result, served = await run(row, folder)
    found = _wrong(row, result, served)
    assert not found, f"{row.name}: {found}\n{outline(result)}"
    return result


async def run(row: Row, folder: Path, only: Collection[str] | None = None) -> tuple[Result, Served]:
    """The result of a row, or of those checks of it, and what the server saw."""
    district, port = row.district, row.port
    living = Living(district, lambda: time.time() + district.clock)
    tls = port.paper(folder) if port.paper else None
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(
            LoopServer(
                living,
                tls=tls.context if tls else None,
                clock=district.clock,
                first_bytes=port.first_bytes,
                mute=port.mute,
                patient=port.patient,
            )
        )
        closed = await stack.enter_async_context(LoopServer(living))
        await closed.close()
        served = Served(server, closed.port, port.paper is not None, living, district)
        connection = connection_of(row.typed, served)
        if tls and tls.ca_file:
            connection = replace(connection, ca_file=tls.ca_file)
        proxy = served.fill(port.proxy) or None
        result = await run_checks(
            connection, credentials_of(row.typed, served), https_proxy=proxy, depth=row.depth,
            consumer=row.consumer, only=only,
            # The pauses of a write test are for servers that are late.
            write_test=row.typed.write_test or None, clock=SwiftClock() if row.typed.write_test else Clock(),
        )  # fmt: skip
        texts, secrets = outputs(result), served.secrets(row.typed)
    assert not any(secret in text for secret in secrets for text in texts)
    return result, served


@dataclass(frozen=True)
class Served:
    """A server that ran for a row."""

    server: LoopServer
    closed_port: int
    secure: bool
    living: Living
    district: District

    def fill(self, text: str) -> str:
        """A template with the addresses of this server."""
        scheme = "https" if self.secure else "http"
        origin = f"{scheme}://127.0.0.1:{self.server.port}"
        shape = self.district.shape
        for name, value in {
            "base": f"{origin}{shape.base}", "token": f"{origin}{shape.token}" if shape.token else "",
            "origin": origin, "elsewhere": f"{scheme}://localhost:{self.server.port}",
            "closed": f"{scheme}://127.0.0.1:{self.closed_port}", "port": str(self.server.port),
        }.items():  # fmt: skip
            text = text.replace(f"{{{name}}}", value)
        return text

    def secrets(self, typed: Typed) -> list[str]:
        """Every text that no output may hold."""
        secret = typed.secret.strip()
        pair = f"{self.district.shape.client_id}:{quote_plus(secret)}"
        packed = base64.b64encode(pair.encode()).decode()
        held = [
            *self.living.tokens,
            secret,
            quote_plus(secret),
            packed,
            *(text.strip() for text in typed.vendor),
        ]
        return [text for text in held if len(text) > 3 and "{" not in text]


def connection_of(typed: Typed, served: Served) -> Connection:
    """The connection of a row, with the addresses of its server."""
    shape = served.district.shape
    return Connection(
        provider=typed.provider or shape.provider,
        oauth=typed.oauth or shape.oauth,
        oneroster=typed.oneroster or shape.oneroster,
        base_url=served.fill(typed.base),
        token_url=served.fill(typed.token),
        client_id=served.fill(shape.client_id if typed.key is None else typed.key),
        share=shape.share if typed.share is None else typed.share,
        created=None if typed.created is None else date.today() - timedelta(days=typed.created),
        scope=typed.scope,
        timeout=typed.timeout,
        allow_plain_http=typed.allow_plain_http,
        fixed_token=shape.fixed_token if typed.fixed_token is None else typed.fixed_token,
    )


def credentials_of(typed: Typed, served: Served) -> Credentials:
    """The secrets of a row."""
    texts = (served.fill(typed.secret), *typed.vendor)
    return Credentials(*(Secret(text) for text in texts))


def _wrong(row: Row, result: Result, served: Served) -> str:
    """How a result differs from what is right, "" when it does not."""
    expected, verdict = row.expected, result.verdict
    got = f"{verdict.status} {verdict.cause}"
    findings = [reported.finding for reported in result.findings]
    if any(finding.status is Status.ERROR for finding in findings):
        return f"the tool itself failed: {got}"
    if facts := wrong_facts(result):
        return f"facts: {facts}"
    if expected.status == "healthy":
        failing = [finding.cause for finding in findings if finding.status is Status.FAIL]
        warning = {finding.cause for finding in findings if finding.status is Status.WARN}
        if failing:
            return f"expected healthy, got {got}, failing {failing}"
        if expected.noting and expected.noting not in warning:
            return f"expected a note of {expected.noting}, got {sorted(str(cause) for cause in warning)}"
    elif (verdict.status, verdict.cause) != (expected.status, expected.cause):
        return f"expected {expected.status} {expected.cause}, got {got}, then {verdict.then}"
    if expected.suggestion is not None:
        offered = {str(finding.facts.get("suggestion", "")) for finding in findings if finding.cause}
        if served.fill(expected.suggestion) not in offered:
            return f"expected the suggested text {served.fill(expected.suggestion)}, got {sorted(offered)}"
    if expected.then is not None and verdict.then != expected.then:
        return f"expected {expected.cause} and then {expected.then}, got then {verdict.then}"
    sent = max(result.requests, len(served.server.heard))
    most = MOST_AT_FULL_DEPTH if row.depth is Depth.FULL else expected.most
    if sent > most:
        return f"expected at most {most} requests, got {sent}"
    return ""
