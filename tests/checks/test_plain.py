"""Results and snapshots as plain data: they come back as they were, and anything else is refused."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oneroster_checks import plain
from oneroster_checks.changes.model import Changed, Difference, DifferenceKind
from oneroster_checks.changes.snapshot import snapshot
from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.finding import Fact
from oneroster_checks.plain import (
    UnreadablePlainData,
    result_from_bytes,
    result_to_bytes,
    snapshot_from_bytes,
    snapshot_to_bytes,
)
from oneroster_checks.report.redacted import redacted
from oneroster_checks.result import Result
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict, problems_alone

from ..full_results import cut_off, full_result
from ..hostile_results import PLACES, PLAIN, in_every_place
from ..hostile_texts import controlled

# One problem in eight, of all kinds, and none. Others' tests are for those that wait on purpose, and those that only a
# trace shows.
OTHERS = ("network.", "load.", "tls.", "trace.")
PROBLEMS = (None, *[problem.code for problem in problems_alone() if not problem.code.startswith(OTHERS)][::8])


def with_facts(facts: dict[str, Fact]) -> Result:
    first = PLAIN.findings[0]
    return replace(
        PLAIN, findings=(replace(first, finding=replace(first.finding, facts=facts)), *PLAIN.findings[1:])
    )


@pytest.mark.parametrize("oneroster", ["1.1", "1.2"])
@pytest.mark.parametrize("depth", list(Depth))
@pytest.mark.parametrize("problem", PROBLEMS)
async def test_a_result_of_a_district_comes_back(
    problem: str | None, depth: Depth, oneroster: OneRosterVersion
) -> None:
    known = next((each for each in problems_alone() if each.code == problem), None)
    version = known.oneroster if known is not None and known.oneroster else oneroster
    with PracticeDistrict(problem, oneroster=version) as district:
        result = await run(district.connection, district.credentials, depth=depth, profile="lakeside")
    assert result.names is not None
    back = result_from_bytes(result_to_bytes(result))
    assert back == redacted(result)
    assert (back.names, type(back.verdict)) == (None, type(result.verdict))
    assert [type(step) for step in back.verdict.fix] == [type(step) for step in result.verdict.fix]
    assert result_from_bytes(result_to_bytes(back)) == back
    compared = snapshot(result, {"client_secret": "f00"})
    assert snapshot_from_bytes(snapshot_to_bytes(compared)) == compared


@pytest.mark.parametrize("result", [PLAIN, full_result(), full_result(healthy=True), cut_off()])
def test_a_made_result_comes_back(result: Result) -> None:
    there = timezone(timedelta(hours=-5, minutes=-30))
    started = datetime(2026, 11, 1, 1, 30, 0, 123456, tzinfo=there)
    changed = Changed(started, None, (Difference(DifferenceKind.SCOPE, "The scope changed."),))
    result = replace(result, started=started, changed=changed, names=None)
    back = result_from_bytes(result_to_bytes(result))
    assert back == redacted(result)
    assert back.started.isoformat() == started.isoformat()


@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_text_comes_back(place: str) -> None:
    text = "".join(char for char in controlled() if not "\ud800" <= char < "\ue000")
    result = PLACES[place](PLAIN, text)
    assert result_from_bytes(result_to_bytes(result)) == redacted(result)


@given(st.text())
@settings(max_examples=60, deadline=None)
def test_any_text_in_every_place_is_written_and_read(text: str) -> None:
    written = result_to_bytes(in_every_place(text))
    assert result_to_bytes(result_from_bytes(written)) == written


FACTS = st.one_of(
    st.text(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.text()).map(tuple), st.dictionaries(st.text(), st.integers()),
)  # fmt: skip


@given(st.dictionaries(st.text(alphabet="abc", min_size=1), FACTS, max_size=4))
@settings(max_examples=100, deadline=None)
def test_facts_keep_their_types(facts: dict[str, Fact]) -> None:
    result = redacted(with_facts(facts))
    (kept, *_) = result_from_bytes(result_to_bytes(result)).findings
    found = kept.finding.facts
    assert {name: type(value) for name, value in found.items()} == {
        name: type(value) for name, value in result.findings[0].finding.facts.items()
    }


def test_what_json_has_no_form_for_is_kept_as_a_text() -> None:
    half = with_facts({"a": float("inf"), "b": "\ud800", "c": 2**80})
    found = result_from_bytes(result_to_bytes(half)).findings[0].finding.facts
    assert found == {"a": "inf", "b": "\ufffd", "c": 2**80}


def test_a_secret_in_a_server_word_is_not_written() -> None:
    token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.canary-signature-of-a-token"
    written = result_to_bytes(PLACES["the server's words"](PLACES["examples"](PLAIN, token), token))
    assert b"canary" not in written


BAD = {
    "empty": b"",
    "no-json": b"This is a result.",
    "no-utf-8": b"\xff\xfe\x00",
    "list": b"[]",
    "no-version": b'{"kind": "result", "data": {}}',
    "newer": result_to_bytes(PLAIN).replace(b'"version":1', b'"version":2'),
    "other-kind": snapshot_to_bytes(snapshot(PLAIN)),
    "nothing-in-it": b'{"version": 1, "kind": "result", "data": {}}',
    "null": b'{"version": 1, "kind": "result", "data": null}',
    "cut": result_to_bytes(PLAIN)[:-20],
    "deep": b'{"version": 1, "kind": "result", "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep-in-it": b'{"version": 1, "kind": "result", "data": {"connection": ' + b'{"a": ' * 50_000,
    "digits": b'{"version": ' + b"9" * 5_000 + b"}",
    "number-as-text": result_to_bytes(PLAIN).replace(b'"duration_ms":1234', b'"duration_ms":"long"'),
    "no-status": result_to_bytes(PLAIN).replace(b'"status":"fail"', b'"status":"broken"'),
    "no-day": result_to_bytes(PLAIN).replace(b"2026-01-31", b"2026-02-31"),
    "half-a-pair": result_to_bytes(PLAIN).replace(b"No.", b"\\ud800"),
}


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused(name: str) -> None:
    for read in (result_from_bytes, snapshot_from_bytes):
        if (name, read) != ("other-kind", snapshot_from_bytes):
            with pytest.raises(UnreadablePlainData):
                read(BAD[name])


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_spoiled_bytes_are_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(result_to_bytes(PLAIN))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UnreadablePlainData):
        assert isinstance(result_from_bytes(bytes(whole)), Result)


def test_more_than_a_result_has_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    written = result_to_bytes(PLAIN)
    monkeypatch.setattr(plain, "PLAIN_BYTES", len(written) - 1)
    with pytest.raises(UnreadablePlainData, match="too large"):
        result_from_bytes(written)


def test_the_times_have_their_offset() -> None:
    result = replace(PLAIN, started=datetime(2026, 1, 1, tzinfo=UTC))
    assert result_from_bytes(result_to_bytes(result)).started.utcoffset() == timedelta()
