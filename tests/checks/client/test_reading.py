"""What the headers of a page say of the whole collection."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from oneroster_checks.client.reading import Reading, read
from oneroster_checks.evidence import Evidence
from oneroster_checks.http.answer import Answer
from oneroster_checks.http.content import Content

URL = "https://d.example/ims/oneroster/v1p1/orgs?limit=100"


def page(rows: int, limit: int = 100, **headers: str) -> Reading:
    """A page of orgs; the names of headers have underscores for hyphens."""
    body = json.dumps({"orgs": [{"sourcedId": str(number)} for number in range(rows)]}).encode()
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return read(
        "/orgs", Answer(URL, 200, sent, Content.of(body), Evidence("GET", URL, 200, 1)), "orgs", limit
    )


@pytest.mark.parametrize(
    ("header", "total"),
    [
        ("120", 120), (" 7 ", 7), ("0", 0), ("120, 120", 120), ("120, 120, 120", 120), ("7,7", 7), ("120, 121", None),
        ("120, ", None), ("1,200", None), ("120,120", None), ("many", None), ("", None), ("-1", None), ("12.0", None),
        ("\u0664\u0660", None), ("9" * 400, None), ("9" * 12, None),
    ],
)  # fmt: skip
def test_a_total_is_one_number(header: str, total: int | None) -> None:
    assert page(3, x_total_count=header).total == total


def test_a_total_shows_the_whole_where_the_page_does_not_hide_it() -> None:
    assert page(3, x_total_count="3").whole_by_total is True
    assert page(3, x_total_count="7").whole_by_total is False
    assert page(3).whole_by_total is None
    # A full page whose total is its own number: there may be more.
    assert page(100, x_total_count="100").whole_by_total is None
    assert page(100, x_total_count="250").whole_by_total is False
    assert page(250, x_total_count="250").whole_by_total is True


def test_a_page_that_was_perhaps_cut_is_not_taken_for_the_whole() -> None:
    alone = page(50, x_total_count="50")
    assert alone.whole_by_total is True
    assert replace(alone, perhaps_cut=True).whole_by_total is None
    assert replace(page(50, x_total_count="60"), perhaps_cut=True).whole_by_total is False


def test_links_are_whole_addresses() -> None:
    link = '<?offset=100>; rel="next", </ims/oneroster/v1p1/orgs?offset=900>; rel="last"'
    linked = page(100, link=link)
    assert linked.next_url == "https://d.example/ims/oneroster/v1p1/orgs?offset=100"
    assert linked.last_url == "https://d.example/ims/oneroster/v1p1/orgs?offset=900"
    assert page(100).next_url == page(100, link="<http://[>; rel=next").next_url == ""
