"""The Secrets step: the client secret, the vendor's pair for the grade book, and where they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Label, RadioSet, Static

from oneroster_checks.connection import SECRET_FIELDS
from oneroster_checks.finding import Status
from oneroster_checks.labels import field_label
from oneroster_wizard.draft import Draft
from oneroster_wizard.field_problems import clean_secret_of, empty_field
from oneroster_wizard.keys import Key
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.saved_connections import GIVEN_UP, SavedConnections, SaveOutcome
from oneroster_wizard.widgets.choice import Choice, ChoiceRow, Tick
from oneroster_wizard.widgets.field import BlockInput, InputField
from oneroster_wizard.widgets.group import Group
from oneroster_wizard.widgets.nothing_acts import PlainInput
from oneroster_wizard.widgets.state import plain, stated

from .base import Command
from .fields import FieldsScreen

if TYPE_CHECKING:
    from oneroster_checks.paste import Pasted

VENDOR_MEANS = (
    "Your key and secret from the Digital Learning Partner program, the same for every district. "
    "Only the grade book needs them."
)
PRACTICE = "These are the secrets of the practice district. There is nothing to remember."
LOOKING = "Looking for this computer's keyring."
# What the first choice is called: before it is known whether there is a keyring, with one, and without.
SAVE, REMEMBER, WITHOUT = "Save them", "Remember in the keyring", "Save without secrets"
UNTIL_I_QUIT = "Only until I quit"


class SecretsScreen(FieldsScreen):
    """Takes the secrets hidden, without what copying added, and keeps them in the keyring if wished."""

    STEP = WizardStep.SECRETS
    CSS_PATH = ["forms.tcss", "secrets.tcss"]  # noqa: RUF012
    HELP_TEXT = """
The client secret came from the district together with the key. It is hidden; F3 shows it and hides \
it again. Spaces, quotes, and line breaks that copying added are removed, and the screen says so.

A fixed token is entered here too, without the word Bearer.

The vendor key and secret are your own, not the district's. They are asked for when the grade book \
is chosen.

