"""One labelled input with what is wrong beneath it and the mended form to accept."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Label, Static

from oneroster_wizard.field_problems import Judgement

from .state import plain, stated


class WholeInput(Input):
    """An input that hands on a paste of several lines whole, where a plain input keeps only the first."""

    class LinesPasted(Message):
        """Several lines were pasted into one input."""

        def __init__(self, sender: WholeInput, text: str) -> None:
            super().__init__()
            self.sender = sender
            self.text = text

    def on_paste(self, event: events.Paste) -> None:
        if len(event.text.splitlines()) > 1 or event.text[:1] in "\r\n":
            event.prevent_default()
            event.stop()
            self.post_message(self.LinesPasted(self, event.text))


class Field(Vertical):
    """A label, an input, and the judgement of what stands in it.

    Enter accepts the mended form where one is offered, and goes to the next input otherwise.
    """

    class Changed(Message):
        """The text of the input has changed."""

        def __init__(self, name: str, text: str) -> None:
            super().__init__()
            self.name = name
            self.text = text

    class SuggestionAccepted(Message):
        """The person took the mended form."""

        def __init__(self, name: str, judgement: Judgement) -> None:
            super().__init__()
            self.name = name
            self.judgement = judgement

    class Finished(Message):
        """Enter was pressed with nothing to mend, or the input was left."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(
        self,
        name: str,
        label: str,
        text: str = "",
        *,
        hint: str = "",
        meaning: str = "",
        hidden: bool = False,
    ) -> None:
        super().__init__(id=f"field-{name}", classes="field")
        self.field_name = name
        self.label = label
        self.judgement: Judgement | None = None
        self._text = text
        self._hint = hint
        self._meaning = meaning
        self._hidden = hidden

    def compose(self) -> ComposeResult:
        with Horizontal(classes="field-line"):
            yield Label(self.label, classes="field-label")
            box = WholeInput(
                self._text, placeholder=self._hint, password=self._hidden, id=self.field_name, compact=True
            )
            box.cursor_blink = False
            yield box
        if self._meaning:
            yield Static(Content(self._meaning), classes="field-meaning")
        yield Static(classes="field-says")
        yield Button("Take the mended form (Enter)", compact=True, classes="field-mend")

    def on_mount(self) -> None:
        self.judge(None)

    @property
    def box(self) -> WholeInput:
        """The input itself."""
        return self.query_one(WholeInput)

    def judge(self, judgement: Judgement | None) -> None:
        """Show what is wrong, or nothing."""
        self.judgement = judgement
        says = self.query_one(".field-says", Static)
        take_suggestion = self.query_one(".field-mend", Button)
        says.display = judgement is not None
        take_suggestion.display = bool(judgement and judgement.suggestion)
        if judgement is not None:
            offer = f"\nMended: {judgement.suggestion}" if judgement.suggestion else ""
            says.update(Content.assemble(stated(judgement.status), plain(f": {judgement.sentence}{offer}")))

    def say(self, sentence: str) -> None:
        """Show a sentence that is no judgement, such as what was taken off."""
        says = self.query_one(".field-says", Static)
        says.display = bool(sentence)
        says.update(Content(sentence))

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
        if self.judgement and self.judgement.suggestion:
            self.post_message(self.SuggestionAccepted(self.field_name, self.judgement))
        else:
            self.post_message(self.Finished(self.field_name))
            self.screen.focus_next()

    @on(Input.Blurred)
    def _input_left(self, event: Input.Blurred) -> None:
        event.stop()
        self.post_message(self.Finished(self.field_name))

    @on(Button.Pressed, ".field-mend")
    def _mend_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if self.judgement:
            self.box.focus()
            self.post_message(self.SuggestionAccepted(self.field_name, self.judgement))
