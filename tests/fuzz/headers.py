"""Mutations of the headers: their names, values, number and length."""

from __future__ import annotations

from random import Random

from . import texts
from .sent import Asked, Sent

_DATES = (
    "yesterday",
    "Mon, 99 Aug 99999 99:99:99 GMT",
    "Mon, 01 Jan 0001 00:00:00 +2359",
    "Mon, 03 Aug 2026 10:00:00",
    "0",
    "-1",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "9" * 5000,
    "Mon, 03 Aug 2026 10:00:00 GMT\x1b[31m",
    "Mon, 03 Aug 2026 10:00:00 \x1b[31m",
    "Mon, 03 Aug 2026 10:00:00 " + "Z" * 50,
    f"Mon, 03 Aug {'9' * 400} 10:00:00 GMT",
    f"Mon, 03 Aug 2026 10:00:00 +{'9' * 400}",
)
_WAITS = (
    "0",
    "1",
    "-1",
    "19",
    "21",
    "86400",
    "9" * 400,
    "9" * 5000,
    "1e400",
    "NaN",
    "later",
    "Mon, 99 Aug 2026 10:00:00 GMT",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "Mon, 01 Jan 0001 00:00:00 +2359",
    "٣",
)
_TOTALS = (
    "0",
    "-1",
    "1",
    "2",
    "9999999",
    "9" * 30,
    "9" * 5000,
    "1e400",
    "NaN",
    "٣",
    "3, 4",
    "1.5",
    "0x10",
    "many",
    " ",
    "+3",
    "1_000",
)
_KINDS = (
    "text/html",
    "application/json; charset=nowhere-42",
    "application/json; charset=utf-16",
    "application/xml",
    "image/png",
    "",
    "application/problem+json",
    "multipart/mixed; boundary=x",
    "/",
    "text/event-stream",
    "application/json" + ";a=b" * 500,
)
_CHALLENGES = (
    "Basic",
    "Bearer",
    'Bearer error="invalid_token"',
    'Bearer error="insufficient_scope", scope="x"',
    ",,,",
    "Basic realm=",
    'OAuth realm="x", oauth_problem="nonce_used"',
    "NTLM",
    "Negotiate",
    'Digest realm="x"',
    'Bearer error="' + "\\" * 3000,
    "Basic " + "a=b," * 2000,
    "=" * 4000,
    "OAuth oauth_problem=timestamp_refused&oauth_acceptable_timestamps=9-99999999999999999999",
)
_COOKIES = (
    "a=b",
    "session=abcdefgh12345; Domain=127.0.0.1",
    "x=y; Domain=.invalid",
    "=; ;",
    "a" * 5000 + "=1",
    'q="\\"',
    "s=1; Path=/nowhere",
    "s=1; Max-Age=" + "9" * 5000,
    "s=1; Expires=Mon, 99 Aug 99999 99:99:99 GMT",
    "s=\x01",
)


def links(random: Random, asked: Asked) -> str:
    """A Link header of any kind."""
    here = f"{asked.origin}{asked.request.url.partition(asked.origin)[2]}"
    return random.choice(
        (
            f'<{here}>; rel="next"',
            f'<{asked.stranger}/orgs?offset=100>; rel="next"',
            '<http://[::1/orgs>; rel="next"',
            '<?offset=0>; rel="next"',
            f'<?offset={"9" * 5000}>; rel="next"',
            '<javascript:alert(1)>; rel="next"',
            '<file:///etc/passwd>; rel="next"',
            '<//stranger.invalid/x>; rel="next"',
            '<http://user:password@127.0.0.1/orgs>; rel="next"',
            "next",
            "<>; rel=next",
            '<x>; rel="next prev first"',
            "<" * 8000,
            "<a>;" * 4000,
            '<x>; rel="' + "a " * 8000,
            "<x>; " + "a=" * 8000,
            ", " * 8000,
            '</orgs?filter=a|b[c]{d}^`\\"&offset=100>; rel="next"',
        )
    )


def known(random: Random, sent: Sent, asked: Asked) -> None:
    """An absurd value in a header that is read."""
    values = {
        "Date": _DATES,
        "Retry-After": _WAITS,
        "X-Total-Count": _TOTALS,
        "Content-Type": _KINDS,
        "WWW-Authenticate": _CHALLENGES,
        "Set-Cookie": _COOKIES,
        "Link": (links(random, asked),),
        "X-Request-Id": (texts.text(random), "1" * 80, "555-0142-998"),
        "Server": (texts.text(random), "cloudflare", "nginx"),
        "CF-Ray": ("x1" * 40,),
        "Allow": ("", "GET" * 900),
    }
    name = random.choice(sorted(values))
    change = random.choice((sent.header, sent.add))
    change(name, random.choice(values[name]))


def throttled(random: Random, sent: Sent, asked: Asked) -> None:
    """An answer that asks to wait, for any time."""
    sent.status = random.choice((b"429", b"503", b"502", b"504"))
    sent.header("Retry-After", random.choice(_WAITS))


def long_value(random: Random, sent: Sent, asked: Asked) -> None:
    """A value of 8 kB to 100 kB in a header that is read, which says one thing over and over."""
    name = random.choice(
        (
            "Location",
            "Link",
            "WWW-Authenticate",
            "X-Request-Id",
            "Date",
            "Retry-After",
            "Set-Cookie",
            "X-Total-Count",
            "Server",
        )
    )
    sent.header(name, texts.stutter(random, random.choice((8_000, 8_000, 30_000, 90_000, 100_000))))
    if name == "Location":
        sent.status = random.choice((b"301", b"302", b"307", b"308"))


def odd_name(random: Random, sent: Sent, asked: Asked) -> None:
    """A name that is none, or one of any length."""
    odd = (
        b"",
        b" ",
        b"X Y",
        b"X\x00Y",
        b"X(",
        "Übung".encode(),
        b"\xff",
        b"x" * 60_000,
        b":",
        b"X\x1b[31m",
        b"Content-Length ",
    )
    sent.add(random.choice(odd), "1")


def odd_value(random: Random, sent: Sent, asked: Asked) -> None:
    """Control characters, bytes beyond ASCII, folded lines, bare line breaks."""
    name = random.choice(
        ("X-Odd", "Content-Type", "Date", "Server", "X-Request-Id", "Location", "WWW-Authenticate")
    )
    odd = (
        b"a\r\n b",
        b"a\n b",
        b"a\rb",
        b"a\x00b",
        b"\x1b[31m",
        b"\xff\xfe\x80",
        "schüler-1".encode(),
        b"a\x7fb",
        b"\x0b",
        b"a\r\n\tb\r\n c",
    )
    sent.add(name, random.choice(odd))


def many(random: Random, sent: Sent, asked: Asked) -> None:
    """Headers in hundreds, or the same over again."""
    for place in range(random.choice((10, 150, 1500))):
        sent.add(random.choice((b"X-%d" % place, b"Link", b"Set-Cookie")), "a=b")


def doubled(random: Random, sent: Sent, asked: Asked) -> None:
    """Every header twice, the second time with another value."""
    sent.headers += [(name, random.choice((value, b"", b"1", value[::-1]))) for name, value in sent.headers]


def dropped(random: Random, sent: Sent, asked: Asked) -> None:
    """Some of the headers are missing."""
    sent.headers = [pair for pair in sent.headers if random.random() < 0.5]


MUTATIONS = {
    "headers.known": known,
    "headers.throttled": throttled,
    "headers.long": long_value,
    "headers.odd-name": odd_name,
    "headers.odd-value": odd_value,
    "headers.many": many,
    "headers.doubled": doubled,
    "headers.dropped": dropped,
}
