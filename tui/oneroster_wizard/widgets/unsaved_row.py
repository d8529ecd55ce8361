"""The results of connections that are not saved, each with a button that opens it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Button, Static

from oneroster_wizard.draft import Draft

from .state import plain
from .verdict_banner import verdict_title


class UnsavedRow(Vertical):
    """Offers the results of `drafts`, each of which has one."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        super().__init__(id="unsaved")
        self._drafts = drafts

    def compose(self) -> ComposeResult:
        yield Static("Results that are not saved, until you quit:", classes="note")
        for place, draft in enumerate(self._drafts):
            if draft.result is not None:
                name = "Practice district" if draft.practice else draft.name_to_offer()
                label = f"{name}: {verdict_title(draft.result).plain}"
                yield Button(plain(label), id=f"unsaved-{place}", compact=True)
