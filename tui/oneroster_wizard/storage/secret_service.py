"""The Secret Service of a Linux desktop, asked in an order that gnome-keyring-daemon bears."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any, ClassVar

import secretstorage
from jeepney import DBusErrorResponse
from jeepney.io.blocking import DBusConnection
from keyring.backends import SecretService
from keyring.errors import InitError, KeyringLocked


class PatientSecretService(SecretService.Keyring):
    """The library's backend, whose first question on each connection is one that may be answered wrongly.

    gnome-keyring-daemon takes down a new client beside its first question, and now and then a moment behind it (work
    items 190, 196 and 199 of gnome-keyring). Then it answers that there is nothing, and where the question was for a
    property, as the library's first is, the daemon of the user's whole desktop aborts. A connection that is refused
    is closed, which the library leaves to chance.
    """

    # Below every other, so that the library does not find it by itself.
    priority: ClassVar[Any] = -1

    def get_preferred_collection(self) -> secretstorage.Collection:
        """The collection that the library's settings name, or the default one, unlocked.

        Raises InitError where there is none, and KeyringLocked where nobody unlocks it.
        """
        with ExitStack() as failed:
            try:
                bus = secretstorage.dbus_init()
                failed.callback(bus.close)
                found = _collection(bus, getattr(self, "preferred_collection", ""))
            except secretstorage.SecretStorageException as error:
                raise InitError("The Secret Service gave no collection.") from error
            if found.is_locked():
                found.unlock()
                if found.is_locked():
                    raise KeyringLocked("Nobody unlocked the collection.")
            failed.pop_all()
            return found


def _collection(bus: DBusConnection, path: str) -> secretstorage.Collection:
    """The collection at a path, or the default one; SecretStorageException where there is none."""
    # The first answer may be wrong, the second is not. The path under "aliases" would be shorter, but the daemon reads
    # it in a thread of its own, and does not find it while another client is being taken down.
    default = _default(bus) or _default(bus)
    if path:
        return secretstorage.Collection(bus, path)
    return default or secretstorage.get_default_collection(bus)


def _default(bus: DBusConnection) -> secretstorage.Collection | None:
    try:
        return secretstorage.get_collection_by_alias(bus, "default")
    except (secretstorage.ItemNotFoundException, DBusErrorResponse):
        return None


def patient(backend: object) -> PatientSecretService | None:
    """The same backend of the Secret Service with its settings, but patient; None for every other backend."""
    if type(backend) is not SecretService.Keyring:
        return None
    careful = PatientSecretService()  # type: ignore[no-untyped-call]
    vars(careful).update(vars(backend))
    return careful
