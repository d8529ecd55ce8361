"""What holds on every screen: back, quit, help, the palette, small windows, no colour, no secret in a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from textual.screen import ModalScreen
from textual.widgets import Button, Input

from oneroster_checks.causes import cause
from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.practice_choice import PracticeChoice
from oneroster_wizard.screens.base import WizardScreen
from oneroster_wizard.screens.help import HelpScreen
from oneroster_wizard.steps import WAY, WizardStep
from oneroster_wizard.storage.profile_document import new_document
from oneroster_wizard.storage.profiles import Profile
from oneroster_wizard.widgets.key_line import KeyLine

from .wizard_driver import Driver, driving

CANARY = "canary-secret-5d1f"


async def test_back_keeps_what_was_typed(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.press("ctrl+n")
        await wizard.step(WizardStep.VERSIONS)
        await wizard.next(WizardStep.CONNECTION)
        await wizard.paste("https://district.example/campus/api")
        await wizard.focus("created")
        await wizard.paste("2026-02")
        await wizard.focus("share-gradebook")
        await wizard.press("space")
        await wizard.press("ctrl+n", "ctrl+n")
        await wizard.step(WizardStep.SECRETS)
        await wizard.paste(CANARY)
        for step in (WizardStep.CONNECTION, WizardStep.VERSIONS, WizardStep.START):
            await wizard.press("escape")
            await wizard.step(step)
        await wizard.press("ctrl+n")
        await wizard.step(WizardStep.VERSIONS)
        await wizard.next(WizardStep.CONNECTION)
        assert wizard.app.screen.query_one("#base_url", Input).value == "https://district.example/campus/api"
        assert wizard.app.screen.query_one("#created", Input).value == "2026-02"
        assert wizard.app.draft.connection.share == ("rostering", "gradebook")
        assert wizard.app.draft.credentials.client_secret.reveal() == CANARY


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_a_key_on_the_first_screen_quits(tmp_path: Path, key: str) -> None:
    app = WizardApp(folder=tmp_path)
    async with driving(app) as wizard:
        await wizard.press(key)
        await wizard.until(lambda: app._exit)
    assert app.return_code == 0


async def test_ctrl_c_quits_from_a_dialog_too(tmp_path: Path) -> None:
    app = WizardApp(folder=tmp_path)
    async with driving(app) as wizard:
        await wizard.press("f1")
        await wizard.until(lambda: isinstance(wizard.app.screen, ModalScreen))
        await wizard.press("ctrl+c")
        await wizard.until(lambda: app._exit)
    assert app.return_code == 0


async def test_the_button_quits(tmp_path: Path) -> None:
    app = WizardApp(folder=tmp_path)
    async with driving(app) as wizard:
        await wizard.pilot.click("#quit")
        await wizard.until(lambda: app._exit)
    assert app.return_code == 0


async def test_q_is_a_letter_while_typing_and_typed_text_is_not_lost_without_a_question(
    tmp_path: Path,
) -> None:
    app = WizardApp(folder=tmp_path)
    async with driving(app) as wizard:
        await wizard.press("ctrl+n")
        await wizard.step(WizardStep.VERSIONS)
        await wizard.next(WizardStep.CONNECTION)
        await wizard.press("q")
        assert app.draft.connection.base_url == "q"
        await wizard.focus("next")
        await wizard.press("q", "ctrl+q")
        await wizard.until(lambda: wizard.focused == "close")
        await wizard.press("escape")
        assert not app._exit
        await wizard.press("ctrl+q")
        await wizard.until(lambda: wizard.focused == "close")
        await wizard.press("y")
        await wizard.until(lambda: app._exit)


async def each_step(wizard: Driver) -> list[WizardStep]:
    """The steps of the practice district, each shown in turn; the caller iterates by sending keys."""
    await wizard.step(WizardStep.VERSIONS)
    return list[WizardStep](WAY)[1:]


async def test_every_screen_has_help_and_its_own_commands(tmp_path: Path) -> None:
    async with driving(WizardApp.for_practice(folder=tmp_path)) as wizard:
        seen: set[str] = set()
        for step in await each_step(wizard):
            await wizard.step(step)
            if step is WizardStep.RUN:
                await wizard.finished()
            screen = wizard.app.screen
            assert isinstance(screen, WizardScreen)
            await wizard.press("f1")
            await wizard.until(lambda: isinstance(wizard.app.screen, HelpScreen))
            words = wizard.words()
            assert f"Help: {step.title}" in words
            assert "Esc" in words
            assert len(screen.HELP_TEXT) > 200
            seen.add(screen.HELP_TEXT)
            await wizard.press("escape")
            await wizard.step(step)
            titles = [command.title for command in wizard.app.get_system_commands(screen)]
            assert {"Help", "Quit", "Back", "Change to light"} <= set(titles)
            if step is not WizardStep.CHECKLIST:
                await wizard.press("ctrl+n")
        assert len(seen) == 5


async def test_every_step_says_which_of_how_many_it_is(tmp_path: Path) -> None:
    async with driving(WizardApp.for_practice(folder=tmp_path)) as wizard:
        for step in await each_step(wizard):
            await wizard.step(step)
            assert wizard.picture().lstrip().startswith(f"Step {step.number} of 6: {step.title}")
            if step is WizardStep.RUN:
                await wizard.finished()
            if step is not WizardStep.CHECKLIST:
                await wizard.press("ctrl+n")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 60)])
async def test_the_buttons_are_in_sight_in_any_window(tmp_path: Path, size: tuple[int, int]) -> None:
    async with driving(WizardApp.for_practice(folder=tmp_path), size) as wizard:
        for step in await each_step(wizard):
            await wizard.step(step)
            if step is WizardStep.RUN:
                await wizard.finished()
            for button in wizard.app.screen.query(Button):
                if button.display and button.parent is not None and button.parent.id == "moves":
                    assert wizard.app.screen.region.contains_region(button.region), (step, button)
            picture = wizard.picture()
            assert "Quit" in picture
            if step is not WizardStep.CHECKLIST:
                await wizard.press("ctrl+n")


async def test_without_colour_every_state_is_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = WizardApp.for_practice(PracticeChoice("token.invalid-client"), folder=tmp_path)
    assert app.no_color
    async with driving(app, (120, 36)) as wizard:
        await wizard.step(WizardStep.VERSIONS)
        await wizard.whole_way()
        picture = wizard.picture()
        assert f"Fail: {cause('token.invalid-client').title}" in picture
        assert "Ask " in picture
        await wizard.press("2", "end")
        assert "Skipped " in wizard.picture()
        svg = app.export_screenshot()
        # The picture's own default foreground is not the wizard's.
        colours = {part[:6] for part in svg.split("fill: #")[1:]} - {"c5c8c6"}
        assert colours
        # Every text is grey: its red, green and blue are the same.
        assert {colour for colour in colours if not colour[0:2] == colour[2:4] == colour[4:6]} == set()


class Crashing(WizardApp):
    """A wizard with a fault of its own."""

    def action_light_or_dark(self) -> None:
        secret = self.draft.credentials.client_secret.reveal()
        local_copy = secret.upper()
        raise ValueError(f"cannot use {secret}{local_copy[:0]}")


async def test_a_crash_shows_no_secret_and_no_local_variable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = Draft(
        connection=Connection(client_id="InfiniteCampus_x"), credentials=Credentials(Secret(CANARY * 9))
    )
    app = Crashing(draft=draft, folder=tmp_path)
    with pytest.raises(ValueError, match="cannot use"):
        await _crash(app)
    shown = capsys.readouterr()
    written = "".join((shown.out + shown.err).split())
    assert "cannotuse[hidden]" in written
    assert "oneroster-wizard'sfault" in written
    assert CANARY not in written
    assert CANARY.upper() not in written
    assert app.return_code == 1


async def _crash(app: WizardApp) -> None:
    async with driving(app) as wizard:
        app.call_later(app.action_light_or_dark)
        await wizard.until(lambda: app._exit)


async def test_quitting_in_the_middle_of_a_run_leaves_nothing_behind(tmp_path: Path) -> None:
    with PracticeDistrict(size="large") as district:
        draft = Draft(connection=district.connection, credentials=district.credentials)
        app = WizardApp(draft=draft, start="run", folder=tmp_path)
        async with driving(app) as wizard:
            await wizard.until(lambda: bool(wizard.run_log.requests))
            await wizard.press("q")
            await wizard.until(lambda: app._exit)
    assert app.last_result is None


@pytest.mark.parametrize("saved", [False, True])
def test_the_first_screen_loads_nothing_slow(tmp_path: Path, saved: bool) -> None:
    if saved:
        profile = Profile("Lakeside", Connection(base_url="https://a.example/campus"), {}, False)
        (tmp_path / "lakeside.toml").write_text(new_document(profile))
    code = f"""
