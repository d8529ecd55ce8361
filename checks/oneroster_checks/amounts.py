"""How sizes and times are written for people, so that nothing that is there is written as none."""

from __future__ import annotations

_KB, _MB = 1_000, 1_000_000


def size_words(size: int) -> str:
    """A size in bytes, as "512 bytes", "12 kB", "3.4 MB", or "1,700 MB"."""
    if size < _KB:
        return "1 byte" if size == 1 else f"{size} bytes"
    if round(size / _KB) < _KB:
        return f"{size / _KB:.0f} kB"
    return f"{size / _MB:.1f} MB" if size < 10 * _MB else f"{size / _MB:,.0f} MB"


def duration_words(seconds: float) -> str:
    """How long something took, as "87 ms", or "3.1 s" from one second on."""
    time = round(seconds * 1_000)
    return f"{seconds:,.1f} s" if time >= 1_000 else f"{max(1, time) if seconds else 0} ms"


def response_words(time: float) -> str:
    """A response time of so many milliseconds, as "812 ms", or "12.3 s" from ten seconds on."""
    return f"{time / 1000:,.1f} s" if time >= 10_000 else f"{time:,.0f} ms"
