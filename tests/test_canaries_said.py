"""What a server says is quoted, and nothing of a secret, a token or a person that was read comes out by it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from oneroster_checks.connection import OAuthVersion, OneRosterVersion
from oneroster_checks.result import Result

from .canaries import (
    EMAIL,
    FAMILY,
    GIVEN,
    JSON_WEB_TOKEN,
    SECRET,
    TOKEN,
    USERNAME,
    VENDOR_KEY,
    VENDOR_SECRET,
    WHO,
    granted,
    rows,
)
from .canary_runs import VERSIONS, silent_about
from .secret_forms import FORMS, Form
from .servers import Reply, Request, json_reply, reply

HELD = (SECRET, VENDOR_KEY, VENDOR_SECRET, f"{VENDOR_KEY}:{VENDOR_SECRET}", TOKEN, JSON_WEB_TOKEN)
# Words around what is repeated, which show that the rest is quoted.
BEFORE, BEHIND = "It says", "and is not let in"


def _in_json(status: int, told: list[str]) -> Reply:
    keys = ("error", "error_description", "message", "detail", "title", "reason")
    return json_reply(status, dict(zip(keys, told, strict=True)))


def _in_an_envelope(status: int, told: list[str]) -> Reply:
    infos = [{"imsx_codeMajor": "failure", "imsx_description": text} for text in told]
    return json_reply(status, {"statusInfoSet": infos})


def _in_a_page(status: int, told: list[str]) -> Reply:
    first, second = map(html.escape, (told[status % 6], told[(status + 1) % 6]))
    page = f"<html><title>{first}</title><body><h1>{second}</h1></body></html>"
    return reply(status, page, kind="text/html")


def _in_xml(status: int, told: list[str]) -> Reply:
    errors = "".join(f"<message>{html.escape(text)}</message>" for text in told)
    return reply(status, f"<?xml version='1.0'?><error>{errors}</error>", kind="application/xml")


def _in_a_line(status: int, told: list[str]) -> Reply:
    return reply(status, " / ".join(told))


def _in_headers(status: int, told: list[str]) -> Reply:
    quoted = [_header(text).replace("\\", "\\\\").replace('"', '\\"') for text in told]
    challenge = f'Bearer realm="{quoted[status % 6]}", error_description="{quoted[(status + 1) % 6]}"'
    bare = _header(told[status % 6]).removeprefix(BEFORE).removesuffix(BEHIND).strip()
    return json_reply(
        status, {"message": f"{BEFORE} {BEHIND}"}, ("WWW-Authenticate", challenge), ("X-Request-Id", bare)
    )


def _header(text: str) -> str:
    """What of a text can stand in a header: no control characters, and so no colors."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return "".join(char for char in plain if " " <= char <= "~")


CARRIERS: tuple[Callable[[int, list[str]], Reply], ...] = (
    _in_json, _in_an_envelope, _in_a_page, _in_xml, _in_a_line, _in_headers,
)  # fmt: skip


def _parrot(form: Form) -> Callable[[Request], Reply]:
    """Repeats every secret in one form, at each request in another part of another error."""
    told = [f"{BEFORE} {form(secret)} {BEHIND}" for secret in HELD]
    turn = count()

    def answers(heard: Request) -> Reply:
        number = next(turn)
        # The longest comes first at each request in turn, since what is shown is short.
        start = number // len(CARRIERS) % len(told)
        return CARRIERS[number % len(CARRIERS)](400 + number % 4, told[start:] + told[:start])

    return answers


def _said(result: Result) -> list[str]:
    return [each.said for each in result.trace if each.said]


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
async def test_data_refused_in_words_that_repeat_every_secret(
    form: Form, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    parrot = _parrot(form)

    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return granted()
        return (
            rows(heard, "1.2", lambda row: row) if heard.path.endswith(("/orgs", "/users")) else parrot(heard)
        )

    result = await silent_about(answers, caplog, tmp_path)
    told = [text.lower() for each in result.trace for text in (each.said, each.request_id)]
    assert not any(form(secret).lower() in text for secret in HELD for text in told)
    assert any(BEFORE in words for words in _said(result))
    assert any(BEHIND in words for words in _said(result))


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
async def test_a_token_refused_in_words_that_repeat_the_secret(
    form: Form, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    result = await silent_about(_parrot(form), caplog, tmp_path)
    assert any(BEFORE in words for words in _said(result))


NAMED: dict[str, Form] = {
    "as they are": lambda text: text,
    "in capitals": str.upper,
    "in small letters": str.lower,
    **{name: FORMS[name] for name in ("percent, for a path", "HTML, everything", "JSON", "Base64", "hex")},
    "between control characters": lambda text: f"\x1b[1m{text}\x1b[0m\x00\u202e",
    "with unseen spaces": lambda text: "\u200b".join(text),
}
WHOM = (WHO, f"{FAMILY}, {GIVEN}", f"{GIVEN}.{FAMILY}@other.example", EMAIL, USERNAME, f"{GIVEN}_{FAMILY}")


@pytest.mark.parametrize("versions", VERSIONS)
@pytest.mark.parametrize("form", NAMED.values(), ids=list(NAMED))
async def test_an_error_that_names_a_person_who_was_read(
    form: Form,
    versions: tuple[OAuthVersion, OneRosterVersion],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    told = [f"{BEFORE} {form(person)} {BEHIND}" for person in WHOM]
    turn = count()

    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return granted()
        if heard.path.endswith(("/orgs", "/users")):
            return rows(heard, versions[1], lambda row: row)
        number = next(turn)
        return CARRIERS[number % len(CARRIERS)](403, told)

    result = await silent_about(answers, caplog, tmp_path, versions=versions)
    assert any(BEFORE in words for words in _said(result))


async def test_a_server_that_says_ten_megabytes(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    words = f"no {SECRET} {TOKEN} {EMAIL} " * 120_000

    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return granted()
        large = json.dumps({"error": "too much", "message": words})
        return rows(heard, "1.2", lambda row: row) if heard.path.endswith("/orgs") else reply(403, large)

    result = await silent_about(answers, caplog, tmp_path)
    assert all(len(said) <= 200 for said in _said(result))
    assert any(said.startswith("too much; no [hidden]") for said in _said(result))


ELSEWHERE = [
    name for name in FORMS if not name.startswith(("with ", "turned", "in wide", "the ", "half", "all"))
]


@pytest.mark.parametrize("form", ELSEWHERE)
async def test_ids_scopes_and_redirects_that_repeat_a_secret(
    form: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    repeated = FORMS[form](SECRET)

    def named(row: dict[str, object]) -> dict[str, object]:
        return row | {"sourcedId": f"{row['sourcedId']}:{repeated}", "status": "odd"}

    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return granted(scope=f"roster.readonly {repeated}")
        if heard.path.endswith(("/classes", "/courses")):
            return reply(302, "", ("Location", f"https://{_header(repeated)}.invalid/{_header(repeated)}"))
        return rows(heard, "1.2", named)

    result = await silent_about(answers, caplog, tmp_path)
    assert result.counts
