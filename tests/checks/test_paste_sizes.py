"""A pasted text of any kind is read in the time that its length explains, and never raises."""

from __future__ import annotations

import time

import pytest

from oneroster_checks.paste import read_block
from oneroster_checks.paste.limits import PASTED_CHARACTERS

PIECES = (
    "a: ",
    "client id: ",
    "Client ID=",
    "a=b ",
    "https://d.example/token ",
    "client id\n",
    "a: b\n",
    "<td>",
    "&#9",
    "=\n=3D",
    "(",
    "a (",
    "InfiniteCampus_",
    "1/1/2026 ",
    " is ",
    "\t",
    "| a ",
    "> ",
    "**",
    "__a",
    '{"a":',
    "oauth ",
    "one roster ",
    "https://d.example/a?\n",
    "::",
    " : ",
    "a\u2192",
    f"{'x' * 70}1\n",
    f"client secret: {'a1' * 40}\n",
)


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_the_longest_text_that_is_read_takes_no_minutes(piece: str) -> None:
    text = (piece * PASTED_CHARACTERS)[: PASTED_CHARACTERS + 1]
    began = time.thread_time()
    assert read_block(text).notes
    # Less than a second; where each sign is read with all that stands before it, minutes.
    assert time.thread_time() - began < 20
