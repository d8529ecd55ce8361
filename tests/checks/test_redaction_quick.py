"""The quick look for secrets finds none only where the slow way finds none."""

from __future__ import annotations

import base64
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneroster_checks.limits import HIDDEN_CUT_CHARACTERS
from oneroster_checks.redaction.secrets import KnownSecrets

from ..secret_forms import FORMS

SECRETS = (
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


def test_the_quick_way_is_taken() -> None:
    """What is in most texts, so that the tests above say something."""
    quick, _ = _both([SECRETS[0]])
    assert quick._has_none("dateLastModified: 2026-08-19T00:00:00Z of 4bf92f3577b34da6a3ce929d0e0e4736")
    assert not quick._has_none(f"client {SECRETS[0]}")
