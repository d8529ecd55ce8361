"""Every form in which a server may repeat a secret so that it can be turned back."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable
from urllib.parse import quote, quote_plus

Form = Callable[[str], str]


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _base64url(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _json(text: str) -> str:
    return "".join(f"\\u{ord(char):04x}" for char in text)


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def _entities(text: str) -> str:
    return "".join(f"&#{ord(char)};" for char in text)


def _between(text: str, sign: str) -> str:
    return sign.join(text)


# The signs of a secret that HTML has names for.
NAMED = {
    "+": "&plus;",
    "/": "&sol;",
    "=": "&equals;",
    "-": "&hyphen;",
    "&": "&amp;",
    "_": "&lowbar;",
    "<": "&lt;",
}
FORMS: dict[str, Form] = {
    "raw": lambda s: s,
    "in quotes": lambda s: f'"{s}"',
    "in capitals": str.upper,
    "in small letters": str.lower,
    "case swapped": str.swapcase,
    "backwards": lambda s: s[::-1],
    "backwards in capitals": lambda s: s[::-1].upper(),
    "percent, for a path": quote,
    "percent, for a form": quote_plus,
    "percent, everything": _percent,
    "percent, small": lambda s: _percent(s).lower(),
    "percent, twice": lambda s: quote(quote(s, safe=""), safe=""),
    "percent, thrice": lambda s: quote(quote(quote(s, safe=""), safe=""), safe=""),
    "JSON": _json,
    "JSON in capitals": lambda s: _json(s).upper().replace("\\U", "\\u"),
    "JSON in JSON": lambda s: s.replace("/", "\\/").replace('"', '\\"'),
    "HTML": html.escape,
    "HTML, everything": _entities,
    "HTML, hexadecimal": lambda s: "".join(f"&#x{ord(char):X};" for char in s),
    "HTML, twice": lambda s: html.escape(_entities(s)),
    "Base64": _base64,
    "Base64 without its end": lambda s: _base64(s).rstrip("="),
    "Base64url": _base64url,
    "Base64 behind one": lambda s: _base64(f"x{s}"),
    "Base64 behind two": lambda s: _base64(f"xy{s}"),
    "Base64 behind three": lambda s: _base64(f"xyz{s}"),
    "Base64 of a pair": lambda s: _base64(f"InfiniteCampus_test:{s}"),
    "Base64 of an encoded pair": lambda s: _base64(f"{quote_plus('a key')}:{quote_plus(s)}"),
    "Base64 in front of more": lambda s: _base64(f"{s}:and more"),
    "Base64 of capitals": lambda s: _base64(s.upper()),
    "Base64 of it backwards": lambda s: _base64(s[::-1]),
    "Base64 backwards": lambda s: _base64(s)[::-1],
    "Base64 in capitals": lambda s: _base64(s).upper(),
    "Base64 in small letters": lambda s: _base64(s).lower(),
    "Base64, percent": lambda s: quote(_base64(s), safe=""),
    "Base64, JSON": lambda s: _base64(s).replace("/", "\\/"),
    "Base64 of percent": lambda s: _base64(quote_plus(s)),
    "Base64 of Base64": lambda s: _base64(_base64(s)),
    "Base64 in a word": lambda s: f"basic{_base64(s)}",
    "Base64 in a path": lambda s: f"/login/{_base64url(s)}/x",
    "hex": lambda s: s.encode().hex(),
    "hex in capitals": lambda s: s.encode().hex().upper(),
    "hex behind a digit": lambda s: f"7{s.encode().hex()}",
    "hex with colons": lambda s: s.encode().hex(":"),
    "hex with spaces": lambda s: s.encode().hex(" ").upper(),
    "hex of Base64": lambda s: _base64(s).encode().hex(),
    "hex with hyphens": lambda s: s.encode().hex("-"),
    "hex with backslashes": lambda s: "".join(f"\\x{byte:02x}" for byte in s.encode()),
    "HTML, named": lambda s: "".join(NAMED.get(char, char) for char in s),
    "Base64url behind one": lambda s: _base64url(f"x{s}"),
    "Base64url behind two": lambda s: _base64url(f"xy{s}"),
    "Base64url with its end": lambda s: base64.urlsafe_b64encode(s.encode()).decode(),
    "hex backwards": lambda s: s.encode().hex()[::-1],
    "the beginning": lambda s: s[:12],
    "the end": lambda s: s[-12:],
    "half of it": lambda s: s[: max(12, len(s) // 2)],
    "all but one": lambda s: s[:-1],
    "the beginning in capitals": lambda s: s[:12].upper(),
    "the beginning with dots": lambda s: f"{s[:12]}…",
    "the beginning with stars": lambda s: f"{s[:12]}********",
    "the beginning in Base64": lambda s: _base64(s)[:20],
    "the end in Base64": lambda s: _base64(s)[-20:],
    "the beginning in hex": lambda s: s.encode().hex()[:24],
    "the beginning, backwards": lambda s: s[:12][::-1],
    "with unseen spaces": lambda s: _between(s, "\u200b"),
    "with soft hyphens": lambda s: _between(s, "\u00ad"),
    "with control characters": lambda s: _between(s, "\x01"),
    "with colors": lambda s: _between(s, "\x1b[31m"),
    "turned around for the eye": lambda s: f"\u202e{s[::-1]}\u202c",
    "in wide letters": lambda s: "".join(
        chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in s
    ),
}
# Each of these may stand inside each other one.
PAIRED: dict[str, Form] = {
    "Base64": _base64,
    "Base64url": _base64url,
    "hex": lambda s: s.encode().hex(),
    "hex in capitals": lambda s: s.encode().hex().upper(),
    "percent": _percent,
    "JSON": _json,
    "HTML": _entities,
    "in capitals": str.upper,
    "in small letters": str.lower,
    "backwards": lambda s: s[::-1],
}
