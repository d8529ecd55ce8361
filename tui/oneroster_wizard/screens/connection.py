"""The Connection step: addresses, key, the day it was made, and what is shared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, ItemGrid, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Collapsible, Label

from oneroster_checks.connection import SECRET_FIELDS, SHARES, TEXT_FIELDS
from oneroster_checks.finding import Status
from oneroster_checks.labels import PARTS, capitalized, field_label
from oneroster_checks.providers import provider
from oneroster_wizard.field_problems import InputProblem, empty_field, find_problems, read_day, read_seconds
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.widgets.choice import Tick
from oneroster_wizard.widgets.field import BlockInput, InputField
from oneroster_wizard.widgets.state import plain, stated

from .base import Command
from .editing import EditingScreen

if TYPE_CHECKING:
    from oneroster_checks.paste import Pasted

# The fields that are folded away until they are needed.
RARE = ("scope", "ca_file", "timeout")
CREATED_MEANS = (
    "The day the district created the connection, as YYYY-MM-DD. OneRoster 1.1 credentials expire a year "
    "later. Leave it empty when nobody knows."
)


class ConnectionScreen(EditingScreen):
    """Says what is wrong with each field as it is typed, with a suggestion; fills them from a pasted block."""

    STEP = WizardStep.CONNECTION
    CSS_PATH = ["forms.tcss", "connection.tcss"]  # noqa: RUF012
    HELP_TEXT = """
The district finds these values where it made the connection. In Infinite Campus they are under \
Information to Share: Key (the client id), Secret, Base URL and Token URL. Press F2, or the button, \
and paste the whole mail or table: the wizard picks the values out of it. A block pasted into any \
field does the same.

What is wrong with a field is said while you type. Where the right text is known it is suggested \
beneath the field; Enter uses it.

Tick the data you expect the district to share with you. The checks look for exactly that, and say \
so when a part is missing.

