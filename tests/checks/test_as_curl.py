"""A request as text for a shell: bash runs it with curl, it comes to the same, and no secret is seen on the way."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_checks.authorized import AuthorizedBy, TokenForm
from oneroster_checks.evidence import Evidence, EvidenceKind
from oneroster_checks.report.as_curl import curl
from oneroster_checks.result import Result
from oneroster_practice import PracticeDistrict

from ..cli.command import SECRETS
from ..on_a_pty import on_a_pty
from .engine import outcome

Chosen = Callable[[Evidence], bool]


def chosen(result: Result, which: Chosen) -> Evidence:
    return next(each for each in result.trace if which(each))


def is_data(evidence: Evidence) -> bool:
    return evidence.method == "GET" and "/orgs" in evidence.url and evidence.status == 200


def run_in_bash(
    text: str, district: PracticeDistrict, folder: Path, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a text in bash, with a `curl` in front of the real one that notes what it was started with."""
    real = shutil.which("curl")
    assert real, "curl is missing: install it (Debian: curl)"
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    (programs / "curl").write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >>{folder}/arguments\nexec {real} "$@"\n')
    (programs / "curl").chmod(0o755)
    ready = district.ready_line()
    secrets = {variable: str(ready[field]) for field, variable in SECRETS.items() if ready[field]}
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        ["bash", "-c", text],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), **secrets, **more},
        timeout=60,
        check=False,
    )
    seen = (folder / "arguments").read_text() if (folder / "arguments").exists() else ""
    for secret in secrets.values():
        assert secret not in text + seen
    return ended


