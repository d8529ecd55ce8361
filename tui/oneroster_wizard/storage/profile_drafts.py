"""A saved profile as the draft of a connection, and back: the same fields, without the secrets."""

from __future__ import annotations

from ..draft import Draft
from .profile_file import Profile


def draft_of(profile: Profile) -> Draft:
    """The draft of a saved connection, still without its secrets."""
    return Draft(
        profile=profile.name,
        connection=profile.connection,
        answers=dict(profile.answers),
        remember=profile.remember,
        tags=profile.tags,
        district=profile.district,
        moves_to=profile.moves_to,
    )


def profile_of_draft(draft: Draft) -> Profile:
    """What a named draft is as a profile."""
    return Profile(
        name=draft.profile,
        connection=draft.connection,
        answers=dict(draft.answers),
        remember=draft.remember,
        tags=draft.tags,
        district=draft.district,
        moves_to=draft.moves_to,
    )
