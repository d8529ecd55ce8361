"""Lists as servers give them: envelopes, paging, filter, sort and fields, with the manners of each server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlencode

from oneroster_checks.connection import OneRosterVersion

from ...servers import Reply, Request, json_reply
from ...servers.reply import JSON
from .policies import Scopes
from .records import Data, Record, roles_of

_ENVELOPES = {
    "orgs": "orgs", "schools": "orgs", "academicSessions": "academicSessions", "terms": "academicSessions",
    "gradingPeriods": "academicSessions", "courses": "courses", "classes": "classes", "users": "users",
    "students": "users", "teachers": "users", "enrollments": "enrollments", "demographics": "demographics",
    "categories": "categories", "lineItems": "lineItems", "results": "results", "resources": "resources",
    "assessmentLineItems": "assessmentLineItems", "assessmentResults": "assessmentResults",
    "scoreScales": "scoreScales",
}  # fmt: skip
# The keys of single records that are not the collection's without its last letter.
_SINGLE = {"classes": "class", "categories": "category", "demographics": "demographics"}
_GRADEBOOK = frozenset(
    ("categories", "lineItems", "results", "assessmentLineItems", "assessmentResults", "scoreScales")
)
_TERM = re.compile(r"\s*([\w.]+)\s*(!=|>=|<=|=|>|<|~)\s*'([^']*)'\s*")


@dataclass(frozen=True)
class Manners:
    """How a server behaves where servers differ; the defaults are those of the standard.

    `error` makes its refusals, `unknown_path` what any path outside its roots gives. `grants` is the scope
    that every token gets (None: what was asked for), `scope_of` the scope that a collection needs; `scopes` is a
    whole policy in place of both. `signed_for` is the origin for which signatures are verified (see `letting_in`).
    `first_token_lasts` and `each_token_lasts` count calls. `key` and `secret` are the right ones where they are
    not the usual. `records` is the version of the records where it is not the path's.
    """

    total: Literal["told", "none"] | Callable[[Request, int], int] = "told"
    link: Literal["right", "none", "always next", "relative", "back to the first"] = "right"
    cap: int | None = None
    limit: Literal["followed", "ignored"] = "followed"
    default_limit: int = 100
    offset: Literal["followed", "ignored", "one short"] = "followed"
    filter: Literal["followed", "ignored", "refused", "empty", "fails"] = "followed"
    sort: Literal["followed", "ignored", "refused"] = "followed"
    fields: Literal["followed", "ignored", "refused"] = "followed"
    envelope: Callable[[str, str], str | None] | None = None
    single: Literal["wrapped", "plain", "nothing"] = "wrapped"
    unknown_id: Reply | None = None
    error: Callable[[int], Reply] | None = None
    unknown_path: Reply | None = None
    grants: str | None = None
    scope_of: Mapping[str, str] = field(default_factory=dict)
    scopes: Scopes | None = None
    first_token_lasts: int | None = None
    each_token_lasts: int | None = None
    key: str = ""
    secret: str = ""
    basic: Literal["decoded", "as it is"] = "decoded"
    signed_query: Literal["right", "left out"] = "right"
    signed_for: str = "http://{host}"
    # The origin that is verified, with {host} for the Host header, and {name} and {port} for its parts.
    window_s: float = 300.0
    open_doors: bool = False
    records: OneRosterVersion | None = None


def envelope_of(collection: str) -> str:
    """The standard's key for a collection, "" when there is no such collection."""
    return _ENVELOPES.get(collection, "")


def service_of(collection: str) -> str:
    """The service that a collection belongs to."""
    if collection in _GRADEBOOK:
        return "gradebook"
    return "resources" if collection == "resources" else "rostering"


def answer_list(
    request: Request,
    collection: str,
    record: str,
    data: Data,
    manners: Manners,
    version: OneRosterVersion,
    error: Callable[[int, str, str], Reply],
) -> Reply:
    """The answer to a data call that was let in."""
    rows = rows_of(collection, data)
    if record:
        return _one(collection, record, rows, manners, error)
    if collection.startswith("assessment") and version == "1.1":
        return error(404, "unknown object", "unknownobject")
    chosen = _filtered(rows, request.asks("filter"), manners)
    if chosen is None:
        return error(
            500 if manners.filter == "fails" else 400, "invalid_filter_field", "invalid_filter_field"
        )
    if request.asks("sort") and manners.sort == "refused":
        return error(400, "invalid_sort_field", "invalid_sort_field")
    if request.asks("sort") and manners.sort == "followed":
        name, down = request.asks("sort") or "", request.asks("orderBy") == "desc"
        chosen = sorted(chosen, key=lambda row: str(row.get(name, "")), reverse=down)
    if request.asks("fields") is not None and manners.fields == "refused":
        return error(400, "invalid_selection_field", "invalid_selection_field")
    page = wanted_rows(request, chosen, manners)
    if request.asks("fields") and manners.fields == "followed":
        names = (request.asks("fields") or "").split(",")
        page = [{name: row[name] for name in names if name in row} for row in page]
    return _listed(request, collection, page, len(chosen), manners)


