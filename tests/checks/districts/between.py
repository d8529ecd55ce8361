"""What stands in front of a server, or is done to its answers on the way: gateways, redirects, cookies, headers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from oneroster_checks.connection import OneRosterVersion

from ...servers import Reply, Request, json_reply
from ...servers.reply import HTML
from .district import Change
from .records import data_of, many
from .replies import leads_to

# The page of a firewall that many districts have in front: other headers and another form than those of the server.
FIREWALL_PAGE = Reply(
    403,
    b"<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body>"
    b"<h1>Sorry, you have been blocked</h1><p>Cloudflare Ray ID: 8c1f2a90bd11</p></body></html>",
    (HTML, ("Server", "cloudflare"), ("CF-RAY", "8c1f2a90bd11-ORD")),
)
# What a gateway says that wants its own key, as one vendor of gateways publishes it.
GATEWAY_KEY_WANTED = json_reply(
    401,
    {
        "statusCode": 401,
        "message": "Access denied due to missing subscription key. Make sure to include subscription key "
        "when making requests to an API.",
    },
    (
        "WWW-Authenticate",
        'AzureApiManagementKey realm="https://gateway.elm.example/oneroster",name="Subscription-Key"',
    ),
)


def named(product: str) -> Change:
    """Every answer says which product gave it."""
    return lambda request, reply: reply.but(("Server", product))


def to_a_slash(status: int = 301) -> Change:
    """A path without a slash at its end is led to the same with one, the query kept."""

    def change(request: Request, reply: Reply) -> Reply:
        path, _, query = request.target.partition("?")
        if path.endswith("/"):
            return reply
        return leads_to(status, f"{path}/?{query}" if query else f"{path}/")

    return change


def with_cookie(text: str) -> Change:
    """The answer sets a cookie."""
    return lambda request, reply: reply.but(("Set-Cookie", f"{text}; Path=/; HttpOnly"))


def unless_cookie(text: str, reply: Reply) -> Change:
    """Said to whoever does not send the cookie back."""
    return lambda request, honest: honest if text in request.headers.get("cookie", "") else reply


def header_names(change: Callable[[str], str]) -> Change:
    """The names of the headers in another case."""
    return lambda request, reply: replace(
        reply, headers=tuple((change(name), value) for name, value in reply.headers)
    )


def total_twice(request: Request, reply: Reply) -> Reply:
    """The total stands there twice, as two layers of a server write it."""
    return reply.but(*(pair for pair in reply.headers if pair[0] == "X-Total-Count"))


def rows_in(reply: Reply) -> list[object]:
    """The rows of a list of OneRoster, none where the answer is no such list."""
    if reply.status != 200 or not reply.body:
        return []
    document = json.loads(reply.body)
    lists = (
        [value for value in document.values() if isinstance(value, list)]
        if isinstance(document, dict)
        else []
    )
    return lists[0] if lists else []


def gone_behind_the_end(refusal: Reply) -> Change:
    """A page behind the last one is refused."""

    def change(request: Request, reply: Reply) -> Reply:
        behind = int(request.asks("offset") or 0) > 0 and reply.status == 200 and not rows_in(reply)
        return refusal if behind else reply

    return change


def total_of_the_page(request: Request, reply: Reply) -> Reply:
    """The total counts the rows of this page."""
    return reply.without("x-total-count").but(("X-Total-Count", str(len(rows_in(reply)))))


def next_at(origin: str) -> Change:
    """The address of the next page names another host or scheme."""

    def change(request: Request, reply: Reply) -> Reply:
        here = f"<http://{request.headers.get('host', '')}"
        return replace(
            reply,
            headers=tuple(
                (name, value.replace(here, f"<{origin}") if name == "Link" else value)
                for name, value in reply.headers
            ),
        )

    return change


def next_back_from(offset: int, target: int) -> Change:
    """From this offset on, the next page is said to begin at `target`."""

    def change(request: Request, reply: Reply) -> Reply:
        if int(request.asks("offset") or 0) < offset or not rows_in(reply):
            return reply
        path = request.target.partition("?")[0]
        limit = request.asks("limit") or "100"
        link = f'<http://{request.headers.get("host", "")}{path}?limit={limit}&offset={target}>; rel="next"'
        return reply.without("link").but(("Link", link))

    return change


def asked_with(*names: str) -> Callable[[Request], bool]:
    """Data requests that carry one of these parameters."""
    return lambda request: request.method == "GET" and any(request.asks(name) is not None for name in names)


def whole_list(collection: str, version: OneRosterVersion, number: int) -> Change:
    """A collection of so many records comes in one answer, whatever limit is asked for."""
    data = data_of(version)
    many(collection, number)(data)
    rows = data[collection]

    def change(request: Request, reply: Reply) -> Reply:
        if reply.status != 200 or any(request.asks(name) for name in ("filter", "sort", "fields")):
            return reply
        behind = rows[int(request.asks("offset") or 0) :]
        return json_reply(200, {collection: behind}, ("X-Total-Count", str(number)))

    return change


def refused_above(rows: int, refusal: Reply) -> Change:
    """Pages of more than so many rows are refused."""
    return lambda request, reply: refusal if int(request.asks("limit") or 0) > rows else reply
