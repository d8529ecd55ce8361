"""`get`: one authorized GET from a saved profile, as JSON, with people masked."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from oneroster_checks.evidence import Evidence
from oneroster_checks.finding import Status
from oneroster_checks.report.as_curl import curl
from oneroster_checks.result import Result, Verdict

from ..on_a_pty import on_a_pty
from .command import COMMAND, call, environment, secrets_of
from .saved import NAME, Saved

PERSONAL = ("givenName", "familyName", "email", "username", "identifier", "birthDate", "sex")


@pytest.fixture
def saved() -> Iterator[Saved]:
    saved = Saved(share=("rostering", "demographics", "gradebook"))
    with saved.district:
        yield saved


def document(ended: subprocess.CompletedProcess[str]) -> Any:
    assert (ended.returncode, ended.stderr) == (0, "")
    return json.loads(ended.stdout)


def test_people_are_masked(saved: Saved) -> None:
    for path in ("/users", "/demographics"):
        records = next(iter(document(saved.get(path, "--param", "limit=3")).values()))
        assert len(records) == 3
        for record in records:
            assert record["status"] == "active"
            assert {record[name] for name in PERSONAL if name in record} <= {"[hidden]", ""}


def test_a_person_is_shown_where_somebody_says_yes(saved: Saved) -> None:
    (shown,) = document(saved.get("users", "--param", "limit=1", "--show-people", "--yes"))["users"]
    assert shown["givenName"] not in ("", "[hidden]")
    assert "@" in shown["email"]
    one = document(saved.get(f"/users/{shown['sourcedId']}", "--show-people", "--yes"))
    assert one["user"]["givenName"] == shown["givenName"]


def test_a_script_has_to_say_yes(saved: Saved) -> None:
    ended = saved.get("users", "--show-people")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "--yes" in ended.stderr
    assert saved.get("users", "--yes").returncode == 2


@pytest.mark.parametrize(("typed", "code"), [(b"yes\n", 0), (b"\n", 2), (b"y\n", 2)])
def test_a_person_at_a_terminal_is_asked(saved: Saved, typed: bytes, code: int) -> None:
    command = [*COMMAND, "get", NAME, "/users", "--param", "limit=1", "--show-people"]
    with on_a_pty(command, environment(secrets_of(saved.ready))) as program:
        program.until("Type yes to print it: ")
        assert b"givenName" not in program.seen
        program.type(typed)
        assert program.end() == code
        assert (b"givenName" in program.seen) == (code == 0)


def test_the_grade_book_gets_the_vendor_pair(saved: Saved) -> None:
    assert document(saved.get("/lineItems", "--param", "limit=1"))["lineItems"]
    ended = saved.get("/lineItems", ONEROSTER_VENDOR_KEY="", ONEROSTER_VENDOR_SECRET="")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "HTTP 401" in ended.stderr
    assert f"run: oneroster-wizard check {NAME}\n" in ended.stderr


def test_what_the_profile_does_not_expect_is_said_since_a_check_would_not_look_at_it() -> None:
    saved = Saved()
    with saved.district:
        ended = saved.get("/lineItems")
        assert ended.returncode == 1
        assert "The data you expect in this profile does not include: grade book." in ended.stderr
        assert f"run: oneroster-wizard check {NAME} --share rostering,gradebook\n" in ended.stderr


def test_all_pages_are_one_document(saved: Saved) -> None:
    every = document(saved.get("users", "--all", "--param", "limit=50"))
    assert every["complete"] is True
    assert every["count"] == len(every["users"]) > 100
    assert every["users"][0]["givenName"] == "[hidden]"
    teachers = document(saved.get("/enrollments?filter=role='teacher'", "--all"))
    assert teachers["count"] > 0
    assert {each["role"] for each in teachers["enrollments"]} == {"teacher"}
    nested = document(saved.get("/classes/class-1/students", "--all"))
    assert 0 < nested["count"] == len(nested["users"])
    none = document(saved.get("/enrollments?filter=role='nobody'", "--all"))
    assert none == {"enrollments": [], "count": 0, "complete": True}


def test_a_request_of_oauth_1_is_signed() -> None:
    saved = Saved(oauth=1, oneroster="1.1")
    with saved.district:
        assert document(
            saved.get("/users?filter=status='active'", "--param", "limit=2", "fields=sourcedId,status")
        )
        whole = document(saved.get(f"{saved.ready['base_url']}/orgs"))
        assert whole["orgs"]
        text = curl(
            Evidence("GET", f"{saved.ready['base_url']}/orgs?limit=1", 200, 1),
            Result(
                saved.district.connection,
                datetime.now(UTC),
                1,
                1,
                Verdict(Status.PASS, None, ""),
                (),
                (),
                profile=NAME,
            ),
        )
        program, *arguments = shlex.split(text.splitlines()[-1])
        assert program == "oneroster-wizard"
        again = call(*arguments, more=secrets_of(saved.ready))
        assert len(document(again)["orgs"]) == 1
        assert document(saved.get("students", "--all"))["complete"] is True


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("https://evil.example/users",), "This address is not on 127.0.0.1"),
        (("//evil.example/users",), "This address is not on 127.0.0.1"),
        (("/users/1", "--all"), "Leave out --all"),
        (("/users", "--all", "--param", "offset=10"), "Leave out the offset"),
        (("/users", "--all", "--param", "limit=x"), "Give a number"),
        (("/users", "--param", "limit"), "NAME=VALUE"),
        (("/users", "--param", "=1"), "NAME=VALUE"),
        (("/users#x",), "%23"),
        (("/users", "--param", "access_token=abcdefgh"), "Secrets are never arguments"),
        (("/users?client_secret=abcdefgh",), "Secrets are never arguments"),
        (("",), "The path is empty"),
        (("/users", "--timeout", "0"), "--timeout takes"),
        ((), "PATH"),
    ],
)
def test_a_wrong_command_line_is_a_sentence(saved: Saved, arguments: tuple[str, ...], words: str) -> None:
    ended = saved.get(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert words in ended.stderr
    assert "abcdefgh" not in ended.stderr


def test_a_profile_that_is_not_there_and_a_secret_that_is_missing(saved: Saved) -> None:
    assert call("get", "nobody", "/users").returncode == 2
    ended = call("get", NAME, "/users")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "secret" in ended.stderr


def test_what_the_server_refuses_is_said_in_its_words(saved: Saved) -> None:
    ended = saved.get("/users/no-such-person")
    assert (ended.returncode, ended.stdout) == (1, "")
    first, request, said = ended.stderr.splitlines()
    assert first == "The server answered with HTTP 404."
    assert request.startswith("GET http://127.0.0.1:")
    assert said.startswith("The server said: “")
    refused = saved.get("/users", ONEROSTER_CLIENT_SECRET="another-secret-than-ours")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("The request was not sent: ")
    assert refused.stderr.endswith(f"run: oneroster-wizard check {NAME}\n")
    assert "another-secret" not in refused.stderr
    single = saved.get("status", "--all")
    assert (single.returncode, single.stdout) == (1, "")
