"""The WWW-Authenticate header: which schemes it asks for, and what a broken one may hold."""

from __future__ import annotations

import time

import pytest

from oneroster_checks.http.challenges import challenges_of

TABLE: list[tuple[str, dict[str, dict[str, str]]]] = [
    ("", {}),
    ("Bearer", {"bearer": {}}),
    ("bearer, OAUTH", {"bearer": {}, "oauth": {}}),
    ('Basic realm="a, b"', {"basic": {"realm": "a, b"}}),
    ('OAuth realm="OAuth", oauth_problem=nonce_used', {"oauth": {"realm": "OAuth", "oauth_problem": "nonce_used"}}),
    ('Bearer realm="x", error="y", OAuth realm="z"', {"bearer": {"realm": "x", "error": "y"}, "oauth": {"realm": "z"}}),
    ('Digest realm = "x" , nonce="a\\"b", OAuth', {"digest": {"realm": "x", "nonce": 'a"b'}, "oauth": {}}),
    ('OAuth realm="x", Realm="y"', {"oauth": {"realm": "x"}}),
    ('Basic realm="x", Bearer realm="never closed, OAuth realm="y"', {"basic": {"realm": "x"}}),
    ('Negotiate YIIZ==, Basic realm="d", Bearer', {"negotiate": {}, "basic": {"realm": "d"}, "bearer": {}}),
    ("=?!", {}),
]  # fmt: skip


@pytest.mark.parametrize(("header", "expected"), TABLE, ids=[header for header, _ in TABLE])
def test_schemes_and_their_parameters(header: str, expected: dict[str, dict[str, str]]) -> None:
    assert challenges_of(header) == expected


@pytest.mark.parametrize(
    "header", [" " * 60_000, "a" * 60_000, "a " * 30_000, 'a="' * 20_000, "," * 60_000, "\\" * 60_000]
)
def test_a_long_header_takes_no_time(header: str) -> None:
    started = time.monotonic()
    challenges_of(f"Bearer {header}x")
    assert time.monotonic() - started < 1
