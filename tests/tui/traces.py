"""Drives the Trace screen in tests: to it, through a trace, and what it copies."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input, RadioSet

from oneroster_checks.tracing.model import SUBJECT_KINDS, SubjectKind
from oneroster_practice import PracticeDistrict
from oneroster_wizard.draft import Draft
from oneroster_wizard.screens.trace import TraceScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.widgets.trace_tree import TraceTree

from .wizard_driver import Driver

STUDENT, TEACHER = "1000001", "7000001"


def draft_of(district: PracticeDistrict, **changes: object) -> Draft:
    """A connection to a district, filled in and not saved."""
    return Draft(
        connection=district.connection.but(**changes), credentials=district.credentials, names_asked=True
    )


async def at_trace(wizard: Driver) -> TraceScreen:
    """Show the Trace screen of the app's own draft."""
    await wizard.app.show(WizardStep.TRACE)
    await wizard.step(WizardStep.TRACE)
    return trace_screen(wizard)


def trace_screen(wizard: Driver) -> TraceScreen:
    screen = wizard.app.screen
    assert isinstance(screen, TraceScreen)
    return screen


async def traced(wizard: Driver, id: str) -> None:
    """Type an id in the place of what is in the field, and wait for what comes of it."""
    screen = trace_screen(wizard)
    screen.query_one("#subject", Input).value = ""
    assert wizard.focused == "subject"
    await wizard.press(*id, "enter")
    await wizard.until(lambda: not screen.tracing and "for records" in wizard.words())


async def choose(wizard: Driver, kind: SubjectKind) -> None:
    """Choose the kind of what is traced, by keys."""
    await wizard.focus("kind")
    at = wizard.app.screen.query_one("#kind", RadioSet).pressed_index
    # Behind the last is the first again.
    await wizard.press(*["right"] * ((SUBJECT_KINDS.index(kind) - at) % len(SUBJECT_KINDS)), "enter")
    await wizard.focus("subject")


def link_words(wizard: Driver) -> str:
    """The link under the cursor."""
    tree = wizard.app.screen.query_one(TraceTree)
    return str(tree.cursor_node.label) if tree.cursor_node else ""


async def copied(wizard: Driver, key: str, folder: Path) -> str:
    """The text that a key copies."""
    trace_screen(wizard).say("")
    await wizard.press(key)
    await wizard.until(lambda: "the same text is in" in wizard.words() or "The text is in" in wizard.words())
    (written,) = (folder / "copied").iterdir()
    text = written.read_text()
    written.rename(folder / f"{key}.kept")
    return text
