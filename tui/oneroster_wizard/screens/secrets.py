"""The Secrets step: the client secret, the vendor's pair for the grade book, and where they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Label, RadioSet, Static

from oneroster_checks.connection import SECRET_FIELDS
from oneroster_checks.finding import Status
from oneroster_checks.labels import field_label
from oneroster_wizard.draft import Draft
from oneroster_wizard.field_problems import clean_secret_of, empty_field, find_problems
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.saved_connections import GIVEN_UP, SaveOutcome
from oneroster_wizard.widgets.choice import Choice, ChoiceRow, Tick
from oneroster_wizard.widgets.field import BlockInput, InputField
from oneroster_wizard.widgets.nothing_acts import PlainInput
from oneroster_wizard.widgets.state import plain

from .base import Command
from .editing import EditingScreen

VENDOR_MEANS = (
    "Your own key and secret from the Digital Learning Partner program; the same for every district. "
    "Only the grade book needs them."
)
PRACTICE = "These are the secrets of the practice district. There is nothing to remember."


class SecretsScreen(EditingScreen):
    """Takes the secrets hidden, without what copying added, and keeps them in the keyring if wished."""

    STEP = WizardStep.SECRETS
    CSS_PATH = ["forms.tcss", "secrets.tcss"]  # noqa: RUF012
    HELP_TEXT = """
The client secret came from the district together with the key. It is hidden; F2 shows it and hides \
it again. Spaces, quotes and line breaks that copying added are taken off, and the screen says so.

A fixed token is entered here too, without the word Bearer.

The vendor key and secret are your own, not the district's. They are asked for when the grade book \
is ticked.

