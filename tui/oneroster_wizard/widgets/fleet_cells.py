"""The columns of the table of all profiles: which have room, and what stands in each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from textual.content import Content

from oneroster_checks.when import moment_words, short_day_words
from oneroster_wizard.fleet_rows import STRIP_MARKS, FleetRow, FleetState
from oneroster_wizard.limits import STRIP_RUNS

from .state import plain

GAP = 2
# Before the row under the cursor, so that no color is needed to see it.
_CURSOR = "> "
RUNNING = "Running …"
STYLES = {
    FleetState.FAILING: "bold $text-error",
    FleetState.NOT_CHECKED: "$text-accent",
    FleetState.WARNING: "$text-warning",
    FleetState.WORKING: "$text-success",
    FleetState.NEVER_RUN: "$text-muted",
}
_RUNNING_STYLE = "bold $text-primary"
_TITLES = {
    "name": "Name", "state": "State", "cause": "Cause", "since": "Since", "strip": "Last runs", "ends": "Ends in",
    "provider": "Provider", "versions": "Versions",
}  # fmt: skip
_WIDTHS = {"state": 11, "since": 12, "strip": STRIP_RUNS, "ends": 8, "provider": 16, "versions": 13}
# In this order the others come where there is room; a cause keeps so many cells, and so does a name.
_OPTIONAL = ("since", "ends", "provider", "versions")
_ORDER = ("name", "provider", "versions", "state", "cause", "since", "strip", "ends")
_CAUSE, _CAUSE_AT_EASE, _NAME = 10, 28, 12


def columns_of(width: int, rows: Sequence[FleetRow]) -> dict[str, int]:
    """The columns that have room in a width, in their order, each with its cells."""
    longest = max((plain(row.name).cell_length for row in rows), default=_NAME)
    widths = {each: _WIDTHS[each] for each in ("state", "strip")}
    widths["name"] = max(_NAME, min(longest, 32, width // 3))
    left = width - len(_CURSOR) - sum(widths.values()) - GAP * len(widths)
    # In a narrow window a name gives way to the cause, down to its own least.
    given = max(0, min(_CAUSE - left, widths["name"] - _NAME))
    widths["name"] -= given
    left += given
    for each in _OPTIONAL:
        if left - _WIDTHS[each] - GAP < _CAUSE_AT_EASE:
            break
        widths[each] = _WIDTHS[each]
        left -= _WIDTHS[each] + GAP
    widths["cause"] = max(0, left)
    return {each: widths[each] for each in _ORDER if each in widths}


def heading(columns: dict[str, int], count: str = "") -> Content:
    """The line of titles; a count of the rows stands beside the first, or in its place where there is no room."""
    titles = {each: plain(_TITLES[each]) for each in columns}
    if count and "name" in titles:
        both = plain(f"{_TITLES['name']} ({count})")
        titles["name"] = both if both.cell_length <= columns["name"] else plain(count)
    return _line(columns, titles, is_chosen=False)


def cells(row: FleetRow, columns: dict[str, int], today: date, *, is_chosen: bool = False) -> Content:
    """The line of a row; the one under the cursor is marked."""
    return _line(columns, {each: _cell(row, each, today) for each in columns}, is_chosen=is_chosen)


def about(row: FleetRow, columns: Collection[str], today: date) -> Content:
    """What these columns do not show: how the connection is made, its tags, since when it is so, and what ends."""
    made = f"{row.provider}, {row.authorization}, OneRoster {row.oneroster}"
    tags = "".join(f"  #{tag}" for tag in row.tags)
    first = Content.assemble(plain(row.name, "bold"), plain(f"  {made}"), plain(tags, "$text-accent"))
    if row.last is None:
        return Content.assemble(first, "\n", plain("Not run yet.", "$text-muted"))
    last = row.last.started.astimezone()
    # Of the day of the last run, the words about that run tell as much.
    is_new = "since" not in columns and row.since is not None and row.since.astimezone().date() != last.date()
    since = f"{row.state.word} since {_since(row, today)}. " if is_new else ""
    when = moment_words(last)
    second = [plain(f"{since}{when}: {row.last.summary}")]
    if row.ends_words and (row.ends_soon or "ends" not in columns):
        style = "$text-warning" if row.ends_soon else ""
        # In a small window the end of a long summary is cut off; what is over is less than what is wrong now.
        if "ends" not in columns and row.days is not None and row.days >= 0:
            second.insert(0, plain(f"The {row.ends_words}. ", style))
        else:
            second.append(plain(f" The {row.ends_words}.", style))
    return Content.assemble(first, "\n", *second)


def _cell(row: FleetRow, column: str, today: date) -> Content:
    match column:
        case "name":
            return plain(row.name, "bold")
        case "provider":
            return plain(row.provider)
        case "versions":
            return plain(f"{row.oneroster}, {row.authorization}")
        case "state":
            return plain(RUNNING, _RUNNING_STYLE) if row.runs else plain(row.state.word, STYLES[row.state])
        case "cause":
            return plain(row.cause)
        case "since":
            return plain(_since(row, today))
        case "strip":
            marks = (plain(STRIP_MARKS[each], STYLES[each]) for each in row.strip)
            return Content.assemble(" " * (STRIP_RUNS - len(row.strip)), *marks)
        case _:
            return _ends(row)


def _since(row: FleetRow, today: date) -> str:
    return short_day_words(row.since.astimezone().date(), today) if row.since else ""


def _ends(row: FleetRow) -> Content:
    if row.days is None:
        return Content()
    days = "over" if row.days < 0 else "today" if row.days == 0 else f"{row.days:,} d"
    return plain(days, "bold $text-warning" if row.ends_soon else "")


def _line(columns: dict[str, int], shown: dict[str, Content], *, is_chosen: bool) -> Content:
    parts: list[Content] = []
    for each, width in columns.items():
        cell = shown[each].truncate(width, ellipsis=True)
        parts.append(cell.pad_right(width - cell.cell_length))
    mark = _CURSOR if is_chosen else " " * len(_CURSOR)
    return Content.assemble(mark, Content(" " * GAP).join(parts))
