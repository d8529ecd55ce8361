"""Tags of profiles: in the file, in the wizard, and as a choice of profiles on the command line."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard.storage.profile_tags import clean_tags
from oneroster_wizard.storage.profiles import Profile, ProfileError, ProfileStore
from oneroster_wizard.storage.saved_connections import SavedConnections

from ..cli.command import call, district, secrets_of

AN_OLD_FILE = '# mine\nname = "old"\nremember = true\n[connection]\noauth = 2\n[answers]\nx = "yes"\n'


@pytest.fixture
def saved() -> ProfileStore:
    store = ProfileStore()
    store.save(Profile("north", Connection(), tags=("Texas", "pilot")))
    store.save(Profile("south", Connection(), tags=("ohio",)))
    store.save(Profile("west", Connection()))
    return store


def test_tags_are_kept_once_in_the_order_of_the_alphabet(saved: ProfileStore) -> None:
    assert saved.load("north").tags == ("pilot", "Texas")
    assert tomllib.loads(saved.path_of("north").read_text())["tags"] == ["pilot", "Texas"]
    assert clean_tags([" b ", "B", "a", "", "Cafe\u0301", "CAFÉ"]) == ("a", "b", "Café")


def test_a_file_without_tags_gets_them_and_keeps_its_lines(saved: ProfileStore) -> None:
    path = saved.folder / "old.toml"
    path.write_text(AN_OLD_FILE)
    assert saved.load("old").tags == ()
    saved.save(replace(saved.load("old"), tags=("pilot",)))
    assert path.read_text().startswith('# mine\nname = "old"\nremember = true\ntags = ["pilot"]\n')
    assert saved.load("old").tags == ("pilot",)
    saved.save(replace(saved.load("old"), tags=()))
    assert saved.load("old").tags == ()
    saved.rename("north", "first")
    saved.duplicate("first", "second")
    assert saved.load("second").tags == saved.load("first").tags == ("pilot", "Texas")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('tags = "texas"', "must be a list of texts"),
        ("tags = [1]", "must be a list of texts"),
        (f'tags = ["{"x" * 41}"]', "up to 40 characters"),
        ('tags = ["a\\u200bb"]', "invisible characters"),
        ('tags = ["a,b"]', "comma"),
        (f"tags = {[f't{number}' for number in range(21)]}", "up to 20 tags"),
    ],
)
def test_tags_that_cannot_be_are_refused(line: str, sentence: str, saved: ProfileStore) -> None:
    (saved.folder / "odd.toml").write_text(f'name = "odd"\n{line}\n')
    with pytest.raises(ProfileError, match=sentence):
        saved.load("odd")


async def test_the_wizard_keeps_them(saved: ProfileStore) -> None:
    connections = SavedConnections()
    draft = connections.open_without_secrets("north")
    draft.change(client_id="another")
    draft.remember = False
    await connections.save(draft)
    assert saved.load("north").tags == ("pilot", "Texas")
    assert saved.load("north").connection.client_id == "another"


def test_they_are_listed_shown_and_chosen_by(saved: ProfileStore) -> None:
    assert "Tags: pilot, Texas" in call("profiles", "show", "north").stdout.splitlines()
    assert "Tags: none" in call("profiles", "show", "west").stdout.splitlines()
    listed = call("profiles", "list", "--tag", "TEXAS,ohio").stdout.splitlines()
    assert [line.partition(":")[0] for line in listed] == ["north", "south"]
    assert listed[0].endswith("not run yet, tags: pilot, Texas")
    assert call("profiles", "list", "--tag", "pilot", "--tag", "ohio").stdout.splitlines() == listed
    ended = call("profiles", "list", "--tag", "utah")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "No profile has the tag “utah”. These tags exist: ohio, pilot, Texas." in ended.stderr
    assert call("profiles", "list", "--tag", " ,").returncode == 2


def test_check_runs_the_profiles_of_a_tag() -> None:
    store = ProfileStore()
    with district() as ready:
        connection = Connection(
            oauth=ready["oauth"], oneroster=ready["oneroster"], base_url=ready["base_url"],
            token_url=ready["token_url"], client_id=ready["client_id"],
        )  # fmt: skip
        store.save(Profile("north", connection, tags=("texas",)))
        store.save(Profile("south", connection, tags=("ohio",)))
        (store.folder / "broken.toml").write_text("oauth = ")
        ended = call("check", "--tag", "Texas", "--format", "json", more=secrets_of(ready))
    assert [run["profile"] for run in json.loads(ended.stdout)["runs"]] == ["north"]
    assert ended.returncode == 2
    assert "broken.toml" in ended.stderr
    assert "left out" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--tag", "utah"), "These tags exist: ohio, pilot, Texas."),
        (("--tag", ""), "--tag needs the name of a tag"),
        (("--tag", "ohio", "--all"), "Leave out their names and --all"),
        (("--tag", "ohio", "north"), "Leave out their names and --all"),
        (("--tag", "ohio", "--base-url", "https://d.example"), "leave out --base-url"),
        (("--tag", "ohio", "--write-test", "c"), "goes with one connection"),
    ],
)
def test_a_wrong_choice_is_exit_2(arguments: tuple[str, ...], sentence: str, saved: ProfileStore) -> None:
    ended = call("check", *arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert sentence in ended.stderr


def test_without_any_tag_it_is_said_how_to_make_one(tmp_path: Path) -> None:
    ProfileStore().save(Profile("west", Connection()))
    assert 'tags = ["pilot"]' in call("check", "--tag", "pilot").stderr
