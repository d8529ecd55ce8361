"""`check` on saved profiles: one of them, several, and all, of which some cannot run."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore

from .command import SECRETS, call, district, secrets_of
from .contract import hold_document

Run = dict[str, Any]


def save(ready: Run, name: str, **changes: object) -> Connection:
    """Save a profile of a practice district, with some fields changed."""
    connection = Connection(
        oauth=ready["oauth"], oneroster=ready["oneroster"], base_url=ready["base_url"],
        token_url=ready["token_url"], client_id=ready["client_id"],
    ).but(**changes)  # fmt: skip
    ProfileStore().save(Profile(name, connection))
    return connection


def remember(ready: Run, name: str) -> None:
    """Put the client secret of a district into the keyring."""
    asyncio.run(SecretStore().save(name, Credentials(Secret(ready["client_secret"]))))


def runs_of(output: str) -> dict[str, Run]:
    """The runs of a JSON report by the name of their profile."""
    document = json.loads(output)
    hold_document(document)
    return {run["profile"]: run for run in document["runs"]}


def outcomes(output: str) -> dict[str, tuple[str, str | None]]:
    """The status and the cause of each run."""
    return {
        name: (run["verdict"]["status"], run["verdict"]["cause"]) for name, run in runs_of(output).items()
    }


def test_a_profile_runs_with_secrets_of_the_environment_and_keeps_its_last_run() -> None:
    with district() as ready:
        save(ready, "practice")
        ended = call("check", "practice", "--format", "json", more=secrets_of(ready))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert outcomes(ended.stdout) == {"practice": ("pass", None)}
    assert "pass on " in call("profiles").stdout
    assert "Last run: pass" in call("profiles", "show", "practice").stdout


def test_all_profiles_run_and_the_worst_decides() -> None:
    with district() as ready, district("sharing.nothing") as empty:
        save(ready, "one")
        save(empty, "two")
        # Both districts have the same secret, but their keys and hosts are the same too: one environment serves.
        ended = call("check", "--all", "--format", "json", more=secrets_of(ready))
    assert {name: status for name, (status, _) in outcomes(ended.stdout).items()} == {
        "one": "pass",
        "two": "fail",
    }
    assert ended.returncode == 1


def test_a_creation_date_to_come_is_a_warning_and_the_profile_runs() -> None:
    with district() as ready:
        save(ready, "one", created=date(2120, 1, 1))
        save(ready, "two")
        ended = call("check", "--all", "--format", "json", more=secrets_of(ready))
    assert {name: status for name, (status, _) in outcomes(ended.stdout).items()} == {
        "one": "pass",
        "two": "pass",
    }
    assert ended.stderr.count("in the future") == 1
    assert "“one”, 2120-01-01, is in the future" in ended.stderr


def test_the_secret_of_the_environment_never_goes_to_a_second_district() -> None:
    with district() as ready:
        save(ready, "one")
        save(ready, "two", token_url=ready["token_url"].replace("127.0.0.1", "localhost"))
        ended = call("check", "--all", "--format", "json", more=secrets_of(ready))
    assert ended.returncode == 2
    runs = runs_of(ended.stdout)
    assert set(runs) == {"one", "two"}
    assert all(run["requests"] == 0 and run["verdict"]["status"] == "error" for run in runs.values())


def test_districts_that_share_a_host_do_not_share_a_secret() -> None:
    with district() as ready:
        save(ready, "one")
        save(ready, "two", client_id="InfiniteCampus_another")
        ended = call("check", "--all", "--format", "json", more=secrets_of(ready))
    assert ended.returncode == 2
    assert all(run["requests"] == 0 for run in runs_of(ended.stdout).values())


def test_a_broken_profile_is_a_run_and_the_good_one_runs() -> None:
    with district() as ready:
        save(ready, "one")
        (ProfileStore().folder / "lake-side.toml").write_text("oauth = ")
        ended = call("check", "--all", "--format", "json", more=secrets_of(ready))
    assert ended.returncode == 2
    assert "lake-side.toml" in ended.stderr
    assert outcomes(ended.stdout) == {
        "one": ("pass", None),
        "lake-side": ("error", "tool.profile-broken"),
    }


@pytest.mark.usefixtures("keyring_unlocked")
def test_what_cannot_run_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    wrong = tmp_path / "notes.pem"
    wrong.write_text("The certificate comes by mail.")
    monkeypatch.setenv("HTTPS_PROXY", "gopher://proxy.example:70")
    with district() as ready:
        for name in ("good", "other"):
            save(ready, name)
            remember(ready, name)
        save(ready, "forgotten", client_id="InfiniteCampus_another")
        save(ready, "private", ca_file=str(tmp_path / "gone.pem"))
        save(ready, "papers", ca_file=str(wrong))
        save(ready, "abroad", base_url=ready["base_url"].replace("http:", "https:"))
        for name in ("private", "papers", "abroad"):
            remember(ready, name)
        ended = call("check", "--all", "--format", "json")
    assert outcomes(ended.stdout) == {
        "abroad": ("error", "tool.proxy"),
        "forgotten": ("error", "tool.secret-missing"),
        "good": ("pass", None),
        "other": ("pass", None),
        "papers": ("error", "tool.ca-file"),
        "private": ("error", "tool.ca-file"),
    }
    assert (ended.returncode, ended.stderr) == (2, "")
    runs = runs_of(ended.stdout)
    assert str(wrong) in runs["papers"]["verdict"]["summary"]
    assert "this computer's proxy" in runs["abroad"]["verdict"]["summary"]
    # A run that never began is kept too: the next one is compared with it.
    for name, status in (("good", "pass"), ("papers", "error")):
        last = ProfileStore().last_run(name)
        assert last is not None
        assert last.status == status


def test_a_keyring_that_cannot_be_used_is_a_run_of_each_profile() -> None:
    with district() as ready, district() as second:
        save(ready, "one")
        save(second, "two", client_id="InfiniteCampus_another")
        ended = call("check", "one", "two", "--format", "json")
    assert ended.returncode == 2
    assert outcomes(ended.stdout) == {"one": ("error", "tool.keyring"), "two": ("error", "tool.keyring")}


@pytest.mark.usefixtures("keyring_unlocked")
def test_of_a_failure_and_a_profile_that_cannot_run_the_highest_code_counts() -> None:
    with district("sharing.nothing") as ready:
        save(ready, "empty")
        remember(ready, "empty")
        save(ready, "forgotten")
        assert call("check", "empty").returncode == 1
        several = call("check", "empty", "forgotten")
    assert several.returncode == 2
    assert "[tool.secret-missing]" in several.stdout
    assert "[sharing.nothing]" in several.stdout


def test_half_a_vendor_pair_is_a_missing_secret_too() -> None:
    with district() as ready:
        save(ready, "one")
        save(ready, "two")
        more = {SECRETS["client_secret"]: ready["client_secret"], SECRETS["vendor_key"]: "half"}
        ended = call("check", "--all", "--format", "json", more=more)
    assert ended.returncode == 2
    assert set(outcomes(ended.stdout).values()) == {("error", "tool.secret-missing")}


def test_a_name_that_is_not_there_ends_everything_before_it_begins() -> None:
    with district() as ready:
        save(ready, "one")
        ended = call("check", "one", "west", more=secrets_of(ready))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "no profile named “west”" in ended.stderr


class TestASingleProfile:
    """One named profile that cannot run is a sentence, and no report."""

    def test_without_a_secret(self) -> None:
        ProfileStore().save(Profile("north", Connection(base_url="https://d.example", client_id="x")))
        ended = call("check", "north")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert SECRETS["client_secret"] in ended.stderr

    @pytest.mark.usefixtures("keyring_unlocked")
    def test_without_a_secret_in_a_keyring_that_works(self) -> None:
        ProfileStore().save(Profile("north", Connection(base_url="https://d.example", client_id="x")))
        ended = call("check", "north")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "“north” has no client secret in the keyring" in ended.stderr

    def test_with_a_broken_file(self) -> None:
        store = ProfileStore()
        store.folder.mkdir(parents=True)
        (store.folder / "north.toml").write_text("oauth = ")
        ended = call("check", "north")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "north.toml is broken. It is not valid TOML" in ended.stderr

    def test_with_a_ca_file_that_is_gone(self, tmp_path: Path) -> None:
        with district() as ready:
            save(ready, "north", ca_file=str(tmp_path / "gone.pem"))
            ended = call("check", "north", more=secrets_of(ready))
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "gone.pem cannot be read: there is no such file" in ended.stderr

    @pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY"])
    @pytest.mark.parametrize("proxy", ["gopher://proxy.example:70", "http://", "http://[::1", "proxy:port"])
    def test_with_a_proxy_that_cannot_be_used(
        self, variable: str, proxy: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(variable, proxy)
        connection = Connection(base_url="https://d.example", token_url="https://d.example/t", client_id="x")
        ProfileStore().save(Profile("north", connection))
        ended = call("check", "north", more={SECRETS["client_secret"]: "the-secret-of-the-test"})
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "this computer's proxy" in ended.stderr


def test_a_profile_that_is_named_twice_runs_once() -> None:
    with district() as ready:
        save(ready, "Café")
        more = secrets_of(ready)
        ended = call("check", "Café", " Cafe\u0301 ", "--format", "prometheus", more=more)
    assert ended.returncode == 0
    assert ended.stdout.count("oneroster_wizard_up{") == 1
    assert len(ProfileStore().history.runs("Café")) == 1
