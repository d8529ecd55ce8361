"""The kinds of failures: what the system says becomes one of them, with its words and its cause."""

from __future__ import annotations

import errno
import gzip
import socket
import ssl

import httpx
import pytest

from oneroster_checks.causes import codes
from oneroster_checks.evidence import Evidence
from oneroster_checks.http.address import UnsendableURL
from oneroster_checks.http.direct import Unfinished
from oneroster_checks.http.exceptions import failure_behind
from oneroster_checks.http.failure import PHASE_WORDS, Failure, FailureKind, Phase
from oneroster_checks.stages.failures import cause_of, facts_of
from oneroster_checks.urls import Place

from ...servers import LoopServer, reply
from .sessions import session


@pytest.mark.parametrize("kind", FailureKind)
def test_every_kind_has_a_cause_of_the_catalogue(kind: FailureKind) -> None:
    failure = Failure(kind, Phase.CONNECTING, "why")
    assert cause_of(failure) in codes()
    evidence = Evidence("GET", "https://d.test/", None, 1500)
    facts = facts_of(failure, evidence, Place("d.test", 443, True))
    assert (facts["phase"], facts["detail"], facts["seconds"]) == ("connecting", "why", 1.5)
    assert ("reason" in facts) is (kind is FailureKind.UNSENDABLE)


def test_every_phase_has_its_words() -> None:
    assert list(PHASE_WORDS) == list(Phase)
    assert len(set(PHASE_WORDS.values())) == len(Phase)


def _behind(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


ERRORS: list[tuple[Exception, FailureKind, Phase]] = [
    (httpx.ReadTimeout(""), FailureKind.TIMEOUT, Phase.WAITING),
    (TimeoutError(), FailureKind.TIMEOUT, Phase.WAITING),
    (httpx.UnsupportedProtocol("ftp"), FailureKind.UNSENDABLE, Phase.BUILDING),
    (UnsendableURL("no host"), FailureKind.UNSENDABLE, Phase.BUILDING),
    (httpx.ProxyError("407 Proxy Authentication Required"), FailureKind.PROXY, Phase.CONNECTING),
    (httpx.ProxyError("502 Bad Gateway"), FailureKind.REFUSED, Phase.CONNECTING),
    (httpx.ProxyError("Connection refused"), FailureKind.PROXY, Phase.CONNECTING),
    (ConnectionResetError(), FailureKind.CLOSED, Phase.WAITING),
    (Unfinished("whatever the words"), FailureKind.CLOSED, Phase.WAITING),
    (httpx.RemoteProtocolError("illegal status line"), FailureKind.NOT_HTTP, Phase.WAITING),
    (httpx.ReadError(""), FailureKind.CLOSED, Phase.WAITING),
    (_behind(httpx.ConnectError(""), ConnectionRefusedError()), FailureKind.REFUSED, Phase.CONNECTING),
    (_behind(httpx.ConnectError(""), OSError(errno.ENETUNREACH, "")), FailureKind.REFUSED, Phase.CONNECTING),
    (
        _behind(httpx.ConnectError(""), ExceptionGroup("", [OSError(), ConnectionRefusedError()])),
        FailureKind.REFUSED,
        Phase.CONNECTING,
    ),
    (socket.gaierror(socket.EAI_NONAME, ""), FailureKind.NAME_NOT_FOUND, Phase.LOOKING_UP),
    (socket.gaierror(socket.EAI_AGAIN, ""), FailureKind.NAME_NOT_FOUND, Phase.LOOKING_UP),
    (
        _behind(httpx.ConnectError(""), ssl.SSLCertVerificationError()),
        FailureKind.TLS_UNTRUSTED,
        Phase.SECURING,
    ),
]


@pytest.mark.parametrize(("error", "kind", "phase"), ERRORS, ids=lambda value: repr(value)[:40])
def test_an_exception_is_one_of_the_kinds(error: Exception, kind: FailureKind, phase: Phase) -> None:
    found = failure_behind(error, Phase.WAITING)
    assert (found.kind, found.phase) == (kind, phase)
    assert found.detail


@pytest.mark.parametrize(
    "error", [OSError(errno.EACCES, ""), ConnectionResetError(), OSError(errno.EINVAL, "")]
)
def test_what_the_system_says_of_a_connection_that_is_being_made_is_of_it(error: OSError) -> None:
    failure = failure_behind(error, Phase.CONNECTING)
    assert (failure.kind, failure.phase) == (FailureKind.CLOSED, Phase.CONNECTING)


@pytest.mark.parametrize("phase", Phase)
def test_until_a_proxy_has_made_a_connection_its_failures_are_its_own(phase: Phase) -> None:
    its_own = phase in (Phase.LOOKING_UP, Phase.CONNECTING)
    for error in (TimeoutError(), httpx.ConnectTimeout("")):
        found = failure_behind(error, phase, proxied=True)
        assert (found.kind is FailureKind.PROXY) is its_own
    refused = failure_behind(httpx.ProxyError("504 Gateway Timeout"), phase, proxied=True)
    assert (refused.kind, "HTTP 504" in refused.detail) == (FailureKind.REFUSED, True)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", b"{}"),
        ("gzip", gzip.compress(b'{"orgs": []}', mtime=0)[:-12] + b"x" * 12),
        ("deflate", b"\xff" * 20),
    ],
    ids=["no gzip", "damaged gzip", "no deflate"],
)
async def test_an_answer_that_cannot_be_unpacked_is_unreadable(encoding: str, body: bytes) -> None:
    packed = reply(200, body, ("Content-Encoding", encoding))
    async with LoopServer(lambda heard: packed) as server, session() as over:
        answer = await over.send("GET", f"{server.origin}/orgs")
    assert answer.failure is not None
    assert answer.failure.kind is FailureKind.UNREADABLE


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadError(""),
        ConnectionResetError(),
        httpx.RemoteProtocolError("peer closed connection without sending complete message body"),
        httpx.ReadTimeout(""),
    ],
    ids=repr,
)
def test_what_ends_an_answer_ends_it_while_it_is_read(error: Exception) -> None:
    assert failure_behind(error, Phase.READING).phase is Phase.READING
