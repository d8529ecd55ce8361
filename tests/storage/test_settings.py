"""The settings: what is asked once is kept, what a person wrote stays, and a broken file is told and kept."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from oneroster_checks import Connection, Letterhead
from oneroster_wizard.draft import Draft
from oneroster_wizard.limits import SETTING_CHARACTERS, SETTINGS_BYTES
from oneroster_wizard.storage.profile_error import ProfileError
from oneroster_wizard.storage.profile_folder import default_folder
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.storage.settings import Settings, SettingsFile


@pytest.fixture
def kept(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "config" / "settings.toml")


def test_a_new_user_has_settled_nothing(kept: SettingsFile) -> None:
    assert kept.load() == Settings()
    assert not kept.path.exists()


def test_settings_come_back_as_they_were(kept: SettingsFile) -> None:
    settings = Settings("Acme Reading", 'Ann "A" Lee \N{LATIN SMALL LETTER E WITH ACUTE}', "dark")
    kept.save(settings)
    assert kept.load() == settings
    assert kept.path.read_text().startswith("# Settings of oneroster-wizard.")
    if os.name == "posix":
        assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600


def test_lines_that_a_person_wrote_stay(kept: SettingsFile) -> None:
    kept.path.parent.mkdir()
    kept.path.write_text('# mine\nlater = 3\nproduct = "Acme" # ours\nsender = "Ann"\n')
    kept.save(Settings(product="Acme", theme="light"))
    text = kept.path.read_text()
    assert text.startswith('# mine\nlater = 3\nproduct = "Acme" # ours\n')
    assert "sender" not in text
    assert kept.load() == Settings(product="Acme", theme="light")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"product = [", "It is not valid TOML"),
        (b"product = 3", '"product" must be a text in quotes.'),
        (b'sender = "a\\nb"', "The sender's name cannot have line breaks, tabs or invisible characters."),
        (b'theme = "' + b"x" * 200 + b'"', f"The theme takes up to {SETTING_CHARACTERS} characters; this has 200."),
        (b"\xff", "are not UTF-8 text."),
        (b"#" * (SETTINGS_BYTES + 1), "cannot be read"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_and_never_written_over(
    kept: SettingsFile, content: bytes, sentence: str
) -> None:
    kept.path.parent.mkdir()
    kept.path.write_bytes(content)
    with pytest.raises(ProfileError, match=r"\AThe settings in ") as refused:
        kept.load()
    assert sentence in str(refused.value)
    with pytest.raises(ProfileError):
        kept.save(Settings("Acme"))
    assert kept.path.read_bytes() == content


def test_a_name_that_cannot_be_is_refused_before_anything_is_written(kept: SettingsFile) -> None:
    with pytest.raises(ProfileError, match="The product's name cannot have line breaks"):
        kept.save(Settings("Acme\x1b[31m"))
    assert not kept.path.exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file")
    with pytest.raises(ProfileError, match=r"cannot be read|could not be written"):
        SettingsFile(tmp_path / "config" / "settings.toml").save(Settings("Acme"))


def test_they_are_beside_the_users_own_profiles() -> None:
    assert SettingsFile().path == default_folder().parent / "settings.toml"


def test_what_replaces_a_profile_goes_with_it_when_it_is_saved_under_another_name(tmp_path: Path) -> None:
    saved = SavedConnections(tmp_path)
    saved.save_profile(Draft(profile="elm", moves_to="elm-1p2"))
    draft = saved.open_without_secrets("elm")
    draft.profile = "oak"
    saved.save_profile(draft)
    assert [saved.profiles.load(name).moves_to for name in ("elm", "oak")] == ["elm-1p2", "elm-1p2"]


def test_the_wizard_writes_with_the_names_of_profile_and_settings(tmp_path: Path) -> None:
    saved = SavedConnections(tmp_path)
    saved.save_profile(Draft(profile="elm", district="Elm County Schools"))
    assert saved.letterhead(saved.open_without_secrets("elm")) == (Letterhead("Elm County Schools"), "")
    saved.settings.save(Settings("Acme Reading", "Ann Lee"))
    named = Letterhead("Elm County Schools", "Acme Reading", "Ann Lee")
    assert saved.letterhead(saved.open_without_secrets("elm")) == (named, "")
    saved.settings.path.write_text("product = [")
    letterhead, trouble = saved.letterhead(Draft())
    assert letterhead == Letterhead()
    assert trouble.startswith("The settings in ")
    # They are no profile, wherever they are.
    assert saved.names() == ("elm",)


def test_a_district_is_one_line_in_its_profile(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    with pytest.raises(ProfileError, match="The district's name cannot have line breaks"):
        store.save(Profile("elm", Connection(), district="Elm\nCounty"))
    store.save(Profile("elm", Connection(), district="  Elm County "))
    assert store.load("elm").district == "Elm County"
    store.path_of("elm").write_text('name = "elm"\ndistrict = 3\n[connection]\n')
    with pytest.raises(ProfileError, match='"district" must be a text in quotes'):
        store.load("elm")
