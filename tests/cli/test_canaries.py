"""What the command writes, and what other processes see of it, holds no secret, no token and no person."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest

from oneroster_checks.connection import SHARES
from oneroster_checks.report import FORMATS

from .. import canaries
from ..canaries import LOUD, PASSWORD, SECRET, VENDOR_KEY, VENDOR_SECRET, found_in
from ..checks.engine import APP, ROOT
from ..servers import LoopServer, Reply, Request
from .command import COMMAND, SECRETS, arguments_of, call, environment


async def _command(*arguments: str, secrets: tuple[str, str, str]) -> tuple[int | None, str]:
    """The exit code of the command, and all that it wrote and showed to other processes."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND, *arguments,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(dict(zip(SECRETS.values(), secrets, strict=True))),
    )  # fmt: skip
    # The process stands in the list a moment before its program, and so its arguments, are there.
    while not (shown := arguments_of(process.pid)) and process.returncode is None:  # noqa: ASYNC110
        await asyncio.sleep(0)
    out, complaints = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, "\n".join(part.decode() for part in (out, complaints, shown))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", ["people", "echo", "trace"])
async def test_the_command_says_nothing_of_them(form: str, kind: str, tmp_path: Path) -> None:
    def answers(heard: Request) -> Reply | bytes:
        if kind == "echo":
            return canaries.echo(heard)
        if heard.method == "POST":
            # The person is known from here on, so that what an error says of them is hidden.
            return canaries.granted(users=[canaries.record("1.2", "user", "users", 0)])
        return LOUD["a trace"] if kind == "trace" else canaries.rows(heard, "1.2", lambda row: row)

    async with LoopServer(answers) as server:
        options = (
            "--base-url", f"{server.origin}{ROOT}", "--client-id", "InfiniteCampus_x", "--share", ",".join(SHARES),
            "--token-url", f"{server.origin}/campus/oauth2/token?appName={APP}", "--format", form,
        )  # fmt: skip
        secrets = dict(zip(SECRETS.values(), (SECRET, VENDOR_KEY, VENDOR_SECRET), strict=True))
        report = tmp_path / "report"
        ended = await asyncio.to_thread(call, "check", *options, more=secrets)
        await asyncio.to_thread(call, "check", *options, "--output", str(report), more=secrets)
    assert ended.returncode in (0, 1)
    assert server.origin in ended.stdout
    assert found_in(ended.stdout + ended.stderr) == []
    assert found_in(report.read_text()) == []


async def test_other_processes_see_nothing_of_them() -> None:
    async with LoopServer(canaries.echo) as server:
        code, reported = await _command(
            "check", "--base-url", f"{server.origin}{ROOT}", "--client-id", "InfiniteCampus_x", "--format", "json",
            "--token-url", f"{server.origin}/campus/oauth2/token?appName={APP}",
            secrets=(SECRET, VENDOR_KEY, VENDOR_SECRET),
        )  # fmt: skip
    assert code in (0, 1)
    assert "InfiniteCampus_x" in reported
    assert found_in(reported) == []


async def test_wrong_input_is_told_without_them() -> None:
    address = f"https://user:{PASSWORD}@district.example/ims/oneroster"
    for arguments in (
        ("check", "--base-url", address),
        (
            "check",
            "--base-url",
            address,
            "--token-url",
            address,
            "--client-id",
            "x",
            f"--client-secret={SECRET}",
        ),
        ("check", "--base-url", address, "--token-url", address, "--client-id", "x", "--oauth", "2"),
    ):
        code, reported = await _command(*arguments, secrets=("", "", ""))
        assert code == 2
        # Without the last part: what a person wrote on the command line stands there.
        assert found_in(reported.rpartition("\n")[0]) == []
