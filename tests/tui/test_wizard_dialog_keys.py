"""Every key of the last line of every dialog, and where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..pictures.settled import settled_draft
from .test_wizard_keys import SIZE, at, keys_of
from .wizard_driver import driving

# What opens each dialog from a step, its keys beside Esc and F1, and where those lead.
DIALOGS: tuple[tuple[WizardStep, str, str, dict[str, str]], ...] = (
    # With nothing pasted there is nothing to fill in.
    (WizardStep.CONNECTION, "f2", "PasteScreen", {"ctrl+n": "PasteScreen"}),
    (WizardStep.START, "x", "ConfirmScreen", {"y": "StartScreen", "n": "StartScreen"}),
    (WizardStep.START, "h", "ProfileHistoryScreen", {}),
    (WizardStep.START, "p", "ProblemsScreen", {}),
    (WizardStep.START, "i", "ImportScreen", {}),
    (WizardStep.START, "number_sign", "TagsScreen", {}),
    (WizardStep.START, "w", "ExportProfilesScreen", {}),
    (WizardStep.START, "d", "NameScreen", {}),
    (WizardStep.START, "k", "CompareScreen", {}),
    (WizardStep.START, "j", "MoveToScreen", {}),
    (WizardStep.CHECKLIST, "w", "SaveReportScreen", {}),
    (WizardStep.CHECKLIST, "t", "WatchScreen", {}),
    (WizardStep.CHECKLIST, "m", "LetterNamesScreen", {}),
    # Where the grade book can be read.
    (WizardStep.CHECKLIST, "b", "WriteTestScreen", {}),
)


@pytest.mark.parametrize(("step", "opens", "name", "keys"), DIALOGS, ids=[each[2] for each in DIALOGS])
async def test_every_key_of_a_dialog_leads_where_it_says(
    step: WizardStep, opens: str, name: str, keys: dict[str, str], tmp_path: Path
) -> None:
    async with driving(WizardApp(folder=tmp_path), SIZE) as wizard:
        for key, leads in {"escape": "", "f1": "HelpScreen", **keys}.items():
            ProfileStore(tmp_path).save(Profile("Lakeside", Connection(), {}, False))
            problem = "gradebook.write-refused" if opens == "b" else "token.invalid-client"
            draft = Draft() if step is WizardStep.START else await settled_draft(problem)
            draft.practice = False
            await at(wizard, step, draft)
            before = wizard.app.screen
            await wizard.press(opens)
            await wizard.until(lambda: type(wizard.app.screen).__name__ == name)
            assert set(keys_of(wizard)) == {"escape", "f1", *keys}
            await wizard.press(key)
            wanted = leads or type(before).__name__
            await wizard.until(lambda wanted=wanted: type(wizard.app.screen).__name__ == wanted)  # type: ignore[misc]
            if key == "f1":
                # The list of keys is closed alone, and the dialog is there again.
                assert "Esc" in wizard.words()
                await wizard.press("escape")
                await wizard.until(lambda: type(wizard.app.screen).__name__ == name)