Remembered secrets go into the keyring of this computer, which the screen names. They are never \
written into a file. If there is no keyring, or it is locked, the wizard says so and goes on: the \
secrets then last until you quit.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "show_or_hide", "Show or hide", tooltip="Show the secrets, or hide them again"),
    ]

    def compose_body(self) -> ComposeResult:
        draft = self.draft
        yield self._field("client_secret")
        with Vertical(id="vendor"):
            yield Static(plain(VENDOR_MEANS), classes="note")
            yield self._field("vendor_key")
            yield self._field("vendor_secret")
        yield Tick("Show what is typed (F2)", id="show", compact=True)
        if draft.practice:
            yield Static(plain(PRACTICE), classes="note", id="practice")
            return
        with Vertical(id="keep"):
            yield Static("Looking for the keyring of this computer.", id="keyring", classes="note")
            with Horizontal(classes="line"):
                yield Label("Keep them", classes="line-label")
                yield ChoiceRow(
                    Choice("Remember in the keyring", draft.remember, compact=True),
                    Choice("Only until I quit", not draft.remember, compact=True),
                    id="remember",
                )
            with Horizontal(classes="line", id="name-line"):
                yield Label("Save as", classes="line-label")
                box = PlainInput(draft.name_to_offer(), id="name", compact=True, disabled=bool(draft.profile))
                box.cursor_blink = False
                yield box

    def _field(self, name: str) -> InputField:
        return InputField(name, self.draft.text(name), label=self._label(name), hidden=True)

    def _label(self, name: str) -> str:
        return field_label(name, fixed_token=self.draft.connection.fixed_token)

    def on_mount(self) -> None:
        self.query_one("#vendor").display = self.draft.wants_vendor_pair
        self._show_problems()
        if not self.draft.practice:
            self._show_name()
            self._look_up_keyring()

    def first_focus(self) -> Widget:
        for name in self._shown():
            if not self.draft.text(name):
                return self._field_of(name).box
        return super().first_focus()

    def commands(self) -> Iterable[Command]:
        yield "Show or hide", "Show the secrets, or hide them again", self.action_show_or_hide
        yield from super().commands()

    def _field_of(self, name: str) -> InputField:
        return self.query_one(f"#field-{name}", InputField)

    def _shown(self) -> tuple[str, ...]:
        return SECRET_FIELDS if self.draft.wants_vendor_pair else SECRET_FIELDS[:1]

    # What is typed.

    @on(InputField.Changed)
    def _field_changed(self, event: InputField.Changed) -> None:
        self._warned = ""
        self.draft.put_text(event.name, event.text)
        self._show_problems()

    @on(InputField.Finished)
    def _field_finished(self, event: InputField.Finished) -> None:
        self._clean(event.name)

    @on(BlockInput.LinesPasted)
    def _lines_pasted(self, event: BlockInput.LinesPasted) -> None:
        name = event.sender.id or ""
        self._field_of(name).put(event.text)
        self.draft.put_text(name, event.text)
        self._clean(name)

    def _clean(self, name: str) -> None:
        """Take off what copying added, and say so; what is inside a secret is only pointed out."""
        clean, what = clean_secret_of(self.draft, name)
        if clean != self.draft.text(name):
            self.draft.put_text(name, clean)
            self._field_of(name).put(clean)
            self._show_problems()
            self.say(f"Taken off the {self._label(name)}: {what}.")

    def _show_problems(self) -> None:
        problems = find_problems(self.draft)
        for name in SECRET_FIELDS:
            problem = problems.get(name)
            if problem is not None:
                problem = replace(problem, suggestion="")
            self._field_of(name).show_problem(problem)

    @on(Checkbox.Changed, "#show")
    def _show_changed(self, event: Checkbox.Changed) -> None:
        for field in self.query(InputField):
            field.box.password = not event.value

    def action_show_or_hide(self) -> None:
        """Show the secrets, or hide them again."""
        self.query_one("#show", Tick).toggle()

    def objections(self) -> tuple[str, Widget | None]:
        for name in self._shown():
            field = self._field_of(name)
            empty = empty_field(self.draft, name)
            if empty:
                return empty, field.box
            if field.problem is not None and field.problem.status is Status.FAIL:
                return f"The {self._label(name)} is not right yet.", field.box
        return "", None

    # Where they are kept.

    @work
    async def _look_up_keyring(self) -> None:
        from oneroster_wizard.storage.secrets import KeyringTrouble

        line = self.query_one("#keyring", Static)
        try:
            name = await self.saved.secrets.backend_name()
        except KeyringTrouble as trouble:
            line.update(plain(f"{trouble.sentence} {trouble.advice}"))
            line.set_class(True, "-trouble")
            return
        line.update(plain(f"Keyring of this computer: {name}. Nothing secret is written into a file."))

    @on(RadioSet.Changed, "#remember")
    def _remember_changed(self, event: RadioSet.Changed) -> None:
        self.draft.remember = event.index == 0
        self._show_name()

    @on(Input.Changed, "#name")
    def _name_changed(self, event: Input.Changed) -> None:
        self.draft.suggested_name = event.value

    def _show_name(self) -> None:
        self.query_one("#name-line").display = self.draft.remember

    def action_next(self) -> None:
        for name in self._shown():
            self._clean(name)
        super().action_next()

    def leave(self, to: WizardStep, draft: Draft | None = None, *, returns: bool = False) -> None:
        if to.number > self.STEP.number and not self.draft.practice:
            self._save_and_leave(to)
        else:
            super().leave(to, draft)

    @work(exclusive=True, group="save")
    async def _save_and_leave(self, to: WizardStep) -> None:
        """Save the connection with its secrets where wished, then go on; the next screen says trouble."""
        from oneroster_wizard.storage.profiles import ProfileError

        from .wait import WaitScreen

        draft = self.draft
        wanted = draft.remember and bool(draft.credentials.texts())
        if wanted or draft.profile:
            named = draft.profile
            name = named or draft.name_to_offer().strip()
            saved = self.saved
            if not named and name in saved.names():
                self.say(f"There is a connection named {name} already. Choose another name.")
                self.query_one("#name").focus()
                return
            draft.profile = name

            async def save() -> SaveOutcome:
                try:
                    return await saved.save(draft)
                except ProfileError as error:
                    return SaveOutcome(refused=str(error))

            given_up = SaveOutcome(False, GIVEN_UP)
            outcome = await self.app.push_screen_wait(
                WaitScreen("Waiting for the keyring to take the secrets.", save, given_up)
            )
            if outcome.refused:
                draft.profile = named
                self.say(outcome.refused)
                return
            if outcome.trouble:
                draft.note = f"{name} is saved without its secrets. {outcome.trouble}"
            elif not named:
                draft.note = f"Saved as {name}."
        super().leave(to)
