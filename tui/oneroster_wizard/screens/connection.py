"""The Connection step: addresses, key, the day it was made, and the data that is expected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Collapsible, Static

from oneroster_checks.connection import SECRET_FIELDS, SHARES, Share
from oneroster_checks.finding import Status
from oneroster_checks.labels import PARTS, capitalized, field_label
from oneroster_checks.providers import provider
from oneroster_wizard.field_problems import InputProblem, empty_field
from oneroster_wizard.keys import Key
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.widgets.choice import Tick
from oneroster_wizard.widgets.field import InputField
from oneroster_wizard.widgets.group import Group
from oneroster_wizard.widgets.state import plain, stated

from .base import Command
from .fields import FieldsScreen

if TYPE_CHECKING:
    from oneroster_checks.paste import Pasted

# The fields that are folded away until they are needed.
RARE = ("scope", "ca_file", "timeout")
PASTE_FILLS = "fills in everything at once"
EXPECTED = "The checks look for exactly these. Anything else may be missing."
# What each part of the data is, in a few plain words.
KINDS: dict[Share, str] = {
    "rostering": "schools, classes, and people",
    "demographics": "birth dates, sex, and race",
    "gradebook": "assignments and scores",
    "assessments": "tests and their results",
    "resources": "learning materials",
}


class ConnectionScreen(FieldsScreen):
    """Says what is wrong with each field, with a suggestion; fills them from a pasted block."""

    STEP = WizardStep.CONNECTION
    CSS_PATH = ["forms.tcss", "connection.tcss"]  # noqa: RUF012
    HELP_TEXT = """
The district finds these values where it created the connection. In Infinite Campus they are under \
Information to Share: Key (the client id), Secret, Base URL, and Token URL. Press F2, or the button, \
and paste the whole email or table: the wizard picks the values out of it. Pasting a block into any \
field does the same.

Enter goes from field to field. What is wrong with a field is shown when you leave it or press \
Enter. If the right text is known, it is suggested below the field: Enter uses it, and Ctrl+T uses \
all suggestions at once.

Choose the data you expect the district to share with you. The checks look for exactly that, and say \
so when a part is missing. Anything else may be missing.

More is for what is rarely needed: a scope, a file with more certificate authorities, and the time \
limit of one request in seconds.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Key.PASTE.bound("paste_block", "Paste", tooltip="Fill the fields from what the district sent"),
    ]

    def compose_body(self) -> ComposeResult:
        draft = self.draft
        known = provider(draft.connection.provider)
        with Horizontal(id="paste-line"):
            yield Button("Paste what the district sent (F2)", id="paste", compact=True)
            yield Static(PASTE_FILLS, classes="note")
        with Group("Addresses"):
            yield InputField("base_url", draft.text("base_url"), hint=known.base_url_shape)
            yield InputField("token_url", draft.text("token_url"), hint=known.token_url_shape)
        with Group("Key", id="key"):
            hint = f"{known.client_id_prefix}…" if known.client_id_prefix else ""
            yield InputField("client_id", draft.text("client_id"), hint=hint)
            yield InputField("created", draft.text("created"), hint=self._created_hint())
        with Group(capitalized(field_label("share")), id="share"):
            yield Static(EXPECTED, classes="note")
            for share in SHARES:
                with Horizontal(classes="kind"):
                    ticked = draft.connection.shares(share)
                    yield Tick(capitalized(PARTS[share]), ticked, id=f"share-{share}", compact=True)
                    yield Static(plain(KINDS[share]), classes="note")
        opened = bool(draft.connection.scope or draft.connection.ca_file or "timeout" in draft.as_typed)
        opened = opened or self.look_at in RARE
        more = Collapsible(
            title="More: scope, certificate authorities, time limit", collapsed=not opened, id="more"
        )
        with more, Vertical(id="more-fields"):
            yield InputField("scope", draft.text("scope"), hint="empty: what the provider needs")
            yield InputField("ca_file", draft.text("ca_file"), hint="a PEM file, for a private authority")
            yield InputField("timeout", draft.text("timeout"), hint="seconds for one request")

    def _created_hint(self) -> str:
        connection = self.draft.connection
        if connection.oneroster in provider(connection.provider).yearly_credentials:
            return "YYYY-MM-DD, if you know it: the key expires a year later"
        return "YYYY-MM-DD, if you know it"

    def on_mount(self) -> None:
        self._show_needed()
        self.judge()

    def _show_needed(self) -> None:
        """Show the fields that the chosen authorization needs."""
        fixed = self.draft.connection.fixed_token
        self.field("token_url").display = self.draft.connection.requests_token
        self.field("client_id").display = not fixed
        self.query_one("#key", Group).name_it("Date" if fixed else "Key")

    def first_focus(self) -> Widget:
        for name in ("base_url", "token_url", "client_id"):
            field = self.field(name)
            broken = field.problem is not None and field.problem.status is Status.FAIL
            if field.display and (broken or not self.draft.text(name).strip()):
                return field.box
        return super().first_focus()

    def commands(self) -> Iterable[Command]:
        yield (
            "Paste what the district sent",
            "Fill the fields from an email or a table",
            self.action_paste_block,
        )
        yield from super().commands()

    @on(Checkbox.Changed)
    def _share_changed(self) -> None:
        chosen = tuple(share for share in SHARES if self.query_one(f"#share-{share}", Tick).value)
        if chosen != self.draft.connection.share:
            self.draft.change(share=chosen)
            self.judge()

    def stops(self) -> Iterable[Widget]:
        return self.query("#share Tick")

    def judged(self, problems: dict[str, InputProblem]) -> None:
        """Say what is wrong with what is on the steps beside this one."""
        words = [
            Content.assemble(stated(problem.status), plain(f": {prefix}{problem.sentence}"))
            for name, prefix in (("oauth", ""), (SECRET_FIELDS[0], "In the secret field: "))
            if (problem := problems.get(name)) is not None
        ]
        if words:
            self.say(Content("\n").join(words))

    def objections(self) -> tuple[str, Widget | None]:
        draft = self.draft
        self.judge()
        for name in ("base_url", "token_url", "client_id", "created", "timeout"):
            field = self.field(name)
            if not field.display:
                continue
            empty = empty_field(draft, name)
            if empty:
                return empty, field.box
            if field.problem is not None and field.problem.status is Status.FAIL:
                return f"The {field_label(name)} is not right yet.", field.box
        if not draft.connection.share:
            return "Nothing is chosen under Data you expect, so there is nothing to check.", self.query_one(
                Tick
            )
        return "", None

    # What is pasted.

    @on(Button.Pressed, "#paste")
    def action_paste_block(self) -> None:
        """Open the dialog for what the district sent."""
        from .paste import PasteScreen

        def keep(text: str) -> None:
            self.draft.as_typed["pasted"] = text

        self.app.push_screen(PasteScreen(self.draft.as_typed.pop("pasted", ""), keep), self.fill)

    def after_paste(self, pasted: Pasted) -> str:
        self._show_needed()
        for share in SHARES:
            self.query_one(f"#share-{share}", Tick).value = self.draft.connection.shares(share)
        return "The secret is on the next screen, hidden." if pasted.client_secret else ""
