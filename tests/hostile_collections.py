"""Servers whose every collection is made to break whoever reads it to its end, each page made when it is asked for."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping

from .servers import Answer, Reply, Request, token_reply
from .servers.reply import JSON

# Whoever these are, no report, event or line of progress names them.
FIRST_NAME, LAST_NAME = "Zyprexia", "Quandrell"
# The records of one page from an offset on, so many of them, or the bytes or the answer that stand for them; the last
# is the number of the request.
Page = Callable[[int, int, int], "list[object] | bytes | Reply"]


def person(number: object, **more: object) -> dict[str, object]:
    """A record of a person, with more members or other ones."""
    return {
        "sourcedId": f"u{number}", "status": "active", "dateLastModified": "2026-08-03T10:00:00Z",
        "enabledUser": "true", "givenName": f"{FIRST_NAME}{number}", "familyName": LAST_NAME,
        "username": f"{FIRST_NAME}{number}", "email": f"{FIRST_NAME}{number}@{LAST_NAME}.example", "role": "student",
        "roles": [{"roleType": "primary", "role": "student", "org": {"sourcedId": "o1", "type": "org"}}], **more,
    }  # fmt: skip


def _each(record: Callable[[int], object]) -> Page:
    return lambda start, rows, request: [record(start + place) for place in range(rows)]


def _text(record: Callable[[int], str]) -> Page:
    """Records as JSON that no writer of JSON makes."""
    return lambda start, rows, request: ",".join(record(start + place) for place in range(rows)).encode()


# Behind so many records with long lists there are no more.
_LISTS = 8


def _lists(members: Mapping[str, Callable[[int], object]], entries: int) -> Page:
    return lambda start, rows, request: [
        {"sourcedId": f"u{start + number}"}
        | {name: [of(place) for place in range(entries)] for name, of in members.items()}
        for number in range(min(rows, 2 if start < _LISTS else 0))
    ]


_TOTALS = ("-5", "99999999999999999999", "1e9", " 7 ", "NaN", "0x10", "", "3", "50000", "0")
_LINKS = (
    "<http://127.0.0.1:1/x>; rel=next", '<?offset=-1>; rel="next"', '<javascript:1>; rel="next"', "<" * 3000,
    '<http://[::1>; rel="next"', '<>; rel="next"', '<?offset=99999999999999999999>; rel="next"',
    '<//127.0.0.1/..%00>; rel="next"', 'rel="next"',
)  # fmt: skip
_DEEP = '{"a":' * 60 + "1" + "}" * 60
_KINDS: tuple[Callable[[int], object], ...] = (
    lambda n: n, lambda n: True, lambda n: None, lambda n: [n], lambda n: {"a": n}, lambda n: n + 0.5,
    lambda n: "", lambda n: f"u{n}",
)  # fmt: skip
_BOMB = gzip.compress(b'{"users":[' + b" " * 200_000_000, 1)

PAGES: Mapping[str, Page] = {
    "every key twice": _text(
        lambda n: (
            f'{{"sourcedId":"{n}","sourcedId":"b{n}","status":"active","status":7,"role":{{}},"role":"student"}}'
        )
    ),
    "deep objects": _text(lambda n: f'{{"sourcedId":"{n}","metadata":{_DEEP}}}'),
    "halves of pairs": _text(
        lambda n: f'{{"sourcedId":"\\ud800{n}","role":"\\udfff","user":{{"sourcedId":"\\ud800"}}}}'
    ),
    "no numbers": _text(
        lambda n: '{"sourcedId":NaN,"role":Infinity,"status":-Infinity,"dateLastModified":NaN}'
    ),
    "numbers of 4,000 digits": _text(
        lambda n: f'{{"sourcedId":{"9" * 4000},"dateLastModified":{"9" * 4000}}}'
    ),
    "numbers of 5,000 digits": _text(lambda n: f'{{"sourcedId":{"9" * 5000},"dateLastModified":1e999}}'),
    "ids of every kind": _each(
        lambda n: {
            "sourcedId": _KINDS[n % 8](n),
            "role": _KINDS[n % 7](n),
            "user": {"sourcedId": _KINDS[n % 5](n)},
            "orgs": [{"sourcedId": None}, None, 3],
            "status": _KINDS[n % 3](n),
        }
    ),
    "words of their own": _each(
        lambda n: person(
            n,
            role=f"w{n}",
            type=f"t{n}",
            classType=f"c{n}",
            sex=f"s{n}",
            status=f"st{n}",
            grades=[f"g{n}"],
            roles=[{"role": f"r{n}", "roleType": f"rt{n}"}],
        )
    ),
    "references in circles": _each(
        lambda n: person(
            n,
            parent={"sourcedId": f"u{(n * 7 + 1) % 20_000}", "type": "org"},
            type="school",
            children=[{"sourcedId": f"u{(n + 1) % 20_000}", "type": "org"}],
            agents=[{"sourcedId": f"u{(n + 5) % 20_000}", "type": "user"}],
        )
    ),
    "totals that change": _each(person),
    "odd totals": _each(person),
    "odd links": _each(person),
    "pages that come again": lambda start, rows, request: [
        person((start + place) % 600) for place in range(rows)
    ],
    "ids that are SQL": _each(
        lambda n: person(
            f"{n}'; DROP TABLE users; --\0\"%_",
            role=f"student'); DELETE FROM users; --{n % 3}",
            agents=[{"sourcedId": f"' OR 1=1 --{n}"}],
            grades=["' UNION SELECT"],
        )
    ),
    "ids that are names": _each(
        lambda n: person(
            n,
            sourcedId=f"{FIRST_NAME}.{LAST_NAME}{n}",
            role=f"{FIRST_NAME} {LAST_NAME}{n}",
            roles=[{"role": f"{FIRST_NAME}{n}@{LAST_NAME}.example", "roleType": "primary"}],
            user={"sourcedId": f"{FIRST_NAME} {LAST_NAME} {n}"},
            agents=[{"sourcedId": f"{FIRST_NAME}.{LAST_NAME}"}],
        )
    ),
    "a bomb behind the first pages": lambda start, rows, request: (
        Reply(200, _BOMB, (JSON, ("Content-Encoding", "gzip")))
        if start >= 600
        else [person(start + place) for place in range(rows)]
    ),
    "lists of references": _lists({"agents": lambda place: {"sourcedId": f"a{place}", "type": "user"}}, 1000),
    "lists of everything": _lists({"grades": str, "roles": lambda place: {"role": "student"}}, 1000),
    "ids of 900 characters": _each(
        lambda n: person(f"{n}-{'x' * 900}", agents=[{"sourcedId": f"{n}-{'y' * 900}", "type": "user"}])
    ),
}
# What takes memory, in pages of millions of bytes; measured with HOSTILE=all.
LARGE: Mapping[str, tuple[Page, int, int]] = {
    "16 MB of one id": (_text(lambda n: '{"sourcedId":"a"}'), 800_000, 1_600_000),
    "16 MB of ids": (_text(lambda n: f'{{"sourcedId":"{n}"}}'), 600_000, 1_200_000),
    "lists of 50,000 references": (
        _lists({"agents": lambda place: {"sourcedId": f"a{place}", "type": "user"}}, 50_000), 2, 20,
    ),
    "500,000 words": (PAGES["words of their own"], 5000, 100_000),
    "very long ids": (PAGES["ids of 900 characters"], 4000, 40_000),
}  # fmt: skip


def serves(name: str, page: Page, *, most: int = 300, total: int = 900) -> Callable[[Request], Answer]:
    """A server of such pages, of at most so many records each, in collections of `total` records.

    Where that many are more than a thousand, every page has them, whatever is asked for.
    """
    heard = [0]

    def answers(request: Request) -> Answer:
        if request.method == "POST":
            return token_reply()
        heard[0] += 1
        last = request.path.rpartition("/")[2]
        key = {"students": "users", "teachers": "users"}.get(last, last)
        start, asked = int(request.asks("offset") or 0), int(request.asks("limit") or 100)
        rows = most if most > 1000 else min(asked, most)
        made = page(start, max(0, min(rows, total - start)), heard[0])
        if isinstance(made, Reply):
            return made
        body = (
            b'{"%s":[' % key.encode()
            + (made if isinstance(made, bytes) else json.dumps(made)[1:-1].encode())
            + b"]}"
        )
        told = {
            "totals that change": str(heard[0] * 7919 % 5000),
            "odd totals": _TOTALS[heard[0] % len(_TOTALS)],
        }
        headers = [JSON, ("X-Total-Count", told.get(name, str(total)))]
        if name == "odd links":
            headers.append(("Link", _LINKS[heard[0] % len(_LINKS)]))
        return Reply(200, body, tuple(headers))

    return answers
