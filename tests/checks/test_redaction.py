"""What the redaction hides, and what it leaves alone: prose, and what the user typed and is no secret."""

from __future__ import annotations

import pytest

from oneroster_checks.causes import cause, codes
from oneroster_checks.causes.template import fill
from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.diagnosis.plan import every_check
from oneroster_checks.redaction import HIDDEN, Redactor
from oneroster_checks.redaction.known import redactor_for
from oneroster_checks.redaction.shown import redacted_facts
from oneroster_checks.target import make_target

ADDRESS = "https://d.example/oauth/token=district1/ims/oneroster"


def _redactor(
    base_url: str = "https://d.example/campus",
    *,
    key: str = "InfiniteCampus_x",
    secret: str = "s3cret-value-17",
) -> Redactor:
    connection = Connection(
        base_url=base_url, token_url="https://d.example/campus/oauth2/token?appName=a", client_id=key
    )
    return redactor_for(make_target(connection, Credentials(Secret(secret))))


@pytest.mark.parametrize("code", codes())
def test_the_catalogue_has_nothing_to_hide(code: str) -> None:
    entry = cause(code)
    for text in (entry.title, entry.detection, entry.source, *entry.templates()):
        assert Redactor().text(text) == text


def test_the_checks_have_nothing_to_hide() -> None:
    for check in every_check():
        for text in (check.title, check.in_order):
            assert Redactor().text(text) == text


@pytest.mark.parametrize(
    "prose",
    [
        "whether this OneRoster version can be used with this OAuth version.",
        "Basic Authentication failed",
        "OAuth 2.0-only",
        "the bearer authentication-scheme is not known",
        "Basic authorization-header",
    ],
)
def test_a_scheme_in_prose_stays(prose: str) -> None:
    assert Redactor().text(prose) == prose


@pytest.mark.parametrize(
    "header",
    [
        "Bearer canary-token-4711-abcdef",
        "bearer 0123456789abcdef",
        "Basic dXNlcjpwYXNzd29yZA==",
        "Authorization: Basic dXNlcjpwYXNz",
        "Bearer eyJhbGciOi.eyJzdWIiOiIx.c2lnbmF0dXJl",
        "OAuth qwertyuiopasdfghjklzxcvbnmqwertyuiop",
    ],
)
def test_what_a_scheme_carries_is_hidden(header: str) -> None:
    shown = Redactor().text(header)
    assert HIDDEN in shown
    assert header.split()[-1] not in shown


def test_an_address_that_the_user_typed_stays_whole() -> None:
    redactor = _redactor(ADDRESS)
    assert redactor.text(f"{ADDRESS}/orgs") == f"{ADDRESS}/orgs"
    # The same words anywhere else may be a secret, and a parameter always may.
    assert redactor.text("token=district1") == f"token={HIDDEN}"
    assert (
        _redactor(f"{ADDRESS}?token=abcdef1").text(f"{ADDRESS}?token=abcdef1") == f"{ADDRESS}?token={HIDDEN}"
    )


def test_a_known_secret_goes_from_an_address_too() -> None:
    redactor = _redactor("https://d.example/token=s3cret-value-17/ims")
    assert "s3cret" not in redactor.text("https://d.example/token=s3cret-value-17/ims")


def test_a_client_id_that_looks_like_an_email_is_the_users_own() -> None:
    redactor = _redactor(key="vendor@district.org")
    assert redactor.text("key vendor@district.org") == "key vendor@district.org"
    assert redactor.text("other@district.org") == HIDDEN
    assert redactor.text("/users/jdoe@district.org") == f"/users/{HIDDEN}"
    assert redactor.text("x.vendor@district.org") == HIDDEN


@pytest.mark.parametrize("word", ["campus", "district", "Lakeside", "oneroster"])
def test_an_ordinary_word_in_an_address_field_is_no_secret(word: str) -> None:
    redactor = _redactor(word)
    text = f"https://d.example/{word}/oauth2/token"
    assert redactor.text(text) == text
    assert redactor.text(word) == word


@pytest.mark.parametrize("secret", ["canary-password-59", "Zk83hFq02mLx", "0123456789abcdef"])
def test_a_secret_in_an_address_field_is_hidden_there(secret: str) -> None:
    assert _redactor(secret).text(secret) == HIDDEN


@pytest.mark.parametrize("around", ["{}", "\ufeff{}", '"{}"'])
def test_with_the_fields_swapped_the_key_is_hidden_however_it_was_pasted(around: str) -> None:
    redactor = _redactor(key="s3cret-value-17", secret=around.format("InfiniteCampus_x"))
    assert redactor.text("the key s3cret-value-17.") == f"the key {HIDDEN}."
    pasted = _redactor(key=around.format("s3cret-value-17"), secret="InfiniteCampus_x")
    assert "s3cret-value-17" not in pasted.text("the key s3cret-value-17.")


def test_the_kinds_of_a_rule_are_numbers_by_name_and_hide_what_a_text_would() -> None:
    kinds = {"enrollment.user": 3, "s3cret-value-17": 4}
    shown = redacted_facts({"count": 7, "kinds": kinds}, _redactor())
    assert shown == {"count": 7, "kinds": {"enrollment.user": 3, HIDDEN: 4}}
    assert fill("Of these: {kinds}.", {"kinds": {"enrollment.user": 3, "class.term": 1}}) == (
        "Of these: enrollment.user (3), class.term (1)."
    )
