"""Files of profiles that cannot be read for a while: what is said of their runs, which no other profile gets."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_checks.finding import Status
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from .command import call, district, secrets_of
from .test_many_profiles import outcomes, save


def broken(name: str) -> Path:
    """Break the file of a profile."""
    path = ProfileStore().path_of(name)
    path.write_text("broken =\n" + path.read_text())
    return path


class TestHistory:
    """The runs of a profile stay to be seen while its file is broken."""

    def test_its_runs_are_shown_beside_what_is_wrong_with_its_file(self) -> None:
        with district() as ready:
            save(ready, "elm")
            assert call("check", "elm", more=secrets_of(ready)).returncode == 0
        path = broken("elm")
        ended = call("history", "elm")
        assert ended.returncode == 0
        assert ended.stdout.startswith("elm:\n")
        assert "worked" in ended.stdout
        assert str(path) in ended.stderr
        (profile,) = json.loads(call("history", "elm", "--format", "json").stdout)["profiles"]
        assert [run["status"] for run in profile["runs"]] == ["pass"]
        ended = call("history")
        assert ended.returncode == 2
        assert ended.stdout.startswith("elm: worked since ")
        assert str(path) in ended.stderr

    def test_without_runs_it_is_refused_as_ever(self) -> None:
        ProfileStore().save(Profile("elm", Connection()))
        broken("elm")
        ended = call("history", "elm")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "elm.toml is broken" in ended.stderr

    @pytest.mark.parametrize("command", ["history", "profiles"])
    def test_a_broken_file_is_not_no_profile(self, command: str) -> None:
        ProfileStore().save(Profile("elm", Connection()))
        broken("elm")
        ended = call(command)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "elm.toml" in ended.stderr

    def test_a_name_that_is_not_that_of_its_file(self) -> None:
        with district() as ready:
            save(ready, "Elm & sons")
            assert call("check", "Elm & sons", more=secrets_of(ready)).returncode == 0
        broken("Elm & sons")
        assert call("history", "Elm & sons").stdout.startswith("Elm & sons:\n")
        ended = call("check", "Elm & sons", "--only-changes", "--format", "json")
        assert outcomes(ended.stdout) == {"Elm & sons": ("error", "tool.profile-broken")}
        assert [run.status for run in ProfileStore().history.runs("Elm & sons")] == [
            Status.ERROR,
            Status.PASS,
        ]


class TestBesideAnotherOfTheName:
    """A broken file whose name another profile has since got."""

    def test_it_gets_another_label_and_keeps_its_own_runs(self) -> None:
        with district() as ready:
            more = secrets_of(ready)
            connection = save(ready, "elm")
            call("check", "elm", more=more)
            broken("elm")
            ProfileStore().save(Profile("elm", connection))
            ended = call("check", "--all", "--format", "json", more=more)
            assert outcomes(ended.stdout) == {
                "elm": ("pass", None),
                "elm.toml": ("error", "tool.profile-broken"),
            }
            assert "could not be saved" not in ended.stderr
            # It is news once.
            ended = call("check", "--all", "--only-changes", "--format", "json", more=more)
            assert (ended.stdout, ended.stderr) == ("", "")
            text = call("check", "--all", "--format", "prometheus", more=more).stdout
        store = ProfileStore()
        assert {run.status for run in store.history.runs("elm")} == {Status.PASS}
        assert {run.status for run in store.history.runs("elm.toml")} == {Status.ERROR}
        series = [line.rpartition(" ")[0] for line in text.splitlines() if line and line[0] != "#"]
        assert len(series) == len(set(series))

    def test_one_that_is_saved_meanwhile_gets_none_of_its_runs(self) -> None:
        store = ProfileStore()
        store.save(Profile("elm", Connection()))
        broken("elm")
        with district() as ready:
            save(ready, "oak")
            call("check", "oak", more=secrets_of(ready))
        result = replace(store.history.result(store.history.runs("oak")[0]), profile="elm")
        store.save(Profile("elm", Connection()))
        assert store.save_broken_run(result) == result
        assert store.history.runs("elm") == []

    def test_a_file_with_a_name_of_somebody_else_is_kept_too(self) -> None:
        """No profile would be saved to this file, whose runs are kept as those of any other."""
        folder = ProfileStore().folder
        folder.mkdir(parents=True)
        (folder / "My Elm.toml").write_text("broken =")
        first, second = (call("check", "--all", "--only-changes", "--format", "json") for _ in range(2))
        assert outcomes(first.stdout) == {"My Elm": ("error", "tool.profile-broken")}
        assert (first.stderr, second.stdout, second.stderr) == ("", "", "")
