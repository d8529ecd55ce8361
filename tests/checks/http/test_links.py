"""The Link header in the forms in which servers write it."""

from __future__ import annotations

import time

import pytest

from oneroster_checks.client.reading import Kind, read
from oneroster_checks.evidence import Evidence
from oneroster_checks.http.answer import Answer
from oneroster_checks.http.content import Content
from oneroster_checks.limits import ADDRESS_CHARACTERS

NEXT = "https://d.test/orgs?limit=2&offset=2"
FIRST = "https://d.test/orgs?limit=2&offset=0"
WITH_NEXT = {
    "double quotes": f'<{NEXT}>; rel="next"',
    "single quotes": f"<{NEXT}>; rel='next'",
    "no quotes": f"<{NEXT}>; rel=next",
    "spaces around the sign": f'<{NEXT}> ; rel = "next"',
    "no space": f'<{NEXT}>;rel="next"',
    "capitals": f'<{NEXT}>; REL="Next"',
    "a title with a comma": f'<{NEXT}>; title="the next, page"; rel="next"',
    "a title with a semicolon": f'<{NEXT}>; title="next; page"; rel="next"',
    "a title with a sign": f'<{NEXT}>; title="page=2"; rel="next"',
    "a title with a link in it": f'<{NEXT}>; title="a, <b>; rel=prev"; rel="next"',
    "a title with a quote": f'<{NEXT}>; title="the \\"next\\", page"; rel="next"',
    "a title in UTF-8": f"<{NEXT}>; title*=UTF-8''n%C3%A4chste; rel=next",
    "two relations": f'<{NEXT}>; rel="next last"',
    "two relations, the other first": f'<{NEXT}>; rel="last  next"',
    "the second of two": f'<{FIRST}>; rel="first", <{NEXT}>; rel="next"',
    "the first of two": f'<{NEXT}>; rel="next", <{FIRST}>; rel="first"',
    "no space between two": f'<{FIRST}>; rel="first",<{NEXT}>; rel="next"',
    "twice": f'<{NEXT}>; rel="next", <{FIRST}>; rel="next"',
    "after a relation that begins alike": f'<{FIRST}>; rel="nextpage", <{NEXT}>; rel=next',
    "only the first rel of a link counts": f'<{NEXT}>; rel="next"; rel="prev"',
    "relative": '</orgs?limit=2&offset=2>; rel="next"',
    "a trailing comma": f'<{NEXT}>; rel="next",',
}
WITHOUT_NEXT = {
    "nothing": "",
    "no relation": f"<{NEXT}>",
    "a relation that begins alike": f'<{NEXT}>; rel="nextpage"',
    "a relation that ends alike": f'<{NEXT}>; rel="not-next"',
    "the word in a title": f'<{NEXT}>; title="rel=next"; rel="last"',
    "the word behind a comma in a title": f'<{NEXT}>; title="a, rel=next"',
    "no brackets": f'{NEXT}; rel="next"',
    "an open bracket": f'<{NEXT}; rel="next"',
    "only commas": ",,,",
}


def answer(link: str) -> Answer:
    """An answer with this Link header."""
    return Answer(
        "https://d.test/orgs", 200, {"link": link}, Content.of(b'{"orgs": []}'), Evidence("GET", "", 200, 1)
    )


@pytest.mark.parametrize("link", WITH_NEXT.values(), ids=list(WITH_NEXT))
def test_a_next_page_is_found(link: str) -> None:
    assert read("/orgs", answer(link), "orgs").next_url == NEXT


@pytest.mark.parametrize("link", WITHOUT_NEXT.values(), ids=list(WITHOUT_NEXT))
def test_no_next_page_is_made_up(link: str) -> None:
    assert "next" not in answer(link).links
    assert read("/orgs", answer(link), "orgs").next_url == ""


def test_an_address_longer_than_any_is_none() -> None:
    long = f"{NEXT}&page={'a-' * ADDRESS_CHARACTERS}"
    assert read("/orgs", answer(f'<{long}>; rel="next"'), "orgs").next_url == ""
    redirect = Answer(
        "https://d.test/orgs", 302, {"location": long}, Content.of(b""), Evidence("GET", "", 302, 1)
    )
    assert (redirect.location, redirect.redirect_target) == ("", "")
    assert read("/orgs", redirect, "orgs").kind is Kind.REDIRECT


def test_a_header_longer_than_any_is_read_in_no_time() -> None:
    began = time.perf_counter()
    for header in ('<a>;"' + ";" * 100_000, "<a>,;" * 20_000, '<a>;x="' + '\\";' * 30_000):
        assert read("/orgs", answer(header), "orgs").next_url == ""
    assert time.perf_counter() - began < 5


def test_targets_stand_as_they_are_written() -> None:
    link = "<../orgs;v=1?a=1,2>; rel=Next, < /orgs >; rel='FIRST start'"
    assert answer(link).links == {"next": "../orgs;v=1?a=1,2", "first": "/orgs", "start": "/orgs"}


def test_a_target_that_is_no_address_is_no_next_page() -> None:
    assert read("/orgs", answer("<http://[::1>; rel=next"), "orgs").next_url == ""
