"""The question what a run may write: a write test of one class, or the removal of what an earlier one has left."""

from __future__ import annotations

from textual.app import App

from oneroster_wizard.draft import Draft
from oneroster_wizard.draft_writes import DraftWrites, left_for

from .confirm import ConfirmScreen
from .write_test import REMOVAL, WriteTestScreen


async def what_to_write(app: App[None], draft: Draft) -> DraftWrites | None:
    """What a person says yes to, None for nothing; what was left there is removed before anything is written again."""
    if draft.log is None or draft.result is None:
        return None
    left = left_for(draft.connection)
    if left:
        ask = ConfirmScreen("Remove test records?", "\n".join([*left, REMOVAL]), "Remove")
        return DraftWrites() if await app.push_screen_wait(ask) else None
    class_id = await app.push_screen_wait(WriteTestScreen(draft.result.classes))
    return DraftWrites(class_id, draft.log.consumer) if class_id else None
