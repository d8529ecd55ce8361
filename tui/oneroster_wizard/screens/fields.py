"""What the forms have in common on which something is typed: judging, suggestions, pastes, and the way of the keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from oneroster_wizard.field_problems import InputProblem
from oneroster_wizard.keys import Key, key_name
from oneroster_wizard.typed_fields import (
    apart,
    is_block,
    put_typed,
    take_block,
    take_suggestion,
    typed_problems,
)
from oneroster_wizard.widgets.field import BlockInput, InputField
from oneroster_wizard.widgets.group import Group
from oneroster_wizard.widgets.nothing_acts import PlainInput

from .base import Command
from .editing import EditingScreen

if TYPE_CHECKING:
    from oneroster_checks.paste import Pasted

TAKE_ALL = "Use all suggestions"


def _all(count: int) -> str:
    return "both suggestions" if count == 2 else f"all {count} suggestions"


class FieldsScreen(EditingScreen):
    """A form of input fields.

    Each field is judged when it is left, when Enter is pressed in it and when something is pasted into it; what is
    said of it is kept right while it is corrected. Enter leads from field to field, and what is typed anywhere ends
    in a field.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Key.TAKE_ALL.bound("take_all", TAKE_ALL, tooltip="Use the suggestion for every field"),
    ]

    # The input in which the person last was.
    _last_box: PlainInput | None = None

    # What a subclass may fill in.

    def tidy(self, name: str) -> None:
        """Take off what copying added, when a field is finished."""

    def after_paste(self, pasted: Pasted) -> str:
        """What else has to change when a block was filled in, and what else to say of it."""
        return ""

    def judged(self, problems: dict[str, InputProblem]) -> None:
        """What else to say of the problems."""

    def stops(self) -> Iterable[Widget]:
        """Where Enter leads to, besides the fields."""
        return ()

    # Judging.

    @property
    def fields(self) -> list[InputField]:
        """The fields of this screen, from the top."""
        return list(self.query(InputField))

    def field(self, name: str) -> InputField:
        """One field."""
        return self.query_one(f"#field-{name}", InputField)

    def judge(self) -> None:
        """Say of each field what is wrong with it."""
        problems = typed_problems(self.draft)
        for field in self.fields:
            field.show_problem(problems.get(field.field_name))
        self.judged(problems)
        self._suggestions_changed()

    def _suggestions_changed(self) -> None:
        offered = self._suggestions()
        hint = f"{key_name(Key.TAKE_ALL.value)} uses {_all(len(offered))}" if len(offered) > 1 else ""
        for group in self.query(Group):
            here = any(field.field_name in offered for field in group.query(InputField))
            group.hint(hint if here else "")
            # It is said once, where the first of them is.
            hint = "" if here else hint
        self.refresh_bindings()

    @on(InputField.Changed)
    def _field_changed(self, event: InputField.Changed) -> None:
        # An input also speaks up when it is made; then there is nothing new.
        if event.text == self.draft.text(event.name):
            return
        self._warned = ""
        put_typed(self.draft, event.name, event.text)
        self.say("")
        told = [field for field in self.fields if field.problem is not None]
        if told:
            # What is said already must stay true, and what could be taken must not undo what is typed now.
            problems = typed_problems(self.draft)
            for field in told:
                field.show_problem(problems.get(field.field_name))
            self._suggestions_changed()

    @on(InputField.Finished)
    def _field_finished(self, event: InputField.Finished) -> None:
        if not self.is_attached:
            return
        self.tidy(event.name)
        self.judge()
        problem = event.field.problem
        if event.entered and not (problem is not None and problem.can_be_taken):
            self._go_on_from(event.field.box)

    # Suggestions.

    def _suggestions(self) -> dict[str, InputProblem]:
        shown = {field.field_name: field.problem for field in self.fields if field.display}
        return apart({name: problem for name, problem in shown.items() if problem is not None})

    @on(InputField.SuggestionAccepted)
    def _suggestion_accepted(self, event: InputField.SuggestionAccepted) -> None:
        if event.field.box.value != event.text:
            # Typed on meanwhile: the suggestion was for another text.
            return
        said = take_suggestion(self.draft, event.name, event.problem)
        self._show_texts()
        self.say(said)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One suggestion is taken with Enter in its field; there is a key for more than one."""
        if action == "take_all":
            return len(self._suggestions()) > 1
        return super().check_action(action, parameters)

    def action_take_all(self) -> None:
        """Take every suggestion that is shown."""
        taken = self._suggestions()
        for name, problem in taken.items():
            take_suggestion(self.draft, name, problem)
        self._show_texts()
        self.say(f"Filled in {_all(len(taken))}.")

    def commands(self) -> Iterable[Command]:
        if len(self._suggestions()) > 1:
            yield TAKE_ALL, "Use the suggestion for every field", self.action_take_all
        yield from super().commands()

    def _show_texts(self) -> None:
        self._warned = ""
        for field in self.fields:
            field.put(self.draft.text(field.field_name))
        self.judge()

    # Pastes.

    @on(BlockInput.BlockPasted)
    def _block_pasted(self, event: BlockInput.BlockPasted) -> None:
        from oneroster_checks.paste import read_block

        pasted = read_block(event.text)
        if pasted.found:
            self.fill(pasted)
        else:
            self.take_lines(event.sender, event.text)

    def take_lines(self, box: BlockInput, text: str) -> None:
        """Put several lines in which nothing was recognized into the one field."""
        box.take_value(" ".join(text.split()))

    def fill(self, pasted: Pasted | None) -> None:
        """Put what was read from a block into the fields, and say what that was."""
        if pasted is None:
            return
        said = take_block(self.draft, pasted)
        more = self.after_paste(pasted)
        self._show_texts()
        self.say(" ".join(part for part in (said, more) if part))
        self.first_focus().focus()

    # Where keys go.

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, PlainInput):
            self._last_box = event.widget

    def on_key(self, event: events.Key) -> None:
        focused = self.focused
        if focused is None or isinstance(focused, Input):
            return
        if event.key == "enter" and focused in list(self.stops()):
            event.stop()
            self._go_on_from(focused)
        # A space presses and ticks; every other character is typed.
        elif event.character and event.is_printable and event.character != " ":
            event.stop()
            box = self._box_to_type_in()
            if box is not None:
                box.go_to_end()
                box.insert_text_at_cursor(event.character)

    def on_paste(self, event: events.Paste) -> None:
        box = self._box_to_type_in()
        if box is None and is_block(event.text):
            box = next(iter(self._boxes()), None)
        if box is not None and not isinstance(self.focused, Input):
            event.stop()
            box.go_to_end()
            box.take_paste(event.text)

    def _boxes(self) -> list[PlainInput]:
        return [each for each in self.focus_chain if isinstance(each, PlainInput)]

    def _box_to_type_in(self) -> PlainInput | None:
        """The input in which the person last was, or the first empty one."""
        boxes = self._boxes()
        if self._last_box in boxes:
            return self._last_box
        return next((box for box in boxes if not box.value), None)

    def _go_on_from(self, widget: Widget) -> None:
        """Go to the next field, or to what else Enter stops at; behind the last to Next."""
        chain = self.focus_chain
        stops = list(self.stops())
        behind = chain[chain.index(widget) + 1 :] if widget in chain else []
        for each in behind:
            if isinstance(each, Input) or (each in stops[:1] and widget not in stops):
                each.focus()
                return
        self.query_one("#next").focus()
