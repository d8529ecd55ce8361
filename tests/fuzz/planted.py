"""Mutations that plant canaries: secrets in every form, and the data of a person, wherever a server may write."""

from __future__ import annotations

from random import Random

from ..canaries import (
    BORN,
    EMAIL,
    FAMILY,
    GIVEN,
    JSON_WEB_TOKEN,
    OTHER,
    PASSWORD,
    PHONE,
    TOKEN,
    USERNAME,
    WHO,
)
from ..secret_forms import FORMS
from .sent import Asked, Sent
from .values import places

# What is cut, or hidden from the eye, is looked for in a server's words only, by tests of their own.
WHOLE = tuple(
    name for name in FORMS if not name.startswith(("the ", "half", "all but", "with ", "turned", "in wide"))
)
_SHOWN = (
    "X-Request-Id",
    "X-Correlation-Id",
    "Request-Id",
    "CF-Ray",
    "Date",
    "Server",
    "WWW-Authenticate",
    "Retry-After",
    "X-Total-Count",
    "Allow",
    "X-Odd",
)
_FIELDS = (
    "sourcedId",
    "status",
    "name",
    "title",
    "href",
    "type",
    "message",
    "error",
    "scope",
    "token_type",
    "imsx_description",
    "dateLastModified",
)
PERSON: dict[str, object] = {
    "givenName": GIVEN,
    "familyName": FAMILY,
    "middleName": OTHER,
    "email": EMAIL,
    "username": USERNAME,
    "phone": PHONE,
    "sms": PHONE,
    "birthDate": BORN,
    "identifier": USERNAME,
    "password": PASSWORD,
}
PEOPLE = (WHO, GIVEN, FAMILY, f"{GIVEN} {FAMILY}", EMAIL, USERNAME, BORN, PHONE)
# What a granted token brings along, which the tool learns before it shows anything.
GRANTED = {"refresh_token": JSON_WEB_TOKEN, "id_token": TOKEN}


def _secret_text(random: Random, asked: Asked) -> str:
    """One of the secrets in one of the forms that can be turned back."""
    return FORMS[random.choice(WHOLE)](random.choice(asked.secrets))


def _in_header(random: Random, sent: Sent, text: str) -> None:
    name = random.choice(_SHOWN)
    parts = {
        "WWW-Authenticate": f'Basic realm="{text}", error_description="{text}"',
        "Date": f"Mon, 03 Aug 2026 10:00:00 {text}",
    }
    sent.header(name, parts.get(name, text).replace("\n", " ").replace("\r", " "))


def _in_document(random: Random, sent: Sent, text: str) -> None:
    document = sent.document
    found = [place for place in places(document) if isinstance(place[0], dict)][:200]
    for holder, key in random.sample(found, min(len(found), 6)):
        if isinstance(holder, dict):
            holder[random.choice((str(key), random.choice(_FIELDS)))] = text
            if random.random() < 0.2:
                holder[text] = key
    sent.put(document if found else {random.choice(_FIELDS): text})


def _in_error(random: Random, sent: Sent, text: str) -> None:
    names = (
        "error",
        "error_description",
        "imsx_description",
        "imsx_codeMinor",
        "message",
        "detail",
        "scope",
        "error_uri",
    )
    sent.put(dict.fromkeys(random.sample(names, 3), text))
    sent.header("Content-Type", "application/json")
    sent.status = random.choice((b"400", b"401", b"403", b"404", b"500", b"200"))


def _in_place(random: Random, sent: Sent, text: str) -> None:
    sent.status = random.choice((b"301", b"302", b"307"))
    sent.header(
        "Location",
        random.choice(
            (
                f"/login/{text}",
                f"/x?user={text}",
                f"https://{text}@d.invalid/token",
                f"https://{text}.invalid/",
            )
        ),
    )


_SPOTS = (_in_header, _in_document, _in_error, _in_place)


def secret(random: Random, sent: Sent, asked: Asked) -> None:
    """A secret in a header, a value, a key, an error or an address."""
    random.choice(_SPOTS)(random, sent, _secret_text(random, asked))


def person(random: Random, sent: Sent, asked: Asked) -> None:
    """The data of a person who was seen in a record before, in a header, a value, a key, an error or an address."""
    random.choice(_SPOTS)(random, sent, random.choice(PEOPLE))


def people(random: Random, sent: Sent, asked: Asked) -> None:
    """Every record has the fields of that person."""
    document = sent.document
    for holder, _ in [*places(document)]:
        if isinstance(holder, dict) and "sourcedId" in holder:
            holder |= PERSON
    sent.put(document)


def granted(random: Random, sent: Sent, asked: Asked) -> None:
    """A token answer with more tokens in it, which come back later."""
    document = sent.document
    if isinstance(document, dict) and "access_token" in document:
        sent.put({**document, **GRANTED})
        if random.random() < 0.5:
            sent.header("X-Request-Id", str(document["access_token"]))


def echo(random: Random, sent: Sent, asked: Asked) -> None:
    """Everything that was sent comes back, in the body and in headers."""
    request = asked.request
    told = " ".join(f"{name}: {value}" for name, value in request.headers.items())
    bare = request.headers.get("authorization", "none").rpartition(" ")[2]
    sent.put(
        {"error": told, "message": request.body.decode("latin-1"), "scope": bare, "imsx_description": told}
    )
    sent.header("Content-Type", "application/json")
    sent.status = random.choice((b"400", b"401", b"403", b"500", b"200", b"302"))
    for name in random.sample(_SHOWN, 3):
        sent.header(name, random.choice((bare, told.replace("\r", " "))))
    sent.header("Location", f"/login?{told.replace(' ', '+')}")


MUTATIONS = {
    "planted.secret": secret,
    "planted.person": person,
    "planted.people": people,
    "planted.granted": granted,
    "planted.echo": echo,
}