import asyncio, pathlib, sys
from oneroster_wizard.app import WizardApp
from oneroster_wizard.practice_choice import PracticeChoice
from oneroster_wizard.steps import WizardStep
async def main():
    app = WizardApp(folder=pathlib.Path({str(tmp_path)!r}))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert type(app.screen).__name__ == "StartScreen"
        while app.screen.focused is None:
            await asyncio.sleep(0.01)
        assert app.screen.focused.id == ("saved" if {saved} else "new")
asyncio.run(main())
slow = ["httpx", "keyring", "oauthlib", "jinja2", "msgspec", "sqlite3"]
slow += ["starlette", "uvicorn", "trustme", "tomlkit", "pyperclip", "oneroster_practice"]
print([name for name in slow if name in sys.modules])
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert ended.stdout.strip() == "[]"


async def test_a_window_that_changes_its_size_changes_the_layout(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        draft = Draft(connection=district.connection, credentials=district.credentials)
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            await wizard.finished()
            button = wizard.app.screen.query_one("#quit", Button)
            checks, beside = wizard.app.screen.query_one("#checks"), wizard.app.screen.query_one("#details")
            assert button.region.height == 1
            assert beside.region.y > checks.region.y
            await wizard.pilot.resize_terminal(120, 36)
            await wizard.until(lambda: button.region.height == 3)
            await wizard.until(lambda: beside.region.y == checks.region.y)
            await wizard.pilot.resize_terminal(80, 24)
            await wizard.until(lambda: button.region.height == 1 and beside.region.y > checks.region.y)


async def test_the_first_screen_has_help_and_every_key_of_the_last_line_can_be_clicked(
    tmp_path: Path,
) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        line = wizard.picture().splitlines()[-1]
        await wizard.pilot.click(KeyLine, offset=(line.index("Help"), 0))
        await wizard.until(lambda: isinstance(wizard.app.screen, HelpScreen))
        assert "The practice district is a small pretend district" in wizard.words()
        await wizard.pilot.click("#close")
        await wizard.step(WizardStep.START)
        await wizard.pilot.click(KeyLine, offset=(line.index("New"), 0))
        await wizard.step(WizardStep.VERSIONS)


async def test_the_mouse_alone_leads_to_the_checklist(tmp_path: Path) -> None:
    async with driving(WizardApp.for_practice(folder=tmp_path)) as wizard:
        for step in WAY[1:-1]:
            await wizard.step(step)
            if step is WizardStep.RUN:
                await wizard.finished()
                await wizard.until(lambda: not wizard.app.screen.query_one("#next").disabled)
            await wizard.pilot.click("#next")
        await wizard.step(WizardStep.CHECKLIST)
        await wizard.pilot.click("#start")
        await wizard.step(WizardStep.START)
