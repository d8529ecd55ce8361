"""Texts at which a pattern of the `re` module works hardest, made from the pattern itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# What one place of a pattern may be: the letters and signs that patterns are made of.
_SIGNS = "aAeyf07 \t\n-_.,:;/=@<>\"'\\%&|+*#()[]{}éあ~"
# What may end a long row of one thing so that no match is found.
_FAILING = ("", "\x00", "!", "\n", " ")
# One pattern has at most so many texts; those of a part that is met first come first.
MOST = 250

Text = tuple[str, str, str]


def pumps(pattern: re.Pattern[str]) -> list[Text]:
    """The texts of a pattern, each as its beginning, what is repeated, and its end; none twice."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    found: dict[Text, None] = {}
    whole = _example(tree, {})
    for unit in dict.fromkeys(filter(None, (whole, whole[:-1], whole[: len(whole) // 2 + 1]))):
        for end in _FAILING:
            found["", unit, end] = None
    for sign in _SIGNS:
        found["", sign, "\x00"] = None
    for before, body in _repeats(tree, "", {}):
        for unit in body:
            for start in dict.fromkeys((before, "", before[-1:])):
                for end in _FAILING[: 3 if start else 2]:
                    found[start, unit, end] = None
            if before:
                found["", before + unit, ""] = None
                found["", before + unit * 3, "\x00"] = None
    return list(found)[:MOST]


def _repeats(tree: Sequence[Any], before: str, groups: dict[int, str]) -> Iterator[tuple[str, list[str]]]:
    """Each part that may be repeated without an end: an example of all before it, and what it may repeat."""
    for code, value in tree:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, most, inner = value
            yield from _repeats(inner, before, groups)
            if most > 8:
                yield before, _units(inner, groups)
        elif code is op.SUBPATTERN:
            yield from _repeats(value[3], before, groups)
        elif code is op.ATOMIC_GROUP:
            yield from _repeats(value, before, groups)
        elif code is op.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, before, groups)
        elif code in (op.ASSERT, op.ASSERT_NOT):
            yield from _repeats(value[1], before, groups)
        before += _example([(code, value)], groups)


def _units(inner: Sequence[Any], groups: dict[int, str]) -> list[str]:
    """What a repeated part may be: each sign that it takes, or an example of it."""
    if len(inner) == 1 and inner[0][0] in (op.IN, op.ANY, op.NOT_LITERAL, op.LITERAL, op.CATEGORY):
        return [*_signs_of(inner[0])][:8]
    return [_example(inner, groups)] if _example(inner, groups) else []


def _example(tree: Sequence[Any], groups: dict[int, str]) -> str:
    """A short text that a part of a pattern takes, but for what looks around."""
    text = ""
    for code, value in tree:
        if code in (op.IN, op.ANY, op.NOT_LITERAL, op.LITERAL, op.CATEGORY):
            text += next(_signs_of((code, value)), "")
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            least, most, inner = value
            text += _example(inner, groups) * (least or min(1, most))
        elif code is op.SUBPATTERN:
            made = _example(value[3], groups)
            groups[value[0] or 0] = made
            text += made
        elif code is op.ATOMIC_GROUP:
            text += _example(value, groups)
        elif code is op.BRANCH:
            text += _example(value[1][0], groups)
        elif code is op.GROUPREF:
            text += groups.get(value, "")
    return text


def _signs_of(node: tuple[Any, Any]) -> Iterator[str]:
    """The signs that one place of a pattern takes."""
    code, value = node
    if code is op.LITERAL:
        yield chr(value)
        return
    members = value if code is op.IN else [node]
    negated = code is op.NOT_LITERAL or (code is op.IN and members[0][0] is op.NEGATE)
    own = [chr(each[1]) for each in members if each[0] is op.LITERAL and not negated]
    own += [chr(each[1][0]) for each in members if each[0] is op.RANGE and not negated]
    seen: set[str] = set()
    for sign in [*_SIGNS, *own]:
        if sign not in seen and _takes(code, members, sign) != (negated and code is op.IN):
            seen.add(sign)
            yield sign


def _takes(code: Any, members: Sequence[Any], sign: str) -> bool:
    if code is op.ANY:
        return sign != "\n"
    if code is op.NOT_LITERAL:
        return bool(ord(sign) != members[0][1])
    return any(_is_one(member, sign) for member in members)


def _is_one(member: tuple[Any, Any], sign: str) -> bool:
    code, value = member
    if code is op.LITERAL:
        return bool(ord(sign) == value)
    if code is op.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    if code is op.CATEGORY:
        word = sign.isalnum() or sign == "_"
        known: dict[Any, bool] = {
            op.CATEGORY_DIGIT: sign.isdigit(), op.CATEGORY_NOT_DIGIT: not sign.isdigit(),
            op.CATEGORY_SPACE: sign.isspace(), op.CATEGORY_NOT_SPACE: not sign.isspace(),
            op.CATEGORY_WORD: word, op.CATEGORY_NOT_WORD: not word,
        }  # fmt: skip
        return known[value]
    return False
