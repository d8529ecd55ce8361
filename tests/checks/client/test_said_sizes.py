"""Ten megabytes of words cost no more than a page of them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from oneroster_checks.client.said import words_in
from oneroster_checks.http.answer import Answer
from oneroster_checks.redaction import Redactor

from .test_said import answer

TEN_MEGABYTES = 10_000_000
LARGE: dict[str, Callable[[int], bytes]] = {
    "plain text": lambda size: b"word " * (size // 5),
    "one word": lambda size: b"w" * size,
    "a page": lambda size: b"<html><title>" + b"word " * (size // 5),
    "tags": lambda size: b"<html>" + b"<h1>" * (size // 4),
    "half tags": lambda size: b"<html>" + b"<" * size,
    "comments": lambda size: b"<html>" + b"<!--" * (size // 4),
    "half entities": lambda size: b"<html><title>" + b"&#" * (size // 2),
    "XML": lambda size: b"<error><message>" + b"word " * (size // 5),
    "half of JSON": lambda size: b'{"error": "' + b"word " * (size // 5),
    "lines": lambda size: b"\n" * size + b"word",
}


@pytest.mark.parametrize("body", LARGE.values(), ids=list(LARGE))
def test_ten_megabytes_of_words_cost_no_more_than_a_page(body: Callable[[int], bytes]) -> None:
    few, many = answer(500, body(100_000)), answer(500, body(TEN_MEGABYTES))
    for each in (few, many):
        # Reading the answer at all is not the matter of its words.
        _ = each.document, each.text
    assert _seconds(many) < 5 * _seconds(few) + 0.005


def test_ten_megabytes_inside_json_cost_no_more_than_a_few() -> None:
    few, many = answer(500, {"error": "word " * 2000}), answer(500, {"error": "word " * 2_000_000})
    listed, longer = answer(500, {"errors": ["word"] * 3000}), answer(500, {"errors": ["word"] * 1_000_000})
    for each in (few, many, listed, longer):
        _ = each.document
    assert _seconds(many) < 5 * _seconds(few) + 0.005
    assert _seconds(longer) < 5 * _seconds(listed) + 0.005


def _seconds(said_by: Answer) -> float:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        Redactor(["canary+client/secret=17"]).said(words_in(said_by))
        times.append(time.perf_counter() - began)
    return min(times)
