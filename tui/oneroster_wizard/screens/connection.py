"""Step 3: addresses, key, the day it was made, and what is shared."""

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

from oneroster_checks.connection import SHARES, Share
from oneroster_checks.finding import Status
from oneroster_checks.providers import provider
from oneroster_wizard.draft import SECRET_FIELDS, TEXT_FIELDS
from oneroster_wizard.field_problems import (
    FIELD_NAMES,
    NEEDED,
    Judgement,
    judge_draft,
    read_day,
    read_seconds,
)
from oneroster_wizard.widgets.choice import Tick
from oneroster_wizard.widgets.field import Field, WholeInput
from oneroster_wizard.widgets.state import plain, stated

from .base import Command
from .editing import ChangingScreen

if TYPE_CHECKING:
    from oneroster_checks.paste import Pasted

SHARE_NAMES: dict[Share, str] = {
    "rostering": "Rostering",
    "demographics": "Demographics",
    "gradebook": "Grade book",
    "assessments": "Assessments",
    "resources": "Resources",
}
# The fields that are folded away until they are needed.
SELDOM = ("scope", "ca_file", "timeout")
CREATED_MEANS = (
    "The day on which the district made the connection, as YYYY-MM-DD. OneRoster 1.1 credentials end a year "
    "later. Leave it empty when nobody knows."
)


