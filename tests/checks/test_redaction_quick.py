"""The quick look for secrets finds none only where the slow way finds none."""

from __future__ import annotations

import base64
import string
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneroster_checks.limits import HIDDEN_CUT_CHARACTERS
from oneroster_checks.redaction import HIDDEN, redactor
from oneroster_checks.redaction.names import KnownNames
from oneroster_checks.redaction.outline import NAME_KEYS
from oneroster_checks.redaction.redactor import Redactor
from oneroster_checks.redaction.secrets import KnownSecrets

from ..secret_forms import FORMS

SECRETS: tuple[str, ...] = (
    "Zk83hFq02mLxPq7Rt5Vw",
    "canary+client/secret=17",
    "qwertzui",
    "s3cret",
    "gr\u00fc\u00dfe-\u00e9t\u00e9-4711-\u4f60\u597d",
    "a b&c%41\u0130\u03a3 12345",
)


class _Slow(KnownSecrets):
    """The slow way alone."""

    def _has_none(self, text: str) -> bool:
        return False


def _both(secrets: list[str]) -> tuple[KnownSecrets, KnownSecrets]:
    quick, slow = KnownSecrets(), _Slow()
    for known in (quick, slow):
        for secret in secrets:
            known.learn(secret)
    return quick, slow


def _packed(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()


_BETWEEN = st.text(string.ascii_letters + string.digits + " :./-_%\\&;=\u0130\u03a3", max_size=12)


@st.composite
def _texts(draw: st.DrawFn) -> tuple[list[str], str]:
    """Some secrets, and a text with whole ones and parts of them in any form, or with none."""
    secrets = draw(st.lists(st.sampled_from(SECRETS), min_size=1, max_size=2, unique=True))
    text = draw(_BETWEEN)
    for secret in draw(st.lists(st.sampled_from(SECRETS), max_size=2)):
        start = draw(st.integers(0, len(secret)))
        part = secret[start : start + draw(st.integers(0, len(secret)))]
        formed = FORMS[draw(st.sampled_from(list(FORMS)))](secret if draw(st.booleans()) else part)
        formed = draw(st.sampled_from((formed, _packed(formed), formed.encode().hex())))
        text += formed + draw(_BETWEEN)
    return secrets, text


# Half of the length of a secret, and what it is made of.
_LONGER = ((8, "a"), (9, "b"), (700, "c"), (701, "d"), (702, "e"))


@given(_texts())
def test_both_ways_find_the_same(given_texts: tuple[list[str], str]) -> None:
    secrets, text = given_texts
    quick, slow = _both(secrets)
    assert quick.all_spans(text) == slow.all_spans(text)
    assert quick.spans(text) == slow.spans(text)


@pytest.mark.parametrize("secret", [each for each in SECRETS if len(each) >= HIDDEN_CUT_CHARACTERS])
def test_every_part_is_found_wherever_it_stands(secret: str) -> None:
    quick, slow = _both([secret])
    for size in (HIDDEN_CUT_CHARACTERS, HIDDEN_CUT_CHARACTERS + 1, len(secret)):
        for start in range(len(secret) - size + 1):
            for before in range(HIDDEN_CUT_CHARACTERS):
                part = f"{'.' * before}{secret[start : start + size]}"
                for text in (part, _packed(part), part.encode().hex()):
                    assert quick.all_spans(text) == slow.all_spans(text)


def test_a_part_of_a_very_long_secret_is_found_too() -> None:
    """Its pieces are kept otherwise than those of a short one."""
    long = "".join(f"{number:x}Zq" for number in range(20_000))[:20_000]
    quick, slow = _both([long, SECRETS[0]])
    for text in (long[9_000:9_040], f"see {long[4_001:4_010]}.", _packed(long[777:799]), "harmless: orgs/17"):
        assert quick.all_spans(text) == slow.all_spans(text)
    assert quick.all_spans(long[9_000:9_040]) != ([], [])
    assert quick._has_none("dateLastModified: 2026-08-19T00:00:00Z of an org")


def test_what_comes_later_is_found_with_what_was_known() -> None:
    """Short ones first, which go on being found where the long ones make it too much to keep all pieces."""
    known, later = KnownSecrets(), [f"{letter}7Qx{letter * 2}-{'9k' * half}" for half, letter in _LONGER]
    for place, secret in enumerate(later):
        assert known.spans(secret) == []
        known.learn(secret)
        for each in later[: place + 1]:
            assert known.spans(f"see {each}.") == [(4, 4 + len(each))]
    assert not isinstance(known._grams._pieces, set)
    assert known._has_none("dateLastModified: 2026-08-19T00:00:00Z of an org")


def test_the_quick_way_is_taken() -> None:
    """What is in most texts, so that the tests above say something."""
    quick, _ = _both([SECRETS[0]])
    assert quick._has_none("dateLastModified: 2026-08-19T00:00:00Z of 4bf92f3577b34da6a3ce929d0e0e4736")
    assert not quick._has_none(f"client {SECRETS[0]}")


class _SlowRedactor(Redactor):
    """Redaction without what a run remembers of earlier texts, and without looking for the signs of a shape first."""

    def _held_in(self, word: str) -> tuple[tuple[int, str], ...]:
        self._held.clear()
        return super()._held_in(word)

    def _without_shapes(self, text: str) -> str:
        text = redactor._USERINFO.sub(rf"\1{HIDDEN}@", text)
        text = redactor._JWT.sub(HIDDEN, text)
        text = redactor._SCHEME.sub(redactor._without_token, text)
        text = self._without_values(text)
        return redactor._EMAIL.sub(lambda found: found[0] if found[0] in self._own else HIDDEN, text)


_SHAPES = st.sampled_from(
    ("https://ann:pass@host/", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln", "Bearer abc123def456",
     "basic\tdXNlcjpwYXNz1",
     "api_key=Zk83hFq0", '"client_secret": "Zk83hFq02m"', "token='abc12345'", "ann.lee%40school.example",
     "Ann Lee <ann@school.example>", "ann@school.example", "Ann", "lee", "Ann Lee", "dateLastModified",
     base64.b64encode(b"ann@school.example").decode(), base64.b64encode(b"Ann Lee").decode(), b"Ann Lee".hex(),
     b"ann@school.example".hex(), "\u017fecret=Zk83hFq0", "ann%2540school.example")
)  # fmt: skip


@given(st.lists(st.lists(_SHAPES | _BETWEEN, max_size=5).map(" ".join), min_size=1, max_size=4))
def test_nothing_of_a_shape_and_no_person_is_overlooked(texts: list[str]) -> None:
    quick, slow = Redactor([SECRETS[0]]), _SlowRedactor()
    slow.learn(SECRETS[0])
    for text in texts:
        for known in (quick, slow):
            known.learn_people(
                {"users": [{"givenName": "Ann", "familyName": "Lee"}, {"familyName": text[:30]}]}
            )
        assert quick.server_text(text) == slow.server_text(text)
        assert quick.text(text) == slow.text(text)


@given(st.lists(_texts(), min_size=2, max_size=4))
def test_what_was_clean_is_looked_at_again_once_more_is_known(
    given_texts: list[tuple[list[str], str]],
) -> None:
    quick, slow = KnownSecrets(), _Slow()
    for secrets, _ in given_texts:
        for known in (quick, slow):
            known.learn(secrets[0])
        for _, text in given_texts:
            assert quick.all_spans(text) == slow.all_spans(text)


_TREES = st.recursive(
    st.sampled_from((None, 1, "Ann", "student", "Mary Jane", "guardian")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("givenName", "identifier", "type", "sourcedId", "org", "x")), inner
        )
    ),
)


@given(_TREES)
def test_every_name_in_a_document_is_learned(document: object) -> None:
    known = KnownNames()
    known.learn(document)
    for name in _names_in(document):
        assert known.spans(f"about {name.upper()}.")


def _names_in(document: object) -> Iterator[str]:
    """The personal values of a document, one by one."""
    if isinstance(document, list):
        for each in document:
            yield from _names_in(each)
    elif isinstance(document, dict):
        own = {key: each for key, each in document.items() if key in NAME_KEYS and isinstance(each, str)}
        yield from own.values()
        is_person = document.get("type") == "student" or own.keys() - {"identifier"}
        if is_person and document.get("sourcedId") in ("Ann", "Mary Jane"):
            yield str(document["sourcedId"])
        for each in document.values():
            yield from _names_in(each)
