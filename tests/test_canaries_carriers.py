"""Whatever a server fills, with a secret in whatever form, or in one form inside another: nothing of it comes out."""

from __future__ import annotations

from itertools import count, product
from pathlib import Path

import pytest

from oneroster_checks.connection import Credentials, Secret
from oneroster_checks.redaction import HIDDEN, Redactor

from .canaries import SECRET, TOKEN, VENDOR_KEY, around, granted, rows
from .canary_runs import connection_to, everything_said
from .secret_forms import FORMS, PAIRED, Form
from .servers import Answers, LoopServer, Reply, Request, json_reply, reply

PAIRS: dict[str, Form] = {
    f"{outer} of {inner}": lambda secret, outer=outer, inner=inner: PAIRED[outer](PAIRED[inner](secret))  # type: ignore[misc]
    for outer, inner in product(PAIRED, PAIRED)
}
# What a run may be made to repeat.
HELD = (SECRET, TOKEN, VENDOR_KEY)
# Forms of a whole secret; what is cut, or has to be cleaned first, only words of a server are searched for.
WHOLE = [name for name in FORMS if not name.startswith(("with ", "turned", "in wide", "the ", "half", "all"))]
# So much of a form is found again, and shows so little of a secret that it helps nobody.
WINDOW = 16
# The padding of Base64, with what was written of the signs around a secret.
ENDS = 5


@pytest.mark.parametrize("pair", PAIRS)
def test_one_form_inside_another_is_hidden(pair: str) -> None:
    for secret in HELD:
        repeated = PAIRS[pair](secret)
        assert _left(repeated, Redactor([secret]).text(f"a note: {repeated} there")) == []
        said = Redactor([secret]).said([f"It is {repeated} there."])
        assert _left(repeated, said) == []
        # No more of it is left than ends without a meaning of their own.
        before, _, behind = said.partition(HIDDEN)
        assert (before[:6], behind[-7:]) == ("It is ", " there."), said
        assert len(before[6:]) + len(behind[:-7]) <= ENDS, said


def _left(repeated: str, text: str) -> list[str]:
    """The parts of a form that a text still holds."""
    size, low, form = min(WINDOW, len(repeated)), text.lower(), repeated.lower()
    parts = {form[place : place + size] for place in range(len(form) - size + 1)}
    return sorted(part for part in parts if part in low)


def _header(text: str) -> str:
    return "".join(char if char.isprintable() and ord(char) < 256 else "?" for char in text)


def _token(text: str) -> str:
    """The text as the name of a header or a cookie."""
    return "".join(
        char if char.isascii() and (char.isalnum() or char in "-_.~%+&#") else "-" for char in text
    )


def _carriers(texts: list[str]) -> list[dict[str, str]]:
    """For each text the headers that carry it."""
    return [
        {
            "X-Request-Id": _header(text)[:80],
            "X-Correlation-Id": _header(text),
            f"X-{_token(text)}": "1",
            "Server": f"{_header(text)}/1.0",
            "Date": f"Mon, 03 Aug 2026 10:00:00 {_header(text)[:6]}",
            "Content-Type": f"application/{_token(text)}",
            "X-Total-Count": _header(text),
            "Set-Cookie": f"{_token(text)}={_token(text)}; Path=/{_token(text)}",
            "WWW-Authenticate": f'Bearer realm="{_header(text)}", error="{_header(text)}", scope="{_header(text)}"',
            "Link": f'<?{_token(text)}={_token(text)}&offset=3>; rel="next"; title="{_header(text)}"',
        }
        for text in texts
    ]


def _server(texts: list[str], odd_token: bool) -> Answers:
    """A server that carries each of the texts in turn; a token of an odd type is none, and the run ends there."""
    turn = count()
    carriers = _carriers(texts)

    def answers(heard: Request) -> Reply:
        number = next(turn)
        place = number % len(texts)
        text, headers = texts[place], tuple(carriers[place].items())
        if heard.method == "POST":
            kind = {"token_type": text} if odd_token else {}
            return granted(scope=" ".join(["roster.readonly", *texts]), **kind).but(*headers[:-2])
        step = number % 6
        if step == 1:
            return reply(302, "", ("Location", f"/{_header(text)}/login?{_header(text)}=1"), *headers)
        if step == 2:
            told = {"error": text, "error_description": f"The client {text} is not known.", text: text}
            return json_reply(401, told, *headers)
        if step == 3:
            return json_reply(200, {text: [{"sourcedId": text, text: text}]}, *headers)
        places = count()

        def named(row: dict[str, object]) -> dict[str, object]:
            id = texts[next(places) % len(texts)]
            return row | {"sourcedId": id, "status": text, "type": text, text: text, "schoolYear": text}

        plain = rows(heard, "1.2", named)
        return plain.without("X-Total-Count", "Content-Type").but(*headers)

    return answers


async def _held(form: Form | list[Form], caplog: pytest.LogCaptureFixture, folder: Path) -> None:
    forms = form if isinstance(form, list) else [form]
    texts = [each(secret) for each in forms for secret in HELD]
    credentials = Credentials(Secret(SECRET), Secret(VENDOR_KEY), Secret("canary-vendor-secret-31"))
    for odd_token in (False, True):
        async with LoopServer(_server(texts, odd_token)) as server:
            connection = connection_to(server.origin, 2, "1.2")
            reported, result = await everything_said(connection, credentials, caplog, folder)
        assert odd_token or result.requests > 5
        assert [around(reported, each) for text in texts for each in _left(text, reported)] == []


@pytest.mark.parametrize("form", WHOLE)
async def test_every_carrier_with_every_form(
    form: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    await _held(FORMS[form], caplog, tmp_path)


@pytest.mark.parametrize("outer", PAIRED)
async def test_every_carrier_with_one_form_inside_another(
    outer: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    await _held([PAIRS[f"{outer} of {inner}"] for inner in PAIRED], caplog, tmp_path)
