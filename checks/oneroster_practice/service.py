"""The data side of a practice district: who may ask, what is answered, and how it is cut into pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from oneroster_checks.connection import OneRosterVersion, Share

from .errors import Errors, Refused, status_info
from .exchange import APP, Ask, Reply, Site, current_path, json_reply, legacy_path, service_suffix, text_reply
from .fault import Fault
from .lists import Lists
from .query import BadQuery, Page, page, read_query
from .signature import SignatureVerifier
from .tokens import Grant, TokenEndpoint, scopes_of
from .vocabulary import Operation, is_known_path, operation, scopes
from .writer import Writer

VENDOR_HEADER = "x-vendor-authorization"

# By how much the problem with a wrong total counts too many.
_SURPLUS = 7

# A scope for everything in a service stands for the one for its core.
_CORE = {"roster-core.readonly": "roster.readonly", "gradebook-core.readonly": "gradebook.readonly"}
_CORE["resource-core.readonly"] = "resource.readonly"


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may ask: what checks a token or, for OAuth 1, a signature; the vendor's pair; the shared parts."""

    tokens: TokenEndpoint
    signatures: SignatureVerifier | None
    vendor_pair: str = field(repr=False)
    share: tuple[Share, ...]


class DataService:
    """Answers every data call of one district."""

    def __init__(self, site: Site, gate: Gate, lists: Lists, fault: Fault, record_version: OneRosterVersion):
        self._site = site
        self._version: OneRosterVersion = site.oneroster
        self._record_version: OneRosterVersion = record_version
        self._gate = gate
        self._lists = lists
        self._fault = fault
        self._rules = fault.data
        self._errors = Errors(site.oneroster, self._rules.plain_errors)
        self._signed = Grant(APP, site.host, scopes(site.oneroster), float("inf"))
        self._writer = Writer(lists, self._errors)

    def answer(self, ask: Ask) -> Reply:
        """The answer to a data call; never raises for anything that a caller sends."""
        early = self._rules.first(ask, self._site)
        if early is not None:
            return early
        try:
            return self._answer(ask)
        except Refused as refusal:
            return refusal.reply
        except BadQuery as bad:
            return self._errors.reply(400, bad.kind, str(bad))

    def _answer(self, ask: Ask) -> Reply:
        found = self._split(ask.path)
        if found is None:
            return text_reply(404, "Not found")
        service, path = found
        grant = self._authorised(ask)
        grant.calls += 1
        granted = self._rules.granted(ask, self._site, grant.calls)
        if granted is not None:
            return granted
        asked = operation(self._version, ask.method, path)
        if asked is None or (service and asked[0].service != service):
            return self._no_operation(path)
        self._check_shared(ask, grant, asked[0])
        return self._carry_out(ask, *asked)

    def _split(self, path: str) -> tuple[str, str] | None:
        """The service and the rest of a path; 1.1 has one root for all services, so its service is empty."""
        for base in (current_path(self._version), legacy_path(self._version)):
            for service in ("rostering", "gradebook", "resources"):
                root = base + service_suffix(self._version, service)
                if path.startswith(root + "/"):
                    return (service if self._version == "1.2" else ""), path[len(root) :]
        return None

    def _no_operation(self, path: str) -> Reply:
        if is_known_path(self._version, path):
            return self._errors.reply(405, "unsupported", "There is no such operation here.")
        return self._unknown()

    def _unknown(self) -> Reply:
        return self._errors.reply(404, "unknown object", "There is no such object.")

    # Who may ask.

    def _authorised(self, ask: Ask) -> Grant:
        if self._rules.anybody:
            return self._signed
        if self._gate.signatures is not None:
            if not self._gate.signatures.accepts(ask):
                raise self._unauthorised('OAuth realm="practice"', "The signature is not accepted.")
            return self._signed
        kind, _, token = ask.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer":
            raise self._unauthorised('Bearer realm="practice"', "A token is needed.")
        grant = self._gate.tokens.grant(token.strip())
        # A token belongs to the application and the host that it was asked of.
        if grant is None or grant.app != APP or grant.host != ask.host:
            raise self._unauthorised(
                'Bearer realm="practice", error="invalid_token"', "The token is not accepted."
            )
        return grant

    def _unauthorised(self, challenge: str, words: str) -> Refused:
        return Refused(self._errors.reply(401, "unauthorized", words, ("WWW-Authenticate", challenge)))

    def _check_shared(self, ask: Ask, grant: Grant, asked: Operation) -> None:
        # Whether the header is right is told before whether the part is shared, as for any other caller.
        if asked.service == "gradebook" and ask.headers.get(VENDOR_HEADER) != self._gate.vendor_pair:
            raise self._unauthorised('Vendor realm="practice"', "The vendor key and secret are not accepted.")
        part = _part(asked)
        shared = part == "rostering" or (part in self._gate.share and part not in self._rules.withheld)
        if self._rules.only is not None and part == "rostering":
            shared = asked.collection in self._rules.only
        if not shared:
            raise Refused(self._errors.reply(403, "forbidden", "This part is not shared."))
        enough = asked.scopes | {_CORE[scope] for scope in asked.scopes if scope in _CORE}
        if not enough & grant.scopes:
            challenge = 'Bearer realm="practice", error="insufficient_scope"'
            words = "The token does not have the scope for this."
            raise Refused(self._errors.reply(403, "forbidden", words, ("WWW-Authenticate", challenge)))

    # What is answered.

    def _carry_out(self, ask: Ask, asked: Operation, ids: tuple[str, ...]) -> Reply:
        if asked.method == "PUT":
            return self._writer.put(asked, ids[0], ask.body)
        if asked.method == "DELETE":
            return self._writer.delete(asked, ids[0])
        if asked.method == "POST":
            return self._writer.post(asked, ids, ask.body)
        if asked.shape.endswith("*") and len(ids) == 1:
            record = self._lists.top(asked.collection).find(ids[0])
            return self._unknown() if record is None else json_reply(200, {asked.envelope: record})
        rows = self._lists.nested(asked.shape, ids) if ids else self._lists.top(asked.collection)
        if rows is None:
            return self._unknown()
        query = read_query(ask.query, self._record_version, rows.entity, self._fault.lists)
        shown = page(rows, query, self._fault.lists)
        key = self._rules.envelope(asked.collection, asked.envelope)
        value: dict[str, object] = {key: shown.records}
        if query.warnings and self._version == "1.1":
            value["statusInfoSet"] = [
                status_info("success", "warning", minor, words) for minor, words in query.warnings
            ]
        return json_reply(200, value, *self._paging(ask, shown))

    def _paging(self, ask: Ask, shown: Page) -> list[tuple[str, str]]:
        habits = self._fault.lists
        headers = []
        if habits.total != "missing":
            headers.append(("X-Total-Count", str(shown.total + _SURPLUS * (habits.total == "wrong"))))
        limit, offset, total = shown.query.limit, shown.query.offset, shown.total
        links = [("first", 0), ("last", max(total - 1, 0) // limit * limit)]
        if offset + limit < total:
            links.append(("next", 0 if habits.next_loops else offset + limit))
        if offset:
            links.append(("prev", max(offset - limit, 0)))
        text = ", ".join(f'<{_moved(ask, limit, start)}>; rel="{name}"' for name, start in links)
        return [*headers, ("Link", text)]


def _part(asked: Operation) -> Share:
    if asked.collection == "demographics":
        return "demographics"
    if asked.service == "gradebook":
        return "assessments" if asked.collection.startswith("assessment") else "gradebook"
    return "resources" if asked.service == "resources" else "rostering"


def _moved(ask: Ask, limit: int, offset: int) -> str:
    """The same address for another page; everything but limit and offset stays as it was sent."""
    pairs = [pair for pair in ask.query.split("&") if pair and not pair.startswith(("limit=", "offset="))]
    return f"{ask.url.partition('?')[0]}?{'&'.join([*pairs, urlencode({'limit': limit, 'offset': offset})])}"


def shared_scopes(version: OneRosterVersion, share: tuple[Share, ...]) -> frozenset[str]:
    """The scopes of a connection: those of its parts, rostering always among them."""
    return scopes_of(version, ("rostering", *share))
