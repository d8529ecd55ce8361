"""Sizes and times as people read them: small ones in small units, never as none."""

from __future__ import annotations

import pytest

from oneroster_checks.amounts import duration_words, response_words, size_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_000, "1 kB"), (12_400, "12 kB"), (999_499, "999 kB"),
        (999_500, "1.0 MB"), (3_400_000, "3.4 MB"), (10_000_000, "10 MB"), (1_700_000_000, "1,700 MB"),
    ],
)  # fmt: skip
def test_sizes(size: int, words: str) -> None:
    assert size_words(size) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "0 ms"), (0.0002, "1 ms"), (0.087, "87 ms"), (0.9994, "999 ms"), (0.9996, "1.0 s"), (3.14, "3.1 s"),
        (1234.5, "1,234.5 s"),
    ],
)  # fmt: skip
def test_times_of_a_read(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


@pytest.mark.parametrize(("time", "words"), [(812, "812 ms"), (4_321, "4,321 ms"), (12_345, "12.3 s")])
def test_response_times(time: float, words: str) -> None:
    assert response_words(time) == words
