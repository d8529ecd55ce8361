"""`check`: exit codes, JSON, text, Markdown, files, and what it says to wrong input."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from oneroster_checks.report.changes import ENDINGS
from oneroster_checks.report.words import HEADING

from ..servers import LoopServer
from .command import COMMAND, SECRETS, arguments_of, call, district, environment, options_of, secrets_of
from .contract import hold_document


def check(ready: dict[str, Any], *arguments: str) -> subprocess.CompletedProcess[str]:
    """`check` on a practice district."""
    return call("check", *options_of(ready), *arguments, more=secrets_of(ready))


@pytest.fixture(scope="module")
def healthy() -> Iterator[dict[str, Any]]:
    """A healthy district."""
    with district() as ready:
        yield ready


@pytest.mark.parametrize(
    ("problem", "code", "status"),
    [
        (None, 0, "pass"),
        ("token.body-only", 0, "warn"),
        ("year.not-active", 0, "warn"),
        ("oauth1.discontinued", 0, "warn"),
        ("address.doubled-path", 1, "fail"),
        ("network.refused", 1, "fail"),
        ("tls.expired", 1, "fail"),
        ("token.invalid-client", 1, "fail"),
        ("oauth1.expired", 1, "fail"),
        ("accounts.students-missing", 1, "fail"),
        ("gradebook.vendor-credentials-missing", 1, "fail"),
        ("paging.duplicates", 1, "fail"),
    ],
)
def test_the_exit_code_and_the_json(problem: str | None, code: int, status: str) -> None:
    with district(problem) as ready:
        ended = check(ready, "--format", "json")
    assert (ended.returncode, ended.stderr) == (code, "")
    # Nothing but one JSON document on standard output.
    document = json.loads(ended.stdout)
    hold_document(document)
    (only,) = document["runs"]
    assert (only["verdict"]["status"], only["verdict"]["cause"]) == (status, problem)
    assert only["profile"] is None
    given = {name: only["connection"][name] for name in ("oauth", "oneroster", "client_id", "share")}
    assert given == {name: ready[name] for name in given}
    assert all(secret not in ended.stdout for secret in secrets_of(ready).values())


def test_the_json_of_a_full_run_is_of_the_contract_too(healthy: dict[str, Any]) -> None:
    ended = check(healthy, "--format", "json", "--depth", "full")
    assert ended.returncode == 0
    hold_document(json.loads(ended.stdout))


def test_the_text_names_the_root_cause_then_the_checklist_then_the_findings() -> None:
    with district("paging.duplicates") as ready:
        ended = check(ready, "-v")
    assert (ended.returncode, ended.stderr) == (1, "")
    text = ended.stdout
    places = [
        text.index(part)
        for part in ("Verdict: FAIL", "[paging.duplicates]", "What to do:", f"\n{HEADING}\n", "\nFindings\n")
    ]
    assert places == sorted(places)
    assert "  1. " in text[places[2] : places[3]]
    listed = re.findall(r"^  (FAIL|WARN|PASS|SKIP|ERROR|ASK) ", text[places[4] :], re.MULTILINE)
    order = ["FAIL", "ERROR", "WARN", "ASK", "PASS", "SKIP"]
    assert listed == sorted(listed, key=order.index)
    assert listed[0] == "FAIL"
    assert "PASS" in listed
    assert "GET http://127.0.0.1" in text
    # The accessible way in: no box drawing, no colour, no cursor movement.
    assert not re.search(r"[\u2500-\u259f\x1b\x07\r]", text)
    assert all(len(line) <= 100 or "://" in line for line in text.splitlines())


def test_the_text_of_a_healthy_district_has_its_numbers(healthy: dict[str, Any]) -> None:
    ended = check(healthy)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Verdict: PASS. The connection works." in ended.stdout
    assert "What the district shares" in ended.stdout
    assert re.search(r"^  students: \d+$", ended.stdout, re.MULTILINE)
    assert re.search(
        r"^\d+ requests in \d+\.\d s, started \d{4}-\d\d-\d\dT[\d:]+\+00:00\.$", ended.stdout, re.MULTILINE
    )


def test_the_markdown_is_the_ticket() -> None:
    with district("gradebook.not-enabled") as ready:
        ended = check(ready, "--format", "markdown")
    assert (ended.returncode, ended.stderr) == (1, "")
    headings = re.findall(r"^#+ .*$", ended.stdout, re.MULTILINE)
    assert headings[0] == "# OneRoster connection check: FAIL"
    # In June the school year of the practice district ends soon.
    sections = [each for each in headings if each.startswith("## ") and each != f"## {ENDINGS}"]
    assert sections == [
        "## What to do",
        "## Connection",
        f"## {HEADING}",
        "## Findings and their evidence",
    ]
    assert "(`gradebook.not-enabled`)" in ended.stdout
    assert ready["client_id"] in ended.stdout
    assert ready["base_url"] in ended.stdout
    assert "request id practice-" in ended.stdout


@pytest.mark.parametrize("form", ["text", "json", "markdown", "junit", "html"])
def test_the_output_goes_to_a_private_file(form: str, healthy: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "report"
    tmp_path.chmod(0o755)
    ended = check(healthy, "--format", form, "--output", str(path))
    assert (ended.returncode, ended.stdout) == (0, "")
    assert ended.stderr == f"The report is in {path}.\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755, "a folder of others stays as it was"
    text = path.read_text()
    assert text.endswith("\n")
    assert healthy["base_url"] in text or form == "junit"
    if form == "json":
        hold_document(json.loads(text))


def test_the_output_replaces_an_older_report_whole(healthy: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("x" * 1_000_000)
    assert check(healthy, "--format", "json", "--output", str(path)).returncode == 0
    hold_document(json.loads(path.read_text()))
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["report.json"]


def test_an_output_in_a_folder_that_is_not_there_makes_none(healthy: dict[str, Any], tmp_path: Path) -> None:
    ended = check(healthy, "--output", str(tmp_path / "none" / "report"))
    assert ended.returncode == 2
    assert "cannot be written" in ended.stderr
    assert not (tmp_path / "none").exists()


def test_an_output_that_cannot_be_written_is_said(healthy: dict[str, Any], tmp_path: Path) -> None:
    ended = check(healthy, "--output", str(tmp_path))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"--output {tmp_path} cannot be written" in ended.stderr


URLS = ("--base-url", "https://d.example/ims/oneroster", "--token-url", "https://d.example/t?appName=a")
WHOLE = (*URLS, "--client-id", "InfiniteCampus_x")
SECRET = {SECRETS["client_secret"]: "the-secret-of-the-test"}
WRONG: list[tuple[str, tuple[str, ...], dict[str, str], list[str]]] = [
    ("nothing", (), {}, ["--base-url is missing", "--client-id", "--token-url"]),
    ("no token URL", ("--base-url", "https://d", "--client-id", "x"), SECRET, ["--token-url is missing"]),
    ("no client id", URLS, SECRET, ["--client-id is missing"]),
    ("an empty base URL", ("--base-url", " ", *WHOLE[2:]), SECRET, ["--base-url is missing"]),
    ("no secret", WHOLE, {}, ["client secret is missing", "ONEROSTER_CLIENT_SECRET", "environment"]),
    ("half a pair", WHOLE, {**SECRET, SECRETS["vendor_key"]: "key"}, ["ONEROSTER_VENDOR_SECRET", "or neither"]),
    ("the other half", WHOLE, {**SECRET, SECRETS["vendor_secret"]: "key"}, ["ONEROSTER_VENDOR_KEY", "or neither"]),
    ("an unknown provider", (*WHOLE, "--provider", "nobody"), SECRET, ["no provider “nobody”", "generic", "aeries"]),
    ("OAuth 3", (*WHOLE, "--oauth", "3"), SECRET, ["--oauth", "1, 2"]),
    ("OneRoster 2", (*WHOLE, "--oneroster", "2.0"), SECRET, ["--oneroster", "1.1", "1.2"]),
    ("an unknown part", (*WHOLE, "--share", "rostering,grades"), SECRET, ["“grades”", "gradebook"]),
    ("no part", (*WHOLE, "--share", " , "), SECRET, ["--share is empty", "rostering"]),
    ("no day", (*WHOLE, "--created", "01/02/2026"), SECRET, ["--created", "YYYY-MM-DD", "2026-08-15"]),
    ("a day to come", (*WHOLE, "--created", "2120-01-01"), SECRET, ["--created", "future"]),
    ("no time", (*WHOLE, "--timeout", "0"), SECRET, ["--timeout", "0.1"]),
    ("too long", (*WHOLE, "--timeout", "1e9"), SECRET, ["--timeout", "600"]),
    ("no number", (*WHOLE, "--timeout", "soon"), SECRET, ["--timeout", "soon"]),
    ("not a number", (*WHOLE, "--timeout", "nan"), SECRET, ["--timeout", "0.1"]),
    ("no CA file", (*WHOLE, "--ca-file", "/nowhere/ca.pem"), SECRET, ["ca.pem cannot be read: there is no such file"]),
    ("an unknown format", (*WHOLE, "--format", "pdf"), SECRET, ["--format", "markdown"]),
    ("an unknown depth", (*WHOLE, "--depth", "deep"), SECRET, ["--depth", "quick", "full"]),
    ("an unknown option", (*WHOLE, "--verbose"), SECRET, ["--verbose", "--help"]),
    ("no such profile", ("school",), SECRET, ["no profile named “school”"]),
    ("a profile and options", ("school", "--oauth", "2"), SECRET, ["leave out --oauth"]),
    ("names and all", ("school", "--all"), SECRET, ["not both"]),
    ("all of none", ("--all",), SECRET, ["no saved profile", "`oneroster-wizard`"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "more", "reported"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_wrong_input_is_exit_2_and_a_sentence_that_says_what_to_change(
    arguments: tuple[str, ...], more: dict[str, str], reported: list[str]
) -> None:
    ended = call("check", *arguments, more=more)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("oneroster-wizard: ")
    assert all(part in ended.stderr for part in reported)
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("option", ["--client-secret", "--vendor-key", "--vendor-secret", "--secret"])
@pytest.mark.parametrize("glued", [True, False])
def test_a_secret_as_an_argument_is_refused_and_not_repeated(option: str, glued: bool) -> None:
    value = "canary-on-the-command-line"
    typed = (f"{option}={value}",) if glued else (option, value)
    ended = call("check", *WHOLE, *typed)
    assert ended.returncode == 2
    assert "ONEROSTER_CLIENT_SECRET" in ended.stderr
    assert value not in ended.stdout + ended.stderr


def test_the_environment_holds_the_secrets_and_the_arguments_do_not(healthy: dict[str, Any]) -> None:
    wrong = call("check", *options_of(healthy), "--format", "json", more=SECRET)
    assert wrong.returncode == 1
    assert json.loads(wrong.stdout)["runs"][0]["verdict"]["cause"] == "token.invalid-client"
    right = call("check", *options_of(healthy), "--format", "json", more=secrets_of(healthy))
    assert right.returncode == 0


async def test_an_interrupted_run_is_130_and_says_so_in_a_word() -> None:
    asked = asyncio.Event()

    async def silent() -> AsyncIterator[bytes]:
        asked.set()
        await asyncio.Event().wait()
        yield b""

    async with LoopServer(lambda heard: silent()) as server:
        process = await asyncio.create_subprocess_exec(
            *COMMAND, "check", "--base-url", f"{server.origin}/ims/oneroster",
            "--token-url", f"{server.origin}/t?appName=a", "--client-id", "InfiniteCampus_x", "--timeout", "60",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=environment(SECRET),
        )  # fmt: skip
        await asyncio.wait_for(asked.wait(), 30)
        arguments = arguments_of(process.pid)
        process.send_signal(signal.SIGINT)
        reported, complaints = await asyncio.wait_for(process.communicate(), 20)
    assert (process.returncode, reported, complaints) == (130, b"", b"Interrupted.\n")
    assert SECRET[SECRETS["client_secret"]].encode() not in arguments


CRASHES = {
    "a check": (
        "import oneroster_checks.diagnosis.runner as d\n"
        "from oneroster_checks.stages.model import Check\n"
        "from oneroster_checks.finding import Stage\n"
        "async def crash(run): raise RuntimeError(run.target.secret.reveal())\n"
        "d.plan = lambda *ignored: (Check('test.crash', 'A crash', 'x', Stage.ACCESS, crash),)\n"
    ),
    "the report": (
        "import oneroster_checks.report as r\n"
        "def crash(*given): raise RuntimeError('the-secret-of-the-test')\n"
        "r.render = crash\n"
    ),
}


@pytest.mark.parametrize("broken", CRASHES.values(), ids=list(CRASHES))
def test_a_fault_of_the_tool_is_exit_3_without_a_traceback(broken: str) -> None:
    code = f"import sys\n{broken}\nfrom oneroster_wizard.cli import main\nsys.exit(main(sys.argv[1:]))"
    ended = subprocess.run(
        [sys.executable, "-c", code, "check", *WHOLE, "--format", "json"],
        capture_output=True, text=True, env=environment(SECRET), timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 3
    assert "Traceback" not in ended.stderr
    assert "the-secret-of-the-test" not in ended.stdout + ended.stderr
    if ended.stdout:
        document = json.loads(ended.stdout)
        assert document["runs"][0]["verdict"]["cause"] == "tool.fault"
    else:
        assert "RuntimeError" in ended.stderr
        assert "line 2" in ended.stderr or "in crash" in ended.stderr


def test_a_reader_that_goes_away_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with district() as ready, os.fdopen(writing, "wb") as nowhere:
        ended = subprocess.run(
            [*COMMAND, "check", *options_of(ready)],
            stdout=nowhere, stderr=subprocess.PIPE, text=True, env=environment(secrets_of(ready)),
            timeout=60, check=False,
        )  # fmt: skip
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr
