"""What a healthy server may do in its own way: how a body is sent, how references are written, and more."""

from __future__ import annotations

from dataclasses import replace

from ...servers import Reply, Request
from .district import Change, with_document
from .records import Record


def typed_as(content_type: str) -> Change:
    """The same body under another content type."""
    return lambda request, reply: reply.without("content-type").but(("Content-Type", content_type))


def body_as(change: object, *headers: tuple[str, str]) -> Change:
    """The body written another way."""
    assert callable(change)
    return lambda request, reply: replace(reply.but(*headers), body=change(reply.body))


def in_chunks(request: Request, reply: Reply) -> Reply:
    """The body in chunks of seven bytes, with a word behind each size."""
    parts = [reply.body[start : start + 7] for start in range(0, len(reply.body), 7)]
    chunks = b"".join(f"{len(part):X};part=1\r\n".encode() + part + b"\r\n" for part in parts)
    return replace(reply.but(("Transfer-Encoding", "chunked")), body=chunks + b"0\r\nX-Trailer: 1\r\n\r\n")


def until_closed(request: Request, reply: Reply) -> Reply:
    """HTTP/1.0 without a length: the end of the connection is the end of the body."""
    headers = "".join(f"{name}: {value}\n" for name, value in reply.headers)
    head = f"HTTP/1.0 {reply.status} OK\n{headers}\n".replace("\n", "\r\n").encode()
    return Reply(raw=head + reply.body)


def no_words(request: Request, reply: Reply) -> Reply:
    """A status line without its words, header names in odd cases."""
    headers = "".join(f"{name.upper()}:{value}\n" for name, value in reply.headers)
    head = f"HTTP/1.1 {reply.status}\n{headers}CONTENT-LENGTH:{len(reply.body)}\n\n".replace(
        "\n", "\r\n"
    ).encode()
    return Reply(raw=head + reply.body)


def hrefs(text: str) -> Change:
    """Every href of every reference begins in another way."""

    def walk(value: object) -> object:
        if isinstance(value, dict):
            return {
                name: walk(item) if name != "href" else f"{text}{value['sourcedId']}"
                for name, item in value.items()
            }
        return [walk(item) for item in value] if isinstance(value, list) else value

    return with_document(walk)


def flat(row: Record) -> Record:
    """References as bare sourcedIds: `orgSourcedIds`, `userSourcedId`."""
    changed: Record = {}
    for name, value in row.items():
        if isinstance(value, dict) and "sourcedId" in value:
            changed[f"{name}SourcedId"] = value["sourcedId"]
        elif (
            isinstance(value, list)
            and value
            and all(isinstance(item, dict) and "href" in item for item in value)
        ):
            changed[f"{name.removesuffix('s')}SourcedIds"] = [item["sourcedId"] for item in value]
        else:
            changed[name] = value
    return changed


def with_nulls(row: Record) -> Record:
    """Null for every field that is absent."""
    absent = (
        "metadata",
        "identifier",
        "parent",
        "children",
        "grades",
        "subjects",
        "phone",
        "sms",
        "middleName",
        "periods",
    )
    return {**dict.fromkeys(absent), **row}


def numbered(value: object) -> object:
    """Every sourcedId a number."""
    if isinstance(value, dict):
        return {
            name: sum(str(item).encode()) * 1000 + len(str(item)) if name == "sourcedId" else numbered(item)
            for name, item in value.items()
        }
    return [numbered(item) for item in value] if isinstance(value, list) else value


def growing(request: Request, total: int) -> int:
    """One more record than before once the second page is read: somebody enrols a pupil meanwhile."""
    return total + (1 if request.asks("offset") else 0)


def two_links(request: Request, reply: Reply) -> Reply:
    """The link to the next page stands in a header of its own, behind that of the last."""
    first = request.target.partition("?")[0]
    links = tuple(pair for pair in reply.headers if pair[0] == "Link")
    return reply.without("link").but(("Link", f'<{first}?fields=a,b&offset=0>; rel="first"'), *links)
