"""A body is read once: what it is as JSON within the limits of this tool, and what stays of it behind its request."""

from __future__ import annotations

import gc
import json
import random
import time

import pytest

from oneroster_checks import limits
from oneroster_checks.http.content import Content
from oneroster_checks.http.json_bounds import Undecoded, beyond, signs_in
from oneroster_checks.http.kept import Memory, cut

from ...servers import LoopServer, reply
from .sessions import session


def exact(text: str) -> tuple[int, int]:
    """The values of a JSON text, an object counted twice, and its depth, counted one by one."""
    size = depth = deepest = 0
    in_text = escaped = False
    for char in text:
        if in_text:
            in_text = escaped or char != '"'
            escaped = char == "\\" and not escaped
        elif char == '"':
            in_text = True
        elif char in "[{":
            size += 1 + (char == "{")
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
        elif char == ",":
            size += 1
    return size, deepest


PIECES = ["[", "]", "{", "}", ",", ":", '"', "\\", '\\"', "\\\\", "a", " ", '"a"', '"[,"', '""', "1", "é"]


def made_up(chance: random.Random) -> object:
    """A small document with everything in it that looks like the structure of JSON."""
    kind = chance.randrange(4)
    if kind == 0:
        return [made_up(chance) for _ in range(chance.randrange(4))]
    if kind == 1:
        return {"".join(chance.choices(PIECES, k=3)): made_up(chance) for _ in range(chance.randrange(4))}
    return "".join(chance.choices(PIECES, k=chance.randrange(6))) if kind == 2 else 1.5


def test_what_is_counted_is_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "JSON_DEPTH", 3)
    monkeypatch.setattr(limits, "JSON_VALUES", 12)
    chance = random.Random(8)
    seen = set()
    for _ in range(4000):
        text = json.dumps(made_up(chance), ensure_ascii=False)
        size, depth = exact(text)
        expected = Undecoded.VALUES if size >= 12 else Undecoded.DEPTH if depth > 3 else None
        assert beyond(text.encode(), signs_in(text.encode())) is expected, text
        seen.add(expected)
    assert len(seen) == 3


def test_of_what_is_no_json_nothing_is_counted_too_low(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "JSON_VALUES", 12)
    chance = random.Random(9)
    for _ in range(4000):
        # Whatever comes behind it, the beginning is decoded until an error shows.
        text = json.dumps([{}] * 30) + "".join(chance.choices(PIECES, k=20))
        assert beyond(text.encode(), signs_in(text.encode())) is Undecoded.VALUES


def test_a_text_of_structure_is_one_value() -> None:
    text = json.dumps({"description": '[{,"' * 1_000_000})
    content = Content.of(text.encode())
    assert content.document == json.loads(text)


