"""The text report: what stands in it once, its width, its last line, and the marks of a terminal's style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from rich.cells import cell_len

from oneroster_checks.causes import codes, entry_of
from oneroster_checks.causes.help_pages import ARTICLE, pages_of
from oneroster_checks.finding import Status
from oneroster_checks.report import closing_text, render, text_report
from oneroster_checks.report.words import HEADING
from oneroster_checks.result import Result
from oneroster_practice import PracticeDistrict

from .engine import outcome

PROBLEMS = ("gradebook.not-enabled", "token.body-only", "token.invalid-client")


class Marks:
    """A style whose marks can be seen."""

    def state(self, word: str, status: Status) -> str:
        return f"<{status.value}>{word}</>"

    def heading(self, words: str) -> str:
        return f"<b>{words}</>"

    def link(self, words: str, address: str) -> str:
        return f"<{address}>{words}</>"


async def broken(problem: str | None) -> Result:
    """The result of a practice district with a problem."""
    with PracticeDistrict(problem) as district:
        return await outcome(district.connection, district.credentials)


@pytest.mark.parametrize("problem", PROBLEMS)
async def test_no_sentence_is_told_twice_and_the_verdict_ends_it(problem: str) -> None:
    result = await broken(problem)
    text = text_report([result], everything=False)
    assert " ".join(text.split()).count(result.verdict.summary) == 1
    state = "WARN" if problem == "token.body-only" else "FAIL"
    title = entry_of(problem).title
    assert text.splitlines()[-1] == f"Verdict: {state}. {title} [{problem}]"
    assert f"[{problem}]: See the root cause above." in " ".join(text.split())


async def test_a_healthy_district_is_told_in_short() -> None:
    text = text_report([await broken(None)], everything=False)
    assert text.splitlines()[-1] == "Verdict: PASS. The connection works."
    assert re.search(r"\nFindings\n  \d+ passed(?:, \d+ not checked)? \(-v lists them\)\.\n\n", text)
    assert "More about this" not in text


@pytest.mark.parametrize("width", [50, 60, 80, 100, 200])
async def test_it_is_as_wide_as_it_is_told_and_breaks_no_address(width: int) -> None:
    result = await broken("gradebook.not-enabled")
    text = text_report([result], everything=True, width=width)
    for line in text.splitlines():
        assert len(line) <= width or "://" in line
    (finding,) = (each.finding for each in result.findings if each.finding.status is Status.FAIL)
    for address in (result.connection.base_url, *(each.url for each in finding.evidence)):
        assert any(line.endswith(address) or f"{address} " in line for line in text.splitlines())


async def test_a_request_that_does_not_fit_has_its_address_on_a_line_of_its_own() -> None:
    result = await broken("gradebook.not-enabled")
    (finding,) = (each.finding for each in result.findings if each.finding.status is Status.FAIL)
    first = finding.evidence[0]
    lines = text_report([result], everything=False, width=80).splitlines()
    place = lines.index(f"        {first.method} {first.url}")
    assert lines[place + 1].startswith(f"          HTTP 403 · {first.elapsed_ms} ms · ")
    assert f"        {first.method} {first.url} · HTTP 403 ·" in text_report(
        [result], everything=False, width=400
    )


async def test_the_marks_of_a_style_change_no_letter() -> None:
    result = await broken("gradebook.not-enabled")
    marked = text_report([result], everything=True, style=Marks())
    assert "  <fail>FAIL</>  The Data to Share setting" in marked
    assert "  <skip>N/A</>   For OneRoster 1.1" in marked
    assert f"<b><{ARTICLE.address}>{HEADING}</></>" in marked
    assert "<b>Findings</>" in marked
    assert marked.splitlines()[-1].startswith("Verdict: <fail>FAIL</>. ")
    plain = render([result], "text")
    without = re.sub(r"</?[a-z]*>|<https://[^>]*>", "", marked)
    pages = [line for line in plain.splitlines() if line.startswith("    https://")]
    assert len(pages) == 1
    # A link takes the place of an address that has to be read.
    assert without == plain.replace(f"{pages[0]}\n", "")
    assert closing_text([result], Marks()).startswith("<fail>FAIL</>  http://127.0.0.1")


def cited() -> Iterator[tuple[str, str]]:
    for code in codes():
        for source in entry_of(code).source.split("; "):
            yield code, source


def test_every_source_has_its_page_or_is_known_to_have_none() -> None:
    without = {source for code, source in cited() if not pages_of(code)}
    assert without <= {
        "OneRoster help pages of Infinite Campus partners",
        "README of oneroster-wizard",
        "Published tests of the consumer",
        "This tool's own limits",
    }
    pages = [page for code in codes() for page in pages_of(code)]
    strange = [
        page.address for page in pages if not re.fullmatch(r"https://[a-z.-]+/[\w/.#-]+", page.address)
    ]
    assert strange == []


def test_pages_are_those_of_this_connection() -> None:
    standard = [page.title for page in pages_of("paging.duplicates", provider="generic", oneroster="1.1")]
    assert standard == ["1EdTech OneRoster 1.1"]
    assert pages_of("gradebook.not-enabled", provider="aeries") == ()
    steps = entry_of("gradebook.not-enabled").steps("infinite-campus")
    (page,) = pages_of("gradebook.not-enabled", steps, provider="infinite-campus")
    assert page.address == "https://kb.infinitecampus.com/help/configuring-oneroster-connections"
    assert [page.address for page in pages_of("token.body-only")] == [
        "https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1"
    ]
    assert pages_of(None) == ()


async def test_the_last_lines_are_one_below_the_other_whatever_letters_a_name_has() -> None:
    result = await broken(None)
    names = ("elm", "日本語の学区", "Cafe\u0301", "ガガ")
    *lines, _, _ = closing_text([replace(result, profile=name) for name in names]).splitlines()
    assert {cell_len(line.partition("  Works")[0]) for line in lines} == {6 + cell_len("日本語の学区")}
