"""The other commands: practice, demo, explain, profiles, help, and no terminal."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from oneroster_checks.connection import Connection
from oneroster_checks.report.words import HEADING
from oneroster_checks.version import __version__
from oneroster_practice import problems
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from tests.secret_service import secret_service

from .command import call, options_of, practice, run, secrets_of
from .contract import hold_document

CONTRACT = {"ready", "oauth", "oneroster", "base_url", "token_url", "client_id", "client_secret", "vendor_key",
            "vendor_secret"}  # fmt: skip


class TestPractice:
    def test_the_line_that_it_prints_is_of_the_contract(self) -> None:
        with practice() as ready:
            assert set(ready) >= CONTRACT
            assert (ready["ready"], ready["oauth"], ready["oneroster"]) == (True, 2, "1.2")
            assert ready["base_url"].startswith("http://127.0.0.1:")
            assert ready["client_id"].startswith("InfiniteCampus_")
            assert all(len(ready[name]) > 5 for name in ("client_secret", "vendor_key", "vendor_secret"))
            answer = httpx.get(f"{ready['base_url']}/rostering/v1p2/orgs", trust_env=False)
        assert answer.status_code == 401

    @pytest.mark.parametrize(("oauth", "oneroster"), [("1", "1.1"), ("2", "1.1"), ("2", "1.2")])
    def test_another_pair_can_be_chosen(self, oauth: str, oneroster: str) -> None:
        with practice("--oauth", oauth, "--oneroster", oneroster, "--size", "medium") as ready:
            ended = run("check", *options_of(ready), "--format", "json", more=secrets_of(ready))
        assert ended.returncode == 0
        document = json.loads(ended.stdout)
        hold_document(document)
        assert (ready["oauth"], ready["oneroster"]) == (int(oauth), oneroster)
        assert document["runs"][0]["counts"]["students"] > 500

    def test_what_it_shares_and_how_often_a_problem_is_there(self) -> None:
        arguments = ("--share", "gradebook, demographics", "--problem", "data.missing-email", "--count", "5")
        with practice(*arguments) as ready:
            assert ready["share"] == ["demographics", "gradebook"]
            token = httpx.post(
                ready["token_url"],
                data={"grant_type": "client_credentials"},
                auth=(ready["client_id"], ready["client_secret"]),
                trust_env=False,
            ).json()["access_token"]
            users = httpx.get(
                f"{ready['base_url']}/rostering/v1p2/users?limit=1000",
                headers={"Authorization": f"Bearer {token}"},
                trust_env=False,
            ).json()["users"]
        assert len([user for user in users if "email" not in user]) == 5

    def test_every_problem_stands_on_a_line_with_its_code_first(self) -> None:
        ended = call("practice", "--list")
        assert (ended.returncode, ended.stderr) == (0, "")
        lines = ended.stdout.splitlines()
        assert [line.split()[0] for line in lines] == [problem.code for problem in problems()]
        assert [line.split(maxsplit=1)[1] for line in lines] == [problem.title for problem in problems()]
        assert len(lines) > 60

    def test_a_port_can_be_chosen_and_a_taken_one_is_said(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            ended = run("practice", "--port", port)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert f"Port {port} cannot be used" in ended.stderr
        with practice("--port", port) as ready:
            assert f":{port}/" in ready["base_url"]

    @pytest.mark.parametrize(
        ("arguments", "reported"),
        [
            (("--problem", "nothing.known"), ["no practice problem “nothing.known”", "practice --list"]),
            (("--port", "70000"), ["--port", "65535"]),
            (("--port", "x"), ["--port", "x"]),
            (("--oauth", "1", "--oneroster", "1.2"), ["OAuth 1", "1.1"]),
            (("--problem", "oauth1.expired", "--oauth", "2"), ["oauth1.expired", "OAuth 1"]),
            (("--size", "huge"), ["--size", "very-large"]),
            (("--share", "everything"), ["--share", "“everything”", "gradebook"]),
            (("--share", "assessments", "--oneroster", "1.1"), ["1.1", "no assessments"]),
            (("--count", "3"), ["data.missing-email"]),
            (("--problem", "data.org-cycle", "--count", "0"), ["1 or more"]),
            (
                ("--problem", "data.org-cycle", "--count", "9"),
                ["data.org-cycle cannot be planted 9 times", "room for 3"],
            ),
        ],
    )
    def test_wrong_input(self, arguments: tuple[str, ...], reported: list[str]) -> None:
        ended = call("practice", *arguments)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert all(part in ended.stderr for part in reported), ended.stderr
        assert "Traceback" not in ended.stderr


class TestDemo:
    def test_without_a_terminal_it_prints_the_checklist(self) -> None:
        ended = run("demo")
        assert (ended.returncode, ended.stderr) == (0, "")
        assert "Verdict: PASS" in ended.stdout
        assert "PASS  The connection is active." in ended.stdout

    def test_a_problem_is_exit_1_and_named(self) -> None:
        ended = call("demo", "--problem", "token.invalid-client")
        assert (ended.returncode, ended.stderr) == (1, "")
        assert "[token.invalid-client]" in ended.stdout
        assert f"\n{HEADING}\n" in ended.stdout

    def test_a_problem_that_only_warns_is_exit_0(self) -> None:
        ended = call("demo", "--problem", "year.not-active", "--format", "json")
        assert ended.returncode == 0
        document = json.loads(ended.stdout)
        hold_document(document)
        assert document["runs"][0]["verdict"]["cause"] == "year.not-active"

    @pytest.mark.parametrize(
        ("arguments", "reported"),
        [
            (("--problem", "nothing.known"), "no practice problem “nothing.known”"),
            (("--problem", "oauth1.expired", "--oauth", "2"), "oauth1.expired"),
            (("--oauth", "1", "--oneroster", "1.2"), "OAuth 1"),
        ],
    )
    def test_wrong_input(self, arguments: tuple[str, ...], reported: str) -> None:
        ended = call("demo", *arguments)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert reported in ended.stderr


class TestExplain:
    def test_it_is_wrapped_and_names_the_pages_of_its_sources(self) -> None:
        ended = call("explain", "gradebook.not-enabled")
        assert (ended.returncode, ended.stderr) == (0, "")
        lines = ended.stdout.splitlines()
        assert all(len(line) <= 100 for line in lines)
        assert lines[-2:] == [
            "Source: Infinite Campus help: OneRoster Connections.",
            "  https://kb.infinitecampus.com/help/configuring-oneroster-connections",
        ]
        step = next(number for number, line in enumerate(lines) if line.startswith("  1. "))
        assert lines[step + 1].startswith("     ")

    def test_another_provider_is_sent_to_no_help_of_campus(self) -> None:
        ended = call("explain", "gradebook.not-enabled", "--provider", "aeries")
        assert ended.returncode == 0
        assert "https://" not in ended.stdout


class TestWithoutATerminal:
    def test_the_bare_command_says_how_to_check(self) -> None:
        ended = run()
        assert (ended.returncode, ended.stdout) == (2, "")
        for part in ("oneroster-wizard check", "--base-url", "ONEROSTER_CLIENT_SECRET", "demo"):
            assert part in ended.stderr

    def test_the_version(self) -> None:
        ended = run("--version")
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"oneroster-wizard {__version__}\n", "")

    @pytest.mark.parametrize("command", [(), ("check",), ("demo",), ("practice",), ("profiles",)])
    def test_every_command_has_help(self, command: tuple[str, ...]) -> None:
        ended = call(*command, "--help")
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout.startswith("usage: oneroster-wizard")

    def test_an_unknown_command_is_exit_2(self) -> None:
        ended = call("repair")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "repair" in ended.stderr
        assert "--help" in ended.stderr


@pytest.fixture
def saved(home: Path) -> ProfileStore:
    """Two saved profiles in the home of the test, without secrets in any keyring."""
    store = ProfileStore()
    connection = Connection(
        base_url="https://north.example/campus/api/oneroster/v1p2/north/ims/oneroster",
        token_url="https://north.example/campus/oauth2/token?appName=north",
        client_id="InfiniteCampus_north",
        created=date(2026, 1, 31),
    )
    store.save(Profile("north", connection))
    store.save(Profile("South & sons", connection.but(oauth=1, oneroster="1.1", token_url="")))
    return store


class TestProfiles:
    def test_none_are_listed_as_none(self) -> None:
        ended = call("profiles")
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout.startswith("There is no saved profile.")

    def test_they_are_listed_by_name(self, saved: ProfileStore) -> None:
        for ended in (call("profiles"), call("profiles", "list")):
            assert (ended.returncode, ended.stderr) == (0, "")
            assert ended.stdout.splitlines() == [
                "north: infinite-campus, OAuth 2, OneRoster 1.2, not run yet",
                "South & sons: infinite-campus, OAuth 1, OneRoster 1.1, not run yet",
            ]

    def test_a_broken_file_is_named_and_the_rest_is_listed(self, saved: ProfileStore) -> None:
        broken = saved.folder / "broken.toml"
        broken.write_text("client_secret = 'canary-in-a-broken-file\n")
        ended = call("profiles")
        assert ended.returncode == 2
        assert len(ended.stdout.splitlines()) == 2
        assert str(broken) in ended.stderr
        assert "canary" not in ended.stdout + ended.stderr
        assert broken.exists()

    def test_one_is_shown_without_a_secret(self, saved: ProfileStore) -> None:
        ended = call("profiles", "show", "north")
        assert (ended.returncode, ended.stderr) == (0, "")
        assert "Client id: InfiniteCampus_north" in ended.stdout
        assert "Created: 2026-01-31" in ended.stdout
        assert str(saved.path_of("north")) in ended.stdout

    @pytest.mark.parametrize("action", ["show", "delete"])
    def test_one_that_is_not_there_is_exit_2(self, action: str, saved: ProfileStore) -> None:
        ended = call("profiles", action, "west")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "no profile named “west”" in ended.stderr
        assert call("profiles", action).returncode == 2

    def test_deleting_takes_the_secrets_along(self, keyring_unlocked: str, saved: ProfileStore) -> None:
        ended = call("profiles", "delete", "north")
        assert (ended.returncode, ended.stderr) == (0, "")
        assert "north" in ended.stdout
        assert [profile.name for profile in saved.list()[0]] == ["South & sons"]

    def test_without_a_keyring_it_is_deleted_and_said_what_was_not_looked_at(
        self, saved: ProfileStore
    ) -> None:
        saved.save(replace(saved.load("north"), remember=True))
        ended = call("profiles", "delete", "north")
        assert (ended.returncode, ended.stdout) == (0, "Deleted the profile “north”.\n")
        assert "This session has no keyring" in ended.stderr
        assert [profile.name for profile in saved.list()[0]] == ["South & sons"]

    def test_a_profile_without_secrets_in_the_keyring_needs_none(self, saved: ProfileStore) -> None:
        assert not saved.load("north").remember
        ended = call("profiles", "delete", "north")
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "Deleted the profile “north”.\n", "")

    def test_with_a_locked_keyring_nothing_is_left_behind(
        self, saved: ProfileStore, bus: str, tmp_path: Path
    ) -> None:
        saved.save(replace(saved.load("north"), remember=True))
        with secret_service(tmp_path / "a-locked-home", bus, unlocked=False):
            ended = call("profiles", "delete", "north")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "is locked" in ended.stderr
        assert "was kept" in ended.stderr
        assert "until you quit" not in ended.stderr
        assert [profile.name for profile in saved.list()[0]] == ["north", "South & sons"]
