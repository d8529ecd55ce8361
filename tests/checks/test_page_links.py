"""Addresses of pages: which are on the same server, and which page they ask for."""

from __future__ import annotations

import pytest

from oneroster_checks.client.page_address import is_elsewhere, is_ours, page_address
from oneroster_checks.urls import place_of

BASE = place_of("https://d.example/ims/oneroster/v1p1")


@pytest.mark.parametrize(
    "url",
    [
        "https://d.example/x",
        "https://D.EXAMPLE:443/x",
        "https://d.example./x",
        "HTTPS://d.example/other/path",
    ],
)
def test_the_same_place_has_other_spellings(url: str) -> None:
    assert is_ours(url, BASE)
    assert not is_elsewhere(url, BASE)


@pytest.mark.parametrize(
    "url",
    [
        "http://d.example/x", "https://d.example:8443/x", "https://e.example/x", "https://d.example.evil.example/x",
        "https://d.example@e.example/x", "http://10.0.0.7/x",
    ],
)  # fmt: skip
def test_another_host_port_or_scheme_is_elsewhere(url: str) -> None:
    assert is_elsewhere(url, BASE)
    assert not is_ours(url, BASE)


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "/x", "https://[::1", "https://d.example:port/"])
def test_what_names_no_host_is_neither(url: str) -> None:
    assert not is_elsewhere(url, BASE)
    assert not is_ours(url, BASE)


def test_the_address_of_a_page_is_its_path_and_offset() -> None:
    first = page_address("https://d.example/orgs?limit=100")
    assert first == page_address("https://d.example/orgs/?offset=0&limit=20")
    assert first == page_address("https://D.example/%6Frgs?limit=100&offset=000")
    second = page_address("https://d.example/orgs?offset=100&limit=100")
    cursor = page_address("https://d.example/orgs?offset=100&cursor=abc")
    assert first
    assert second
    assert cursor
    assert second.beyond(first)
    assert not first.beyond(second)
    assert not first.beyond(first)
    assert not cursor.beyond(first)


@pytest.mark.parametrize(
    "url", ["https://[::1", "https://d.example/?offset=-1", "https://d.example/?offset=next"]
)
def test_an_offset_that_is_no_number_is_no_address(url: str) -> None:
    assert page_address(url) is None
