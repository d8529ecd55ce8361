"""The article's points under its own heading, then what only the district can see; both can be answered here."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from oneroster_checks.connection import DatedAnswer, DistrictAnswer
from oneroster_checks.diagnosis.questions import Question, questions
from oneroster_checks.finding import Status
from oneroster_checks.labels import STATE_ORDER
from oneroster_checks.report.words import HEADING
from oneroster_checks.result import ChecklistItem, Result

from .details import heading
from .result_words import hanging, point_row
from .state import STATE_WIDTH, stated

BESIDE = "Only the district can see these (answer: Y, N or ?)"


class PointList(OptionList):
    """Lists the points of a result; the id of a row is `point:` with the id of the point behind it."""

    def __init__(self) -> None:
        super().__init__(id="points", compact=True)
        self._questions: dict[str, Question] = {}
        self._open: set[str] = set()

    @property
    def chosen(self) -> str:
        """The point under the cursor, "" where there is none."""
        option = self.highlighted_option
        return (option.id or "").partition(":")[2] if option is not None else ""

    @property
    def question(self) -> Question | None:
        """What the district can answer about the point under the cursor, None where the run has settled it."""
        return self._questions.get(self.chosen) if self.chosen in self._open else None

    def show(self, result: Result, answers: Mapping[str, DistrictAnswer]) -> None:
        """List the points, wrapped by hand at the present width; the same one stays chosen."""
        chosen, width = self.chosen, self.scrollable_content_region.width
        self._questions = {each.id: each for each in questions(result.connection)}
        settled = {item.item for item in result.checklist}
        self._open = {item.item for item in result.checklist if item.status is Status.ASK} | set(answers)
        self._open |= self._questions.keys() - settled
        options = [Option(heading(HEADING), disabled=True)]
        options += [
            Option(self._row(item, answers, width), id=f"point:{item.item}") for item in result.checklist
        ]
        beside = [each for each in self._questions.values() if each.id not in settled]
        if beside:
            options.append(Option(heading(BESIDE), disabled=True))
            options += [
                Option(
                    hanging(stated(Status.ASK, STATE_WIDTH), width, each.text, _where(each)),
                    id=f"point:{each.id}",
                )
                for each in beside
            ]
        self.set_options(options)
        places = {option.id: place for place, option in enumerate(options)}
        # A row is chosen from the start, so that Enter does something: the first that is not in order.
        states = {item.item: item.status for item in result.checklist if item.applicable}
        wrong = sorted(states, key=lambda each: STATE_ORDER.index(states[each]))
        first = places.get(f"point:{wrong[0]}") if wrong else None
        self.highlighted = places.get(f"point:{chosen}", first)

    def _row(self, item: ChecklistItem, answers: Mapping[str, DistrictAnswer], width: int) -> Content:
        question = self._questions.get(item.item)
        if item.status is not Status.ASK or question is None:
            return point_row(item, width)
        lapsed = isinstance(answers.get(item.item), DatedAnswer)
        note = f"{item.note} {'' if lapsed else _where(question)}".strip()
        return hanging(stated(item.status, STATE_WIDTH), width, item.text, note)


def _where(question: Question) -> str:
    """On which screen the district looks, "" where that is not known."""
    return f"Look in {question.where}." if question.where else ""
