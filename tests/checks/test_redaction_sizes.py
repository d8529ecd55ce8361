"""Long texts of a server cost no more than their length, and deep ones no more than what is shown of them."""

from __future__ import annotations

import time
from itertools import product

import pytest

from oneroster_checks.limits import ADDRESS_CHARACTERS
from oneroster_checks.redaction import HIDDEN, Redactor
from oneroster_checks.redaction.outline import outline

PIECES = ("a", "a-", "a.", "secret", "secret-", "token_", "eyJ", "eyJaaaaaaaa.", "http://", "A, ", "a+", "'")
LONG = 2 * ADDRESS_CHARACTERS


@pytest.mark.parametrize(("piece", "server"), list(product(PIECES, (False, True))))
def test_the_time_hangs_on_the_length_alone(piece: str, server: bool) -> None:
    redactor = Redactor(["canary+client/secret=17"])
    hide = redactor.server_text if server else redactor.text

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        times = []
        for _ in range(3):
            began = time.thread_time()
            hide(text)
            times.append(time.thread_time() - began)
        return min(times)

    # Eight times the text, and not eight times eight the time.
    assert seconds(LONG) < 24 * seconds(LONG // 8) + 0.02


@pytest.mark.parametrize(
    "address",
    [
        "a" * 300 + "@d.example",
        "x@d.example+jane@d.example",
        "jane@d.example'doe@d.example",
        "a.b+c%40d.example",
    ],
)
def test_a_long_word_hides_no_address(address: str) -> None:
    shown = Redactor().text(f"of {address} there")
    assert "d.example" not in shown
    assert HIDDEN in shown


def test_the_name_before_a_secret_may_have_any_signs() -> None:
    assert Redactor().text("my--api-client-secret=4711abcd&x=1") == f"my--api-client-secret={HIDDEN}&x=1"
    assert Redactor().text("a-token=4711abcd b-token=4711abcd") == f"a-token={HIDDEN} b-token={HIDDEN}"


def test_of_a_deep_document_only_what_is_shown_is_read() -> None:
    deep: object = "end"
    for _ in range(100_000):
        deep = {"error": deep}
    assert outline(deep, most=3).splitlines() == [
        "{1 field}", "  error: {1 field}", "    error: {1 field}", "…",
    ]  # fmt: skip


def test_of_a_long_document_only_what_is_shown_is_read() -> None:
    began = time.thread_time()
    assert len(outline({str(number): 1 for number in range(1_000_000)}).splitlines()) == 13
    assert outline(["a", "b"]) == "[2 entries]\n  first: text of 1 character"
    assert time.thread_time() - began < 2
