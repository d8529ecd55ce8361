"""Mutations that replace the body: pages, XML, text, binary, JSON in another encoding, JSON cut off."""

from __future__ import annotations

import json
from random import Random

from . import texts
from .sent import Asked, Sent

_PAGES = (
    "<html><body>Welcome</body></html>",
    "<html><form action='/login'><input type=password></form></html>",
    "<!doctype html><title>Attention Required! | Cloudflare</title>",
    "<html><hr><center>nginx</center></html>",
    "<html><meta http-equiv=refresh content='0;url=http://stranger.invalid/'></html>",
    "<html>" + "<div>" * 5000,
    "<html" + " a" * 5000,
    "<html><pre>java.lang.NullPointerException\n\tat x.y(Z.java:1)</pre></html>",
    "<title>" + "<" * 5000,
)
_XML = (
    "<?xml version='1.0'?><orgs/>",
    "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
    '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>',
    "<soap:Envelope/>",
    "<a>" * 3000,
)


def page(random: Random, sent: Sent, asked: Asked) -> None:
    """A web page."""
    markup = random.choice(
        (
            *_PAGES,
            f"<html><title>{texts.text(random)}</title><body>{random.choice(texts.MARKUP)}</body></html>",
        )
    )
    sent.say(markup, random.choice(("text/html", "application/json")))


def xml(random: Random, sent: Sent, asked: Asked) -> None:
    """XML."""
    sent.say(random.choice(_XML), random.choice(("application/xml", "application/json")))


def plain(random: Random, sent: Sent, asked: Asked) -> None:
    """Any text."""
    body = random.choice(
        (texts.text(random), texts.stutter(random, random.choice((10_000, 90_000))), "", " ", "null", '"')
    )
    sent.say(body, random.choice(("text/plain", "application/json")))


def binary(random: Random, sent: Sent, asked: Asked) -> None:
    """Bytes that are no text."""
    sent.body = random.choice(
        (
            b"\x00" * 5000,
            random.randbytes(random.randrange(1, 3000)),
            b"\xff\xfe" + b"{\x00}\x00",
            b"\x80" * 9000,
            b"%PDF-1.7",
            b"\x1f\x8b\x08",
        )
    )


def encoded(random: Random, sent: Sent, asked: Asked) -> None:
    """The same JSON in another encoding, or with a mark in front."""
    whole = sent.body.decode("utf-8", "replace")
    sent.body = random.choice(
        (
            whole.encode("utf-16"),
            whole.encode("utf-32"),
            b"\xef\xbb\xbf" + sent.body,
            sent.body.replace(b"a", b"\xe4"),
        )
    )


def broken_off(random: Random, sent: Sent, asked: Asked) -> None:
    """The JSON ends in the middle, or goes on behind its end."""
    sent.body = random.choice(
        (
            sent.body[: random.randrange(len(sent.body) + 1)],
            sent.body + b"}",
            sent.body * 2,
            b")]}'\n" + sent.body,
            b"cb(" + sent.body + b")",
        )
    )


def nested(random: Random, sent: Sent, asked: Asked) -> None:
    """Nothing but brackets, of any depth."""
    deep = random.choice((10, 500, 990, 1100, 5000, 100_000))
    sent.body = random.choice(
        (
            b"[" * deep + b"]" * deep,
            b'{"a":' * deep + b"1" + b"}" * deep,
            b"[" * deep,
            b'{"orgs":' + b"[" * deep + b"]" * deep + b"}",
        )
    )
    sent.header("Content-Type", "application/json")


def crowd(random: Random, sent: Sent, asked: Asked) -> None:
    """Very many very small values."""
    count = random.choice((1_000, 30_000, 120_000))
    part = random.choice((b"{}", b"[]", b"0", b'""', b"null", b'{"a":1}'))
    key = random.choice(("orgs", "users", "classes", "enrollments", "access_token", "error"))
    listed = b"[" + b",".join([part] * count) + b"]"
    sent.body = random.choice((listed, json.dumps(key).join(("{", ":")).encode() + listed + b"}"))
    sent.header("Content-Type", "application/json")


def alone(random: Random, sent: Sent, asked: Asked) -> None:
    """One JSON value of any kind."""
    sent.put(texts.value(random))
    sent.header("Content-Type", "application/json")


MUTATIONS = {
    "bodies.page": page,
    "bodies.xml": xml,
    "bodies.plain": plain,
    "bodies.binary": binary,
    "bodies.encoded": encoded,
    "bodies.broken-off": broken_off,
    "bodies.nested": nested,
    "bodies.crowd": crowd,
    "bodies.alone": alone,
}