@pytest.mark.parametrize(("problem", "form"), [(None, TokenForm.HEADER), ("token.body-only", TokenForm.BODY)])
async def test_a_request_of_oauth_2_comes_to_the_same(
    problem: str | None, form: TokenForm, tmp_path: Path
) -> None:
    with PracticeDistrict(problem) as district:
        result = await outcome(district.connection, district.credentials)
        evidence = chosen(result, is_data)
        assert evidence.authorized is not None
        assert evidence.authorized.by is AuthorizedBy.TOKEN
        text = curl(evidence, result)
        ended = run_in_bash(text, district, tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("HTTP/1.1 200")
    assert '"orgs"' in ended.stdout
    assert ("client_secret@-" in text) == (form is TokenForm.BODY)
    assert text.index("TOKEN=$(") < text.index(shlex.quote(evidence.url))


async def test_a_secret_with_signs_is_encoded_as_the_standard_asks(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        result = await outcome(district.connection, district.credentials)
        text = curl(chosen(result, is_data), result)
        odd = "a b+c%d:é/~'\"\\$x"
        line = next(line for line in text.splitlines() if line.startswith("encoded()"))
        ended = run_in_bash(f'{line}\nencoded "$ODD"', district, tmp_path, ODD=odd)
    assert ended.stdout == "a+b%2Bc%25d%3A%C3%A9%2F~%27%22%5C%24x"


async def test_a_token_request_shows_no_token(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        result = await outcome(district.connection, district.credentials)
        asked = chosen(result, lambda each: each.method == "POST")
        ended = run_in_bash(curl(asked, result), district, tmp_path)
        wrong = run_in_bash(
            curl(asked, result), district, tmp_path, ONEROSTER_CLIENT_SECRET="another-secret-than-ours"
        )
    assert ended.stdout.startswith("HTTP/1.1 200")
    assert "access_token" in ended.stdout
    assert ended.stdout.count("[hidden]") == 1
    assert wrong.stdout.startswith("HTTP/1.1 401")


async def test_the_vendor_pair_is_sent_where_it_was(tmp_path: Path) -> None:
    with PracticeDistrict(
        "gradebook.vendor-credentials-rejected", share=("rostering", "gradebook")
    ) as district:
        result = await outcome(district.connection, district.credentials)
        of_grades = [each for each in result.trace if "/gradebook/" in each.url and each.authorized]
        assert {each.authorized.vendor for each in of_grades if each.authorized} == {True, False}
        for number, evidence in enumerate(of_grades[:4]):
            folder = tmp_path / str(number)
            folder.mkdir()
            ended = run_in_bash(curl(evidence, result), district, folder)
            assert ended.stdout.startswith(f"HTTP/1.1 {evidence.status}"), (evidence, ended)


async def test_a_fixed_token_and_no_authorization(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        result = await outcome(district.connection, district.credentials)
        stranger = next(
            each for each in result.trace if each.authorized and each.authorized.by is AuthorizedBy.NOTHING
        )
        ended = run_in_bash(curl(stranger, result), district, tmp_path)
    assert ended.stdout.startswith(f"HTTP/1.1 {stranger.status}")
    fixed = replace(result, connection=result.connection.but(fixed_token=True))
    unknown = replace(chosen(result, is_data), authorized=None)
    text = curl(unknown, fixed)
    assert 'TOKEN="$ONEROSTER_CLIENT_SECRET"' in text
    assert "--data" not in text


async def test_a_token_that_does_not_come_ends_it(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        result = await outcome(district.connection, district.credentials)
        text = curl(chosen(result, is_data), result)
        ended = run_in_bash(text, district, tmp_path, ONEROSTER_CLIENT_SECRET="another-secret-than-ours")
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "No token came back.\n")


async def test_oauth_1_is_signed_by_get() -> None:
    with PracticeDistrict(oauth=1, oneroster="1.1") as district:
        result = await outcome(district.connection, district.credentials)
    evidence = chosen(result, is_data)
    text = curl(evidence, replace(result, profile="O'Neill County"))
    assert text.splitlines()[-1] == f"""oneroster-wizard get 'O'"'"'Neill County' '{evidence.url}'"""
    assert text.startswith("# OAuth 1 signs every request anew")
    assert "PROFILE" in curl(evidence, replace(result, profile=None))
    forged = next(each for each in result.trace if each.authorized and each.authorized.made_up)
    assert curl(forged, result).startswith("# ")
    assert "oneroster-wizard get" not in curl(forged, result)


async def test_a_hostile_address_stays_an_address(tmp_path: Path) -> None:
    hostile = "'; touch pwned; '$(touch pwned)`touch pwned`\ntouch pwned\r\x1b[2J{a,b}[1-3]&&touch pwned #!!"
    with PracticeDistrict() as district:
        result = await outcome(district.connection, district.credentials)
        evidence = replace(
            chosen(result, is_data), url=f"{district.connection.base_url}/orgs?x={hostile}", note=hostile
        )
        text = curl(evidence, replace(result, profile=hostile))
        ended = run_in_bash(text, district, tmp_path)
    assert not (tmp_path / "pwned").exists()
    assert ended.returncode in (0, 3)
    assert all(char == "\n" or char.isprintable() for char in text)
    # A shell that takes comments for words finds nothing in them that opens a quote.
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert not any(char in comment for comment in comments for char in "'\"`$();&|<>*?[]{}\\!")


async def test_credentials_go_to_the_hosts_of_the_connection_alone() -> None:
    with PracticeDistrict() as district:
        result = await outcome(district.connection, district.credentials)
    evidence = chosen(result, is_data)
    for url in ("https://evil.example/orgs", district.connection.base_url.replace("http://", "https://")):
        text = curl(replace(evidence, url=url), result)
        assert text.startswith("# ")
        assert text.count("\n") == 1


async def test_what_is_hidden_is_said_and_writes_are_not_repeated() -> None:
    with PracticeDistrict() as district:
        result = await outcome(district.connection, district.credentials)
    evidence = chosen(result, is_data)
    shortened = replace(evidence, url=f"{district.connection.base_url}/users/ja…oe")
    assert "shortened here" in curl(shortened, result).splitlines()[0]
    assert "shortened here" not in curl(evidence, result)
    written = curl(replace(evidence, method="PUT"), result)
    assert written.startswith("#")
    assert written.count("\n") == 1


async def test_a_connection_is_opened_again(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        result = await outcome(district.connection, district.credentials)
        opened = next(each for each in result.trace if each.kind is EvidenceKind.CONNECTION)
        ended = run_in_bash(curl(opened, result), district, tmp_path)
    assert "HTTP/1.1 " in ended.stdout


async def test_it_can_be_pasted_into_a_shell_that_asks_for_the_secret(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        result = await outcome(district.connection, district.credentials)
        text = curl(chosen(result, is_data), result)
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PS1": "$ "}
        with on_a_pty(["bash", "--norc", "-i"], environment) as shell:
            # As a terminal without brackets around what is pasted: what stands below is no answer to the question.
            shell.type(b"bind 'set enable-bracketed-paste off'\n")
            shell.type(text.encode())
            shell.until("Client secret: ")
            shell.settle(0.1)
            assert not shell.echoes
            shell.type(f"{district.credentials.client_secret.reveal()}\n".encode())
            shell.until('"orgs"')
            shell.type(b"exit\n")
            assert shell.end() == 0
            assert b"HTTP/1.1 200" in shell.seen
            assert district.credentials.client_secret.reveal().encode() not in shell.seen
