"""Start takes over the connections of a file, and writes those that are shown into one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_wizard.app import WizardApp
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore
from oneroster_wizard.typed_path import typed_path

from .wizard_driver import driving

TITLES = "Name,Base URL,Token URL,Client id,Client secret\n"
LINE = "{0},https://{0}.example/campus,https://{0}.example/token,key-{0},canary-import-{0}\n"


@pytest.mark.usefixtures("keyring_unlocked")
async def test_an_import_shows_what_it_would_do_and_only_then_does_it(tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text(TITLES + LINE.format("oak") + "pine,no address,,,\n")
    folder = tmp_path / "profiles"
    async with driving(WizardApp(folder=folder)) as wizard:
        await wizard.press("i")
        await wizard.until(lambda: wizard.focused == "path")
        await wizard.paste(str(tmp_path / "none.csv"))
        await wizard.press("enter")
        await wizard.until(lambda: "The file cannot be read" in wizard.words())
        await wizard.press("ctrl+u")
        await wizard.paste(str(file))
        await wizard.press("enter")
        await wizard.until(lambda: "1 new, 1 to correct." in wizard.words())
        assert "Line 3, column B (base URL)" in wizard.words()
        file.write_text(TITLES + LINE.format("oak") + LINE.format("pine"))
        await wizard.press("enter")
        await wizard.until(lambda: wizard.focused == "yes")
        assert "2 profiles with secrets" in wizard.words()
        assert not folder.exists()
        await wizard.press("enter")
        await wizard.until(lambda: "Imported 2 profiles." in wizard.words())
        await wizard.until(lambda: wizard.focused == "saved")
        assert {profile.name for profile in ProfileStore(folder).list()[0]} == {"oak", "pine"}
        assert "canary" not in wizard.words()
    assert (await SecretStore().load("oak")) == Credentials(Secret("canary-import-oak"))


async def test_what_is_shown_is_exported_without_secrets(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path / "profiles")
    connection = Connection(base_url="https://a.example/c", token_url="https://a.example/t", client_id="k")
    for name, tags in (("Hill", ()), ("Lakeside", ("texas",)), ("Oak", ("texas",))):
        store.save(Profile(name, connection, {}, False, tags))
    file = tmp_path / "out.csv"
    async with driving(WizardApp(folder=store.folder)) as wizard:
        await wizard.press("slash", *"#texas", "enter", "w")
        await wizard.until(lambda: wizard.focused == "path")
        assert "Export 2 connections" in wizard.words()
        await wizard.press("ctrl+u")
        await wizard.paste(str(file))
        await wizard.press("enter")
        await wizard.until(lambda: "Exported 2 to" in wizard.words())
    assert [line.split(",")[0] for line in file.read_text("utf-8-sig").splitlines()[1:]] == [
        "Lakeside",
        "Oak",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="there a backslash is part of every path")
@pytest.mark.parametrize("pasted", ["'{0}' ", '"{0}"', "{1}", "{0}"])
async def test_a_file_that_is_dropped_on_the_terminal_is_found(pasted: str, tmp_path: Path) -> None:
    file = tmp_path / "my new file.csv"
    file.write_text(TITLES + LINE.format("oak"))
    async with driving(WizardApp(folder=tmp_path / "profiles")) as wizard:
        await wizard.press("i")
        await wizard.until(lambda: wizard.focused == "path")
        await wizard.paste(pasted.format(file, str(file).replace(" ", "\\ ")))
        await wizard.press("enter")
        await wizard.until(lambda: "1 new" in wizard.words())


def test_a_path_is_taken_as_it_is_where_it_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert typed_path(" ~/new.csv ") == f"{tmp_path}/new.csv"
    assert typed_path("it's new.csv") == "it's new.csv"
    assert typed_path("") == ""
    odd = tmp_path / "'quoted'"
    odd.touch()
    assert typed_path(str(odd)) == str(odd)
