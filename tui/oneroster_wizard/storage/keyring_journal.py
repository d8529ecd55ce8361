"""What one call changed in the keyring, entry by entry, so that a call which fails half-way leaves nothing behind."""

from __future__ import annotations

import threading
from collections.abc import Callable

Undo = Callable[[], None]


class Journal:
    """The changes of one call, each with what undoes it, and whose secrets they are."""

    def __init__(self, journals: Journals) -> None:
        self._journals = journals
        self._changes: list[tuple[str, Undo]] = []

    def note(self, profile: str, undo: Undo) -> None:
        """Write a change down, before it is made: nobody knows what a keyring did that died in the middle."""
        self._journals.newest[profile] = self
        self._changes.append((profile, undo))

    def take_back(self) -> None:
        """Undo every change, the last first; what a later call has changed stays. Raises what the keyring raises."""
        while self._changes:
            profile, undo = self._changes[-1]
            if self._journals.newest.get(profile) is self:
                undo()
            self._changes.pop()

    def __bool__(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._changes)


class Journals:
    """The journals of one program: the newest for each profile, and those that could not be taken back yet."""

    def __init__(self) -> None:
        self.newest: dict[str, Journal] = {}
        self._owed: list[Journal] = []
        self._lock = threading.Lock()

    def owe(self, journal: Journal) -> None:
        """Keep a journal that could not be taken back, until the keyring answers again."""
        with self._lock:
            self._owed.append(journal)

    def settle(self) -> None:
        """Take back what is owed; raises what the keyring raises, and owes the rest on."""
        with self._lock:
            while self._owed:
                self._owed[-1].take_back()
                self._owed.pop()
