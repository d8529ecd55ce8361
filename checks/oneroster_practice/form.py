"""Where the records of a list come from: one as an object, or many at once as the text of their JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Record = dict[str, Any]

# What fills a place of a record: a number or a text that JSON need not escape goes into a text, a float stands alone.
Value = int | float | str
Columns = tuple[Sequence[Value], ...]

_MARK = re.compile(r'"<<(\d+)!>>"|<<(\d+)>>')


class Source(Protocol):
    """Makes the record at a position, or the JSON texts of the records at many positions, in their order."""

    def record(self, position: int, /) -> Record: ...

    def texts(self, positions: Sequence[int], /) -> Iterator[str]: ...


def compact(value: object) -> str:
    """A value as JSON without spaces; TypeError for one that JSON cannot hold."""
    return json.dumps(value, separators=(",", ":"))


@dataclass(slots=True)
class Form:
    """Records that differ only in what fills their places.

    `columns` gives, for some indices, what fills each place of their records; `look` makes the record from what
    fills its places. The text of many records is made from one template, which is `look` with marks in its places.
    """

    columns: Callable[[Sequence[int]], Columns]
    look: Callable[..., Record]
    _template: str = field(default="", init=False)
    _order: tuple[int, ...] = field(default=(), init=False)

    def record(self, index: int, /) -> Record:
        """The record at an index."""
        return self.look(*(column[0] for column in self.columns((index,))))

    def texts(self, indices: Sequence[int], /) -> Iterator[str]:
        """The JSON texts of the records at some indices, as `compact` would write them."""
        columns = self.columns(indices)
        if not self._template and indices:
            self._make_template(tuple(column[0] for column in columns))
        return map(self._template.__mod__, zip(*(columns[place] for place in self._order), strict=True))

    def _make_template(self, sample: tuple[Value, ...]) -> None:
        marks = (
            f"<<{place}!>>" if isinstance(value, float) else f"<<{place}>>"
            for place, value in enumerate(sample)
        )
        text = compact(self.look(*marks)).replace("%", "%%")
        self._order = tuple(int(mark[1] or mark[2]) for mark in _MARK.finditer(text))
        self._template = _MARK.sub("%s", text)


@dataclass(frozen=True, slots=True)
class Each:
    """Records that are made one by one."""

    make: Callable[[int], Record]

    def record(self, position: int, /) -> Record:
        """The record at a position."""
        return self.make(position)

    def texts(self, positions: Sequence[int], /) -> Iterator[str]:
        """The JSON texts of the records at some positions."""
        return (compact(self.make(position)) for position in positions)


@dataclass(frozen=True, slots=True)
class Overlaid:
    """The records of a source, with others over them: `over` gives those, None where there is none."""

    source: Source
    over: Callable[[int], Record | None]

    def record(self, position: int, /) -> Record:
        """The record at a position."""
        over = self.over(position)
        return self.source.record(position) if over is None else over

    def texts(self, positions: Sequence[int], /) -> Iterator[str]:
        """The JSON texts of the records at some positions."""
        over = {position: record for position in positions if (record := self.over(position)) is not None}
        if not over:
            return self.source.texts(positions)
        below = self.source.texts([position for position in positions if position not in over])
        return (compact(over[position]) if position in over else next(below) for position in positions)
