"""Cookies that come with a token: they go back to the host that set them, and to nobody else."""

from __future__ import annotations

import pytest

from ...servers import LoopServer, Reply, Request, json_reply, reply
from .sessions import session

VALUE = "5d41402abc4b2a76"


def setting(*headers: str) -> Reply:
    """A token's answer that sets cookies."""
    return json_reply(200, {"access_token": "t"}, *(("Set-Cookie", header) for header in headers))


async def test_a_cookie_of_the_token_goes_back_with_every_request_to_its_host() -> None:
    token = setting(f"SIS={VALUE}; Path=/; HttpOnly", "lang=en")
    async with (
        LoopServer(lambda heard: token if heard.method == "POST" else reply(200)) as server,
        session() as over,
    ):
        await over.send("POST", f"{server.origin}/token", keeps_cookies=True)
        await over.send("GET", f"{server.origin}/orgs")
        await over.send("GET", f"{server.origin}/orgs", with_cookies=False)
        await over.send("GET", f"http://localhost:{server.port}/orgs")
        await over.send("GET", f"{server.origin}/users")
    sent = [heard.headers.get("cookie", "") for heard in server.heard]
    both = f"SIS={VALUE}; lang=en"
    assert sent == ["", both, "", "", both]


@pytest.mark.parametrize(
    ("header", "goes_back"),
    [
        ("Path=/", True),
        ("Path=/other", False),
        ("Path=/; Secure", False),
        ("Path=/; Max-Age=0", False),
        ("Path=/; Domain=example.org", False),
        ("Path=/; Domain=.example.org", False),
    ],
)
async def test_the_rules_of_cookies_hold(header: str, goes_back: bool) -> None:
    token = setting(f"SIS={VALUE}; {header}")
    async with LoopServer(lambda heard: token) as server, session() as over:
        await over.send("POST", f"{server.origin}/token", keeps_cookies=True)
        await over.send("GET", f"{server.origin}/orgs")
    assert ("cookie" in server.heard[1].headers) is goes_back


async def test_a_port_does_not_part_cookies() -> None:
    async with (
        LoopServer(lambda heard: setting(f"SIS={VALUE}; Path=/")) as tokens,
        LoopServer(lambda heard: reply(200)) as data,
        session() as over,
    ):
        await over.send("POST", f"{tokens.origin}/token", keeps_cookies=True)
        await over.send("GET", f"{data.origin}/orgs")
    assert data.heard[0].headers["cookie"] == f"SIS={VALUE}"


async def test_the_cookie_of_a_refusal_or_of_data_is_not_kept() -> None:
    def answers(heard: Request) -> Reply:
        return setting(f"SIS={VALUE}; Path=/").but(status=401 if heard.method == "POST" else 200)

    async with LoopServer(answers) as server, session() as over:
        await over.send("POST", f"{server.origin}/token", keeps_cookies=True)
        await over.send("GET", f"{server.origin}/orgs")
        await over.send("GET", f"{server.origin}/orgs")
    assert not any("cookie" in heard.headers for heard in server.heard)


async def test_the_value_of_a_cookie_is_never_shown() -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return setting(f"SIS={VALUE}; Path=/", "app=campus-of-elm; Path=/")
        return json_reply(200, {"path": heard.target}, ("X-Request-Id", f"id-{VALUE}"))

    async with LoopServer(answers) as server, session(typed=("http://d.example/campus-of-elm",)) as over:
        await over.send("POST", f"{server.origin}/token?appName=campus-of-elm", keeps_cookies=True)
        answer = await over.send("GET", f"{server.origin}/orgs?of={VALUE}")
        asked = await over.send("GET", f"{server.origin}/campus-of-elm/orgs")
    assert VALUE not in str(answer.evidence)
    # What the address names is no secret: hidden, no address could be read any more.
    assert asked.evidence.url.endswith("/campus-of-elm/orgs")


@pytest.mark.parametrize("note", ["", "\u00e4"])
@pytest.mark.parametrize(
    ("sent", "back"),
    [
        ("\u00c3\u00a4bcdefghijkl", "\u00c3\u00a4bcdefghijkl"),
        ("\u00e4bcdefghijkl", "\u00c3\u00a4bcdefghijkl"),
    ],
    ids=["UTF-8", "Latin-1"],
)
async def test_a_cookie_outside_ascii_goes_back(sent: str, back: str, note: str) -> None:
    # The texts are the bytes of the headers, each as a character.
    token = setting(f"SIS={sent}; Path=/")
    async with LoopServer(lambda heard: token) as server, session() as over:
        await over.send("POST", f"{server.origin}/token", keeps_cookies=True)
        answer = await over.send("GET", f"{server.origin}/orgs", headers={"x-note": f"n{note}"})
    assert answer.status == 200
    assert server.heard[1].headers["cookie"] == f"SIS={back}"
