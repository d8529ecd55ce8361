"""Mutations of the answer to a token request."""

from __future__ import annotations

from random import Random

from . import texts
from .sent import Asked, Sent, as_it_is, twice

_NAMES = (
    "access_token",
    "token_type",
    "expires_in",
    "scope",
    "refresh_token",
    "id_token",
    "error",
    "error_description",
    "token",
    "accessToken",
    "expires",
)
_TYPES = ("bearer", "Bearer", "BEARER", "mac", "DPoP", "", " bearer ", "basic", "N_A")
_CODES = (
    "invalid_client",
    "invalid_grant",
    "invalid_scope",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_request",
    "access_denied",
    "server_error",
    "temporarily_unavailable",
    "slow_down",
    "INVALID_CLIENT",
    "",
    "x" * 3000,
)


def _document(sent: Sent) -> dict[str, object]:
    document = sent.document
    return document if isinstance(document, dict) else {"access_token": "a-token", "token_type": "bearer"}


def member(random: Random, sent: Sent, asked: Asked) -> None:
    """A member holds anything, or is there twice."""
    document = _document(sent)
    for _ in range(random.randint(1, 3)):
        name = random.choice(_NAMES)
        document[name if random.random() < 0.8 else twice(name)] = texts.value(random)
    sent.put(document)


def missing(random: Random, sent: Sent, asked: Asked) -> None:
    """Members are missing."""
    document = _document(sent)
    for name in list(document):
        if random.random() < 0.5:
            del document[name]
    sent.put(document)


def token(random: Random, sent: Sent, asked: Asked) -> None:
    """A token that cannot be sent as it is, or that is hardly one."""
    odd = (
        " ",
        "a b",
        "a\r\nX-Injected: yes",
        "\x00",
        "schüler",
        "x" * 9_000,
        "x" * 120_000,
        "🏫",
        "\ud800",
        "a",
        "Bearer abc",
        "null",
        "a,b;c",
        '"q"',
    )
    sent.put({**_document(sent), "access_token": random.choice((*odd, texts.text(random)))})


def lifetime(random: Random, sent: Sent, asked: Asked) -> None:
    """A lifetime of any kind."""
    written = texts.number(random)
    sent.put(
        {
            **_document(sent),
            "expires_in": random.choice((as_it_is(written), written, None, True, [3600], "an hour")),
        }
    )


def scope(random: Random, sent: Sent, asked: Asked) -> None:
    """A scope of any kind and length."""
    scopes = (
        "",
        " ",
        texts.text(random),
        "a " * 9000,
        ["a", 1, None],
        {"a": 1},
        "roster.readonly",
        "https://purl.imsglobal.org/spec/or/v1p1/scope/" + "x" * 2000,
    )
    sent.put({**_document(sent), "scope": random.choice(scopes)})


def kind(random: Random, sent: Sent, asked: Asked) -> None:
    """A token type of any kind."""
    sent.put(
        {**_document(sent), "token_type": random.choice((*_TYPES, texts.text(random), 7, None, ["bearer"]))}
    )


def refusal(random: Random, sent: Sent, asked: Asked) -> None:
    """A refusal with a code that may or may not be one."""
    sent.put(
        {
            "error": random.choice(_CODES),
            "error_description": texts.text(random),
            "error_uri": random.choice(texts.MARKUP),
        }
    )
    sent.status = random.choice((b"400", b"401", b"403", b"200", b"404", b"500", b"302"))


def in_a_form(random: Random, sent: Sent, asked: Asked) -> None:
    """The token as a form, as text, or inside something else."""
    document = _document(sent)
    sent.say(
        random.choice(
            ("access_token=abcdefgh&token_type=bearer", "abcdefgh", '"abcdefgh"', "<token>abc</token>")
        ),
        "text/plain",
    )
    if random.random() < 0.5:
        sent.put(
            random.choice(
                (
                    {"data": document},
                    [document],
                    {"access_token": document},
                    {"token": {"access_token": "abcdefgh"}},
                )
            )
        )


MUTATIONS = {
    "tokens.member": member,
    "tokens.missing": missing,
    "tokens.token": token,
    "tokens.lifetime": lifetime,
    "tokens.scope": scope,
    "tokens.type": kind,
    "tokens.refusal": refusal,
    "tokens.form": in_a_form,
}
