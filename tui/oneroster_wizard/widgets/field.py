"""One labelled input with what is wrong beneath it, and what is suggested instead."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static

from oneroster_checks.labels import capitalized, field_label
from oneroster_wizard.field_problems import InputProblem
from oneroster_wizard.typed_fields import is_block

from .nothing_acts import PlainInput
from .state import plain, stated


class BlockInput(PlainInput):
    """An input that shows its beginning when it is left, and hands on a pasted block, of which it would keep a line."""

    class BlockPasted(Message):
        """More than one value was pasted into one input."""

        def __init__(self, sender: BlockInput, text: str) -> None:
            super().__init__()
            self.sender = sender
            self.text = text

    class ValuePasted(Message):
        """A value was pasted, whole, and is in the input."""

    def on_mount(self) -> None:
        self.show_beginning()

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.take_paste(event.text)

    def take_paste(self, text: str) -> None:
        """Take a pasted text in the place of what is selected, or hand it on as a block."""
        if is_block(text):
            self.post_message(self.BlockPasted(self, text))
        elif text:
            self.take_value(text)

    def take_value(self, text: str) -> None:
        """Take a text as the value, whatever it looks like."""
        super().take_paste(text)
        self.post_message(self.ValuePasted())

    def on_blur(self) -> None:
        # When the whole window loses the focus, the cursor has to be where it was once the person is back.
        if self.app.app_focus:
            self.show_beginning()

    def show_beginning(self) -> None:
        """Scroll to the first character."""
        self.cursor_position = 0


class Suggestion(Static):
    """What is suggested for a field; a click takes it."""

    class Clicked(Message):
        """The suggestion was clicked."""

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Clicked())


class InputField(Vertical):
    """A label, an input, and what is wrong with its text.

    Enter takes what is suggested where that is shown, and says otherwise that the field is finished.
    """

    class Changed(Message):
        """The text of the input has changed."""

        def __init__(self, name: str, text: str) -> None:
            super().__init__()
            self.name = name
            self.text = text

    class SuggestionAccepted(Message):
        """The person took what is suggested instead of `text`."""

        def __init__(self, field: InputField, problem: InputProblem) -> None:
            super().__init__()
            self.field = field
            self.name = field.field_name
            self.problem = problem
            self.text = field.box.value

    class Finished(Message):
        """The text is whole: the input was left, Enter was pressed (`entered`), or it was pasted."""

        def __init__(self, field: InputField, *, entered: bool = False) -> None:
            super().__init__()
            self.field = field
            self.name = field.field_name
            self.entered = entered

    def __init__(
        self,
        name: str,
        text: str = "",
        *,
        label: str = "",
        hint: str = "",
        hidden: bool = False,
    ) -> None:
        super().__init__(id=f"field-{name}", classes="field")
        self.field_name = name
        self.label = capitalized(label or field_label(name))
        self.problem: InputProblem | None = None
        self._text = text
        self._hint = hint
        self._hidden = hidden

    def compose(self) -> ComposeResult:
        with Horizontal(classes="field-line"):
            yield Label(self.label, classes="field-label")
            box = BlockInput(
                self._text, placeholder=self._hint, password=self._hidden, id=self.field_name, compact=True
            )
            box.cursor_blink = False
            yield box
        yield Static(classes="field-says")
        yield Suggestion(classes="field-offer")

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
        says.display = problem is not None
        if problem is not None:
            says.update(Content.assemble(stated(problem.status), plain(f": {problem.sentence}")))
        self._show_offer()

    def _show_offer(self) -> None:
        line = self.query_one(Suggestion)
        problem = self.problem
        line.display = problem is not None and problem.can_be_taken
        if problem is not None and line.display:
            key = " (Enter)" if self.box.has_focus else ""
            offered = problem.offer or problem.suggestion
            line.update(Content.assemble(plain(f"Suggested{key}: ", "$text-accent"), plain(offered)))

    def put(self, text: str) -> None:
        """Replace the text, without a message."""
        if text != self.box.value:
            with self.prevent(Input.Changed):
                self.box.value = text
            self.box.cursor_position = len(text) if self.box.has_focus else 0

    def on_descendant_focus(self) -> None:
        self._show_offer()

    def on_descendant_blur(self) -> None:
        self._show_offer()

    @on(Input.Changed)
    def _input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self.field_name, event.value))

    @on(Input.Submitted)
    def _input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.problem is not None and self.problem.can_be_taken:
            self.post_message(self.SuggestionAccepted(self, self.problem))
        else:
            self.post_message(self.Finished(self, entered=True))

    @on(BlockInput.ValuePasted)
    def _value_pasted(self, event: BlockInput.ValuePasted) -> None:
        event.stop()
        self.post_message(self.Finished(self))

    @on(Input.Blurred)
    def _input_left(self, event: Input.Blurred) -> None:
        event.stop()
        # A text is not whole because the person looks at another window.
        if self.app.app_focus:
            self.post_message(self.Finished(self))

    @on(Suggestion.Clicked)
    def _suggestion_clicked(self, event: Suggestion.Clicked) -> None:
        event.stop()
        if self.problem is not None:
            self.box.focus()
            self.post_message(self.SuggestionAccepted(self, self.problem))
