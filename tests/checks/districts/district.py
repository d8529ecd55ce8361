"""A district: a shape, its data, its manners, and what is broken. Description first, the living server behind it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from urllib.parse import parse_qsl, urlsplit

from ...servers import Reply, Request
from .letting_in import credentials_of, signature_is_right
from .listing import Manners, answer_list, envelope_of, service_of
from .nested import data_below, nested_place
from .records import Data, Edit, data_of
from .replies import NO_APP, error_1_1, error_1_2, oauth_says, token_of
from .shapes import Shape

When = Callable[[Request], bool]
Change = Callable[[Request, Reply], Reply]

SECRET = "elm-Valley~secret/9931+x"
VENDOR_KEY, VENDOR_SECRET = "vendor-key-5521", "vendor-secret-8812"


@dataclass(frozen=True)
class Override:
    """What replaces the honest answer to requests that `when` picks, or is made of it.

    It happens from the request number `first` (1 is the first that `when` picks), `times` times, or always. With
    `instead`, what the request asks for is not done at all.
    """

    when: When
    change: Change
    first: int = 1
    times: int | None = None
    instead: bool = False


@dataclass(frozen=True)
class District:
    """One district of the table. `where` gives the same one with further edits, faults and manners."""

    shape: Shape
    edits: tuple[Edit, ...] = ()
    faults: tuple[Override, ...] = ()
    manners: Manners = field(default_factory=Manners)
    clock: float = 0.0

    def where(self, *parts: Edit | Override, **manners: object) -> District:
        """The same district with some data edited, some faults, and other manners."""
        return replace(
            self,
            edits=(*self.edits, *(part for part in parts if not isinstance(part, Override))),
            faults=(*self.faults, *(part for part in parts if isinstance(part, Override))),
            manners=replace(self.manners, **manners),  # type: ignore[arg-type]
        )

    def shaped(self, **changes: object) -> District:
        """The same district with another shape."""
        return replace(self, shape=self.shape.but(**changes))

    def ahead(self, seconds: float) -> District:
        """The same district with its clock this far ahead."""
        return replace(self, clock=seconds)


@dataclass
class Living:
    """A district that answers; it remembers which tokens it gave and how often each fault has happened."""

    district: District
    now: Callable[[], float]
    tokens: dict[str, str] = field(default_factory=dict)
    used: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.data = data_of(self.district.manners.records or self.district.shape.oneroster)
        for edit in self.district.edits:
            edit(self.data)
        self._numbers = count(1)
        self._seen: Counter[int] = Counter()

    def __call__(self, request: Request) -> Reply:
        """The honest answer, and then what the faults make of it."""
        instead = any(
            fault.instead and fault.when(request) and (fault.times is None or self._seen[place] < fault.times)
            for place, fault in enumerate(self.district.faults)
        )
        reply = Reply() if instead else self._honest(request)
        for place, fault in enumerate(self.district.faults):
            if not fault.when(request):
                continue
            self._seen[place] += 1
            late = self._seen[place] - fault.first
            if late >= 0 and (fault.times is None or late < fault.times):
                reply = fault.change(request, reply)
        return reply

    def _honest(self, request: Request) -> Reply:
        shape, manners = self.district.shape, self.district.manners
        if shape.token and request.path == urlsplit(shape.token).path:
            return self._token(request)
        collection, record = place_of(request, shape)
        data: Data | None = self.data
        if not collection:
            collection, parents = nested_place(request, shape)
            data = data_below(collection, parents, self.data) if collection else None
        if not collection:
            return manners.unknown_path or self.error(404, "unknown object", "unknownobject")
        refusal = self._refusal(request, collection)
        if refusal is not None:
            return refusal
        if request.method in ("PUT", "DELETE") and record:
            from .writes import write

            return write(request, collection, record, self.data, self.error)
        if data is None:
            return self.error(404, "unknown object", "unknownobject")
        return answer_list(request, collection, record, data, manners, shape.oneroster, self.error)

    def error(self, status: int, older: str, newer: str) -> Reply:
        """An error in this server's own form; the two texts are the minor codes of 1.1 and 1.2."""
        manner = self.district.manners.error
        if manner is not None:
            return manner(status)
        return (
            error_1_1(status, older) if self.district.shape.oneroster == "1.1" else error_1_2(status, newer)
        )

    def _token(self, request: Request) -> Reply:
        shape, manners = self.district.shape, self.district.manners
        if request.method != "POST":
            return oauth_says(405, "invalid_request")
        wanted_app = dict(parse_qsl(urlsplit(shape.token).query)).get("appName")
        if wanted_app and request.asks("appName") != wanted_app:
            return NO_APP
        where, key, secret = credentials_of(request, decodes=manners.basic == "decoded")
        pair = (manners.key or shape.client_id, manners.secret or SECRET)
        right = where in shape.takes and (key, secret) == pair
        granted = self._granted(tuple(request.form.get("scope", "").split()))
        if isinstance(granted, Reply) and (right or (manners.scopes and manners.scopes.first == "scope")):
            return granted
        if not right or isinstance(granted, Reply):
            return oauth_says(401, "invalid_client")
        text = hashlib.sha256(f"token {next(self._numbers)}".encode()).hexdigest()
        self.tokens[text] = granted
        document: dict[str, object] = {"access_token": text, "token_type": "Bearer", "expires_in": 3600}
        if told := manners.scopes.told(granted) if manners.scopes else granted:
            document["scope"] = told
        return token_of(document)

    def _granted(self, asked: tuple[str, ...]) -> str | Reply:
        """The scope of the token for who asks for these scopes, or the refusal."""
        shape, manners = self.district.shape, self.district.manners
        if manners.scopes is not None:
            return manners.scopes.grant(asked)
        if shape.needs_scope and not set(asked) & set(shape.needs_scope):
            return oauth_says(400, "invalid_scope")
        return " ".join(asked) if manners.grants is None else manners.grants

    def _refusal(self, request: Request, collection: str) -> Reply | None:
        """Why a data call is not let in, None when it is."""
        shape, manners = self.district.shape, self.district.manners
        if manners.open_doors:
            return None
        if shape.oauth == 1:
            right = signature_is_right(
                request,
                shape.client_id,
                manners.secret or SECRET,
                shape.signatures,
                manners.signed_query,
                self.now(),
                manners.signed_for,
                manners.window_s,
            )
            if not right:
                return self.error(401, "unauthorized", "unauthorisedrequest")
        else:
            text = request.headers.get("authorization", "").removeprefix("Bearer ")
            if shape.fixed_token and text == (manners.secret or SECRET):
                self.tokens.setdefault(text, "")
            if text not in self.tokens or self._worn_out(text):
                return self.error(401, "unauthorized", "unauthorisedrequest")
            needed = manners.scope_of.get(collection)
            if needed and needed not in self.tokens[text].split():
                return self.error(403, "forbidden", "forbidden")
            closed = manners.scopes.refusal(self.tokens[text], collection) if manners.scopes else None
            if closed is not None:
                return closed
        service = service_of(collection)
        if service not in shape.parts:
            return self.error(404, "unknown object", "unknownobject")
        if service == "gradebook" and shape.vendor:
            pair = request.headers.get("x-vendor-authorization", "")
            if pair != f"{VENDOR_KEY}:{VENDOR_SECRET}":
                return self.error(401, "unauthorized", "unauthorisedrequest")
        return None

    def _worn_out(self, token: str) -> bool:
        """Whether a token has ended: it lasts only so many calls where the manners say so."""
        manners = self.district.manners
        first = token == next(iter(self.tokens))
        limit = manners.first_token_lasts if first and manners.first_token_lasts else manners.each_token_lasts
        self.used[token] += 1
        return limit is not None and self.used[token] > limit


