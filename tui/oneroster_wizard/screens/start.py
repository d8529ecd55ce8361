"""The Start step: the saved connections, a new one, or the practice district."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, OptionList, Static

from oneroster_wizard.draft import Draft
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profile_error import ProfileError
from oneroster_wizard.storage.saved_connections import GIVEN_UP
from oneroster_wizard.widgets.state import plain

from .base import Body, Command, WizardScreen

if TYPE_CHECKING:
    from oneroster_wizard.storage.saved_connections import SavedConnections

INTRO = (
    "This wizard tries a OneRoster connection to a district, and says what is wrong with it and how to fix it. "
    "Its checks only read; a write test runs only when you ask for it."
)
NOTHING_SAVED = "No connection is saved yet. Begin with a new one, or try the practice district first."


class StartScreen(WizardScreen):
    """Lists what is saved; everything else begins here."""

    STEP = WizardStep.START
    NEXT = "New connection"
    HELP_TEXT = """
Choose a saved connection and press Enter to run its checks again, or use the buttons to edit, \
duplicate, rename or delete it. Deleting also takes its secrets out of the keyring.

New connection leads you through it: versions, addresses, secrets, a few questions for the district, \
and the run.

The practice district is a small pretend district on this computer with invented people. It needs \
nothing, and it can be broken in many ways, to see how each looks.

