"""What every step of the wizard has: the step line, a body, the buttons, the keys and help."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Static

from oneroster_wizard.keys import Key
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.widgets.key_line import KeyLine
from oneroster_wizard.widgets.state import plain
from oneroster_wizard.widgets.step_line import StepLine
from oneroster_wizard.widgets.too_small import TooSmall
from oneroster_wizard.window_sizes import classes_of

if TYPE_CHECKING:
    from oneroster_wizard.draft import Draft
    from oneroster_wizard.storage.saved_connections import SavedConnections

Command = tuple[str, str, Callable[[], object]]


class Body(VerticalScroll, can_focus=False):
    """The part of a screen that scrolls; the page keys of the screen move it."""


class WizardScreen(Screen[None]):
    """One step. A subclass fills the body, says its help, and writes every change into the draft.

    `draft` is the connection that is worked on, `saved` the saved ones. It knows no other step: it posts
    `StepLeft`, and the app shows the next one.
    """

    STEP: ClassVar[WizardStep]
    NEXT: ClassVar[str] = "Next"
    BACK: ClassVar[str] = "Back"
    HELP_TEXT: ClassVar[str] = ""
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Key.NEXT.bound("next", "Next", tooltip="Go on to the next step"),
        Key.BACK.bound("back", "Back", tooltip="Go back to where you came from; nothing is lost"),
        Key.HELP.bound("help", "Help", tooltip="What this screen is for, and its keys"),
        Key.QUIT.bound("app.quit", "Quit", tooltip="Quit the wizard"),
        Key.PAGE_DOWN.bound("scroll_body(1)", "Page down", show=False),
        Key.PAGE_UP.bound("scroll_body(-1)", "Page up", show=False),
    ]

    class StepLeft(Message):
        """The person goes from this step to another, perhaps with another connection.

        With `returns`, one step back from there leads here again, whatever lies between.
        """

        def __init__(
            self, screen: WizardScreen, to: WizardStep, draft: Draft | None = None, *, returns: bool = False
        ) -> None:
            super().__init__()
            self.screen = screen
            self.to = to
            self.draft = draft
            self.returns = returns

    class SteppedBack(Message):
        """The person goes back to where they came from."""

        def __init__(self, screen: WizardScreen) -> None:
            super().__init__()
            self.screen = screen

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__()
        self.draft = draft
        self.saved = saved
        self._warned = ""
        # Whether the person came here by a step back: what they see then is what was there.
        self.came_back = False
        # The field on which this screen stands when it opens, "" for where it would stand anyhow.
        self.look_at, draft.look_at = draft.look_at, ""

    # What a subclass fills in.

    def compose_body(self) -> ComposeResult:
        """The widgets of the body."""
        yield from ()

    def compose_middle(self) -> ComposeResult:
        """Everything between the step line and the buttons; a scrolling body unless a screen differs."""
        with Body(id="body"):
            yield from self.compose_body()

    def compose_moves(self) -> ComposeResult:
        """The buttons at the lower edge."""
        yield Button(self.NEXT, id="next", variant="primary")
        yield Button(self.BACK, id="back")

    def first_focus(self) -> Widget:
        """What has the focus when the screen opens."""
        return self.query_one("#next")

    def commands(self) -> Iterable[Command]:
        """What the command palette offers on this screen: title, help, action."""
        yield "Next step", "Go on to the next step", self.action_next
        yield "Back", "Go back one step; nothing is lost", self.action_back

    def which_district(self) -> str:
        """The note beside the step: whose connection this is."""
        return "Practice district" if self.draft.practice else self.draft.profile

    @property
    def next_step(self) -> WizardStep:
        """The step to which going on leads."""
        return self.STEP.next

    def objections(self) -> tuple[str, Widget | None]:
        """Why going on now makes little sense, and where to look; an empty sentence when nothing does."""
        return "", None

    def help_text(self) -> str:
        """What F1 says of this screen."""
        return self.HELP_TEXT

    def explained_here(self) -> tuple[str, str] | None:
        """Title and text for the finding that has the focus, None when the screen's own help is meant."""
        return None

    # What all screens do alike.

    def compose(self) -> ComposeResult:
        # Textual sets these classes after the first layout; set now, the first layout is the right one.
        self.add_class(*classes_of(*self.app.size))
        yield TooSmall()
        yield StepLine(self.STEP, self.which_district())
        yield from self.compose_middle()
        yield Static(id="says")
        with Horizontal(id="moves"):
            yield from self.compose_moves()
            yield Button("Quit", id="quit")
        yield KeyLine()

    def on_mount(self) -> None:
        self._say_note()
        self._focus_first()

    def _focus_first(self) -> None:
        if self.focused is None:
            named = self.query(f"#{self.look_at}") if self.look_at else ()
            (next(iter(named), None) or self.first_focus()).focus()

    def _say_note(self) -> None:
        if self.draft.note:
            self.say(self.draft.note)
            self.draft.note = ""

    def say(self, sentence: str | Content) -> None:
        """Show a sentence above the buttons; an empty one takes it away."""
        # A screen that is being closed has no such line any more.
        for line in self.query("#says").results(Static):
            line.update(plain(sentence) if isinstance(sentence, str) else sentence)
            line.set_class(bool(sentence), "-shown")

    def leave(self, to: WizardStep, draft: Draft | None = None, *, returns: bool = False) -> None:
        """Go to another step; with a draft, take up that connection; `returns` is that of StepLeft."""
        if draft is None and to in (WizardStep.RUN, WizardStep.TRACE):
            self.save_profile()
        self.post_message(self.StepLeft(self, to, draft, returns=returns))

    def save_profile(self) -> None:
        """Write what was changed into the file of a saved connection; the next screen says trouble."""
        draft = self.draft
        if draft.profile and draft.unsaved and not draft.practice:
            from oneroster_wizard.storage.profiles import ProfileError

            try:
                self.saved.save_profile(draft)
            except ProfileError as error:
                draft.note = str(error)
            else:
                if draft.stored:
                    self.app.run_worker(self.saved.save_hosts(draft))

    def save_result(self) -> None:
        """Keep the last run of a saved connection; trouble is said in passing."""
        draft = self.draft
        if draft.profile and not draft.practice:
            from oneroster_wizard.storage.profiles import ProfileError

            try:
                self.saved.save_result(draft)
            except ProfileError as error:
                self.app.notify(str(error), severity="warning")

    @on(Button.Pressed, "#next")
    def _next_pressed(self) -> None:
        self.action_next()

    @on(Button.Pressed, "#back")
    def _back_pressed(self) -> None:
        self.action_back()

    @on(Button.Pressed, "#quit")
    async def _quit_pressed(self) -> None:
        await self.app.action_quit()

    def action_next(self) -> None:
        """Go on, or say first why that makes little sense; a second time goes on all the same."""
        if not self.objects_to("Next"):
            self.draft.rerun = ()
            self.leave(self.next_step)

    def objects_to(self, move: str) -> bool:
        """Say why going on makes little sense; a second time, or with nothing to say, it is False."""
        sentence, where = self.objections()
        if not sentence or sentence == self._warned:
            return False
        self._warned = sentence
        self.say(f"{sentence} {move} again goes on anyway.")
        if where is not None:
            where.focus()
        return True

    def action_back(self) -> None:
        """Go back to where the person came from."""
        self.post_message(self.SteppedBack(self))

    def action_help(self) -> None:
        """Open the help for this screen, or for the finding that has the focus."""
        from .help import HelpScreen

        title, text = self.explained_here() or (self.STEP.title, "")
        self.app.push_screen(HelpScreen(title, self.help_text(), self, explained=text))

    def action_scroll_body(self, way: int) -> None:
        """Scroll the body by a page."""
        for body in self.query(Body):
            body.scroll_relative(y=way * max(1, body.size.height - 2), animate=False)
