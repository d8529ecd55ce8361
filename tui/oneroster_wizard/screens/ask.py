"""The Ask step: the few points that only the district can answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import RadioSet, Static

from oneroster_checks.connection import Answer
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.widgets.choice import Choice, ChoiceRow
from oneroster_wizard.widgets.state import plain

from .base import WizardScreen

if TYPE_CHECKING:
    from oneroster_checks.diagnosis.checklist import Question
    from oneroster_wizard.draft import Draft

ANSWERS: tuple[tuple[Answer, str], ...] = (("yes", "Yes"), ("no", "No"), ("unknown", "Don't know"))
INTRO = "Only the district can see these. Ask on the phone, or go on: each of them can stay open."


class AskedQuestion(Vertical):
    """One question with where to click, answered yes, no or don't know."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer('yes')", "Yes"),
        Binding("n", "answer('no')", "No"),
        Binding("d", "answer('unknown')", "Don't know"),
    ]

    class Answered(Message):
        """The person answered a question."""

        def __init__(self, question: str, answer: Answer) -> None:
            super().__init__()
            self.question = question
            self.answer: Answer = answer

    def __init__(self, number: int, question: Question, answer: Answer) -> None:
        super().__init__(classes="question")
        self._number = number
        self._question = question
        self._answer = answer

    def compose(self) -> ComposeResult:
        yield Static(plain(f"{self._number}. {self._question.text}"), classes="question-text")
        if self._question.where:
            yield Static(plain(f"Where: {self._question.where}"), classes="note question-where")
        yield ChoiceRow(
            *(Choice(label, self._answer == each, compact=True) for each, label in ANSWERS),
            id=f"answer-{self._question.id}",
        )

    @on(RadioSet.Changed)
    def _chosen(self, event: RadioSet.Changed) -> None:
        event.stop()
        self.post_message(self.Answered(self._question.id, ANSWERS[event.index][0]))

    def action_answer(self, answer: Answer) -> None:
        """Answer with one key and go to the next question."""
        buttons = list(self.query(Choice))
        buttons[[known for known, _ in ANSWERS].index(answer)].value = True
        self.screen.focus_next()


class AskScreen(WizardScreen):
    """Asks what the interface cannot show; the answers settle rows of the checklist."""

    STEP = WizardStep.ASK
    NEXT = "Run the checks"
    CSS_PATH = ["forms.tcss", "ask.tcss"]  # noqa: RUF012
    HELP_TEXT = """
These points cannot be seen from outside, so the wizard asks. Each says where the district \
looks. Arrow keys and Enter choose an answer; the keys y, n and d answer yes, no and don't know and \
go on to the next question.

Nothing here has to be answered. A point that stays open, and that no request can settle, is shown as \
Ask in the checklist. After a run, an answer changes the checklist at once.
"""

    def compose_body(self) -> ComposeResult:
        from oneroster_checks.diagnosis.checklist import questions

        asked = questions(self.draft.connection)
        yield Static(INTRO if asked else "There is nothing to ask for this connection.", classes="intro")
        for number, question in enumerate(asked, start=1):
            yield AskedQuestion(number, question, self.draft.answers.get(question.id, "unknown"))

    def first_focus(self) -> Widget:
        if self.draft.practice or self.draft.answers or not self.query(RadioSet):
            return super().first_focus()
        return self.query(RadioSet).first()

    @on(AskedQuestion.Answered)
    def _answered(self, event: AskedQuestion.Answered) -> None:
        answers = dict(self.draft.answers)
        answers[event.question] = event.answer
        self.draft.put_answers(answers)

    def leave(self, to: WizardStep, draft: Draft | None = None) -> None:
        self._save_answers()
        super().leave(to, draft)

    def _save_answers(self) -> None:
        """Write the answers into the file of a saved connection, and into its last result."""
        draft = self.draft
        changed = draft.unsaved
        self.save_profile()
        if changed and draft.result is not None:
            self.save_result()
