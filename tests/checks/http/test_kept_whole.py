"""A document is kept whole without a copy only where the copy would be the same."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneroster_checks import limits
from oneroster_checks.http.content import Content
from oneroster_checks.http.json_bounds import signs_in
from oneroster_checks.http.kept import Memory, _Cutting
from oneroster_checks.http.kept_whole import has_few_entries, most_bytes

_TEXTS = st.text('ab"\\/,:{}[]\u00e9\u4f60\U0001f600', max_size=6) | st.integers(985, 1015).map("x".__mul__)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXTS,
    lambda inner: st.lists(inner, max_size=9) | st.dictionaries(_TEXTS, inner, max_size=9),
    max_leaves=60,
)


@given(_VALUES, st.booleans())
def test_a_copy_would_be_the_same(value: object, is_ascii: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "KEPT_ENTRIES", 6)
        body = json.dumps(value, ensure_ascii=is_ascii).encode()
        content = Content.of(body)
        cutting = _Cutting(limits.KEPT_OF_AN_ANSWER_BYTES)
        copy = cutting.document(content.document)
        if content.most_bytes is not None:
            assert (copy, cutting.left_out) == (content.document, 0)
            assert cutting.taken <= content.most_bytes
        kept = content.kept(Memory())
        assert (kept.document, kept.left_out) == (copy, cutting.left_out)


@pytest.mark.parametrize("entries", [1, 5, 6, 10, 11, 21, 22, 42, 43, 85, 86, 170, 171, 700, 1100, 1200])
def test_no_object_and_no_list_takes_more(entries: int) -> None:
    documents: tuple[object, ...] = (
        {str(number): number for number in range(entries)},
        {"records": [{}] * entries},
        {"records": [[] for _ in range(entries)]},
        [{"name": "\U0001f600"} for _ in range(entries)],
    )
    for document in documents:
        body = json.dumps(document, ensure_ascii=False).encode()
        measuring = _Cutting(10 * limits.KEPT_OF_AN_ANSWER_BYTES)
        measuring.document(json.loads(body))
        assert measuring.taken <= most_bytes(body, signs_in(body))


def test_an_ordinary_page_is_kept_as_it_is() -> None:
    rows = [{"sourcedId": f"u{number}", "role": {"org": {"sourcedId": "o"}}} for number in range(100)]
    content = Content.of(json.dumps({"users": rows}).encode())
    assert content.kept(Memory()).document is content.document


def test_commas_in_texts_hide_no_long_list() -> None:
    for inner in (["a"] * 1201, {str(number): 0 for number in range(1201)}):
        body = json.dumps({"users": [{"a": {"b": inner}, "t": ",,,,"}]}).encode()
        assert not has_few_entries(json.loads(body), body.count(b","))
        assert Content.of(body).most_bytes is None


def test_what_is_kept_whole_counts_by_its_bytes_once_they_matter() -> None:
    """As many pages fit into the memory of a run as if each was copied."""
    body = json.dumps({"users": [{"sourcedId": "x" * 900} for _ in range(1000)]}).encode()
    whole, copied = Memory(), Memory()
    held: list[object] = []
    left_out = 0
    for _ in range(60):
        content = Content.of(body)
        one = content.kept(whole)
        found, taken = copied.cut(content.document)
        owner = Content.of(b"")
        copied.hold(owner, taken)
        held += one, owner
        assert one.document == found.document
        left_out = one.left_out
        assert left_out == found.left_out
    assert left_out
