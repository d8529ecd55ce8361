"""The first records of a list that is longer than this tool reads: whole ones, from the beginning of its text."""

from __future__ import annotations

import json
import re

from .. import limits
from .json_bounds import Undecoded, beyond, signs_in
from .unicode import readable

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*+")
# A list of objects begins; its first record is not read yet.
_LIST = re.compile(r"\[[ \t\r\n]*+(?=\{)")


def first_records(body: bytes | bytearray) -> object | None:
    """What the whole document would be if its first list of objects ended early; None where it does not begin so.

    At most `limits.BEGINNING_RECORDS` records out of `limits.BEGINNING_BYTES`.
    """
    beginning = body[: limits.BEGINNING_BYTES]
    if beyond(beginning, signs_in(beginning)) is Undecoded.DEPTH:
        return None
    try:
        return readable(_document(beginning.decode("utf-8", "replace").lstrip("\ufeff")))
    except (ValueError, RecursionError):
        return None


def _document(text: str) -> object:
    """ValueError where no whole record comes."""
    place = _behind_space(text, 0)
    if _LIST.match(text, place):
        return _records(text, place)
    found: dict[str, object] = {}
    if text[place : place + 1] != "{":
        raise ValueError
    while text[place : place + 1] in ("{", ","):
        key, place = _DECODER.raw_decode(text, _behind_space(text, place + 1))
        place = _behind_space(text, place)
        if not isinstance(key, str) or text[place : place + 1] != ":":
            raise ValueError
        place = _behind_space(text, place + 1)
        if _LIST.match(text, place):
            return {**found, key: _records(text, place)}
        found[key], place = _DECODER.raw_decode(text, place)
        place = _behind_space(text, place)
    raise ValueError


def _records(text: str, place: int) -> list[object]:
    found: list[object] = []
    while text[place : place + 1] in ("[", ",") and len(found) < limits.BEGINNING_RECORDS:
        try:
            record, place = _DECODER.raw_decode(text, _behind_space(text, place + 1))
        except ValueError:
            break
        found.append(record)
        place = _behind_space(text, place)
    if not found:
        raise ValueError
    return found


def _behind_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place
