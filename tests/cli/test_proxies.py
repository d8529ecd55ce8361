"""The proxy that this computer is set up to use: what cannot be used is one sentence, and what can reads no secret."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from ..servers import LoopServer, Request, json_reply, token_reply
from ..servers.proxies import ConnectProxy, SocksProxy
from .command import COMMAND, call, environment

SECRET = "the-client-secret-of-the-test-9f2b"
PASSWORD = "pa55word-of-the-proxy"
ENVIRONMENT = {"ONEROSTER_CLIENT_SECRET": SECRET}
FAR = ("--provider", "generic", "--base-url", "https://sis.elm.example/ims/oneroster", "--token-url",
       "https://sis.elm.example/token", "--client-id", "a-client")  # fmt: skip
VARIABLES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
UNUSABLE = (
    "socks4://{login}127.0.0.1:1080",
    "ftp://{login}127.0.0.1:21",
    "gopher://{login}proxy.example:70",
    "http://{login}127.0.0.1:99999",
    "http://{login}127.0.0.1:-1",
    "http://{login}127.0.0.1:0",
    "http://{login}127.0.0.1:port",
    "http://{login}:3128",
    "http://",
    "://",
    "http://[::1",
    "http://{login}pro xy:3128",
    "http://{login}proxy..example:3128",
    "http://{login}127.0.0.1\x1b[2J:3128",
    "http://{login}127.0.0.1\n:3128",
    "http://{login}\u202e:3128",
    "http://{login}\U0001f9e6 .example:3128",
    "{login}rubbish with spaces",
    "http://{login}" + "p" * 70 + ".example",
    "http://{login}" + "p.e" * 40_000,
)


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("proxy", UNUSABLE, ids=lambda proxy: ascii(proxy[:30]))
def test_a_proxy_that_cannot_be_used_is_one_sentence(proxy: str, variable: str) -> None:
    filled = proxy.replace("{login}", f"user:{PASSWORD}@")
    ended = call("check", *FAR, "--format", "json", more={**ENVIRONMENT, variable: filled})
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("oneroster-wizard: The address of this computer's proxy ")
    assert len(ended.stderr.splitlines()) == 1
    assert PASSWORD not in ended.stderr
    assert "\x1b" not in ended.stderr


@pytest.mark.parametrize(
    "exempt", ["sis.elm.example", ".elm.example", "elm.example", "*", "other,sis.elm.example"]
)
def test_a_proxy_from_which_the_host_is_exempt_is_not_looked_at(exempt: str) -> None:
    more = {**ENVIRONMENT, "HTTPS_PROXY": "ftp://nowhere", "NO_PROXY": exempt}
    ended = call("check", *FAR, "--format", "json", more=more)
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["runs"][0]["verdict"]["cause"] == "network.name-not-found"


WITHOUT_SOCKSIO = """
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "socksio":
            raise ModuleNotFoundError("No module named 'socksio'", name=name)
sys.meta_path.insert(0, Blocker())
from oneroster_wizard.cli import main
sys.exit(main())
"""


def test_without_its_package_socks_says_which_is_missing() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT_SOCKSIO, "check", *FAR],
        env=environment({**ENVIRONMENT, "ALL_PROXY": f"socks5://user:{PASSWORD}@127.0.0.1:1080"}),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "oneroster-wizard: This computer's proxy speaks SOCKS, for which the package socksio is missing: install it "
        "with pip install 'oneroster-wizard[socks]'.\n"
    )


@pytest.mark.parametrize("form", ["text", "json", "markdown", "junit", "html"])
@pytest.mark.parametrize("kind", [ConnectProxy, SocksProxy])
async def test_a_proxy_reads_no_credential_and_its_own_password_is_never_shown(
    kind: type[ConnectProxy | SocksProxy], form: str
) -> None:
    def hears_nothing(heard: Request) -> None:
        return None

    async with LoopServer(hears_nothing) as server, kind(behind=server.port) as proxy:
        scheme = "socks5" if isinstance(proxy, SocksProxy) else "http"
        if isinstance(proxy, SocksProxy):
            proxy.login = (b"user", PASSWORD.encode())
        more = {**ENVIRONMENT, "HTTPS_PROXY": f"{scheme}://user:{PASSWORD}@127.0.0.1:{proxy.port}"}
        ended = await ended_of("check", *FAR, "--format", form, "--timeout", "5", more=more)
        assert ended[0] == 1
        assert proxy.asked
        assert set(proxy.asked) == {("sis.elm.example", 443)}
        clear = bytes(proxy.in_clear)
        assert SECRET.encode() not in clear + bytes(proxy.through)
        assert b"a-client" not in clear
        # The district's own Authorization; the proxy's is another header.
        assert b"\r\nauthorization:" not in clear.lower()
        assert PASSWORD not in ended[1] + ended[2]
        # What went through is TLS, to its first byte: there is nobody here who could answer it.
        assert bytes(proxy.through[:1]) in (b"", b"\x16")


async def test_plain_http_never_goes_by_a_proxy() -> None:
    def district(heard: Request):  # type: ignore[no-untyped-def]
        return token_reply("a-token-of-the-test") if heard.path == "/token" else json_reply(200, {"orgs": []})

    near = ["--provider", "generic", "--client-id", "a-client", "--timeout", "5", "--format", "json"]
    async with LoopServer(district) as server, ConnectProxy(behind=server.port) as proxy:
        more = {**ENVIRONMENT}
        for name in ("HTTP_PROXY", "http_proxy", *VARIABLES):
            more[name] = f"http://127.0.0.1:{proxy.port}"
        here = f"http://127.0.0.1:{server.port}"
        ended = await ended_of(
            "check", *near, "--base-url", f"{here}/ims/oneroster", "--token-url", f"{here}/token", more=more
        )
        assert ended[0] in (0, 1)
        assert server.heard
        for allowed in ([], ["--allow-plain-http"]):
            far = "http://sis.elm.invalid"
            ended = await ended_of(
                "check", *near, *allowed, "--base-url", f"{far}/ims/oneroster", "--token-url", f"{far}/token",
                more=more,
            )  # fmt: skip
            assert ended[0] == 1
        # A token over https and data over http: the one goes by the proxy, the other never.
        await ended_of(
            "check", *near, "--allow-plain-http", "--base-url", f"{far}/ims/oneroster",
            "--token-url", "https://sis.elm.invalid/token", more=more,
        )  # fmt: skip
        assert b"http://" not in bytes(proxy.in_clear)
        assert {host for host, _ in proxy.asked} <= {"sis.elm.invalid"}
        assert all(port == 443 for _, port in proxy.asked)


async def ended_of(*arguments: str, more: dict[str, str]) -> tuple[int | None, str, str]:
    """The exit code, the report and the complaints of a command in a process of its own."""
    import asyncio

    process = await asyncio.create_subprocess_exec(
        *COMMAND, *arguments, env=environment(more),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    reported, complaints = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, reported.decode(), complaints.decode()


def test_the_sentence_says_where_to_correct_it() -> None:
    ended = call("check", *FAR, more={**ENVIRONMENT, "HTTPS_PROXY": "ftp://nowhere"})
    assert ended.returncode == 2
    assert "correct HTTPS_PROXY or ALL_PROXY in the environment" in ended.stderr
