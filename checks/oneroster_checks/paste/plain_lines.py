"""Taking the mail, the table and the markup off a pasted block, until only its lines are left."""

from __future__ import annotations

import json
import quopri
import re
import unicodedata
from typing import Any

from ..entities import unescape

_TAGS = re.compile(
    r"(?i)</?(?:table|tbody|thead|tr|td|th|br|p|div|span|b|strong|i|em|li|ul|ol|a|code|pre|font)\b[^<>]*>"
)
_NEW_LINE = re.compile(r"(?i)<(?:/tr|/p|/div|/li|br)\b[^<>]*>")
_NEW_CELL = re.compile(r"(?i)</t[dh]>")
_QUOTING = re.compile(r"\A(?:[ \t]*+(?:>|\|(?=[ \t]*>)))++[ \t]?")
_BULLET = re.compile(r"^[ \t]*(?:[-*•‣▪◦·–—]|\d{1,2}[.)]|\[[ xX]?\])[ \t]+")
_SOFT_BREAK = re.compile(r"=\n")
_MARKS = re.compile(r"\*\*|`")
_UNDERLINED = re.compile(r"(?<![\w/])__([^_\n]+)__(?!\w)")
_STARRED = re.compile(r"(?<![\w/])\*([^*\n]+)\*(?![\w/])")
_SMART = str.maketrans(
    {"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'", "\u00ab": '"', "\u00bb": '"'}
)
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def lines_of(text: str, notes: list[str]) -> list[str]:
    """The lines of a block without quoting, bullets, markup and invisible characters; adds notes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\x0b", "\n")
    if _SOFT_BREAK.search(text) and "=3D" in text:
        text = quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    if _TAGS.search(text):
        text = unescape(_TAGS.sub("", _NEW_CELL.sub("\t", _NEW_LINE.sub("\n", text))))
    seen = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc") or char in "\n\t")
    if seen != text:
        notes.append("Invisible characters were removed.")
    seen = _SPACES.sub(" ", seen).translate(_SMART)
    return [_bare(line) for line in seen.split("\n")]


def _bare(line: str) -> str:
    line = _BULLET.sub("", _QUOTING.sub("", line))
    # Bold and code markers of chat programs and Markdown; one underscore may belong to a key.
    line = _MARKS.sub("", line)
    line = _UNDERLINED.sub(r"\1", line)
    line = _STARRED.sub(r"\1", line)
    return line.strip(" ")


def json_pairs(text: str) -> list[tuple[str, str]] | None:
    """Names and values of the JSON object inside a text, nested ones too; None when there is none."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end <= start:
        return None
    for candidate in (text[start : end + 1], text[start : end + 1].translate(_SMART)):
        try:
            value: Any = json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        return _flat(value)
    return None


def _flat(value: Any) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            for name, inner in item.items():
                if isinstance(inner, (dict, list)):
                    stack.append(inner)
                elif isinstance(inner, (str, int, float)) and not isinstance(inner, bool):
                    pairs.append((str(name), str(inner)))
    return pairs
