"""Texts of decoded JSON as Unicode: half of a surrogate pair, which JSON can name and no file can hold, is replaced."""

from __future__ import annotations

import re

_HALF = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def readable(document: object) -> object:
    """The same document, changed in place, whose texts and keys can be encoded."""
    if isinstance(document, str):
        return _text(document)
    stack: list[object] = [document]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            for place, inner in enumerate(item):
                if isinstance(inner, str):
                    item[place] = _text(inner)
                elif isinstance(inner, (list, dict)):
                    stack.append(inner)
        elif isinstance(item, dict):
            if any(_HALF.search(key) for key in item if not key.isascii()):
                members = [(_text(key), inner) for key, inner in item.items()]
                item.clear()
                item.update(members)
            for key, inner in item.items():
                if isinstance(inner, str):
                    item[key] = _text(inner)
                elif isinstance(inner, (list, dict)):
                    stack.append(inner)
    return document


def _text(text: str) -> str:
    return text if text.isascii() else _HALF.sub(_REPLACEMENT, text)
