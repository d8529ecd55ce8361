"""The question where a connection moves to, with the secrets of both sides from the keyring."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import App

from oneroster_checks.when import moment_words
from oneroster_wizard.draft import Draft, MovePlan
from oneroster_wizard.storage.saved_connections import GIVEN_UP, SavedConnections

from .move_to import MoveToScreen
from .wait import WaitScreen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from oneroster_wizard.storage.profiles import Profile

_KEYRING = "Waiting for the keyring to hand over the secrets."


async def where_to(
    app: App[Any], saved: SavedConnections, name: str, before: MovePlan | None = None
) -> MovePlan | None:
    """The plan of a move from a saved connection, None when the dialog was closed; `before` is the plan until now.

    ProfileError with a sentence when a profile cannot be read.
    """
    known = before if before is not None and before.old.profile == name else None
    old = saved.profiles.load(name)
    others, _ = await asyncio.to_thread(saved.list)
    last = known if known is not None and _is_still_of(known, others) else None
    choice = await app.push_screen_wait(MoveToScreen(old, others, _last_words(last)))
    if choice is None:
        return None
    if choice.last and last is not None:
        return last
    if not choice.name:
        return MovePlan(saved.open_without_secrets(name))
    drafts = [await _opened(app, saved, each, known) for each in (name, choice.name)]
    return MovePlan(drafts[0], drafts[1])


def _is_still_of(known: MovePlan, profiles: Sequence[Profile]) -> bool:
    """Whether there is a comparison, of two connections as they are saved now."""
    if known.moved is None or known.new is None:
        return False
    now = {profile.name: profile.connection for profile in profiles}
    return all(now.get(side.profile) == side.connection for side in (known.old, known.new))


def _last_words(last: MovePlan | None) -> str:
    if last is None or last.moved is None or last.new is None:
        return ""
    return f"The comparison with {last.new.profile} of {moment_words(last.moved.result.started)}"


async def _opened(app: App[Any], saved: SavedConnections, name: str, known: MovePlan | None) -> Draft:
    """A saved connection with its secrets; those that were typed for the plan until now are still known."""
    without = saved.open_without_secrets(name)
    for side in (known.old, known.new) if known is not None else ():
        if side is None or side.profile != name or side.connection != without.connection:
            continue
        if side.credentials.client_secret:
            return replace(without, credentials=side.credentials, stored=side.stored)
    without.note = GIVEN_UP
    return await app.push_screen_wait(
        WaitScreen(_KEYRING, lambda: saved.add_secrets(replace(without)), without)
    )
