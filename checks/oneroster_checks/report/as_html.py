"""The HTML report: one file that needs nothing else, readable in light and dark, states as words.

Its words are in `page.html.jinja`, whose library escapes every value. The page's own policy forbids every script and
loads nothing, and allows no style but the one below.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from ..finding import Finding, Status
from ..labels import STATES
from ..result import Result
from ..version import __version__
from .words import (
    HEADING,
    connection_rows,
    expected_after,
    failures_first,
    moment,
    request_line,
    root_title,
    row_state,
    said_lines,
    verdict_line,
)

_PAGE = "page.html.jinja"
_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code, h1, h2, p, li, th + td, td + td { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8886; }
.state { font-weight: bold; white-space: nowrap; }
.fail, .error { color: light-dark(#b00020, #ff8a80); }
.warn, .ask { color: light-dark(#7a5300, #ffd180); }
.pass { color: light-dark(#1b5e20, #a5d6a7); }
"""


def render(results: Sequence[Result]) -> str:
    """All runs as one HTML page, ending in a line break."""
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return _page().render(
        runs=results,
        style=_STYLE,
        policy=policy,
        heading=HEADING,
        version=__version__,
        words=STATES.__getitem__,
        rows=_rows,
        requests=_requests,
        verdict_line=verdict_line,
        root_title=root_title,
        expected_after=expected_after,
        failures_first=failures_first,
        row_state=row_state,
        said_lines=said_lines,
    )


@cache
def _page() -> Template:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(
        files("oneroster_checks.report").joinpath(_PAGE).read_text(encoding="utf-8")
    )


def _rows(result: Result) -> list[tuple[str, str]]:
    return [
        *((name, value) for name, value, _ in connection_rows(result)),
        ("Started", moment(result)),
        ("Requests", f"{result.requests} in {result.duration_ms / 1000:.1f} s"),
    ]


def _requests(finding: Finding) -> list[str]:
    told = finding.status in (Status.FAIL, Status.WARN, Status.ERROR)
    return [request_line(one) for one in finding.evidence] if told else []
