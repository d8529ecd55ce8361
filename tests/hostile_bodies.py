"""Bodies by which a stranger would use up the memory of whoever reads them, each made when it is asked for."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from itertools import count, islice

from .servers import Reply

SIZE = 30_000_000
JSON = ("Content-Type", "application/json")
_GZIP = ("Content-Encoding", "gzip")


def _repeated(start: str, part: str, end: str, size: int = SIZE) -> bytes:
    return (start + part * (size // len(part.encode())) + end).encode()


def _numbered(start: str, part: str, end: str, size: int = SIZE, *, between: str = ",") -> bytes:
    """`part` with a number in place of its `#`, over and over."""
    width = len(part.encode()) + 7 + len(between)
    parts = (part.replace("#", f"{number:08x}") for number in islice(count(), size // width))
    return (start + between.join(parts) + end).encode()


@cache
def _zeros(times: int) -> bytes:
    """400 MB of zeros, packed so often."""
    if times > 1:
        return gzip.compress(_zeros(times - 1))
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(b"\x00" * 10_000_000) for _ in range(40)) + packer.flush()


def _packed(body: bytes) -> Reply:
    return Reply(200, gzip.compress(body, 1), (JSON, _GZIP))


def _plain(body: bytes) -> Reply:
    return Reply(200, body, (JSON,))


def _user(number: int, **more: object) -> dict[str, object]:
    return {"sourcedId": f"u{number}", "status": "active", "dateLastModified": "2026-08-03T10:00:00Z",
            "enabledUser": "true", "givenName": f"Jane{number}", "familyName": "Doe", "role": "student",
            "username": f"jane{number}", "roles": [{"roleType": "primary", "role": "student",
            "org": {"href": "https://d.test/orgs/o1", "sourcedId": "o1", "type": "org"}}], **more}  # fmt: skip


def _valid(total: int) -> bytes:
    """A valid list of users of about so many bytes."""
    one = len(json.dumps(_user(100_000)))
    return json.dumps({"users": [_user(number) for number in range(total // one)]}).encode()


_DEEP_KEYS = 90


def _chains(size: int, word: str) -> bytes:
    """Objects within objects, each with a key of its own, as deep as this tool reads."""
    chains = []
    numbers = count()
    for _ in range(size // (_DEEP_KEYS * (len(word.encode()) + 14))):
        names = (f'{{"{word}{next(numbers):08x}":' for _ in range(_DEEP_KEYS))
        chains.append("".join(names) + "1" + "}" * _DEEP_KEYS)
    return f'{{"orgs":[{",".join(chains)}]}}'.encode()


# What is below the limits of this tool on purpose has no more than so many values and bytes.
_WITHIN = 345_000
_WITHIN_BYTES = 16_000_000


MAKERS: Mapping[str, Callable[[], Reply]] = {
    "gzip of 400 MB, twice": lambda: Reply(200, _zeros(2), (JSON, ("Content-Encoding", "gzip, gzip"))),
    "gzip of 400 MB, three times": lambda: Reply(200, _zeros(3), (JSON, ("Content-Encoding", "gzip, gzip, gzip"))),
    "gzip of 400 MB": lambda: Reply(200, _zeros(1), (JSON, _GZIP)),
    "gzip told twice, packed once": lambda: Reply(200, gzip.compress(b"{}"), (JSON, _GZIP, _GZIP)),
    "empty objects": lambda: _plain(_repeated("[{}", ",{}", "]")),
    "empty objects, packed": lambda: _packed(_repeated("[{}", ",{}", "]")),
    "empty objects under the name": lambda: _plain(_repeated('{"orgs":[{}', ",{}", "]}")),
    "empty lists": lambda: _plain(_repeated("[[]", ",[]", "]")),
    "opening brackets": lambda: _plain(b"[" * SIZE),
    "opening braces": lambda: _plain(_repeated("", '{"a":', "")),
    "one text with an emoji": lambda: _plain(_repeated('{"orgs":"\U0001f600', "x", '"}')),
    "one text with an emoji, within": lambda: _plain(
        _repeated('{"orgs":"\U0001f600', "x", '"}', _WITHIN_BYTES // 2)
    ),
    "one text": lambda: _plain(_repeated('{"orgs":"', "x", '"}', _WITHIN_BYTES)),
    "one text with half a pair": lambda: _plain(_repeated('{"orgs":"\\ud800', "x", '"}', _WITHIN_BYTES)),
    "one text with escapes": lambda: _plain(_repeated('{"orgs":"', "\\ud83d\\ude00", '"}', _WITHIN_BYTES)),
    "half pairs alone": lambda: _plain(_repeated('["', "\\ud800", '"]', _WITHIN_BYTES)),
    "keys of their own": lambda: _plain(_numbered("{", '"#":1', "}")),
    "keys of their own, within": lambda: _plain(_numbered("{", '"\U0001f600#":1.5', "}", _WITHIN * 19)),
    "numbers": lambda: _plain(_repeated("[1", ",1", "]")),
    "points": lambda: _plain(_repeated("[1.5", ",1.5", "]")),
    "numbers of their own, within": lambda: _plain(_repeated("[1", ",12345678901234567890", "]", _WITHIN * 21)),
    "one number": lambda: _plain(b'{"orgs":[' + b"9" * _WITHIN_BYTES + b"]}"),
    "one number with a point": lambda: _plain(b'{"orgs":[1.' + b"9" * (_WITHIN_BYTES - 100) + b"]}"),
    "texts": lambda: _plain(_repeated('[""', ',""', "]")),
    "texts with commas": lambda: _plain(_repeated('[","', ',","', "]")),
    "texts of their own, within": lambda: _plain(_numbered("[", '"\U0001f600#"', "]", _WITHIN * 15)),
    "objects of their own, within": lambda: _plain(
        _numbered('{"orgs":[', '{"\U0001f600#":1}', "]}", _WITHIN // 3 * 19)
    ),
    "chains of objects, within": lambda: _plain(_chains(_WITHIN // 2 * 18, "\U0001f600")),
    "valid users": lambda: _plain(_valid(SIZE)),
    "valid users, 44 MB": lambda: _plain(_valid(44_000_000)),
    "valid users, within": lambda: _plain(_valid(_WITHIN // 20 * 290)),
    "valid users of 1 MB each": lambda: _plain(
        json.dumps({"users": [_user(number, metadata={"a": "x" * 1_000_000}) for number in range(15)]}).encode()
    ),
    "valid users with many values": lambda: _plain(
        json.dumps({"users": [_user(number, grades=["09"] * 3500) for number in range(100)]}).encode()
    ),
    "a token of 15 MB": lambda: _plain(_repeated('{"access_token":"', "a", '"}', 15_000_000)),
    "latin-1 rubbish": lambda: Reply(200, bytes(range(160, 256)) * (SIZE // 96), (JSON,)),
    "latin-1 in a text": lambda: _plain(b'{"orgs":["' + b"\xe9" * _WITHIN_BYTES + b'"]}'),
    "a web page": lambda: Reply(200, _repeated("<!DOCTYPE html><html><p>", "<p>Welcome", "</html>"),
                                (("Content-Type", "text/html"),)),
    "zeros": lambda: _plain(b"\x00" * SIZE),
    "white space": lambda: _plain(b" " * SIZE),
    "backslashes": lambda: _plain(b'{"orgs":"' + b"\\" * SIZE),
    "quotes": lambda: _plain(b'["' + b'"' * SIZE),
    "an error of texts": lambda: Reply(400, _repeated('{"errors":["word"', ',"word"', "]}", _WITHIN * 7), (JSON,)),
    "an error with a long text": lambda: Reply(
        500, _repeated('{"error_description":"', "word ", '"}', _WITHIN_BYTES), (JSON,)
    ),
}  # fmt: skip


# The worst of each kind, for every run of the tests; the others are measured with HOSTILE=all.
USUAL = (
    "gzip of 400 MB, three times", "gzip of 400 MB", "empty objects under the name", "opening brackets",
    "one text with an emoji, within", "one text with half a pair", "keys of their own, within", "texts with commas",
    "chains of objects, within", "a token of 15 MB", "latin-1 rubbish", "a web page", "an error with a long text",
)  # fmt: skip


@cache
def hostile(name: str) -> Reply:
    """The reply of this name."""
    return MAKERS[name]()
