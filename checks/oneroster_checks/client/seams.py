"""Where two pages of a full read meet: the records that are on both, and parts of a page."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from ..records.page import TypedPage, Value


class Remembered:
    """A page that is kept for later as a few long pieces of memory.

    Thousands of short texts that outlive their page scatter those of the next one, which takes half as long again to
    decode.
    """

    def __init__(self, page: TypedPage) -> None:
        # Where pages meet, nothing is asked of links and violations.
        self._frame = replace(
            page, ids=(), columns=(), links=(), violations=(), names=frozenset(), references=None
        )
        self._ids = _packed(page.ids)
        self._columns = tuple(map(_packed, page.columns))

    @property
    def ids(self) -> frozenset[str]:
        """The sourcedIds on it."""
        return _some(_unpacked(self._ids))

    @property
    def page(self) -> TypedPage:
        """The page, without links, violations, and personal values."""
        columns = tuple(map(_unpacked, self._columns))
        return replace(self._frame, ids=tuple(map(str, _unpacked(self._ids))), columns=columns)


def _packed(values: Sequence[Value]) -> str | bytes:
    """Values as one piece of memory: joined where all are texts of one line, which is the quicker way by far."""
    if values:
        try:
            text = "\n".join(values)  # type: ignore[arg-type]
        except TypeError:
            pass
        else:
            if text.count("\n") == len(values) - 1:
                return text
    return marshal.dumps(list(values))


def _unpacked(packed: str | bytes) -> list[Value]:
    if isinstance(packed, str):
        return [*packed.split("\n")]
    values: list[Value] = marshal.loads(packed)
    return values


def ids_of(page: TypedPage | None) -> frozenset[str]:
    """The sourcedIds on a page."""
    return _some(page.ids) if page is not None else frozenset()


def _some(ids: Iterable[Any]) -> frozenset[str]:
    found = frozenset(ids)
    return found - {""} if "" in found else found


def mark_of(page: TypedPage) -> int:
    """A number that two pages with the same records share, and hardly any others."""
    return hash(page.ids) if any(page.ids) else hash(page.rows)


def only(page: TypedPage, ids: Collection[str]) -> TypedPage:
    """The records of a page that have one of these sourcedIds."""
    return _part(page, lambda place, id: id in ids)


def moved_in(before: TypedPage, now: TypedPage) -> frozenset[str]:
    """The sourcedIds that are on a page by now and were not, but for those that came from the page before it.

    Those stand at its beginning: what was added before a page moves it on. Behind a record that was on the page
    already, and on a page of which nothing is left, are those that were added, or have moved from behind the page.
    """
    known = ids_of(before)
    first = next((place for place, id in enumerate(now.ids) if id in known), 0)
    return frozenset(now.ids[first:]) - known - {""}


def without_repeats(
    page: TypedPage, before: TypedPage | None, dropped: Collection[str]
) -> tuple[TypedPage, int]:
    """A page without the records that the page before has as well, and those that it has twice; and how many of these.

    A record that differs from the other with its sourcedId stays, unless it is `dropped`.
    """
    known = dict(_records(before)) if before is not None else {}
    stays: list[bool] = []
    repeats = 0
    for id, row in _records(page):
        is_repeat = bool(id) and id in known and (known[id] == row or id in dropped)
        repeats += is_repeat
        stays.append(not is_repeat)
        known[id] = row
    return _part(page, lambda place, id: stays[place]), repeats


def _records(page: TypedPage) -> zip[tuple[str, object]]:
    return zip(page.ids, page.rows or [()] * len(page), strict=True)


def _part(page: TypedPage, stays: Callable[[int, str], bool]) -> TypedPage:
    places = [place for place, id in enumerate(page.ids) if stays(place, id)]
    if len(places) == len(page):
        return page
    ids = frozenset(page.ids[place] for place in places)
    return replace(
        page,
        ids=tuple(page.ids[place] for place in places),
        columns=tuple([column[place] for place in places] if column else () for column in page.columns),
        links=tuple(dict.fromkeys(link for link in page.links if link[1] in ids)),
        violations=tuple(each for each in page.violations if each.record in ids),
    )