After a run, Esc goes back to its checklist; Q quits.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", "New"),
        Binding("p", "practice", "Practice"),
        Binding("r", "run_saved", "Run"),
        Binding("e", "edit", "Edit"),
        Binding("d", "duplicate", "Duplicate", show=False),
        Binding("m", "rename", "Rename", show=False),
        Binding("x,delete", "delete", "Delete", show=False),
        Binding("ctrl+n", "next", "New", show=False),
        Binding("escape", "back", "Back or quit", show=False),
    ]

    class PracticeChosen(Message):
        """The person wants the practice district, with a problem or, for None, a healthy one."""

        def __init__(self, problem: str | None) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self._names: list[str] = []

    def compose_middle(self) -> ComposeResult:
        with Body(id="body"):
            yield from self._list_saved()

    def compose_moves(self) -> ComposeResult:
        yield Button(self.NEXT, id="next", variant="primary")
        yield Button("Practice district", id="practice")

    def which_district(self) -> str:
        return ""

    def first_focus(self) -> Widget:
        return self.query_one("#saved") if self._names else self.query_one("#next")

    def commands(self) -> Iterable[Command]:
        yield "New connection", "Describe a connection and run its checks", self.action_next
        yield "Practice district", "A pretend district on this computer", self.action_practice
        if self._names:
            yield "Run", "Run the checks of the chosen connection", self.action_run_saved
            yield "Edit", "Change the chosen connection", self.action_edit
            yield "Duplicate", "Copy the chosen connection under another name", self.action_duplicate
            yield "Rename", "Give the chosen connection another name", self.action_rename
            yield "Delete", "Delete the chosen connection and its secrets", self.action_delete

    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self._offer_removal)

    # In a group of its own: it must not end what a quick key has begun.
    @work(exclusive=True, group="removal")
    async def _offer_removal(self) -> None:
        """Offer to remove what a write test has left in a grade book when its program was killed."""
        from oneroster_wizard.storage.journal_folder import journal_folder, journal_names

        if not journal_names(journal_folder()):
            return
        from oneroster_wizard.storage.write_journal import left_tests

        from .removal import offer_removal

        name = await offer_removal(self.app, left_tests(), self._names)
        if name:
            self._open(WizardStep.RUN, name, removes=True)

    async def come_back(self, draft: Draft) -> None:
        """Show the screen again after other steps, for the draft as it is now."""
        self.draft = draft
        await self.show_saved()
        self.say("")
        self._say_note()
        self.first_focus().focus()

    async def show_saved(self, choose: str = "") -> None:
        """Read the profile files again and list them; `choose` is the one to highlight."""
        body = self.query_one(Body)
        await body.remove_children()
        await body.mount(*self._list_saved(choose))
        self.refresh_bindings()

    def _list_saved(self, choose: str = "") -> Iterator[Widget]:
        """What is saved, as widgets. Most first starts have nothing, and should not wait for a list of it."""
        try:
            profiles, broken = self.saved.list()
            trouble = [
                f"{file.path.name} cannot be used and was left as it is. {file.sentence}" for file in broken
            ]
        except ProfileError as error:
            profiles, trouble = [], [str(error)]
        self._names = [profile.name for profile in profiles]
        yield Static(INTRO, classes="intro")
        if not profiles and not trouble:
            yield Static(NOTHING_SAVED, id="nothing")
        if profiles:
            from oneroster_wizard.widgets.saved_list import SavedList

            last_runs, unknown = self.saved.last_runs()
            trouble += [unknown] if unknown else []
            choose = choose or self.draft.profile
            first = self._names.index(choose) if choose in self._names else 0
            yield SavedList([(each, last_runs.get(each.name)) for each in profiles], first)
            yield Horizontal(
                Button("Run", id="run", variant="primary"),
                *(Button(name.capitalize(), id=name) for name in ("edit", "duplicate", "rename", "delete")),
                classes="actions",
                id="for-saved",
            )
        if trouble:
            yield Static(Content("\n").join(map(plain, trouble)), id="broken")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a saved connection is offered when there is one."""
        return bool(self._names) or action not in ("run_saved", "edit", "duplicate", "rename", "delete")

    # What can be done with the chosen one.

    def chosen(self) -> str:
        """The name of the highlighted connection, "" when none is saved."""
        if not self._names:
            return ""
        index = self.query_one("#saved", OptionList).highlighted
        return self._names[index] if index is not None else ""

    @on(OptionList.OptionSelected, "#saved")
    @on(Button.Pressed, "#run")
    def action_run_saved(self) -> None:
        """Run the checks of the chosen connection."""
        self._open(WizardStep.RUN)

    @on(Button.Pressed, "#edit")
    def action_edit(self) -> None:
        """Open the chosen connection to change it."""
        self._open(WizardStep.VERSIONS)

    @work(exclusive=True)
    async def _open(self, step: WizardStep, name: str = "", *, removes: bool = False) -> None:
        from .wait import WaitScreen

        name = name or self.chosen()
        if not name:
            return
        saved = self.saved
        try:
            without = saved.open_without_secrets(name)
        except ProfileError as error:
            self.say(str(error))
            return
        without.note = GIVEN_UP
        sentence = "Waiting for the keyring to hand over the secrets."
        draft = await self.app.push_screen_wait(
            WaitScreen(sentence, lambda: saved.add_secrets(replace(without)), without)
        )
        if step is WizardStep.RUN and not draft.credentials.client_secret:
            step = WizardStep.SECRETS
        if removes:
            from oneroster_wizard.draft_writes import DraftWrites

            draft.writes = DraftWrites()
        self.leave(step, draft)

    @on(Button.Pressed, "#duplicate")
    @work(exclusive=True)
    async def action_duplicate(self) -> None:
        """Copy the chosen connection."""
        from .name import NameScreen

        old = self.chosen()
        if not old:
            return
        ask = NameScreen(f"Name for the copy of {old}", f"{old} copy", "Duplicate", taken=self._names)
        new = await self.app.push_screen_wait(ask)
        if new:
            await self._change_saved(
                lambda: self.saved.duplicate(old, new), new, f"{new} is a copy of {old}."
            )

    @on(Button.Pressed, "#rename")
    @work(exclusive=True)
    async def action_rename(self) -> None:
        """Give the chosen connection another name."""
        from .name import NameScreen

        old = self.chosen()
        if not old:
            return
        others = [name for name in self._names if name != old]
        new = await self.app.push_screen_wait(NameScreen(f"New name for {old}", old, "Rename", taken=others))
        if new and new != old:
            await self._change_saved(lambda: self.saved.rename(old, new), new, f"{old} is now {new}.")

    @on(Button.Pressed, "#delete")
    @work(exclusive=True)
    async def action_delete(self) -> None:
        """Delete the chosen connection, with its secrets."""
        from .confirm import ConfirmScreen

        name = self.chosen()
        if not name:
            return
        text = "Its file, its history and its secrets in the keyring are deleted. This cannot be undone."
        if await self.app.push_screen_wait(ConfirmScreen(f"Delete {name}?", text, "Delete")):
            await self._change_saved(lambda: self.saved.delete(name), "", f"{name} is deleted.")

    async def _change_saved(self, job: Callable[[], Awaitable[str]], choose: str, done: str) -> None:
        from .wait import WaitScreen

        async def changed() -> str:
            try:
                return await job() or done
            except ProfileError as error:
                return str(error)

        reported = await self.app.push_screen_wait(WaitScreen("Waiting for the keyring.", changed, GIVEN_UP))
        await self.show_saved(choose)
        self.say(reported)
        self.first_focus().focus()

    # What begins anew.

    def action_next(self) -> None:
        """Begin a new connection, or go on with the one that was begun."""
        draft = self.draft
        if draft.profile or draft.practice or draft.result:
            draft = Draft()
        self.leave(WizardStep.VERSIONS, draft)

    @on(Button.Pressed, "#practice")
    @work(exclusive=True)
    async def action_practice(self) -> None:
        """Choose how the practice district is broken, and open it."""
        from .problems import ProblemsScreen

        problem = await self.app.push_screen_wait(ProblemsScreen())
        if problem is not None:
            self.say("The practice district is starting.")
            self.post_message(self.PracticeChosen(problem or None))

    def action_back(self) -> None:
        """Back to the checklist of the last run; without one, Esc on the first screen leaves the wizard."""
        draft = self.draft
        # A connection that was deleted or renamed here has no checklist to go back to.
        if draft.result is not None and (not draft.profile or draft.profile in self._names):
            self.leave(WizardStep.CHECKLIST)
        else:
            self.run_worker(self.app.action_quit())
