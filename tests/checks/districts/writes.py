"""How a district of the table takes writes to its grade book, and how it refuses or loses them."""

from __future__ import annotations

import json
from collections.abc import Callable

from ...servers import Reply, Request, json_reply
from .district import Change, Override
from .records import Data, Record


def is_write(request: Request) -> bool:
    """Whether a request writes."""
    return request.method in ("PUT", "DELETE")


def write(
    request: Request, collection: str, record: str, data: Data, error: Callable[[int, str, str], Reply]
) -> Reply:
    """The honest answer to a write that was let in, which is carried out."""
    rows = data[collection]
    place = next((at for at, row in enumerate(rows) if row["sourcedId"] == record), None)
    if request.method == "DELETE":
        if place is None:
            return error(404, "unknown object", "unknownobject")
        del rows[place]
        return Reply(204)
    ((_, sent),) = json.loads(request.body).items()
    if place is None:
        rows.append(sent)
        return json_reply(201, {})
    rows[place] = sent
    return json_reply(200, {})


def put_says(answer: Reply, *collections: str, times: int | None = None) -> Override:
    """Writes to these collections, or all, get this answer and are not carried out: the first ones, or always."""
    return _says("PUT", answer, collections, times)


def delete_says(answer: Reply, *collections: str) -> Override:
    """Deletions in these collections, or all, get this answer and are not carried out."""
    return _says("DELETE", answer, collections)


def read_says(change: Callable[[Record], Record], collection: str) -> Override:
    """A test record of a collection is read back so."""

    def changed(request: Request, reply: Reply) -> Reply:
        if reply.status != 200:
            return reply
        document = json.loads(reply.body)
        return json_reply(200, {name: change(record) for name, record in document.items()})

    return Override(
        lambda request: request.method == "GET" and f"/{collection}/orwt-" in request.path, changed
    )


def _says(method: str, answer: Reply, collections: tuple[str, ...], times: int | None = None) -> Override:
    def picked(request: Request) -> bool:
        words = request.path.split("/")
        return request.method == method and (not collections or any(each in words for each in collections))

    change: Change = lambda request, reply: answer  # noqa: E731
    return Override(picked, change, times=times, instead=True)