class ConnectionScreen(ChangingScreen):
    """Judges each field as it is typed and offers the mended form; fills the fields from a pasted block."""

    STEP = 3
    CSS_PATH = ["forms.tcss", "connection.tcss"]  # noqa: RUF012
    HELP_TEXT = """
The district finds these values where it made the connection. In Infinite Campus they stand under \
Information to Share: Key (the client id), Secret, Base URL and Token URL. Press F2, or the button, \
and paste the whole mail or table: the wizard picks the values out of it. A block pasted into any \
field does the same.

Each field is judged while you type. Where the right form is known it is offered beneath the field; \
Enter takes it.

Tick what the district shares with you under Data to Share. The checks expect exactly that, and say \
so when a part is missing.

More holds what is seldom needed: a scope, a file with further certificate authorities, and the time \
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
        yield Field("base_url", "Base URL", draft.text("base_url"), hint=known.base_url_shape)
        yield Field("token_url", "Token URL", draft.text("token_url"), hint=known.token_url_shape)
        hint = f"{known.client_id_prefix}…" if known.client_id_prefix else ""
        yield Field("client_id", "Client id (key)", draft.text("client_id"), hint=hint)
        yield Field("created", "Day created", draft.text("created"), hint="YYYY-MM-DD", meaning=CREATED_MEANS)
        with Horizontal(classes="line"):
            yield Label("Data to share", classes="line-label")
            with ItemGrid(id="share", min_column_width=17):
                for share in SHARES:
                    yield Tick(
                        SHARE_NAMES[share], draft.connection.shares(share), id=f"share-{share}", compact=True
                    )
        opened = bool(draft.connection.scope or draft.connection.ca_file or "timeout" in draft.as_typed)
        opened = opened or self.look_at in SELDOM
        more = Collapsible(
            title="More: scope, certificate authorities, time limit", collapsed=not opened, id="more"
        )
        with more, Vertical(id="more-fields"):
            yield Field("scope", "Scope", draft.text("scope"), hint="empty: what the provider needs")
            yield Field(
                "ca_file", "CA file", draft.text("ca_file"), hint="a PEM file, for a private authority"
            )
            yield Field("timeout", "Time limit", draft.text("timeout"), hint="seconds for one request")

    def on_mount(self) -> None:
        self.query_one("#field-token_url").display = self.draft.connection.oauth == 2
        self._judge()
        super().on_mount()

    def first_focus(self) -> Widget:
        for name in ("base_url", "token_url", "client_id"):
            field = self.query_one(f"#field-{name}", Field)
            broken = field.judgement is not None and field.judgement.status is Status.FAIL
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

    @on(Field.Changed)
    def _field_changed(self, event: Field.Changed) -> None:
        # An input also speaks up when it is made; then there is nothing new.
        if event.text != self.draft.text(event.name):
            self._take(event.name, event.text)
            self._judge()

    @on(Field.SuggestionAccepted)
    def _mend_accepted(self, event: Field.SuggestionAccepted) -> None:
        for name, text in {event.name: event.judgement.suggestion, **event.judgement.also}.items():
            self._take(name, text)
            self.query_one(f"#field-{name}", Field).put(text)
        self._judge()
        self.say(f"The {FIELD_NAMES[event.name]} is mended.")

    @on(Checkbox.Changed)
    def _share_changed(self) -> None:
        chosen = tuple(share for share in SHARES if self.query_one(f"#share-{share}", Tick).value)
        if chosen != self.draft.connection.share:
            self.draft.change(share=chosen)
            self._judge()

    def _take(self, name: str, text: str) -> None:
        draft = self.draft
        self._warned = ""
        if name == "created":
            day, judgement = read_day(text)
            draft.as_typed.pop("created", None)
            if judgement is not None and day is None:
                draft.as_typed["created"] = text
            draft.change(created=day)
        elif name == "timeout":
            seconds, judgement = read_seconds(text)
            draft.as_typed.pop("timeout", None)
            if seconds is None:
                draft.as_typed["timeout"] = text
            else:
                draft.change(timeout=seconds)
        else:
            draft.put_text(name, text)

    def _judge(self) -> None:
        draft = self.draft
        judged: dict[str, Judgement | None] = dict(judge_draft(draft))
        judged["created"] = read_day(draft.text("created"))[1]
        judged["timeout"] = read_seconds(draft.text("timeout"))[1]
        for name in (*TEXT_FIELDS, "created", "timeout"):
            self.query_one(f"#field-{name}", Field).judge(judged.get(name))
        others = [
            judgement
            for name, judgement in judged.items()
            if name in ("oauth", *SECRET_FIELDS[:1]) and judgement is not None
        ]
        words = Content("\n").join(
            Content.assemble(stated(other.status), plain(f": {other.sentence}")) for other in others
        )
        self.say(words if others else "")

    def objections(self) -> tuple[str, Widget | None]:
        draft = self.draft
        for name in ("base_url", "token_url", "client_id", "created", "timeout"):
            field = self.query_one(f"#field-{name}", Field)
            if not field.display:
                continue
            if name in NEEDED and not draft.text(name).strip():
                return NEEDED[name], field.box
            if field.judgement is not None and field.judgement.status is Status.FAIL:
                return f"The {FIELD_NAMES[name]} is not right yet.", field.box
        if not draft.connection.share:
            return "Nothing is ticked under Data to share, so there is nothing to check.", self.query_one(
                Tick
            )
        return "", None

    # What is pasted.

    @on(Button.Pressed, "#paste")
    def action_paste_block(self) -> None:
        """Open the window for what the district sent."""
        from .paste import PasteScreen

        def keep(text: str) -> None:
            self.draft.as_typed["pasted"] = text

        self.app.push_screen(PasteScreen(self.draft.as_typed.pop("pasted", ""), keep), self._fill)

    @on(WholeInput.LinesPasted)
    def _lines_pasted(self, event: WholeInput.LinesPasted) -> None:
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
            self._take(name, text)
            self.query_one(f"#field-{name}", Field).put(text)
        for name in SECRET_FIELDS:
            secret = getattr(pasted, name)
            if secret:
                draft.put_text(name, secret.reveal())
        if pasted.created:
            self._take("created", pasted.created.isoformat())
            self.query_one("#field-created", Field).put(pasted.created.isoformat())
        changed = self._take_versions(pasted)
        self._judge()
        found = ", ".join(FIELD_NAMES.get(name, name) for name in pasted.found)
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
        if pasted.oauth is not None and pasted.oauth != connection.oauth:
            self.draft.change(oauth=pasted.oauth)
            changed.append(f"OAuth {pasted.oauth}")
        if pasted.oneroster is not None and pasted.oneroster != connection.oneroster:
            self.draft.change(oneroster=pasted.oneroster)
            changed.append(f"OneRoster {pasted.oneroster}")
        self.query_one("#field-token_url").display = self.draft.connection.oauth == 2
        return f"The text speaks of {' and '.join(changed)}, so that is chosen now." if changed else ""
