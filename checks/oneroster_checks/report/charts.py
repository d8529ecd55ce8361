"""The geometry of the charts in the HTML report: lengths in percent of the width, heights in pixels.

Nothing here draws; `charts.html.jinja` does. Every chart has its numbers as text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from ..amounts import response_words
from ..evidence import Evidence, EvidenceKind
from ..finding import Status
from ..result import Result
from .limits import CHART_LABEL_CHARACTERS, CHART_POINTS
from .records import JudgedRule, count_words

# The longest bar, so that its number fits beside it on a phone, and the shortest that can be seen.
_LONGEST, _SHORTEST = 50.0, 0.3
# The plot of the response times: its height, and the room above it for the label of the slowest.
PLOT_PX = 140
_TOP_PX = 24
# Where the plot begins, in percent of the width: on a phone, too, the labels of its ticks have room beside it.
PLOT_LEFT = 18
# From this ratio of the slowest to the median on, a linear scale would show one spike over a flat line.
_WIDE = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its number as text, its length, and the state whose color it has ("" for none)."""

    label: str
    words: str
    percent: float
    state: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A request, or several in a row: where it is, and its median, slowest and fastest time as heights."""

    x: float
    middle: float
    top: float
    bottom: float
    answered: bool = True


@dataclass(frozen=True, slots=True)
class TimesChart:
    """The response times over a run.

    `marks` each stand for `group` requests at most. `ticks` are heights with their labels. `slowest` is the request
    that took longest, its number counted from 1 is `number`.
    """

    requests: int
    unanswered: int
    group: int
    logarithmic: bool
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, str], ...]
    median: str
    slowest: Evidence
    slowest_words: str
    number: int
    slowest_x: float
    slowest_y: float


def record_bars(result: Result) -> tuple[Bar, ...]:
    """Records by collection, in the order of reading."""
    return _bars((each.collection, each.records, f"{each.records:,}", "") for each in result.read)


def rule_bars(rules: Iterable[JudgedRule], words: Mapping[Status, str]) -> tuple[Bar, ...]:
    """Violations by rule, those rules left out that found none; `words` are the words for the states."""
    found = [rule for rule in rules if rule.count]
    return _bars(
        (f"{words[rule.status]} {rule.title}", rule.count or 0, count_words(rule), str(rule.status))
        for rule in found
    )


def times_chart(result: Result) -> TimesChart | None:
    """The response times of the requests of a run in their order; None for fewer than two."""
    every = [each for each in result.trace if each.kind is EvidenceKind.REQUEST]
    if len(every) < 2:
        return None
    times = [max(each.elapsed_ms, 1) for each in every]
    middle, worst = median(times), max(times)
    logarithmic = worst > _WIDE * middle
    scale = _Scale(times, logarithmic=logarithmic)
    group = math.ceil(len(every) / CHART_POINTS)
    number = times.index(worst)
    return TimesChart(
        requests=len(every),
        unanswered=sum(each.status is None for each in every),
        group=group,
        logarithmic=logarithmic,
        marks=tuple(
            _mark(every[at : at + group], times[at : at + group], _x(at, len(every)), scale)
            for at in range(0, len(every), group)
        ),
        ticks=tuple((scale.y(tick), response_words(tick)) for tick in scale.ticks),
        median=response_words(middle),
        slowest=every[number],
        slowest_words=response_words(worst),
        number=number + 1,
        # The mark of its group is where the others of the group are.
        slowest_x=_x(number - number % group, len(every)),
        slowest_y=scale.y(worst),
    )


class _Scale:
    """Times as heights: the lowest tick at the lower edge of the plot, the highest at the upper."""

    def __init__(self, times: Sequence[int], *, logarithmic: bool) -> None:
        self._logarithmic = logarithmic
        worst = max(times)
        if logarithmic:
            first = math.floor(math.log10(min(times)))
            last = max(math.ceil(math.log10(worst)), first + 1)
            self.ticks = [10.0**power for power in range(first, last + 1)]
        else:
            highest = _round_up(worst)
            self.ticks = [0.0, highest / 2, highest]

    def y(self, time: float) -> float:
        """The height of a time, in pixels from the upper edge."""
        low, high, at = self.ticks[0], self.ticks[-1], float(time)
        if self._logarithmic:
            low, high, at = math.log10(low), math.log10(high), math.log10(at)
        return round(_TOP_PX + (PLOT_PX - _TOP_PX) * (high - at) / (high - low), 1)


def _round_up(time: float) -> float:
    """The next of 2, 4, 10, 20, 40, 100 and so on, whose halves are round as well."""
    power = 10.0 ** math.floor(math.log10(time))
    return next(step * power for step in (1, 2, 4, 10) if step * power >= time and step * power >= 2)


def _mark(requests: Sequence[Evidence], times: Sequence[int], x: float, scale: _Scale) -> Mark:
    return Mark(
        x,
        scale.y(median(times)),
        scale.y(max(times)),
        scale.y(min(times)),
        all(each.status is not None for each in requests),
    )


def _x(place: int, of: int) -> float:
    left = PLOT_LEFT + 1
    return round(left + (99 - left) * place / max(of - 1, 1), 2)


def _bars(rows: Iterable[tuple[str, int, str, str]]) -> tuple[Bar, ...]:
    every = list(rows)
    most = max((value for _, value, _, _ in every), default=0) or 1
    return tuple(
        Bar(
            _shortened(label), words, max(round(_LONGEST * value / most, 2), _SHORTEST if value else 0), state
        )
        for label, value, words, state in every
    )


def _shortened(label: str) -> str:
    room = CHART_LABEL_CHARACTERS
    return label if len(label) <= room else f"{label[: room - 1].rstrip()}…"
