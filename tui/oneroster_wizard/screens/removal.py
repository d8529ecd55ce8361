"""What the first screen says of records that a write test has left in a grade book, and the question about them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from .confirm import ConfirmScreen
from .write_test import REMOVAL

if TYPE_CHECKING:
    from textual.app import App

    from oneroster_wizard.storage.write_journal import LeftTest

TITLE = "Remove test records?"
ELSEWHERE = (
    "Run the checks of that connection again; then Write test (B) on the checklist offers to remove them."
)


async def offer_removal(app: App[object], left: Sequence[LeftTest], saved: Collection[str]) -> str:
    """The name of the saved connection whose test records are to be removed, "" for none."""
    for test in left:
        if test.profile in saved:
            ask = ConfirmScreen(TITLE, f"{test.sentence}\n{REMOVAL}", "Remove")
            if await app.push_screen_wait(ask):
                return test.profile
        else:
            app.notify(f"{test.sentence} {ELSEWHERE}", severity="warning", timeout=20)
    return ""
