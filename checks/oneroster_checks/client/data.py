"""Data requests: collections and single records, authorized, with the vendor header for the grade book."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal
from urllib.parse import quote

from ..authorized import VENDOR_HEADER
from ..connection import OneRosterVersion
from ..evidence import Evidence
from ..http.answer import Answer
from ..http.retry import Retries
from ..http.session import Session
from ..http.transient import TransientError, TransientErrorKind
from ..standard.envelopes import Record
from ..standard.operations import Operation, Service, collection, envelope_of_one, operation_at
from ..target import Target
from ..urls import path_of
from .address import Params, address, encoded_again
from .authorization import Anonymous, Authorizer
from .learned import Learned
from .oauth1 import Verb
from .overcome import TransientErrorListener, report_overcome
from .reading import Reading, read
from .redirects import Redirect, leads_on, redirect_of
from .said import words_in
from .token_answer import secrets_in


class DataClient:
    """Reads collections and records of one target.

    `roots` are the service roots in use, at first those of the target; they and `authorizer` may be changed
    while it is used. Requests wait out a 429 or 503 that passes, and renew a token that was accepted before
    and is refused now; `on_transient_error` gets each error that was overcome, with the evidence.

    One redirect of a request within the same scheme, host and port is followed, and kept in `redirects` where
    it led to an answer. What it teaches is used from then on: another root, or a slash behind collections
    or behind records.

    An object without anything in it is read as an empty list, once records came in a list; such answers are kept in
    `bare`, by their paths.
    """

    def __init__(self, session: Session, target: Target, on_transient_error: TransientErrorListener) -> None:
        self._session = session
        self._version: OneRosterVersion = target.connection.oneroster
        self._vendor = target.vendor
        self._on_transient_error = on_transient_error
        self._accepted = False
        self._learned = Learned()
        # Whether records came in a list, so that the server is known to speak OneRoster.
        self._has_listed = False
        self.bare: dict[str, Evidence] = {}
        self.roots: dict[Service, str] = dict(target.roots)
        self.authorizer: Authorizer = Anonymous()

    @property
    def redirects(self) -> list[Redirect]:
        """The redirects that were followed to an answer."""
        return self._learned.redirects

    async def get(
        self, url: str, service: Service, *, note: str = "", retries: Retries | None = None
    ) -> Answer:
        """The answer of an address of this service, raw where it is JSON; the caller has checked its host."""
        return await self._send(
            path_of(url), url, service, None, "send", note, whole=True, raw=True, retries=retries
        )

    async def list(
        self,
        path: str,
        *,
        limit: int = 100,
        params: Params | None = None,
        authorizer: Authorizer | None = None,
        vendor: Literal["send", "omit"] = "send",
        note: str = "",
        root: str = "",
        with_cookies: bool = True,
        whole: bool = False,
        raw: bool = False,
        retries: Retries | None = None,
    ) -> Reading:
        """One page of a collection; `params` come behind `limit`. A limit of 0 sends no parameters at all.

        Without `with_cookies` the request is a stranger's: it brings no cookie of the session. The records are cut
        to what a run keeps, but with `whole`. With `raw` the page may come undecoded; `decoded` reads it then.
        `retries` are those of the run unless others are given.
        """
        operation = collection(self._version, path)
        asked: dict[str, str | int] = {"limit": limit} if limit else {}
        where = root or self.roots[operation.service]
        url = address(where, self._learned.with_slash(path), {**asked, **(params or {})})
        answer = await self._send(
            path, url, operation.service, authorizer, vendor, note, with_cookies,
            whole=whole, raw=raw, retries=retries,
        )  # fmt: skip
        return self._listed(read(path, answer, operation.envelope, limit), operation)

    async def follow(
        self,
        path: str,
        url: str,
        *,
        limit: int,
        note: str = "",
        whole: bool = False,
        raw: bool = False,
        retries: Retries | None = None,
    ) -> Reading:
        """The page behind an address that the server named; the caller has checked that its host is ours."""
        operation = collection(self._version, path)
        answer = await self._send(
            path, encoded_again(url), operation.service, None, "send", note,
            whole=whole, raw=raw, retries=retries,
        )  # fmt: skip
        return self._listed(read(path, answer, operation.envelope, limit), operation)

    def decoded(self, page: Reading) -> Reading:
        """A page that came undecoded, read as any other; one that did not, as it is."""
        if page.answer.content.raw is None:
            return page
        answer = self._session.decoded(page.answer, secrets_in=secrets_in, words_in=words_in)
        operation = collection(self._version, page.path)
        return self._listed(read(page.path, answer, operation.envelope, page.limit), operation)

    async def one(self, path: str, sourced_id: str, *, note: str = "") -> Reading:
        """One record by its sourcedId; a record found is a list of one."""
        operation = collection(self._version, path)
        record = f"{path}/{_quoted(sourced_id)}"
        url = address(self.roots[operation.service], self._learned.with_slash(record))
        answer = await self._send(record, url, operation.service, None, "send", note)
        return read(path, answer, envelope_of_one(self._version, path), 0)

    async def below(
        self,
        shape: str,
        *ids: str,
        limit: int = 100,
        params: Params | None = None,
        note: str = "",
        whole: bool = False,
    ) -> Reading:
        """One page of a list below records, such as `/classes/{}/students` with the sourcedId of a class.

        The records are cut to what a run keeps, but with `whole`. KeyError when the version has no such list.
        """
        operation = operation_at(self._version, "GET", shape)
        path, asked = shape.format(*map(_quoted, ids)), {"limit": limit, **(params or {})}
        url = address(self.roots[operation.service], self._learned.with_slash(path), asked)
        answer = await self._send(path, url, operation.service, None, "send", note, whole=whole)
        return self._listed(read(path, answer, operation.envelope, limit), operation)

    async def put(
        self,
        path: str,
        sourced_id: str,
        record: Record,
        *,
        authorizer: Authorizer | None = None,
        note: str = "",
    ) -> Reading:
        """Write one record under its sourcedId; `accepted` of the answer says whether it was taken."""
        content = json.dumps({envelope_of_one(self._version, path): record}).encode()
        return await self._write("PUT", path, sourced_id, content, authorizer, note)

    async def delete(
        self, path: str, sourced_id: str, *, authorizer: Authorizer | None = None, note: str = ""
    ) -> Reading:
        """Delete one record; `accepted` of the answer says whether the server did."""
        return await self._write("DELETE", path, sourced_id, None, authorizer, note)

    async def _write(
        self,
        method: Literal["PUT", "DELETE"],
        path: str,
        sourced_id: str,
        content: bytes | None,
        authorizer: Authorizer | None,
        note: str,
    ) -> Reading:
        operation = operation_at(self._version, method, f"{path}/{{}}")
        record = f"{path}/{_quoted(sourced_id)}"
        url = address(self.roots[operation.service], self._learned.with_slash(record))
        answer = await self._send(
            record, url, operation.service, authorizer, "send", note, method=method, content=content
        )
        return read(path, answer, envelope_of_one(self._version, path), 0)

    async def operation(
        self,
        operation: Operation,
        ids: Sequence[str] = (),
        *,
        limit: int = 0,
        params: Params | None = None,
        note: str = "",
    ) -> Reading:
        """The answer of an operation that reads, with the sourcedIds that its path wants, in order.

        The path of the reading is the template of the operation. A limit of 0 sends no limit.
        """
        asked: dict[str, str | int] = {**({"limit": limit} if limit else {}), **(params or {})}
        path = operation.path_to(*(quote(id, safe="~") for id in ids))
        url = address(self.roots[operation.service], self._learned.with_slash(path), asked)
        answer = await self._send(path, url, operation.service, None, "send", note)
        found = read(operation.path, answer, operation.envelope, limit)
        return found if operation.is_single else self._listed(found, operation)

    def _listed(self, found: Reading, operation: Operation) -> Reading:
        """The answer to a request for a list; one that says nothing is an empty list where others have come."""
        self._has_listed |= bool(found.rows)
        if not (self._has_listed and found.says_nothing):
            return found
        self.bare.setdefault(operation.path, found.evidence)
        return found.as_empty_list(operation.envelope)

    async def _send(
        self,
        path: str,
        url: str,
        service: Service,
        authorizer: Authorizer | None,
        vendor: Literal["send", "omit"],
        note: str,
        with_cookies: bool = True,
        *,
        whole: bool = False,
        raw: bool = False,
        retries: Retries | None = None,
        method: Verb = "GET",
        content: bytes | None = None,
    ) -> Answer:
        retries = retries or self._session.retries
        authorized = authorizer or self.authorizer
        with_vendor = service == "gradebook" and vendor == "send" and bool(self._vendor)
        sent = replace(authorized.authorized, vendor=True) if with_vendor else authorized.authorized
        headers = {VENDOR_HEADER: self._vendor.reveal()} if with_vendor else {}
        if content is not None:
            headers["content-type"] = "application/json"

        async def get(url: str, note: str) -> Answer:
            return await self._session.send(
                method,
                url,
                headers=headers,
                content=content,
                authorize=lambda sent: authorized.headers(sent, method),
                note=note,
                secrets_in=secrets_in,
                words_in=words_in,
                with_cookies=with_cookies,
                whole=whole,
                raw=raw,
                authorized=sent,
            )

        async def once() -> Answer:
            answer = await get(url, note)
            # What writes goes to the address that was read from, and nowhere else.
            target = leads_on(answer) if method == "GET" else ""
            if not target or target in self._learned.dead_ends:
                return answer
            behind = await get(
                target, "; ".join(part for part in (note, "the redirect was followed") if part)
            )
            redirect = redirect_of(path, answer, behind)
            if not redirect.led_to_answer:
                self._learned.dead_ends.add(target)
                return replace(answer, followed=target)
            self.roots = self._learned.learn(redirect, service, self.roots)
            return replace(behind, followed=target)

        # A write is sent again like any request: under one sourcedId a PUT or DELETE that came twice is as one.
        answer = await retries.send(once)
        ended = (401, 403) if method == "GET" else (401,)
        if answer.status in ended and authorizer is None and self._accepted:
            # It was accepted before and is refused now: the token has ended, or this part is not allowed.
            refused = TransientError(TransientErrorKind.TOKEN_RENEWED, answer.status, 0.0)
            if await self.authorizer.renew():
                answer = await retries.send(once)
            if answer.status in (401, 403):
                # What is refused with a new token too is refused: no renewal before another one is accepted.
                self._accepted = False
            elif answer.succeeded:
                self._on_transient_error(refused, answer.evidence)
        report_overcome(answer, self._on_transient_error)
        if answer.status == 200 and authorizer is None:
            self._accepted = True
        return answer


def _quoted(sourced_id: str) -> str:
    return quote(sourced_id, safe="~")
