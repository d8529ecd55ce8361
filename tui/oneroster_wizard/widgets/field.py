"""One labelled input with what is wrong beneath it, and the suggested text to accept."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Label, Static

from oneroster_checks.labels import capitalized, field_label
from oneroster_wizard.field_problems import InputProblem

from .nothing_acts import PlainInput
from .state import plain, stated


class BlockInput(PlainInput):
    """An input that hands on a pasted block of several lines, of which a plain input keeps only the first."""

    class LinesPasted(Message):
        """Several lines were pasted into one input."""

        def __init__(self, sender: BlockInput, text: str) -> None:
            super().__init__()
            self.sender = sender
            self.text = text

    def on_paste(self, event: events.Paste) -> None:
        if len(event.text.splitlines()) > 1 or event.text[:1] in "\r\n":
            event.prevent_default()
            event.stop()
            self.post_message(self.LinesPasted(self, event.text))


class InputField(Vertical):
    """A label, an input, and what is wrong with its text.

    Enter accepts the suggested text where one is offered, and goes to the next input otherwise.
    """

    class Changed(Message):
        """The text of the input has changed."""

        def __init__(self, name: str, text: str) -> None:
            super().__init__()
            self.name = name
            self.text = text

    class SuggestionAccepted(Message):
        """The person took the suggested text."""

        def __init__(self, name: str, problem: InputProblem) -> None:
            super().__init__()
            self.name = name
            self.problem = problem

    class Finished(Message):
        """Enter was pressed with nothing to accept, or the input was left."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(
        self,
        name: str,
        text: str = "",
        *,
        label: str = "",
        hint: str = "",
        meaning: str = "",
        hidden: bool = False,
    ) -> None:
        super().__init__(id=f"field-{name}", classes="field")
        self.field_name = name
        self.label = capitalized(label or field_label(name))
        self.problem: InputProblem | None = None
        self._text = text
        self._hint = hint
        self._meaning = meaning
        self._hidden = hidden

    def compose(self) -> ComposeResult:
        with Horizontal(classes="field-line"):
            yield Label(self.label, classes="field-label")
            box = BlockInput(
                self._text, placeholder=self._hint, password=self._hidden, id=self.field_name, compact=True
            )
            box.cursor_blink = False
            yield box
        if self._meaning:
            yield Static(plain(self._meaning), classes="field-meaning")
        yield Static(classes="field-says")
        yield Button("Use the suggestion (Enter)", compact=True, classes="field-accept")

    def on_mount(self) -> None:
        self.show_problem(None)

    @property
    def box(self) -> BlockInput:
        """The input itself."""
        return self.query_one(BlockInput)

    def show_problem(self, problem: InputProblem | None) -> None:
        """Show what is wrong, or nothing."""
        self.problem = problem
        says = self.query_one(".field-says", Static)
        accept = self.query_one(".field-accept", Button)
        says.display = problem is not None
        accept.display = bool(problem and problem.suggestion)
        if problem is not None:
            words = Content.assemble(stated(problem.status), plain(f": {problem.sentence}"))
            if problem.suggestion:
                words = Content.assemble(words, "\n", plain(f"Suggested: {problem.suggestion}"))
            says.update(words)

    def put(self, text: str) -> None:
        """Replace the text, without a message."""
        with self.prevent(Input.Changed):
            self.box.value = text

    @on(Input.Changed)
    def _input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self.field_name, event.value))

    @on(Input.Submitted)
    def _input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.problem and self.problem.suggestion:
            self.post_message(self.SuggestionAccepted(self.field_name, self.problem))
        else:
            self.post_message(self.Finished(self.field_name))
            self.screen.focus_next()

    @on(Input.Blurred)
    def _input_left(self, event: Input.Blurred) -> None:
        event.stop()
        self.post_message(self.Finished(self.field_name))

    @on(Button.Pressed, ".field-accept")
    def _accept_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if self.problem:
            self.box.focus()
            self.post_message(self.SuggestionAccepted(self.field_name, self.problem))
