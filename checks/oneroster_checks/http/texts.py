"""Decoded JSON, whose texts are changed in place, however deep it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator


def containers(document: object) -> Iterator[list[object] | dict[str, object]]:
    """Every list and object of a document, each before those inside it, which may be changed while it is at hand."""
    stack = [document]
    while stack:
        item = stack.pop()
        if isinstance(item, (list, dict)):
            yield item
            inside = item if isinstance(item, list) else item.values()
            stack.extend(inner for inner in inside if isinstance(inner, (list, dict)))


def change_texts(item: list[object] | dict[str, object], change: Callable[[str], str]) -> None:
    """Change the texts that a list or an object holds itself; names of members stay."""
    if isinstance(item, list):
        for place, inner in enumerate(item):
            if isinstance(inner, str):
                item[place] = change(inner)
    else:
        for name, inner in item.items():
            if isinstance(inner, str):
                item[name] = change(inner)