Remembered secrets go into this computer's keyring, which the screen names. They are never written \
to a file. If there is no keyring, the secrets last until you quit, and only the rest of the \
connection can be saved.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Key.SHOW_SECRETS.bound(
            "show_or_hide", "Show or hide", tooltip="Show the secrets, or hide them again"
        ),
    ]
    # Whether this computer has a keyring that can be used; None until it has been looked for.
    _has_keyring: bool | None = None

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self._to_trace, draft.to_trace = draft.to_trace, False
        self._move = draft.move if draft.move is not None and draft.move.asking is draft else None

    @property
    def next_step(self) -> WizardStep:
        if self._move is not None:
            return WizardStep.MOVE
        return WizardStep.TRACE if self._to_trace else super().next_step

    def compose_body(self) -> ComposeResult:
        draft = self.draft
        with Group("From the district"):
            yield self._secret("client_secret")
        with Group("Your own, for the grade book", id="vendor"):
            yield Static(plain(VENDOR_MEANS), classes="note")
            yield self._secret("vendor_key")
            yield self._secret("vendor_secret")
        yield Tick("Show what is typed (F3)", id="show", compact=True)
        if draft.practice:
            yield Static(plain(PRACTICE), classes="note", id="practice")
            return
        with Group("Where the secrets are kept", id="keep"):
            yield Static(LOOKING, id="keyring", classes="note")
            yield ChoiceRow(
                Choice(SAVE, draft.remember, compact=True),
                Choice(UNTIL_I_QUIT, not draft.remember, compact=True),
                id="remember",
            )
            with Horizontal(classes="field-line", id="name-line"):
                yield Label("Save as", classes="field-label")
                box = PlainInput(self._offered_name(), id="name", compact=True, disabled=bool(draft.profile))
                box.cursor_blink = False
                yield box

    def _offered_name(self) -> str:
        """The name to save under; nobody reads the saved ones for a connection that has its own."""
        draft = self.draft
        if not draft.profile:
            draft.suggested_name = draft.name_to_offer(self.saved.names())
        return draft.name_to_offer()

    def _secret(self, name: str) -> InputField:
        return InputField(name, self.draft.text(name), label=self._label(name), hidden=True)

    def _label(self, name: str) -> str:
        return field_label(name, fixed_token=self.draft.connection.fixed_token)

    def on_mount(self) -> None:
        self.query_one("#vendor").display = self.draft.wants_vendor_pair
        self.judge()
        if not self.draft.practice:
            self._show_name()
            self._look_up_keyring()

    def first_focus(self) -> Widget:
        for name in self._shown():
            if not self.draft.text(name):
                return self.field(name).box
        return super().first_focus()

    def commands(self) -> Iterable[Command]:
        yield "Show or hide", "Show the secrets, or hide them again", self.action_show_or_hide
        yield from super().commands()

    def _shown(self) -> tuple[str, ...]:
        return SECRET_FIELDS if self.draft.wants_vendor_pair else SECRET_FIELDS[:1]

    # What is typed.

    def tidy(self, name: str) -> None:
        """Take off what copying added, and say so; what is inside a secret is only pointed out."""
        clean, what = clean_secret_of(self.draft, name)
        if clean != self.draft.text(name):
            self.draft.put_text(name, clean)
            self.field(name).put(clean)
            self.say(f"Removed from the {self._label(name)}: {what}.")

    def take_lines(self, box: BlockInput, text: str) -> None:
        """A secret that was broken over several lines is put together again."""
        name = box.id or ""
        self.field(name).put(text)
        self.draft.put_text(name, text)
        self.tidy(name)
        self.judge()

    def after_paste(self, pasted: Pasted) -> str:
        self.query_one("#vendor").display = self.draft.wants_vendor_pair
        return ""

    @on(Checkbox.Changed, "#show")
    def _show_changed(self, event: Checkbox.Changed) -> None:
        for field in self.query(InputField):
            field.box.password = not event.value

    def action_show_or_hide(self) -> None:
        """Show the secrets, or hide them again."""
        self.query_one("#show", Tick).toggle()

    def objections(self) -> tuple[str, Widget | None]:
        self.judge()
        for name in self._shown():
            field = self.field(name)
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

        line, row = self.query_one("#keyring", Static), self.query_one("#remember", ChoiceRow)
        first = row.query(Choice).first()
        try:
            name = await self.saved.secrets.backend_name()
        except KeyringTrouble as trouble:
            self._has_keyring = False
            line.update(
                Content.assemble(
                    stated(Status.WARN),
                    plain(f": {trouble.sentence}", "$foreground"),
                    plain(f" {trouble.advice}"),
                )
            )
            first.label = WITHOUT
            # A connection that is saved stays saved, and its secrets cannot go anywhere: nothing is left to choose.
            row.display = not self.draft.profile
            return
        self._has_keyring = True
        line.update(plain(f"Keyring of this computer: {name}. No secret is written to a file."))
        first.label = REMEMBER

    @on(RadioSet.Changed, "#remember")
    def _remember_changed(self, event: RadioSet.Changed) -> None:
        self.draft.remember = event.index == 0
        self._show_name()

    @on(Input.Changed, "#name")
    def _name_changed(self, event: Input.Changed) -> None:
        self.draft.suggested_name = event.value

    @on(Input.Submitted, "#name")
    def _name_entered(self) -> None:
        self.query_one("#next").focus()

    def _show_name(self) -> None:
        self.query_one("#name-line").display = self.draft.remember

    def action_next(self) -> None:
        for name in self._shown():
            self.tidy(name)
        super().action_next()

    def leave(self, to: WizardStep, draft: Draft | None = None, *, returns: bool = False) -> None:
        goes_on = to in (WizardStep.TRACE, WizardStep.MOVE) or to.number > self.STEP.number
        if goes_on and not self.draft.practice:
            self._save_and_leave(to)
        else:
            super().leave(to, draft)

    @work(exclusive=True, group="save")
    async def _save_and_leave(self, to: WizardStep) -> None:
        """Save the connection with its secrets where wished, then go on; the next screen says trouble."""
        draft = self.draft
        wanted = draft.remember and bool(draft.credentials.texts())
        if wanted or draft.profile:
            named = draft.profile
            name = named or draft.name_to_offer().strip()
            if not named and name in self.saved.names():
                self.say(f"A connection named {name} already exists. Choose another name.")
                self.query_one("#name").focus()
                return
            draft.profile = name
            outcome = await self._save()
            if outcome.refused:
                draft.profile = named
                self.say(outcome.refused)
                return
            if outcome.trouble:
                draft.note = f"{name} is saved without its secrets. {outcome.trouble}"
            elif self._has_keyring is False:
                draft.note = f"{name} is saved without its secrets."
            elif not named:
                draft.note = f"Saved as {name}."
        if to is WizardStep.MOVE and self._move is not None:
            super().leave(*self._move.way())
        else:
            super().leave(to)

    async def _save(self) -> SaveOutcome:
        """Save the connection, and its secrets where there is a keyring for them."""
        from oneroster_wizard.storage.profiles import ProfileError

        from .wait import WaitScreen

        draft, saved = self.draft, self.saved

        async def save() -> SaveOutcome:
            try:
                if self._has_keyring is not False:
                    return await saved.save(draft)
                # This screen has said why the secrets cannot be kept.
                saved.save_profile(draft)
                return SaveOutcome()
            except ProfileError as error:
                return SaveOutcome(refused=str(error))

        given_up = SaveOutcome(False, GIVEN_UP)
        return await self.app.push_screen_wait(
            WaitScreen("Waiting for the keyring to take the secrets.", save, given_up)
        )
