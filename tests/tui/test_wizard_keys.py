"""Every key of the last line of every screen, and where it leads; and every screen by Tab alone."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import oneroster_wizard.screens
import oneroster_wizard.widgets
from oneroster_checks.connection import Connection
from oneroster_checks.finding import Status
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.keys import Key
from oneroster_wizard.screens.base import WizardScreen
from oneroster_wizard.screens.dialog import Dialog
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.widgets.key_line import KeyLine

from ..pictures.settled import settled_draft
from .wizard_driver import Driver, driving

# So wide that every key has room in the last line.
SIZE = (260, 50)
# Keys that move inside a part, or are the framework's own: they mean the same everywhere, and stand in no last line.
MOVES = {"enter", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "ctrl+c"}
TABS = {str(number) for number in range(1, 10)}

# The keys that have more than one title: what each does is the same, and only its name fits the place better.
TITLES = {
    "ctrl+n": {"Next", "New", "Fill in"},
    "f": {"Trace", "Trace another"},
    "j": {"Move", "Move to another"},
    "escape": {"Back", "Close", "Clear"},
    "f1": {"Help", "Keys", "Close"},
    "q": {"Quit", ""},
    "r": {"Run", "Run again"},
    "w": {"Export", "Report"},
}
Leads = str | tuple[str, str]

# For each step, its keys and the screen that each leads to; a pair, where a text of that screen tells more.
START: dict[str, Leads] = {
    "r": "SecretsScreen",
    "o": ("StartScreen", "has not run yet"),
    "a": ("StartScreen", "1 not checked"),
    "h": "ProfileHistoryScreen",
    "k": "CompareScreen",
    "f": "SecretsScreen",
    "j": "MoveToScreen",
    "J": ("StartScreen", "No profile names another by moves_to."),
    "slash": "StartScreen",
    **dict.fromkeys(("ctrl+n", "e"), "VersionsScreen"),
    "p": "ProblemsScreen",
    "i": "ImportScreen",
    "number_sign": "TagsScreen",
    **dict.fromkeys(("d", "f6"), "NameScreen"),
    "x": "ConfirmScreen",
    "w": "ExportProfilesScreen",
    "f5": "StartScreen",
    "ctrl+p": "CommandPalette",
    "f1": "HelpScreen",
    "q": "",
}
FORM: dict[str, Leads] = {"escape": "back", "f1": "HelpScreen", "ctrl+p": "CommandPalette"}
STEPS: dict[WizardStep, dict[str, Leads]] = {
    WizardStep.START: START,
    WizardStep.VERSIONS: {"ctrl+n": "ConnectionScreen", "ctrl+r": "RunScreen", **FORM},
    WizardStep.CONNECTION: {"ctrl+n": "SecretsScreen", "f2": "PasteScreen", "ctrl+r": "RunScreen", **FORM},
    WizardStep.SECRETS: {"ctrl+n": "RunScreen", "f3": "SecretsScreen", "ctrl+r": "RunScreen", **FORM},
    WizardStep.RUN: {
        "ctrl+n": "ChecklistScreen",
        **dict.fromkeys(("r", "R"), "RunScreen"),
        "f": "TraceScreen",
        "q": "",
        **FORM,
    },
    WizardStep.CHECKLIST: {
        "s": ("ChecklistScreen", "opied"),
        "m": "LetterNamesScreen",
        "g": "SecretsScreen",
        "t": "WatchScreen",
        "w": "SaveReportScreen",
        "r": "RunScreen",
        "f": "TraceScreen",
        "ctrl+s": "NameScreen",
        "q": "",
        **FORM,
    },
    # What is typed into the ID is no key; the other keys come with what was traced (test_wizard_trace.py).
    WizardStep.TRACE: FORM,
    # Without a new connection; the other keys come with what was compared (test_wizard_move.py).
    WizardStep.MOVE: {
        "s": ("MoveScreen", "opied"),
        "j": ("MoveScreen", "A profile needs a name."),
        "q": "",
        **FORM,
    },
}


def classes() -> Iterator[type[DOMNode]]:
    """Every screen and widget of the wizard."""
    for package in (oneroster_wizard.screens, oneroster_wizard.widgets):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for each in vars(import_module(module.name)).values():
                if isinstance(each, type) and issubclass(each, DOMNode) and each.__module__ == module.name:
                    yield each


def test_a_key_has_one_meaning() -> None:
    keys = [key for each in Key for key in each.value.split(",")]
    assert len(keys) == len(set(keys))
    known = set(keys) | MOVES | TABS
    titles: dict[str, set[str]] = {}
    for each in classes():
        for binding in each.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding)
            assert set(binding.key.split(",")) <= known, (each, binding.key)
            titles.setdefault(binding.key, set()).add(binding.description)
    # A digit goes to the tab that has it before its title.
    several = {key for key, used in titles.items() if len(used) > 1}
    assert several - MOVES - TABS == set(TITLES)
    assert all(titles[key] == used for key, used in TITLES.items())


def keys_of(wizard: Driver) -> list[str]:
    """The keys of the last line, in its order."""
    return [key for _, _, key in wizard.app.screen.query_one(KeyLine)._places]


async def at(wizard: Driver, step: WizardStep, draft: Draft) -> None:
    """Show a step as one comes to it anew."""
    while isinstance(wizard.app.screen, Dialog):
        await wizard.press("escape")
    await wizard.app.go(step, draft)
    await wizard.step(step)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.title)
async def test_every_key_of_a_step_leads_where_it_says(step: WizardStep, tmp_path: Path) -> None:
    ProfileStore(tmp_path).save(Profile("Lakeside", Connection(), {}, False))
    wanted = STEPS[step]
    async with driving(WizardApp(folder=tmp_path), SIZE) as wizard:
        for number, (key, leads) in enumerate(wanted.items()):
            draft = Draft() if step is WizardStep.START else await settled_draft("token.invalid-client")
            draft.practice = False
            # Going on from Secrets saves it, each time under a name of its own.
            draft.suggested_name = f"district-{number}"
            await at(wizard, step, draft)
            assert set(keys_of(wizard)) == set(wanted), f"the last line of {step.title}"
            name, text = leads if isinstance(leads, tuple) else (leads, "")
            await wizard.press(key)
            if key == "q":
                await wizard.until(lambda: wizard.app._exit)
                break
            if name == "back":
                await wizard.until(lambda: wizard.app.screen is wizard.app.screen_stack[0])
                continue
            await wizard.until(lambda name=name: type(wizard.app.screen).__name__ == name)  # type: ignore[misc]
            await wizard.until(lambda text=text: text in wizard.words())  # type: ignore[misc]
            screen = wizard.app.screen
            if isinstance(screen, Dialog):
                line = keys_of(wizard)
                assert "escape" in line
                assert "Esc Close" in wizard.picture()
                await wizard.press("escape")
                await wizard.until(lambda screen=screen: wizard.app.screen is not screen)  # type: ignore[misc]
            elif not isinstance(screen, WizardScreen):
                await wizard.press("escape")
                await wizard.step(step)


@pytest.mark.parametrize("step", list(WizardStep), ids=lambda step: step.title)
async def test_tab_reaches_every_part_and_comes_round(step: WizardStep, tmp_path: Path) -> None:
    ProfileStore(tmp_path).save(Profile("Lakeside", Connection(), {}, False))
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        draft = Draft() if step is WizardStep.START else await settled_draft("token.invalid-client")
        await at(wizard, step, draft)
        first = wizard.app.screen.focused
        reached = [first]
        for _ in range(80):
            await wizard.press("tab")
            focused = wizard.app.screen.focused
            assert focused is not None
            # What has the focus is in sight, at least its beginning.
            assert wizard.app.screen.region.overlaps(focused.region), focused
            if focused is first:
                break
            reached.append(focused)
        assert wizard.app.screen.focused is first
        chain = [widget for widget in wizard.app.screen.focus_chain if widget.focusable]
        assert {id(widget) for widget in chain} == {id(widget) for widget in reached}


async def test_from_the_field_that_is_wrong_one_step_back_leads_to_the_checklist(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        draft = await settled_draft("token.invalid-client")
        draft.practice = False
        await at(wizard, WizardStep.RUN, draft)
        await wizard.next(WizardStep.CHECKLIST)
        await wizard.press("g")
        await wizard.step(WizardStep.SECRETS)
        await wizard.press("escape")
        await wizard.step(WizardStep.CHECKLIST)
        await wizard.press("escape")
        await wizard.step(WizardStep.RUN)
        # A step back asks nobody anything.
        assert wizard.run_log.result is draft.result
        await wizard.press("escape")
        await wizard.step(WizardStep.START)


async def test_a_window_that_is_too_small_says_so_and_loses_nothing(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.app.go(WizardStep.CHECKLIST, await settled_draft("token.invalid-client"))
        await wizard.step(WizardStep.CHECKLIST)
        for size in ((59, 24), (80, 19)):
            await wizard.pilot.resize_terminal(*size)
            await wizard.until(lambda: "Make it at least 60 by 20" in " ".join(wizard.picture().split()))
            assert "Checklist" not in wizard.picture()
        await wizard.pilot.resize_terminal(60, 20)
        await wizard.until(lambda: "Checklist" in wizard.picture())


async def test_escape_on_the_first_screen_does_nothing_and_the_last_result_opens_from_there(
    tmp_path: Path,
) -> None:
    async with driving(WizardApp.for_practice(folder=tmp_path)) as wizard:
        await wizard.step(WizardStep.VERSIONS)
        result = await wizard.whole_way()
        await wizard.to_start()
        await wizard.press("escape")
        await wizard.step(WizardStep.START)
        assert not wizard.app._exit
        await wizard.press("o")
        await wizard.step(WizardStep.CHECKLIST)
        assert wizard.app.draft.result is result


async def test_a_new_connection_takes_no_result_away(tmp_path: Path) -> None:
    async with driving(WizardApp.for_practice(folder=tmp_path)) as wizard:
        await wizard.step(WizardStep.VERSIONS)
        result = await wizard.whole_way()
        await wizard.to_start()
        await wizard.press("ctrl+n")
        await wizard.step(WizardStep.VERSIONS)
        begun: Draft = wizard.app.draft
        assert begun.result is None
        await wizard.to_start()
        assert "Practice district: Pass" in wizard.picture()
        await wizard.focus("unsaved-0")
        await wizard.press("enter")
        await wizard.step(WizardStep.CHECKLIST)
        assert wizard.app.draft.result is result
        # Its district still runs, so its checks can run again.
        await wizard.press("r")
        await wizard.step(WizardStep.RUN)
        await wizard.until(lambda: wizard.app.draft.result is not result)
        assert wizard.app.draft.result is not None
        assert wizard.app.draft.result.verdict.status is Status.PASS
