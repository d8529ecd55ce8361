"""The HTML report in a real browser: nothing that a stranger sends runs, loads, or is anything but text."""

from __future__ import annotations

import asyncio
import re
import subprocess
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from oneroster_checks.report import render
from oneroster_checks.result import OperationTimes, Result
from oneroster_checks.visible import visible

from .full_results import cut_off, full_result
from .hostile_results import PLACES, PLAIN, in_every_place
from .hostile_texts import MARK, MARKDOWN, TEXTUAL_MARKUP, WEB_MARKUP, controlled
from .mail_links import MAIL
from .secret_service import needed
from .servers import LoopServer, Reply, Request

LIMIT_S = 120
TITLE = "OneRoster connection check"
# Milliseconds of the page's own time in which whatever it holds may run.
PAGE_MS = 5000
PHONE_PX = 360
ELEMENTS = frozenset(
    """html head meta title style body h1 h2 h3 a span p code ol ul li table thead tbody tr th td br b
    figure figcaption svg text line rect circle""".split()
)
ATTRIBUTES = frozenset(
    """lang charset http-equiv content name class scope data-label role aria-label href
    width height x y x1 x2 y1 y2 cx cy r dx text-anchor""".split()
)
CLASSES = frozenset(
    """state fail warn pass chart axis bar number tick dot ring note wide figure count rule kinds""".split()
)
# Payloads that would load from a server as well as run.
LOADING = (
    f"<script src='PLACE/{MARK}.js'></script>",
    f"<img src=PLACE/{MARK}.png onload=\"document.title='{MARK}'\">",
    f"<link rel=stylesheet href=PLACE/{MARK}.css>",
    f'"><iframe src=PLACE/{MARK}.html></iframe>',
    f"<style>body{{background:url(PLACE/{MARK}.svg)}}</style>",
    f'<meta http-equiv=refresh content="0;url=PLACE/{MARK}">',
)
PAYLOADS = (*WEB_MARKUP, *MARKDOWN, *TEXTUAL_MARKUP, controlled())


class _Elements(HTMLParser):
    """What a page is made of: its elements, their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.comments: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        self.text += data


@asynccontextmanager
async def listening() -> AsyncGenerator[tuple[LoopServer, tuple[str, ...]]]:
    """A server that notes what is loaded, and payloads that would load from it as well as run."""

    def answers(request: Request) -> Reply:
        return Reply(200, b"document.title='loaded'", (("Content-Type", "text/javascript"),))

    async with LoopServer(answers) as server:
        loading = tuple(text.replace("PLACE", server.origin) for text in LOADING)
        yield server, loading


async def opened(page: str, folder: Path, *options: str) -> str:
    """The page as the browser has it after all that it holds has had time to run."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    browser = [needed("chromium", "chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
               "--disable-background-networking", "--no-first-run", f"--user-data-dir={folder / 'browser'}",
               f"--virtual-time-budget={PAGE_MS}", *options, "--dump-dom", path.as_uri()]  # fmt: skip
    ended = await asyncio.to_thread(
        subprocess.run, browser, capture_output=True, text=True, encoding="utf-8", timeout=LIMIT_S, check=True
    )
    return ended.stdout


def title_of(page: str) -> str:
    """The title that the browser shows."""
    return unescape(page.partition("<title>")[2].partition("</title>")[0])


async def test_nothing_in_a_report_runs_or_loads(tmp_path: Path) -> None:
    async with listening() as (server, loading):
        every = (*PAYLOADS, *loading)
        page = render([in_every_place(text) for text in every], "html")
        seen = await opened(page, tmp_path)
        assert server.heard == []
    found = _Elements(seen)
    assert title_of(seen) == TITLE
    assert found.elements <= ELEMENTS
    assert found.attributes <= ATTRIBUTES
    assert found.comments == []
    # A link opens a mail program, and nothing else.
    assert [link for link in found.links if not MAIL.fullmatch(link)] == []
    assert set(" ".join(re.findall(r'class="([^"]*)"', seen)).split()) == CLASSES
    for text in every:
        assert visible(text).strip() in found.text, text


async def test_each_field_alone_is_text(tmp_path: Path) -> None:
    text = "".join(WEB_MARKUP)
    plain = await opened(render([put(PLAIN, "word") for put in PLACES.values()], "html"), tmp_path)
    seen = await opened(render([put(PLAIN, text) for put in PLACES.values()], "html"), tmp_path)
    assert title_of(seen) == TITLE
    for tag in ("<tr", "<li", "<td", "<h1", "<h2", "<code", "<b>", "<p>", "<svg", "<text", "<rect"):
        assert seen.count(tag) == plain.count(tag), tag


async def test_a_page_that_escaped_nothing_would_be_noticed(tmp_path: Path) -> None:
    """The same payloads as they are do run, so that this test can tell; under the report's policy they still do not."""
    page = render([replace(PLAIN, profile=MARK)], "html")
    policy = re.search(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>\n", page)
    assert policy is not None
    async with listening() as (server, loading):
        raw = "".join([*loading[:5], *WEB_MARKUP[:4]])
        guarded = await opened(page.replace(MARK, raw, 1), tmp_path)
        assert title_of(guarded) == TITLE
        assert server.heard == []
        bare = await opened(page.replace(MARK, raw, 1).replace(policy[0], ""), tmp_path)
        assert title_of(bare) in (MARK, "loaded")
        assert {request.path for request in server.heard} >= {f"/{MARK}.js", f"/{MARK}.png", f"/{MARK}.css"}


LONG_PATH = "/classes/{classSourcedId}/lineItems/{lineItemSourcedId}/results"
TIMED = replace(full_result(), times=(OperationTimes(LONG_PATH, 1_000, 4_321, 98_765),))


@pytest.mark.parametrize(
    "result", [full_result(requests=3000), cut_off(), full_result(healthy=True), PLAIN, TIMED]
)
async def test_nothing_is_wider_than_a_phone(result: Result, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(render([result], "html"), encoding="utf-8")
    frame = (
        f'<iframe src="report.html" style="width:{PHONE_PX}px;height:30000px;border:0" '
        'onload="document.title=this.contentDocument.documentElement.scrollWidth"></iframe>'
    )
    seen = await opened(f"<title>not loaded</title>{frame}", tmp_path, "--allow-file-access-from-files")
    assert title_of(seen) == str(PHONE_PX)
