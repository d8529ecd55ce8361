"""The HTML report: one file that needs nothing else, readable in light and dark, states as words.

Its words are in `page.html.jinja`, those of a move in `move.html.jinja`; their library escapes every value. Its charts
are in `charts.html.jinja`. The page's own policy forbids every script and loads nothing, and allows no style but that
of `page.css`.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from ..finding import Finding, Status
from ..labels import STATES
from ..result import ChecklistItem, Result, Step
from ..version import __version__
from .changes import DIFFERENCES, ENDINGS, differences, ending_soon, last_worked
from .charts import PLOT_LEFT, PLOT_PX, record_bars, rule_bars, times_chart
from .letterhead import LetterheadOf, no_names
from .message import first_message
from .records import (
    COLLECTION_HEADINGS,
    RECORDS,
    RESPONSE_TIMES,
    RULE_HEADINGS,
    RULES,
    TIME_HEADINGS,
    TIMES,
    collection_cells,
    nothing_found,
    rule_cells,
    rules,
    time_cells,
    why_not_whole,
)
from .words import (
    HEADING,
    connection_rows,
    expected_after,
    failures_first,
    moment,
    once,
    request_line,
    root_title,
    row_state,
    said_lines,
    verdict_line,
)

_PAGE, _MOVE = "page.html.jinja", "move.html.jinja"
_STYLE = "page.css"


def render(results: Sequence[Result], letterhead_of: LetterheadOf = no_names) -> str:
    """All runs as one HTML page, ending in a line break; `letterhead_of` gives the names for the mails about them."""
    return _page(_PAGE).render(
        runs=results,
        **_frame(),
        heading=HEADING,
        message=lambda result: first_message(result, letterhead_of(result)),
        once=once,
        points=_points,
        rows=_rows,
        verdict_line=verdict_line,
        root_title=root_title,
        expected_after=expected_after,
        last_worked=last_worked,
        differences=differences,
        ending_soon=ending_soon,
        row_state=row_state,
        request_line=request_line,
        names={
            "records": RECORDS,
            "rules": RULES,
            "chart": RESPONSE_TIMES,
            "times": TIMES,
            "differences": DIFFERENCES,
            "endings": ENDINGS,
        },
        headings={"collections": COLLECTION_HEADINGS, "rules": RULE_HEADINGS, "times": TIME_HEADINGS},
        record_bars=record_bars,
        rule_bars=partial(rule_bars, words=STATES),
        rule_cells=rule_cells,
        rules=rules,
        nothing_found=nothing_found,
        times_chart=times_chart,
        plot=PLOT_PX,
        left=PLOT_LEFT,
        collections=_collections,
        operations=_operations,
        why_not_whole=why_not_whole,
    )


def move_page(**values: object) -> str:
    """The comparison of the two sides of a move as an HTML page, ending in a line break (`moved.py`)."""
    return _page(_MOVE).render(**values, **_frame())


def _frame() -> dict[str, object]:
    """What every page has: its style, the policy that allows nothing else, and the words of states and requests."""
    style = _text(_STYLE)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return {
        "style": style,
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        "version": __version__,
        "words": STATES.__getitem__,
        "failures_first": failures_first,
        "said_lines": said_lines,
        "requests": _requests,
    }


@cache
def _page(name: str) -> Template:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=FunctionLoader(_text),
    )
    return environment.get_template(name)


@cache
def _text(name: str) -> str:
    """A file that lies beside this module."""
    return files("oneroster_checks.report").joinpath(name).read_text(encoding="utf-8")


def _rows(result: Result) -> list[tuple[str, str]]:
    return [
        *((name, value) for name, value, _ in connection_rows(result)),
        ("Started", moment(result)),
        ("Requests", f"{result.requests} in {result.duration_ms / 1000:.1f} s"),
    ]


def _points(result: Result) -> Iterator[tuple[ChecklistItem, list[Step]]]:
    """The points of the article, each with those of its steps that do not stand above it."""
    told = {step.text for step in result.verdict.fix}
    for item in result.checklist:
        yield item, [step for step in item.fix if step.text not in told]
        told.update(step.text for step in item.fix)


def _collections(result: Result) -> list[tuple[str, ...]]:
    return [collection_cells(read) for read in result.read]


def _operations(result: Result) -> list[tuple[str, ...]]:
    return [time_cells(row) for row in result.times]


def _requests(finding: Finding) -> list[str]:
    told = finding.status in (Status.FAIL, Status.WARN, Status.ERROR)
    return [request_line(one) for one in finding.evidence] if told else []
