"""Results of connections that were not saved: they open from Start until the wizard is left."""

from __future__ import annotations

from .draft import Draft
from .limits import UNSAVED_RESULTS


class UnsavedResults:
    """The drafts whose result stands nowhere else, the newest first."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []

    def leave(self, draft: Draft, other: Draft) -> None:
        """Note that a draft is left for another."""
        if draft is not other and _is_kept_here(draft):
            self._put(draft)

    def of(self, now: Draft) -> list[Draft]:
        """All of them, that of the present draft among them."""
        if _is_kept_here(now):
            self._put(now)
        self._drafts = [draft for draft in self._drafts if _is_kept_here(draft)]
        return list(self._drafts)

    def _put(self, draft: Draft) -> None:
        self._drafts = [draft, *(each for each in self._drafts if each is not draft)][:UNSAVED_RESULTS]


def _is_kept_here(draft: Draft) -> bool:
    return draft.result is not None and (draft.practice or not draft.profile)
