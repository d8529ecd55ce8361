"""Whose turn it is at a keyring that many threads want something of: a desktop's is asked by one after the other.

gnome-keyring-daemon was seen to die when several connections asked it at once. It answers one after the other anyway,
and a question about one entry, as macOS and Windows ask them, does not come up there: it is locked as a whole.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import ExitStack, contextmanager

from ..limits import KEYRING_TURN_S

# The modules of the backends that speak to a service of the desktop.
_DESKTOP = frozenset(
    {"keyring.backends.SecretService", "keyring.backends.libsecret", "keyring.backends.kwallet"}
)
_turn = threading.Lock()


@contextmanager
def in_turn() -> Generator[ExitStack]:
    """Within it, until what it gives is closed, no other thread of this program is at the keyring.

    One that hangs there is not waited for long.
    """
    with ExitStack() as turn:
        if _turn.acquire(timeout=KEYRING_TURN_S):
            turn.callback(_turn.release)
        yield turn


def takes_turns(backend: object) -> bool:
    """Whether a backend is asked by one thread after the other."""
    return any(kind.__module__ in _DESKTOP for kind in type(backend).__mro__)