def place_of(request: Request, shape: Shape) -> tuple[str, str]:
    """The collection and the record that a request asks for, both empty outside the shape's roots."""
    for root in shape.roots:
        if request.path.startswith(f"{root}/"):
            words = request.path[len(root) + 1 :].rstrip("/").split("/")
            if envelope_of(words[0]) and len(words) <= 2:
                return words[0], words[1] if len(words) == 2 else ""
    return "", ""


# The faults of the table.


def _constant(reply: Reply) -> Change:
    return lambda request, honest: reply


def _as_change(answer: Reply | Change) -> Change:
    return _constant(answer) if isinstance(answer, Reply) else answer


def is_token(request: Request) -> bool:
    """Whether this is a token request."""
    return request.method == "POST"


def is_data(request: Request) -> bool:
    """Whether this is a data call."""
    return request.method == "GET"


def in_header(request: Request) -> bool:
    """A token request with the credentials in the header."""
    return is_token(request) and "authorization" in request.headers


def in_body(request: Request) -> bool:
    """A token request with the credentials in the body."""
    return is_token(request) and "authorization" not in request.headers


def token_says(
    answer: Reply | Change, *, when: When = is_token, times: int | None = None, first: int = 1
) -> Override:
    """The token URL says this."""
    return Override(when, _as_change(answer), first, times)


def data_says(
    answer: Reply | Change, *collections: str, when: When = is_data, times: int | None = None, first: int = 1
) -> Override:
    """Data calls are answered by this: all, or those to the collections that are named."""

    def picked(request: Request) -> bool:
        if not is_data(request) or not when(request):
            return False
        words = request.path.strip("/").split("/")
        return not collections or any(word in collections for word in words[-2:])

    return Override(picked, _as_change(answer), first, times)


GRADEBOOK = ("categories", "lineItems", "results", "assessmentLineItems", "assessmentResults", "scoreScales")


def gradebook_says(answer: Reply | Change, *, when: When = is_data) -> Override:
    """Every grade-book call is answered by this."""
    return data_says(answer, *GRADEBOOK, when=when)


def with_document(change: Callable[[dict[str, object]], object]) -> Change:
    """A change of the JSON inside an answer, whatever its status and headers."""

    def changed(request: Request, reply: Reply) -> Reply:
        if reply.status != 200 or not reply.body:
            return reply
        return replace(reply, body=json.dumps(change(json.loads(reply.body))).encode())

    return changed
