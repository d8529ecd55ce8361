"""Texts of decoded JSON as Unicode: half of a surrogate pair, which JSON can name and no file can hold, is replaced."""

from __future__ import annotations

import re

from .texts import change_texts, containers

_HALF = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def readable(document: object) -> object:
    """The same document, changed in place, whose texts and keys can be encoded."""
    if isinstance(document, str):
        return _text(document)
    for item in containers(document):
        if isinstance(item, dict) and any(_HALF.search(key) for key in item if not key.isascii()):
            members = [(_text(key), inner) for key, inner in item.items()]
            item.clear()
            item.update(members)
        change_texts(item, _text)
    return document


def _text(text: str) -> str:
    return text if text.isascii() else _HALF.sub(_REPLACEMENT, text)
