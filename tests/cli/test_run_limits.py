"""The limits of a run on the command line: they end a whole process, and its report says whose they are."""

from __future__ import annotations

import asyncio
import json
import subprocess
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from ..checks.districts.district import Change, District, Living, data_says
from ..checks.districts.row import AS_GIVEN, Served, connection_of, credentials_of
from ..checks.districts.shapes import GENERIC
from ..servers import LoopServer, Reply, Request, reply, token_reply
from ..servers.certificates import good
from .command import COMMAND, SECRETS, call, environment, run
from .contract import hold_document

TIMEOUT_S = 1.0
# What the run may take, and a program to start and to end on a busy computer.
MOST_S = 12.0


@asynccontextmanager
async def _district(*faults: Change) -> AsyncGenerator[tuple[LoopServer, list[str], dict[str, str]]]:
    """A healthy district but for these faults; the options of `check` for it, and its secret."""
    district = District(GENERIC).where(*(data_says(fault) for fault in faults))
    living = Living(district, time.time)
    async with LoopServer(living) as server:
        served = Served(server, 1, False, living, district)
        connection, credentials = connection_of(AS_GIVEN, served), credentials_of(AS_GIVEN, served)
        options = [
            "check", "--provider", "generic", "--base-url", connection.base_url, "--token-url", connection.token_url,
            "--client-id", connection.client_id,
        ]  # fmt: skip
        yield server, options, {SECRETS["client_secret"]: credentials.client_secret.reveal()}


def _late(request: Request, reply: Reply) -> Reply:
    return reply.but(delay=0.5)


def _one_a_page(request: Request, reply: Reply) -> Reply:
    """A list of users without an end, one new one a page."""
    offset = int(request.asks("offset") or 0)
    if int(request.asks("limit") or 0) < 1000 or not request.path.endswith("/users"):
        return reply
    (row, *_) = json.loads(reply.body)["users"] or [{"status": "active"}]
    body = json.dumps({"users": [{**row, "sourcedId": f"endless-{offset}"}]}).encode()
    return reply.without("X-Total-Count", "Link", "Content-Length").but(
        ("X-Total-Count", "9999999"), body=body
    )


async def test_a_late_server_ends_the_process_with_a_warning_of_this_tool() -> None:
    async with _district(_late) as (_, options, secret):
        started = time.monotonic()
        ended = await asyncio.to_thread(
            run, *options, "--timeout", f"{TIMEOUT_S}", "--format", "json", more=secret
        )
        took = time.monotonic() - started
        text = await asyncio.to_thread(run, *options, "--timeout", f"{TIMEOUT_S}", more=secret)
    assert took < MOST_S
    assert (ended.returncode, ended.stderr) == (0, "")
    document = json.loads(ended.stdout)
    hold_document(document)
    (only,) = document["runs"]
    assert (only["verdict"]["status"], only["verdict"]["cause"]) == ("warn", "tool.run-limit")
    last = only["findings"][-1]
    assert (last["check"], last["status"], last["facts"]["seconds"]) == ("tool.limits", "warn", 2.7)
    reason = "this tool's limit for one run was reached: 2.7 seconds"
    assert last["facts"]["count"] == sum(each["reason"] == reason for each in only["findings"]) > 0
    assert text.returncode == 0
    assert (
        "Verdict: WARN. One of this tool's own limits was reached, so not everything was checked."
        in text.stdout
    )
    assert "Root cause: Limit of this tool for one run [tool.run-limit]" in text.stdout
    assert "--timeout" in text.stdout
    assert "The connection works" not in text.stdout


async def test_an_endless_list_ends_a_full_read_with_a_warning_of_this_tool() -> None:
    async with _district(_one_a_page) as (server, options, secret):
        ended = await asyncio.to_thread(run, *options, "--depth", "full", "--format", "json", more=secret)
        assert len(server.heard) < 100
    assert ended.returncode == 0
    # Without a terminal the end of each collection is a line.
    names = ["orgs", "academicSessions", "courses", "classes", "users", "enrollments"]
    assert [line.partition(":")[0] for line in ended.stderr.splitlines()] == names
    assert "\nusers: 10 of 9,999,999 records, " in ended.stderr
    (only,) = json.loads(ended.stdout)["runs"]
    assert (only["verdict"]["status"], only["verdict"]["cause"]) == ("warn", "tool.read-limit")
    assert [each["collection"] for each in only["read"]] == names
    users = only["read"][4]
    assert (users["records"], users["total"], users["pages"], users["complete"]) == (10, 9_999_999, 10, False)
    assert [each["complete"] for each in only["read"]] == [True, True, True, True, False, True]
    assert only["verdict"]["summary"].startswith(
        "This tool stopped reading /users after 10 records of 9,999,999"
    )


