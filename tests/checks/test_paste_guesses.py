"""What a pasted block tells beside its fields: versions, the day, and nothing at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oneroster_checks.paste import Pasted, read_block

TOKEN = "https://lakeside.infinitecampus.org/campus/oauth2/token?appName=lakeside"


BASE_11 = "https://lakeside.infinitecampus.org/campus/oneroster/lakeside/ims/oneroster/v1p1"
BASE = "https://lakeside.infinitecampus.org/campus/api/oneroster/v1p2/lakeside/ims/oneroster"


KEY = "InfiniteCampus_5f0c1d2e-8a4b"


SECRET = "9b7f3c2a-61de-4f08-b5a1-0c2d3e4f5a6b"


FOUR = {"token_url": TOKEN, "base_url": BASE, "client_id": KEY, "client_secret": SECRET}


def fields_of(pasted: Pasted) -> dict[str, str]:
    secrets = {
        name: getattr(pasted, name).reveal() for name in ("client_secret", "vendor_key", "vendor_secret")
    }
    return {**pasted.fields, **{name: text for name, text in secrets.items() if text}}


@pytest.mark.parametrize(
    ("text", "oauth", "oneroster"),
    [
        (f"Token URL: {TOKEN}\nBase URL: {BASE}", 2, "1.2"),
        (f"Consumer Key: k\nEndpoint: {BASE_11}", 1, "1.1"),
        ("OAuth 1.0a, OneRoster v1.1", 1, "1.1"),
        ("OAuth version: 2\nOneRoster version: 1.2", 2, "1.2"),
        ("We use OAuth 2.0 (client_credentials)", 2, None),
        ("OneRoster 1.1 or OneRoster 1.2", None, None),
        (f"Client ID: {KEY}", None, None),
        (f"OAuth 1 is gone, use OAuth 2\nToken URL: {TOKEN}", 2, None),
    ],
)
def test_versions_are_guessed(text: str, oauth: int | None, oneroster: str | None) -> None:
    pasted = read_block(text)
    assert (pasted.oauth, pasted.oneroster) == (oauth, oneroster)


def test_versions_that_contradict_each_other_are_told() -> None:
    pasted = read_block(f"OneRoster 1.1\nBase URL: {BASE}")
    assert pasted.oneroster == "1.2"
    assert any("different OneRoster versions" in note for note in pasted.notes)


@pytest.mark.parametrize(
    ("text", "day", "told"),
    [
        ("Created: 2026-01-31", date(2026, 1, 31), False),
        ("Date created\n01/31/2026", date(2026, 1, 31), True),
        ("Created on: January 31, 2026", date(2026, 1, 31), False),
        ("Created - 31 Jan 2026 10:00", date(2026, 1, 31), False),
        ("Created: some time ago", None, False),
        ("Expires: 2027-01-31", None, False),
    ],
)
def test_the_day_of_creation_is_read(text: str, day: date | None, told: bool) -> None:
    pasted = read_block(f"Client ID: {KEY}\n{text}")
    assert pasted.created == day
    assert ("created" in pasted.found) == (day is not None)
    assert any("month, day, year" in note for note in pasted.notes) == told


@pytest.mark.parametrize(
    "text", ["", "  \n\t\n", "Hello,\nthe meeting is at 10:30.\nBye", "{}", "{ not json", "|||\n---"]
)
def test_a_text_without_keys_says_so(text: str) -> None:
    pasted = read_block(text)
    assert pasted.found == ()
    assert pasted.notes == ("Nothing was found that looks like a key or an address.",)


def test_a_very_long_text_is_cut_and_told() -> None:
    pasted = read_block(f"Client ID: {KEY}\n" + "x " * 100_000)
    assert pasted.fields == {"client_id": KEY}
    assert any("only its beginning" in note for note in pasted.notes)


_PIECES = st.sampled_from(
    [
        "Key",
        "Secret",
        "Base URL",
        "Token URL",
        ":",
        "=",
        " is ",
        "\n",
        "\t",
        "|",
        "> ",
        TOKEN,
        BASE,
        KEY,
        SECRET,
        "{",
        "}",
        '"',
    ]
)


@given(st.one_of(st.text(), st.lists(st.one_of(_PIECES, st.text(max_size=5)), max_size=30).map("".join)))
@settings(max_examples=300, deadline=None)
def test_nothing_breaks_it(text: str) -> None:
    pasted = read_block(text)
    assert not any(SECRET in note or KEY in note for note in pasted.notes)
    assert bool(pasted.found) == (not any(note.startswith("Nothing was found") for note in pasted.notes))


@pytest.mark.parametrize(
    "label", ["OAuth URL", "OAuth Token URL", "OAuth 2 Token URL", "clientOAuthUrl", "oauth_url"]
)
def test_oauth_is_one_word_of_a_label_however_it_is_written(label: str) -> None:
    assert read_block(f"{label}: https://sis.lakeside.example/give").fields == {
        "token_url": "https://sis.lakeside.example/give"
    }
