"""The one function that makes a stranger's text safe to show, and every report that passes it."""

from __future__ import annotations

import json
import sys
import unicodedata
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from oneroster_checks.redaction.server_words import in_one_line
from oneroster_checks.report import (
    FORMATS,
    MESSAGES,
    checklist_text,
    district_message,
    records_text,
    render,
    ticket,
)
from oneroster_checks.result import Result
from oneroster_checks.visible import acts, safe_json, stood_in, taken_out, visible

from ..hostile_results import PLACES, PLAIN, in_every_place
from ..hostile_texts import CONTROLS, MARK, MARKDOWN, TEXTUAL_MARKUP, WEB_MARKUP, acting, controlled
from ..hostile_texts import PLAIN as PEOPLE

EVERY = (controlled(), *CONTROLS.values(), *WEB_MARKUP, *MARKDOWN, *TEXTUAL_MARKUP)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("\x00\x7f\x9b\xad", r"\x00\x7f\x9b\xad"),
        ("a\r\n\tb", r"a\r\n\tb"),
        ("\u202egpj.exe\u2066", r"\u202egpj.exe\u2066"),
        ("\u2028\ufeff\u200d\ufe0f\u3164", r"\u2028\ufeff\u200d\ufe0f\u3164"),
        ("\ud83d \ue000 \uffff", r"\ud83d \ue000 \uffff"),
        ("\U000e0041\U0010ffff", r"\U000e0041\U0010ffff"),
        (PEOPLE, PEOPLE),
    ],
)
def test_what_acts_is_written_as_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert visible(shown) == shown


def test_a_text_of_several_lines_keeps_its_line_breaks_and_tabs_only() -> None:
    assert visible("a\n\tb\r\n\u2028c", lines=True) == "a\n\tb\\r\n\\u2028c"


def test_every_character_there_is_acts_or_stays() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    shown = visible(every)
    assert acting(shown) == set()
    kept = {char for char in every if not acts(char)}
    assert kept <= set(shown)
    # All letters, marks and spaces but the unseen ones, all punctuation and symbols.
    unseen = {char for char in every if acts(char) and unicodedata.category(char)[0] in "LMNPSZ"}
    assert len(unseen - {"\u2028", "\u2029"}) == 269
    assert acting(taken_out(every)) == set()
    assert acting(stood_in(every)) == set()
    assert len(stood_in(every)) == len(every)


def test_json_keeps_every_value_and_is_safe_to_show() -> None:
    value = {f"{MARK}{text}": [text, {"x": text}] for text in (*CONTROLS.values(), PEOPLE)}
    document = safe_json(json.dumps(value, ensure_ascii=False, indent=2))
    assert acting(document) == set()
    assert PEOPLE in json.loads(document)[f"{MARK}{PEOPLE}"]
    whole = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert json.loads(safe_json(json.dumps(whole, ensure_ascii=False))) == whole
    # Half of a pair is no text, and some readers of JSON refuse the whole document for it.
    assert json.loads(safe_json(json.dumps("a\ud800b", ensure_ascii=False))) == "a\ufffdb"


def test_a_servers_words_lose_what_acts_by_the_same_table() -> None:
    for text in (controlled(), *CONTROLS.values()):
        assert acting(in_one_line([text]), kept="") == set()
    assert in_one_line(["a\u2800\u200bb\nc\u2028d"]) == "ab c d"


def outputs(result: Result) -> dict[str, str]:
    """Every text that is made of a result."""
    every = {form: render([result], form) for form in (*FORMATS, *MESSAGES)}
    return {
        **every,
        "ticket": ticket(result),
        "message": district_message(result),
        "leftover": checklist_text(result, 80),
        "records": records_text(result),
    }


@pytest.mark.parametrize("place", PLACES)
def test_no_report_shows_what_acts_from_any_field(place: str) -> None:
    for name, shown in outputs(PLACES[place](PLAIN, controlled())).items():
        assert acting(shown) == set(), name


@pytest.mark.parametrize("text", CONTROLS.values(), ids=list(CONTROLS))
def test_no_report_shows_what_acts(text: str) -> None:
    for name, shown in outputs(in_every_place(f"{MARK}{text}{MARK}")).items():
        assert acting(shown) == set(), name


def test_a_field_stays_in_its_place() -> None:
    """A line break in a value makes no line: each report has as many as with an ordinary value."""
    plain, hostile = outputs(in_every_place("x y")), outputs(in_every_place("x\ny"))
    for name in ("markdown", "ticket", "junit", "html", "json"):
        assert len(hostile[name].splitlines()) == len(plain[name].splitlines()), name
    for name in ("text", "message", "leftover", "records"):
        assert "\ny" not in hostile[name], name


@pytest.mark.parametrize("text", EVERY)
def test_junit_and_json_are_always_valid(text: str) -> None:
    result = in_every_place(text)
    root = ElementTree.fromstring(render([result], "junit").encode())
    assert {each.tag for each in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "properties", "property", "system-out",
    }  # fmt: skip
    (document,) = json.loads(render([result], "json"))["runs"]
    if not any("\ud800" <= char < "\ue000" for char in text):
        assert document["profile"] == text
        assert document["findings"][0]["summary"] == text


def _tokens(text: str) -> list[Token]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parsed = parser.parse(text)
    return [*parsed, *(child for token in parsed for child in token.children or ())]


_TEXTS = ("text", "text_special", "code_inline")
_ADDS_NOTHING = ("link_open", "image", "html_block", "html_inline", "table_open", "code_block", "fence", "hr")
_AS_OFTEN = ("heading_open", "bullet_list_open", "ordered_list_open", "list_item_open", "blockquote_open",
             "strong_open", "em_open", "s_open", "code_inline")  # fmt: skip


@pytest.mark.parametrize("text", EVERY)
def test_markdown_has_nothing_of_a_strangers_making(text: str) -> None:
    plain = [token.type for token in _tokens(ticket(in_every_place("word")))]
    found = [token.type for token in _tokens(ticket(in_every_place(text)))]
    assert not set(found) & set(_ADDS_NOTHING)
    # A value that is all white space leaves its row out.
    assert [name for name in _AS_OFTEN if found.count(name) > plain.count(name)] == []
    if text in MARKDOWN:
        alone = {
            name: [token.type for token in _tokens(ticket(put(PLAIN, text)))] for name, put in PLACES.items()
        }
        assert [name for name, found in alone.items() if set(found) & set(_ADDS_NOTHING)] == []


@pytest.mark.parametrize("text", EVERY)
def test_a_table_in_markdown_keeps_its_cells(text: str) -> None:
    def parts(result: Result) -> list[int]:
        found = [token.type for token in _tokens(render([result], "markdown"))]
        assert not set(found) & (set(_ADDS_NOTHING) - {"table_open"})
        return [found.count(name) for name in ("table_open", "tr_open", "td_open", "th_open", "code_inline")]

    assert parts(in_every_place(f"{text}|x")) == parts(in_every_place("word"))


@pytest.mark.parametrize("text", [text for text in EVERY if text.strip() == text])
def test_markdown_shows_a_strangers_text_as_it_is(text: str) -> None:
    for place in ("profile", "client id"):
        shown = [token for token in _tokens(ticket(PLACES[place](PLAIN, text))) if token.type in _TEXTS]
        assert visible(text) in "".join(token.content for token in shown)
