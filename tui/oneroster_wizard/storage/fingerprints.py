"""Keyed fingerprints of secrets: they tell that a secret differs from what it was, and nothing else about it.

Their key is in the keyring, as the secrets are, so that a history alone tells nobody whether a guess is right.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from oneroster_checks.changes.model import KEY_MARK
from oneroster_checks.connection import Credentials, Secret

if TYPE_CHECKING:
    from .secrets import SecretStore

_MARK_CHARACTERS = 16


class Fingerprints:
    """The fingerprints of one program: none until `open` has got their key, and none without a keyring.

    `folder` is where programs that make the key at once wait for each other; None is that of the user's history.
    """

    def __init__(self, folder: Path | None = None) -> None:
        from .history import default_history

        self._folder = folder or default_history().parent
        self._key = Secret()
        self._asked = asyncio.Lock()
        self._is_refused = False

    async def open(self, store: SecretStore) -> None:
        """Get the key from a keyring that has just given or taken secrets, where it is missing a new one.

        It is asked for once. Trouble with the keyring is no reason to fail: then there are no fingerprints.
        """
        from .secrets import KeyringTrouble

        async with self._asked:
            if self._key or self._is_refused:
                return
            try:
                self._key = await store.fingerprint_key(self._folder)
            except KeyringTrouble:
                self._is_refused = True

    def of(self, credentials: Credentials) -> dict[str, str]:
        """A fingerprint of each secret by the field's name, "" for one that is not set; empty without the key.

        The same secret in another field has another one. Beside them is a mark of their `key`: with another key,
        which a new keyring has, the same secret has another fingerprint.
        """
        if not self._key:
            return {}
        every: dict[str, Secret] = {
            each.name: getattr(credentials, each.name) for each in fields(credentials)
        }
        prints = {
            name: self._digest(f"{name}\0{secret.reveal()}") if secret else ""
            for name, secret in every.items()
        }
        return {**prints, KEY_MARK: self._digest(KEY_MARK)[:_MARK_CHARACTERS]}

    def _digest(self, text: str) -> str:
        message = text.encode(errors="surrogatepass")
        return hmac.digest(bytes.fromhex(self._key.reveal()), message, "sha256").hex()


def are_of_one_key(first: Mapping[str, str], second: Mapping[str, str]) -> bool:
    """Whether fingerprints can be compared; those of earlier versions, which have no mark, only with each other."""
    return first.get(KEY_MARK) == second.get(KEY_MARK)
