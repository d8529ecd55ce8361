"""Which keyring is used: the one that the library prefers, unless it keeps nothing or in a plain file."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from .keyring_titles import usable
from .keyring_trouble import KeyringTrouble

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


def chosen_keyring() -> KeyringBackend:
    """The backend that keyring prefers and that is no plain file; KeyringTrouble "missing" without one."""
    from keyring import backend as backends
    from keyring import core

    found = usable(_preferred())
    if found is None:
        # A keyring may have come up since the last look, which the library remembers.
        with contextlib.suppress(AttributeError, KeyError):
            backends.get_all_keyring.reset()
        with contextlib.suppress(Exception):  # the same as in _preferred
            core.init_backend()
        found = usable(_preferred())
    if found is None:
        raise KeyringTrouble("missing")
    if type(found).__module__ == "keyring.backends.SecretService":
        # What it stands on is installed on Linux only.
        from .secret_service import patient

        return patient(found) or found
    return found


def _preferred() -> KeyringBackend | None:
    import keyring

    try:
        return keyring.get_keyring()
    except Exception:  # a backend named in keyring's own settings that cannot be loaded
        return None
