"""The message to the district as the wizard copies it: the names are asked for once, and kept; so is the theme."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from oneroster_wizard.app import WizardApp
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.settings import ASKED, Settings
from oneroster_wizard.themes import theme_name

from ..pictures.settled import settled_draft
from .wizard_driver import Driver, driving


async def at_checklist(wizard: Driver, problem: str, profile: str = "") -> None:
    draft = await settled_draft(problem)
    draft.profile, draft.practice = profile, False
    await wizard.app.go(WizardStep.CHECKLIST, draft)
    await wizard.step(WizardStep.CHECKLIST)


async def test_the_names_are_asked_once_and_kept(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    draft = await settled_draft("sharing.rostering-off")
    store.save(Profile("Springfield", draft.connection, {}, False))
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_checklist(wizard, "sharing.rostering-off", "Springfield")
        await wizard.press("m")
        await wizard.until(lambda: wizard.focused == "district")
        await wizard.press(*"Springfield ISD", "tab", *"Gradely", "tab", *"Kim Lee", "enter")
        await wizard.until(lambda: "opied" in wizard.words())
        (written,) = (tmp_path / "copied").glob("message-to-district*")
        message = written.read_text()
        for words in ("Subject: ", "Springfield ISD", "Gradely", "Kim Lee", "Data to Share"):
            assert words in message
        written.unlink()
        # A second time nobody is asked.
        await wizard.press("m")
        await wizard.until(lambda: written.exists())
        assert store.load("Springfield").district == "Springfield ISD"
        settings = wizard.app.saved.settings
        assert settings.load() == Settings("Gradely", "Kim Lee", names=ASKED)
        assert stat.S_IMODE(settings.path.stat().st_mode) == 0o600
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_checklist(wizard, "sharing.rostering-off")
        # Another connection has another district, and the same product and sender.
        await wizard.press("m")
        await wizard.until(lambda: wizard.focused == "district")
        assert "Gradely" in wizard.picture()


async def test_the_names_may_stay_empty_and_closing_copies_nothing(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_checklist(wizard, "sharing.rostering-off")
        await wizard.press("m")
        await wizard.until(lambda: wizard.focused == "district")
        await wizard.press("escape")
        assert not (tmp_path / "copied").exists()
        await wizard.press("m")
        await wizard.until(lambda: wizard.focused == "district")
        await wizard.press("enter")
        await wizard.until(lambda: "opied" in wizard.words())
        (written,) = (tmp_path / "copied").glob("message-to-district*")
        # Nothing stands in for a name that is not known.
        assert "[" not in written.read_text()


async def test_enter_goes_from_a_typed_name_to_the_next_and_what_stays_empty_is_not_asked_again(
    tmp_path: Path,
) -> None:
    store = ProfileStore(tmp_path)
    draft = await settled_draft("sharing.rostering-off")
    store.save(Profile("Springfield", draft.connection, {}, False))
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_checklist(wizard, "sharing.rostering-off", "Springfield")
        await wizard.press("m")
        await wizard.until(lambda: wizard.focused == "district")
        await wizard.press(*"Springfield ISD", "enter")
        assert wizard.focused == "product"
        # What stays empty is left out, in this message and in every other.
        await wizard.press("enter")
        await wizard.until(lambda: "opied" in wizard.words())
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_checklist(wizard, "sharing.rostering-off", "Springfield")
        wizard.app.draft.district = "Springfield ISD"
        await wizard.press("m")
        await wizard.until(lambda: "opied" in wizard.words())
        # The names can be changed all the same.
        await wizard.app.screen.run_action("names")
        await wizard.until(lambda: wizard.focused == "product")
        await wizard.press(*"Gradely", "enter", *"Kim Lee", "enter")
        await wizard.until(lambda: "Saved for your next messages." in wizard.words())
        assert wizard.app.saved.settings.load() == Settings("Gradely", "Kim Lee", names=ASKED)


@pytest.mark.parametrize("key", ["m", "M"])
async def test_where_the_district_has_nothing_to_do_that_is_said(key: str, tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_checklist(wizard, "gradebook.vendor-credentials-missing")
        before = wizard.words()
        await wizard.press(key)
        await wizard.until(lambda: wizard.words() != before)
        assert not (tmp_path / "copied").exists()


async def test_the_theme_is_remembered(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        assert wizard.app.theme == theme_name(color=True, dark=True)
        wizard.app.action_light_or_dark()
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        assert wizard.app.theme == theme_name(color=True, dark=False)
        wizard.app.action_light_or_dark()
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        assert wizard.app.theme == theme_name(color=True, dark=True)


async def test_settings_that_cannot_be_read_do_not_keep_the_wizard_from_starting(tmp_path: Path) -> None:
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "settings.toml").write_text("theme = 7\nnot toml")
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        assert wizard.app.theme == theme_name(color=True, dark=True)
        wizard.app.action_light_or_dark()
        await wizard.until(lambda: wizard.app.theme == theme_name(color=True, dark=False))