def wanted_rows(request: Request, rows: list[Record], manners: Manners) -> list[Record]:
    """The page of rows that limit and offset ask for."""
    limit = _number(request.asks("limit"), manners.default_limit)
    if limit < 0:
        return rows
    limit = min(limit, manners.cap) if manners.cap else limit
    limit = len(rows) if manners.limit == "ignored" else limit
    offset = 0 if manners.offset == "ignored" else _number(request.asks("offset"), 0)
    if offset and manners.offset == "one short":
        offset -= 1
    return rows[offset : offset + limit]


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.lstrip("-").isdigit() else otherwise


def rows_of(collection: str, data: Data) -> list[Record]:
    """The records of a collection, those of a part of another one among them."""
    rows = data[_ENVELOPES[collection]]
    if collection in ("students", "teachers"):
        return [row for row in rows if collection.removesuffix("s") in roles_of(row)]
    if collection in ("schools", "terms", "gradingPeriods"):
        return [row for row in rows if row.get("type") == collection.removesuffix("s")]
    return rows


def _one(
    collection: str,
    record: str,
    rows: list[Record],
    manners: Manners,
    error: Callable[[int, str, str], Reply],
) -> Reply:
    for row in rows:
        if str(row.get("sourcedId")) == record:
            name = _ENVELOPES[collection]
            key = _SINGLE.get(name, name.removesuffix("s"))
            return json_reply(200, row if manners.single == "plain" else {key: row})
    return manners.unknown_id or error(404, "unknown object", "unknownobject")


def _filtered(rows: list[Record], text: str | None, manners: Manners) -> list[Record] | None:
    """The rows that a filter leaves, None when the server refuses it."""
    if text is None or manners.filter == "ignored":
        return rows
    if manners.filter in ("refused", "fails"):
        return None
    if manners.filter == "empty":
        return []
    parts = re.split(r"\s+(AND|OR)\s+", text)
    terms = [_TERM.fullmatch(part) for part in parts[::2]]
    if any(term is None for term in terms):
        return []
    both = "AND" in parts[1::2]
    checks = [term.groups() for term in terms if term is not None]
    return [row for row in rows if (all if both else any)(_holds(row, *check) for check in checks)]


def _holds(row: Record, name: str, sign: str, value: str) -> bool:
    if name == "roles.role":
        name = "role"
    mine = " ".join(sorted(roles_of(row))) if name == "role" else str(row.get(name, ""))
    signs: dict[str, bool] = {
        "=": mine == value, "!=": mine != value, ">": mine > value, "<": mine < value,
        ">=": mine >= value, "<=": mine <= value, "~": value in mine,
    }  # fmt: skip
    return signs[sign]


def _listed(request: Request, collection: str, page: list[Record], total: int, manners: Manners) -> Reply:
    key: str | None = _ENVELOPES[collection]
    if manners.envelope is not None:
        key = manners.envelope(collection, _ENVELOPES[collection])
    document: object = page if key is None else {key: page}
    headers: list[tuple[str, str]] = [JSON]
    if manners.total != "none":
        told = total if manners.total == "told" else manners.total(request, total)
        headers.append(("X-Total-Count", str(told)))
    link = _link(request, len(page), total, manners)
    if link:
        headers.append(("Link", link))
    return Reply(200, json.dumps(document).encode(), tuple(headers))


def _link(request: Request, received: int, total: int, manners: Manners) -> str:
    """The Link header with the address of the next page."""
    if manners.link == "none":
        return ""
    offset = _number(request.asks("offset"), 0)
    behind = offset + received
    if behind >= total and manners.link != "always next":
        return ""
    target = 0 if manners.link == "back to the first" else behind
    others = [(name, value) for name, value in request.query if name != "offset"]
    query = urlencode([*others, ("offset", str(target))])
    path = request.target.partition("?")[0]
    origin = "" if manners.link == "relative" else f"http://{request.headers.get('host', '')}"
    return f'<{origin}{path}?{query}>; rel="next"'