More is for what is rarely needed: a scope, a file with more certificate authorities, and the time \
limit of one request in seconds.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f2", "paste_block", "Paste what was sent", tooltip="Fill the fields from the district's mail"
        ),
    ]

    def compose_body(self) -> ComposeResult:
        draft = self.draft
        known = provider(draft.connection.provider)
        yield Button("Paste what the district sent (F2)", id="paste", compact=True)
        yield InputField("base_url", draft.text("base_url"), hint=known.base_url_shape)
        yield InputField("token_url", draft.text("token_url"), hint=known.token_url_shape)
        hint = f"{known.client_id_prefix}…" if known.client_id_prefix else ""
        yield InputField("client_id", draft.text("client_id"), hint=hint)
        yield InputField("created", draft.text("created"), hint="YYYY-MM-DD", meaning=CREATED_MEANS)
        with Horizontal(classes="line"):
            yield Label(capitalized(field_label("share")), classes="line-label")
            with ItemGrid(id="share", min_column_width=17):
                for share in SHARES:
                    yield Tick(
                        capitalized(PARTS[share]),
                        draft.connection.shares(share),
                        id=f"share-{share}",
                        compact=True,
                    )
        opened = bool(draft.connection.scope or draft.connection.ca_file or "timeout" in draft.as_typed)
        opened = opened or self.look_at in RARE
        more = Collapsible(
            title="More: scope, certificate authorities, time limit", collapsed=not opened, id="more"
        )
        with more, Vertical(id="more-fields"):
            yield InputField("scope", draft.text("scope"), hint="empty: what the provider needs")
            yield InputField("ca_file", draft.text("ca_file"), hint="a PEM file, for a private authority")
            yield InputField("timeout", draft.text("timeout"), hint="seconds for one request")

    def on_mount(self) -> None:
        self._show_needed()
        self._show_problems()

    def _show_needed(self) -> None:
        """Show the fields that the chosen authorization needs."""
        self.query_one("#field-token_url").display = self.draft.connection.requests_token
        self.query_one("#field-client_id").display = not self.draft.connection.fixed_token

    def first_focus(self) -> Widget:
        for name in ("base_url", "token_url", "client_id"):
            field = self.query_one(f"#field-{name}", InputField)
            broken = field.problem is not None and field.problem.status is Status.FAIL
            if field.display and (broken or not self.draft.text(name).strip()):
                return field.box
        return super().first_focus()

    def commands(self) -> Iterable[Command]:
        yield (
            "Paste what the district sent",
            "Fill the fields from a mail or a table",
            self.action_paste_block,
        )
        yield from super().commands()

    # What is typed.

    @on(InputField.Changed)
    def _field_changed(self, event: InputField.Changed) -> None:
        # An input also speaks up when it is made; then there is nothing new.
        if event.text != self.draft.text(event.name):
            self._put(event.name, event.text)
            self._show_problems()

    @on(InputField.SuggestionAccepted)
    def _suggestion_accepted(self, event: InputField.SuggestionAccepted) -> None:
        for name, text in {event.name: event.problem.suggestion, **event.problem.also}.items():
            self._put(name, text)
            self.query_one(f"#field-{name}", InputField).put(text)
        self._show_problems()
        self.say(f"The suggested {field_label(event.name)} is filled in.")

    @on(Checkbox.Changed)
    def _share_changed(self) -> None:
        chosen = tuple(share for share in SHARES if self.query_one(f"#share-{share}", Tick).value)
        if chosen != self.draft.connection.share:
            self.draft.change(share=chosen)
            self._show_problems()

    def _put(self, name: str, text: str) -> None:
        draft = self.draft
        self._warned = ""
        if name == "created":
            day, problem = read_day(text)
            draft.as_typed.pop("created", None)
            if problem is not None and day is None:
                draft.as_typed["created"] = text
            draft.change(created=day)
        elif name == "timeout":
            seconds, _ = read_seconds(text)
            draft.as_typed.pop("timeout", None)
            if seconds is None:
                draft.as_typed["timeout"] = text
            else:
                draft.change(timeout=seconds)
        else:
            draft.put_text(name, text)

    def _show_problems(self) -> None:
        draft = self.draft
        problems: dict[str, InputProblem | None] = dict(find_problems(draft))
        problems["created"] = read_day(draft.text("created"))[1]
        problems["timeout"] = read_seconds(draft.text("timeout"))[1]
        for name in (*TEXT_FIELDS, "created", "timeout"):
            self.query_one(f"#field-{name}", InputField).show_problem(problems.get(name))
        others = [
            problem
            for name, problem in problems.items()
            if name in ("oauth", *SECRET_FIELDS[:1]) and problem is not None
        ]
        words = Content("\n").join(
            Content.assemble(stated(other.status), plain(f": {other.sentence}")) for other in others
        )
        self.say(words if others else "")

    def objections(self) -> tuple[str, Widget | None]:
        draft = self.draft
        for name in ("base_url", "token_url", "client_id", "created", "timeout"):
            field = self.query_one(f"#field-{name}", InputField)
            if not field.display:
                continue
            empty = empty_field(draft, name)
            if empty:
                return empty, field.box
            if field.problem is not None and field.problem.status is Status.FAIL:
                return f"The {field_label(name)} is not right yet.", field.box
        if not draft.connection.share:
            return "No data is ticked that you expect, so there is nothing to check.", self.query_one(Tick)
        return "", None

    # What is pasted.

    @on(Button.Pressed, "#paste")
    def action_paste_block(self) -> None:
        """Open the dialog for what the district sent."""
        from .paste import PasteScreen

        def keep(text: str) -> None:
            self.draft.as_typed["pasted"] = text

        self.app.push_screen(PasteScreen(self.draft.as_typed.pop("pasted", ""), keep), self._fill)

    @on(BlockInput.LinesPasted)
    def _lines_pasted(self, event: BlockInput.LinesPasted) -> None:
        from oneroster_checks.paste import read_block

        pasted = read_block(event.text)
        if pasted.found:
            self._fill(pasted)
        else:
            event.sender.insert_text_at_cursor(" ".join(event.text.split()))

    def _fill(self, pasted: Pasted | None) -> None:
        if pasted is None:
            return
        draft = self.draft
        for name, text in pasted.fields.items():
            self._put(name, text)
            self.query_one(f"#field-{name}", InputField).put(text)
        for name in SECRET_FIELDS:
            secret = getattr(pasted, name)
            if secret:
                draft.put_text(name, secret.reveal())
        if pasted.created:
            self._put("created", pasted.created.isoformat())
            self.query_one("#field-created", InputField).put(pasted.created.isoformat())
        changed = self._take_versions(pasted)
        self._show_problems()
        found = ", ".join(field_label(name) for name in pasted.found)
        parts = [f"Filled in: {found}." if found else "Nothing that belongs here was found in the text."]
        if changed:
            parts.append(changed)
        if pasted.client_secret:
            parts.append("The secret is on the next screen, hidden.")
        self.say(" ".join([*parts, *pasted.notes]))
        self.first_focus().focus()

    def _take_versions(self, pasted: Pasted) -> str:
        """Take over the versions that the pasted text shows; says which were changed."""
        connection = self.draft.connection
        changed = []
        chosen = None if connection.fixed_token else connection.oauth
        if pasted.oauth is not None and pasted.oauth != chosen:
            self.draft.change(oauth=pasted.oauth, fixed_token=False)
            changed.append(f"OAuth {pasted.oauth}")
        if pasted.oneroster is not None and pasted.oneroster != connection.oneroster:
            self.draft.change(oneroster=pasted.oneroster)
            changed.append(f"OneRoster {pasted.oneroster}")
        self._show_needed()
        return f"The text speaks of {' and '.join(changed)}, so that is chosen now." if changed else ""
