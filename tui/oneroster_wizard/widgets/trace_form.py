"""What is traced: its kind, its id, for a person the class, and whether names are shown."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, RadioSet, Static

from oneroster_checks.errors import InvalidSubject
from oneroster_checks.tracing.model import SUBJECT_KINDS, Subject, SubjectKind
from oneroster_checks.tracing.trace import checked_subject

from .choice import Choice, ChoiceRow, Tick
from .nothing_acts import PlainInput
from .state import plain

_PERSONS = ("student", "teacher")
_OF_A_PERSON = "sourcedId, identifier, or username"
_EXAMPLES: dict[SubjectKind, str] = {
    "student": _OF_A_PERSON,
    "teacher": _OF_A_PERSON,
    "class": "sourcedId of the class",
    "grade": "sourcedId of the result or line item",
}


class TraceForm(Vertical):
    """Takes what is typed, which stays in its inputs and goes nowhere else; its last line says how things stand."""

    def __init__(self) -> None:
        super().__init__(id="trace-form")
        self._kind: SubjectKind = "student"

    def compose(self) -> ComposeResult:
        with Horizontal(classes="field-line"):
            choices = (Choice(kind.capitalize(), kind == self._kind, compact=True) for kind in SUBJECT_KINDS)
            yield ChoiceRow(*choices, id="kind")
            yield Tick("Show names", id="names", compact=True)
        with Horizontal(classes="field-line"):
            yield Label("ID", classes="field-label")
            yield self._box("subject", _EXAMPLES[self._kind])
            with Horizontal(id="only-class"):
                yield Label("In class", classes="field-label")
                yield self._box("in-class", "every class")
        yield Static(id="trace-says")

    def _box(self, id: str, example: str) -> PlainInput:
        box = PlainInput(id=id, placeholder=example, compact=True)
        box.cursor_blink = False
        return box

    @on(RadioSet.Changed, "#kind")
    def _kind_changed(self, event: RadioSet.Changed) -> None:
        self._kind = SUBJECT_KINDS[event.index]
        self.query_one("#subject", Input).placeholder = _EXAMPLES[self._kind]
        self.query_one("#only-class").display = self._kind in _PERSONS

    def subject(self) -> Subject | None:
        """What is to be traced; None where that cannot be, which is then said, and its field has the focus."""
        text = self.query_one("#subject", Input).value
        only = self.query_one("#in-class", Input).value if self._kind in _PERSONS else ""
        at = "subject"
        try:
            # The names come with it, and the screen shows them only when they are wanted.
            checked = checked_subject(Subject(self._kind, text, shows_people=True))
            at = "in-class"
            return checked_subject(Subject(self._kind, checked.text, only, shows_people=True))
        except InvalidSubject as error:
            self.say(str(error), wrong=True)
            self.query_one(f"#{at}").focus()
            return None

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """Say how things stand, or what is `wrong`."""
        # A form that is being removed has no such line any more.
        for line in self.query("#trace-says").results(Static):
            line.update(plain(sentence))
            line.set_class(wrong, "-wrong")