@pytest.mark.parametrize(
    "part", ['"', '""', '\\"', "\\", '",', "[", "]", "{", "[]", ',"', '"\\', "[{", "\\u"]
)
def test_the_time_hangs_on_the_length_alone(part: str) -> None:
    for start in ("", "[", '["'):
        body = (start + part * (16_000_000 // len(part))).encode()
        began = time.perf_counter()
        Content.of(body)
        assert time.perf_counter() - began < 5


def test_a_limit_is_named() -> None:
    assert Content.of(b"[" * 1000).undecoded is Undecoded.DEPTH
    assert Content.of(b"[" * 100 + b"]" * 100).undecoded is None
    assert Content.of(b"[1" + b",1" * limits.JSON_VALUES + b"]").undecoded is Undecoded.VALUES
    assert Content.of(b"{}", truncated=True).undecoded is Undecoded.BYTES
    wide = '"' + "\U0001f600" + "x" * 10_000_000 + '"'
    assert Content.of(wide.encode()).undecoded is Undecoded.BYTES
    assert Content.of(b"<html>" + b"[" * 1000).undecoded is None


def test_the_first_records_of_a_long_list_are_read() -> None:
    rows = [{"sourcedId": f"{number}", "name": "[{,"} for number in range(100_000)]
    for document in ({"users": rows}, {"info": {"a": [1]}, "users": rows}, rows):
        content = Content.of(json.dumps(document).encode()[:5_000_000], truncated=True)
        found = content.beginning
        assert isinstance(found, (dict, list))
        read = found["users"] if isinstance(found, dict) else found
        assert read == rows[: limits.BEGINNING_RECORDS]
        assert content.document is None
        assert not content.is_json


def test_a_bytearray_gives_its_memory_back() -> None:
    body = bytearray(b'{"orgs": []}')
    content = Content.of(body)
    assert (content.document, content.size, len(body)) == ({"orgs": []}, 12, 0)


HALVES = [
    '{"a": "\\ud800"}',
    '{"\\udfff": 1, "b\\ud83dc": {"\\udc00": ["\\ud800x", {"y": "\\uDBFF"}]}}',
    '["\\ud800", "\\ud83d\\ude00"]',
    '"\\uD800"',
    '{"a": [[["\\udc00"]]]}',
]


@pytest.mark.parametrize("text", HALVES)
def test_every_text_and_key_can_be_written(text: str) -> None:
    for body, truncated in (
        (text, False),
        ('[{"a":' + text + "}, ", True),
        ('{"x": [{"a":' + text + "},", True),
    ):
        content = Content.of(body.encode(), truncated=truncated)
        found = content.beginning if truncated else content.document
        assert found is not None
        assert "\ufffd" in json.dumps(found, ensure_ascii=False).encode().decode()


def test_a_pair_stays_one_character() -> None:
    assert Content.of(b'["\\ud800", "\\ud83d\\ude00"]').document == ["\ufffd", "\U0001f600"]


class TestKept:
    def test_a_page_of_records_is_kept_as_it_is(self) -> None:
        rows = [
            {"sourcedId": f"{number}", "roles": [{"role": "student"}], "n": None} for number in range(100)
        ]
        content = Content.of(json.dumps({"users": rows}).encode())
        kept = content.kept(Memory())
        assert kept.document == {"users": rows}
        assert not kept.cut

    def test_long_texts_are_cut_and_stay_different(self) -> None:
        long, other = "x" * 5000, "x" * 4999 + "y"
        content = Content.of(json.dumps([{"a": long, "b": other, long: [long]}]).encode())
        document = content.kept(Memory()).document
        assert document == [{"a": cut(long), "b": cut(other), cut(long): [cut(long)]}]
        assert cut(long) != cut(other)
        assert len(cut(long)) < limits.KEPT_CHARACTERS + 20

    def test_a_token_stays_whole(self) -> None:
        token = "t" * 20_000
        content = Content.of(json.dumps({"access_token": token}).encode())
        assert content.kept(Memory()).document == {"access_token": token}

    def test_records_that_do_not_fit_are_counted(self) -> None:
        rows = [{"sourcedId": f"{number}"} for number in range(5000)]
        kept = Content.of(json.dumps({"users": rows}).encode()).kept(Memory())
        assert kept.document == {"users": rows[: limits.KEPT_ENTRIES]}
        assert kept.left_out == 5000 - limits.KEPT_ENTRIES

    def test_a_record_is_whole_or_not_there(self) -> None:
        row = {"sourcedId": "1", "grades": ["x" * 900] * 1000}
        kept = Content.of(json.dumps({"users": [row] * 10}).encode()).kept(Memory())
        assert kept.document == {"users": [row] * (10 - kept.left_out)}
        assert 0 < kept.left_out < 10

    def test_the_memory_of_a_run_has_an_end_and_comes_back(self) -> None:
        memory = Memory()
        content = Content.of(json.dumps([{"a": ["x" * 900] * 10}] * 400).encode())
        held = [content.kept(memory) for _ in range(60)]
        sizes = [len(each.document) for each in held if isinstance(each.document, list)]
        assert 9000 * sum(sizes) < limits.KEPT_OF_A_RUN_BYTES
        assert sizes[0] > 5 * sizes[-1]
        held.clear()
        gc.collect()
        again = content.kept(memory).document
        assert isinstance(again, list)
        assert len(again) == sizes[0]

    @pytest.mark.parametrize(
        "text", ["x" * 5000, '"' * 5000, "\\" * 5000, "\n" * 5000, "é" * 5000, "x" * 1001]
    )
    def test_a_whole_page_has_no_long_texts_either(self, text: str) -> None:
        rows = [{"sourcedId": text, "a": [{"b": text}]}, {"sourcedId": "1"}]
        content = Content.of(json.dumps({"users": rows}).encode()).with_short_texts()
        cut_rows = [{"sourcedId": cut(text), "a": [{"b": cut(text)}]}, {"sourcedId": "1"}]
        assert content.document == {"users": cut_rows}

    async def test_an_answer_brings_no_more_than_is_kept(self) -> None:
        body = json.dumps({"users": [{"sourcedId": f"{number}"} for number in range(5000)]})
        async with LoopServer(lambda heard: reply(200, body)) as server, session() as over:
            answer = await over.send("GET", f"{server.origin}/users")
            whole = await over.send("GET", f"{server.origin}/users", whole=True)
        assert isinstance(answer.document, dict)
        assert isinstance(whole.document, dict)
        assert len(answer.document["users"]) == limits.KEPT_ENTRIES
        assert len(whole.document["users"]) == 5000
        assert "[5000 entries]" in answer.evidence.outline


# What the library reads otherwise than Python does, or not at all; and what both refuse.
ODD_JSON = (
    "NaN", "-Infinity", '{"a": NaN}', "1e999", "-0", "0.1", "1e-999", "123456789012345678901234567890",
    "9007199254740993",
    "123456789.123456789e-5", '"\\ud83d\\ude00"', '"\\ud83d"', '"\\/"', '"\\x"', '"a\\u0000"', '"a\tb"', "01", "1.",
    "[1,]", '{"a": 1, "a": 2}', "{1: 2}", "1 2", " 1 ", "1\x0b", "null", "{}", '"\u2028"', "1" * 5000, "-",
)  # fmt: skip


def as_python_reads(body: bytes) -> tuple[bool, object]:
    """Whether Python's own reading takes a body for JSON, and for which."""
    try:
        return True, json.loads(body.decode())
    except ValueError:
        return False, None


@pytest.mark.parametrize("text", ODD_JSON, ids=range(len(ODD_JSON)))
def test_odd_json_is_read_as_python_reads_it(text: str) -> None:
    is_json, document = as_python_reads(text.encode())
    read = Content.of(text.encode())
    assert read.is_json is is_json
    # A half of a pair is made readable, and a NaN is like no other.
    assert repr(read.document) == repr(document).replace("\\ud83d", "\ufffd")


@pytest.mark.parametrize(
    "body", [b'"\xff"', b'{"\xff": 1}', b'"\xed\xa0\x80"', b'"\xc0\x80"', b'["\xf4\x90\x80\x80"]']
)
def test_what_is_no_utf_8_is_no_json(body: bytes) -> None:
    assert as_python_reads(body) == (False, None)
    assert not Content.of(body).is_json


def test_made_up_json_is_read_as_python_reads_it() -> None:
    chance = random.Random(20261127)
    read = 0
    for _ in range(2000):
        body = json.dumps([made_up(chance), chance.random() * 10 ** chance.randrange(-30, 30)]).encode()
        if chance.randrange(2):
            place = chance.randrange(len(body))
            body = body[:place] + chance.choice(PIECES).encode() + body[place + chance.randrange(3) :]
        is_json, document = as_python_reads(body)
        content = Content.of(bytearray(body))
        assert (content.is_json, content.document) == (is_json, document), body
        read += is_json
    assert 500 < read < 2000
