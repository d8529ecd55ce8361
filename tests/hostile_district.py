"""Servers that put markup and control characters into everything that they may send, on loopback."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_wizard.draft import Draft
from tests.checks.districts.district import (
    SECRET,
    District,
    Living,
    Override,
    data_says,
    token_says,
    with_document,
)
from tests.checks.districts.shapes import CAMPUS

from .hostile_texts import MARK
from .servers import LoopServer, Reply, Request, json_reply, reply

# Each mark stands between brackets wherever it is shown as it was written; the last one comes with what acts.
MARKUP = f"[bold]{MARK}[/bold][@click=app.quit]{MARK}[/][/]{MARK}[$x"
CONTROL = "\x1b[31mC0ntr0l\x1b]0;own3d\x07\x9b2J\u202e\u200b\x08\x7f"
TEXT = f"{MARKUP} {CONTROL} <b>{MARKUP}</b>"
# Header values in bytes that HTTP allows.
HEADER = TEXT.encode("latin-1", "ignore").decode("latin-1")
HEADERS = (
    ("Date", "Thu, 01 Jan 2026 00:00:00 \x1b[31mZ"),
    ("Server", HEADER),
    ("X-Request-Id", f"1-{HEADER}"),
    ("WWW-Authenticate", f'Bearer realm="{HEADER}", error="{HEADER}", error_description="{HEADER}"'),
    ("Retry-After", HEADER),
    ("X-Total-Count", HEADER),
    ("Link", f'<http://127.0.0.1/{HEADER}>; rel="next"; title="{HEADER}"'),
    ("Set-Cookie", f"{HEADER}={HEADER}"),
)
ERROR = {
    "error": TEXT,
    "error_description": TEXT,
    "message": TEXT,
    "title": TEXT,
    "imsx_codeMajor": TEXT,
    "imsx_severity": TEXT,
    "imsx_description": TEXT,
    "imsx_codeMinor": TEXT,
    "imsx_CodeMinor": {"imsx_codeMinorField": [{"imsx_codeMinorFieldName": TEXT, "imsx_codeMinorFieldValue": TEXT}]},
}  # fmt: skip


def _with_headers(request: Request, honest: Reply) -> Reply:
    names = {name.lower() for name, _ in HEADERS}
    kept = tuple(pair for pair in honest.headers if pair[0].lower() not in names)
    return replace(honest, headers=(*kept, *HEADERS), reason=HEADER)


def _records(document: dict[str, object]) -> object:
    return {f"{TEXT}{name}": _hostile(value) for name, value in document.items()}


def _values(document: dict[str, object]) -> object:
    return {name: _hostile(value) for name, value in document.items()}


def _hostile(value: object) -> object:
    if isinstance(value, dict):
        return {name: _hostile(each) for name, each in value.items()} | {TEXT: TEXT}
    if isinstance(value, list):
        return [_hostile(each) for each in value]
    return f"{value}{TEXT}"


def _in_token(document: dict[str, object]) -> object:
    return {**document, "scope": TEXT, "token_type": TEXT, "expires_in": TEXT, TEXT: TEXT}


def _token_type(document: dict[str, object]) -> object:
    return {**document, "token_type": TEXT}


def _scope(document: dict[str, object]) -> object:
    return {**document, "scope": f"{document.get('scope')} {TEXT}"}


_EVERYWHERE = Override(lambda request: True, _with_headers)
_PAGE = f"<html><head><title>{TEXT}</title></head><body><h1>{TEXT}</h1><form action='/login'></form></body></html>"
KINDS: dict[str, tuple[Override, ...]] = {
    "data refused": (data_says(json_reply(403, ERROR)),),
    "token refused": (token_says(json_reply(401, ERROR)),),
    "token of another kind": (token_says(with_document(_token_type)),),
    "token with everything": (token_says(with_document(_in_token)),),
    "scopes": (token_says(with_document(_scope)),),
    "redirect": (data_says(Reply(302, b"", (("Location", f"/{HEADER}?x={HEADER}"),))),),
    "redirect of the token": (token_says(Reply(302, b"", (("Location", f"http://{MARK}.test/{HEADER}"),))),),
    "a page": (data_says(reply(200, _PAGE, kind="text/html")),),
    "a page in place of a token": (token_says(reply(502, _PAGE, kind=f"text/html; {HEADER}")),),
    "another content type": (data_says(reply(200, json.dumps({TEXT: [TEXT]}), kind=HEADER)),),
    "names of lists": (data_says(with_document(_records)),),
    "values of records": (data_says(with_document(_values)),),
    "an error in a 200": (data_says(json_reply(200, ERROR)),),
    "not found": (data_says(json_reply(404, ERROR)),),
}


@asynccontextmanager
async def hostile_server(kind: str) -> AsyncGenerator[tuple[LoopServer, Draft]]:
    """A district with a kind of hostile answer, and hostile headers on every one; with a draft for it."""
    district = District(CAMPUS).where(*KINDS[kind], _EVERYWHERE)
    async with LoopServer(Living(district, time.time)) as server:
        connection = Connection(
            base_url=server.origin + CAMPUS.base,
            token_url=server.origin + CAMPUS.token,
            client_id=CAMPUS.client_id,
            timeout=5.0,
        )
        yield server, Draft(connection=connection, credentials=Credentials(Secret(SECRET)))
