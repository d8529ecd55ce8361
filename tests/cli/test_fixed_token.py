"""`check --fixed-token`, and profiles that have one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard.storage.profiles import Profile, ProfileError, ProfileStore

from .command import call, district, secrets_of
from .contract import hold_document
from .test_many_profiles import outcomes, remember, runs_of, save


@pytest.fixture(scope="module")
def ready() -> Iterator[dict[str, Any]]:
    """A district that takes its secret as a token."""
    with district() as line:
        yield line


def secret_of(ready: Mapping[str, Any]) -> dict[str, str]:
    """The environment with the token alone."""
    return {"ONEROSTER_CLIENT_SECRET": ready["client_secret"]}


def fixed(ready: Mapping[str, Any], *more: str) -> list[str]:
    return ["check", "--provider", "generic", "--base-url", ready["base_url"], "--fixed-token", *more]


def test_a_base_url_and_the_token_are_enough(ready: dict[str, Any]) -> None:
    ended = call(*fixed(ready, "--format", "json"), more=secret_of(ready))
    assert (ended.returncode, ended.stderr) == (0, "")
    document = json.loads(ended.stdout)
    hold_document(document)
    (run,) = document["runs"]
    assert run["verdict"]["status"] == "pass"
    given = {name: run["connection"][name] for name in ("oauth", "fixed_token", "token_url", "client_id")}
    assert given == {"oauth": 2, "fixed_token": True, "token_url": "", "client_id": ""}
    assert "token.issue" not in [finding["check"] for finding in run["findings"]]
    assert ready["client_secret"] not in ended.stdout


@pytest.mark.parametrize("provider", ["infinite-campus", "classlink", "aeries"])
def test_every_provider_takes_it_on_the_command_line(ready: dict[str, Any], provider: str) -> None:
    ended = call(*fixed(ready, "--format", "json", "--provider", provider), more=secret_of(ready))
    assert ended.returncode == 0, ended.stdout
    findings = json.loads(ended.stdout)["runs"][0]["findings"]
    assert [each["cause"] for each in findings if each["status"] == "fail"] == []


def test_the_text_says_fixed_token_and_what_was_refused(ready: dict[str, Any]) -> None:
    ended = call(*fixed(ready), more={"ONEROSTER_CLIENT_SECRET": "a-token-of-last-year"})
    assert ended.returncode == 1
    assert "Another provider (generic), Fixed token, OneRoster 1.2" in ended.stdout
    assert "[access.token-rejected]" in ended.stdout
    assert "a-token-of-last-year" not in ended.stdout


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--fixed-token"], "--base-url is missing"),
        (["--fixed-token", "--base-url", "https://x.example", "--oauth", "1"], "OAuth 2 only"),
        (["--fixed-token", "--base-url", "https://x.example", "--token-url", "https://x.example/token"],
         "no token is requested"),
        (["--fixed-token", "--base-url", "https://x.example"], "The fixed token is missing. Run this in a terminal"),
        (["--base-url", "https://x.example"], "With --fixed-token, --base-url is enough"),
        (["saved", "--fixed-token"], "leave out --fixed-token"),
    ],
)  # fmt: skip
def test_what_is_said_to_wrong_options(options: list[str], sentence: str) -> None:
    ended = call("check", *options)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert sentence in ended.stderr


def test_a_profile_has_it_and_shows_it(ready: dict[str, Any]) -> None:
    save(ready, "proxy", fixed_token=True, token_url="", client_id="")
    assert ProfileStore().load("proxy").connection.fixed_token
    assert "proxy: infinite-campus, Fixed token, OneRoster 1.2" in call("profiles", "list").stdout
    assert "Fixed token: yes" in call("profiles", "show", "proxy").stdout
    ended = call("check", "proxy", "--format", "json", more=secret_of(ready))
    assert outcomes(ended.stdout) == {"proxy": ("pass", None)}


@pytest.mark.usefixtures("keyring_unlocked")
def test_a_profile_without_its_token_says_so(ready: dict[str, Any]) -> None:
    save(ready, "proxy", fixed_token=True)
    ended = call("check", "proxy")
    assert ended.returncode == 2
    assert "has no fixed token in the keyring" in ended.stderr
    save(ready, "other", fixed_token=True)
    several = call("check", "proxy", "other")
    assert "There is no fixed token for the profile other on this computer" in " ".join(
        several.stdout.split()
    )


def test_the_token_of_the_environment_never_goes_to_a_second_district(ready: dict[str, Any]) -> None:
    """Districts of one proxy share its host, and have no key."""
    save(ready, "one", fixed_token=True, client_id="")
    other = ready["base_url"].replace("/ims/oneroster", "/other/ims/oneroster")
    save(ready, "two", fixed_token=True, client_id="", base_url=other)
    ended = call("check", "--all", "--format", "json", more=secrets_of(ready))
    assert ended.returncode == 2
    assert all(run["requests"] == 0 for run in runs_of(ended.stdout).values())


@pytest.mark.usefixtures("keyring_unlocked")
def test_tokens_of_the_keyring_go_each_to_its_own(ready: dict[str, Any]) -> None:
    save(ready, "one", fixed_token=True, client_id="")
    remember(ready, "one")
    ended = call("check", "--all", "--format", "json")
    assert outcomes(ended.stdout) == {"one": ("pass", None)}


def test_a_fixed_token_comes_back_and_an_older_file_has_none() -> None:
    store = ProfileStore()
    fixed = Profile("proxy", Connection(provider="classlink", oneroster="1.1", fixed_token=True))
    store.save(fixed)
    assert store.load("proxy") == fixed
    path = store.path_of("proxy")
    path.write_text(path.read_text().replace("fixed_token = true\n", ""))
    assert store.load("proxy").connection == fixed.connection.but(fixed_token=False)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [("fixed_token = 1", "true or false"), ("oauth = 1\nfixed_token = true", "goes with .oauth. 2 only")],
)
def test_a_fixed_token_that_cannot_be_is_refused(line: str, sentence: str) -> None:
    store = ProfileStore()
    store.save(Profile("proxy", Connection()))
    store.path_of("proxy").write_text(f"[connection]\n{line}\n")
    with pytest.raises(ProfileError, match=sentence):
        store.load("proxy")