async def test_the_minutes_of_a_full_read_can_be_chosen() -> None:
    def slow(request: Request, reply: Reply) -> Reply:
        return _one_a_page(request, reply).but(delay=0.05)

    async with _district(slow) as (_, options, secret):
        chosen = ("--depth", "full", "--max-minutes", "0.01", "--format", "json")
        ended = await asyncio.to_thread(run, *options, *chosen, more=secret)
    (only,) = json.loads(ended.stdout)["runs"]
    assert "a full read may take 0.01 minutes" in only["verdict"]["summary"]


@pytest.mark.parametrize("minutes", ["0", "-3", "nan", "inf", "1e9", "soon"])
def test_impossible_minutes_are_exit_2_and_a_sentence(minutes: str) -> None:
    ended = call(
        "check", "--base-url", "https://d.test", "--token-url", "https://d.test/t", "--client-id", "x",
        "--max-minutes", minutes, more={SECRETS["client_secret"]: "the-secret-of-the-test"},
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "--max-minutes" in ended.stderr
    assert "Traceback" not in ended.stderr


async def test_a_name_service_that_hangs_ends_in_time() -> None:
    program = (
        "import socket, sys, threading\n"
        "socket.getaddrinfo = lambda *given, **named: threading.Event().wait(60)\n"
        "from oneroster_wizard.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    arguments = (
        "check", "--provider", "generic", "--base-url", "https://d.test/ims/oneroster", "--token-url",
        "https://other.test/t", "--client-id", "x", "--timeout", f"{TIMEOUT_S}", "--format", "json",
    )  # fmt: skip
    started = time.monotonic()
    ended = await asyncio.to_thread(_program, program, *arguments)
    assert time.monotonic() - started < MOST_S
    assert (ended.returncode, ended.stderr) == (1, "")
    (only,) = json.loads(ended.stdout)["runs"]
    assert only["verdict"]["cause"] == "network.name-not-found"


@pytest.mark.parametrize("kind", ["mute", "TLS that never says goodbye"])
async def test_a_connection_that_is_never_closed_does_not_hold_the_end(kind: str, tmp_path: Path) -> None:
    paper = good(tmp_path) if kind != "mute" else None

    async def silent() -> AsyncIterator[bytes]:
        await asyncio.Event().wait()
        yield b""

    async with LoopServer(
        lambda request: silent(), tls=paper.context if paper else None, mute=paper is None
    ) as server:
        trusted = ("--ca-file", paper.ca_file) if paper else ()
        started = time.monotonic()
        ended = await asyncio.to_thread(
            run, "check", "--provider", "generic", "--base-url", f"{server.origin}/ims/oneroster", "--token-url",
            f"{server.origin}/t", "--client-id", "x", "--timeout", f"{TIMEOUT_S}", "--format", "json", *trusted,
            more={SECRETS["client_secret"]: "the-secret-of-the-test"},
        )  # fmt: skip
        assert time.monotonic() - started < MOST_S
    assert (ended.returncode, ended.stderr) == (1, "")
    (only,) = json.loads(ended.stdout)["runs"]
    assert only["verdict"]["cause"] == "network.timeout"


def _program(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND[0], "-c", program, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environment({SECRETS["client_secret"]: "the-secret-of-the-test"}),
        timeout=60,
        check=False,
    )


async def test_a_name_service_that_hangs_later_does_not_hold_the_end() -> None:
    """The name is known after the first lookup, whatever comes of further ones."""
    program = (
        "import socket, sys, threading\n"
        "real, asked = socket.getaddrinfo, []\n"
        "def once(host, *given, **named):\n"
        "    asked.append(host)\n"
        "    if len(asked) > 1: threading.Event().wait(60)\n"
        "    return real('127.0.0.1', *given, **named)\n"
        "socket.getaddrinfo = once\n"
        "from oneroster_wizard.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )

    def answers(request: Request) -> Reply:
        return (token_reply() if request.method == "POST" else reply(401)).but(("Connection", "close"))

    async with LoopServer(answers) as server:
        arguments = (
            "check", "--provider", "generic", "--base-url", f"http://d.test:{server.port}/ims/oneroster", "--token-url",
            f"http://d.test:{server.port}/t", "--client-id", "x", "--allow-plain-http", "--format", "json",
        )  # fmt: skip
        started = time.monotonic()
        ended = await asyncio.to_thread(_program, program, *arguments)
        assert time.monotonic() - started < MOST_S
    assert (ended.returncode, ended.stderr) == (1, "")
    (only,) = json.loads(ended.stdout)["runs"]
    assert only["verdict"]["cause"] == "access.token-rejected"
