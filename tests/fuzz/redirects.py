"""Mutations that send the client elsewhere: in circles, to other hosts, ports and schemes, to what is no address."""

from __future__ import annotations

from random import Random
from urllib.parse import urlsplit

from . import texts
from .sent import Asked, Sent

_STATUSES = (b"301", b"302", b"303", b"307", b"308", b"300", b"304", b"305", b"201")


def _go(random: Random, sent: Sent, place: str) -> None:
    sent.status = random.choice(_STATUSES)
    sent.header("Location", place)


def circle(random: Random, sent: Sent, asked: Asked) -> None:
    """To itself, with something added, or back and forth."""
    here = asked.request.url
    longer = f"{here}{'&' if '?' in here else '?'}again={random.randrange(9)}"
    path = urlsplit(here).path
    _go(
        random,
        sent,
        random.choice(
            (
                here,
                longer,
                "",
                "?",
                "#",
                f"{path}/",
                f"/x{path}",
                path.upper(),
                f"{path}/../{path.rpartition('/')[2]}",
            )
        ),
    )


def stranger(random: Random, sent: Sent, asked: Asked) -> None:
    """To another host, port or scheme; each would take the credentials."""
    parts = urlsplit(asked.request.url)
    tail = f"{parts.path}?{parts.query}"
    strange = urlsplit(asked.stranger).netloc
    named = parts.netloc
    port = parts.port
    places = (
        f"{asked.stranger}{tail}",
        f"//{strange}{tail}",
        f"http://localhost:{port}{tail}",
        f"http://{named}@{strange}{tail}",
        f"https://{named}{tail}",
        f"http://{strange}#@{named}{tail}",
        f"http://{strange}\\@{named}{tail}",
        f"\\\\{strange}{tail}",
        f"http:{tail}",
        f"http:///{strange}{tail}",
        f"http://{named}.{strange}{tail}",
        f"/\\{strange}{tail}",
        f"\t//{strange}{tail}",
        f"http://127.1:{port}{tail}",
        f"http://2130706433:{port}{tail}",
        f"http://0x7f.0.0.1:{port}{tail}",
        f"http://127.0.0.1.:{port}{tail}",
        f"HTTP://{strange.upper()}{tail}",
        f"http://[::ffff:127.0.0.1]:{port}{tail}",
        f"http://{named}:80{tail}",
        f"http://user:password@{named}{tail}",
        f"{asked.origin}{tail}",
        f"http://{strange}/..//{named}",
    )
    _go(random, sent, random.choice(places))


def odd_place(random: Random, sent: Sent, asked: Asked) -> None:
    """To what is no address, or to one of another kind."""
    places = (
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,<script>",
        "ftp://127.0.0.1/x",
        "http://[::1",
        "http://",
        "https://d.test:port/x",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:0/",
        "//",
        "///",
        "mailto:a@b.invalid",
        "gopher://127.0.0.1:1/x",
        "http://\u202eexample.invalid/",
        "http://%00/",
        "/" + "a/" * 4000,
        "http://" + "a." * 4000 + "invalid/",
        "?" + "a=b&" * 4000,
        "/login?next=" + "%25" * 3000,
        "http://a b.invalid/",
        "unix:/x",
    )
    _go(random, sent, random.choice((*places, texts.text(random))))


def login(random: Random, sent: Sent, asked: Asked) -> None:
    """To a page where people log in."""
    _go(
        random,
        sent,
        random.choice(
            (f"{asked.origin}/login", "/sso/saml?x=1", f"{asked.stranger}/login", "/campus/login.jsp")
        ),
    )


def doubled(random: Random, sent: Sent, asked: Asked) -> None:
    """To two places at once."""
    _go(random, sent, asked.request.url)
    sent.add("Location", f"{asked.stranger}/orgs")


MUTATIONS = {
    "redirects.circle": circle,
    "redirects.stranger": stranger,
    "redirects.odd-place": odd_place,
    "redirects.login": login,
    "redirects.doubled": doubled,
}
