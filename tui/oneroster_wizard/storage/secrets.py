"""Secrets in the keyring of the operating system: one entry each, read back after writing, and one for their hosts.

Every call runs in a daemon thread with a time limit: an unlock prompt can block for ever, and a thread that is joined
at exit would keep the program from ending.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from oneroster_checks.connection import SECRET_FIELDS, Connection, Credentials, Secret
from oneroster_checks.limits import KEYRING_S

from .keyring_choice import chosen_keyring
from .keyring_hosts import KeptSecrets
from .keyring_journal import Journal, Journals
from .keyring_titles import is_windows, keyring_title
from .keyring_trouble import KeyringTrouble, Kind
from .keyring_turns import in_turn, takes_turns
from .locks import alone_in
from .private_files import make_private_folder

__all__ = ["SERVICE", "KeyringTrouble", "SecretStore"]

SERVICE = "oneroster-wizard"
# The names of the entries: client-secret, vendor-key and vendor-secret.
PARTS = tuple(name.replace("_", "-") for name in SECRET_FIELDS)
# Beside them, and changed after them: until it is written, the hosts of the old secrets hold for new ones.
_HOSTS = "hosts"
_ENTRIES = (*PARTS, _HOSTS)
# The entry of the fingerprints' key, which no profile has: theirs have a slash before the part.
_KEY_ENTRY, _KEY_BYTES, _KEY = "fingerprint-key", 32, re.compile(r"[0-9a-f]{64}")
# Windows keeps at most this many bytes in one entry (CRED_MAX_CREDENTIAL_BLOB_SIZE), in UTF-16.
_WINDOWS_MOST_BYTES = 2560

T = TypeVar("T")


class SecretStore:
    """The secrets of profiles. Every method may raise KeyringTrouble, and may be cancelled at any time.

    `time_limit` is in seconds and holds for one method. A change that fails half-way, is cancelled or comes too late
    is taken back as a whole: at once, or, where the keyring has died meanwhile, before anything else is done with it.
    """

    def __init__(self, time_limit: float = KEYRING_S) -> None:
        self.time_limit = time_limit
        self._journals = Journals()

    async def load(self, profile: str, connection: Connection | None = None) -> Credentials:
        """The secrets of a profile; those that are not kept are empty.

        With its connection, KeyringTrouble "elsewhere" where it leads to a host for which they were not given.
        """
        kept = await self.kept(profile)
        if kept and connection is not None and not kept.may_go_to(connection):
            raise KeyringTrouble("elsewhere")
        return kept.credentials

    async def kept(self, profile: str) -> KeptSecrets:
        """All that is kept of a profile, for whoever changes it and may have to put it back."""

        def call(keyring: _Keyring) -> KeptSecrets:
            found = Credentials(*(Secret(keyring.get(profile, part)) for part in PARTS))
            return KeptSecrets(found, keyring.get(profile, _HOSTS) if found.texts() else "")

        return await self._ask(call)

    async def save(
        self, profile: str, credentials: Credentials, hosts: str = "", had: KeptSecrets | None = None
    ) -> None:
        """Keep secrets, for these `hosts` only (see `hosts_of`), and remove empty ones; `had` is what was just read."""
        every = KeptSecrets(credentials, hosts).entries()
        known = had.entries() if had is not None else [None] * len(every)

        def call(keyring: _Keyring) -> None:
            for part, secret, before in zip(_ENTRIES, every, known, strict=True):
                keyring.put(profile, part, secret, before)

        await self._ask(call)

    async def delete(self, profile: str) -> None:
        """Remove the secrets of a profile; nothing happens where there are none."""
        await self.save(profile, Credentials())

    async def copy(self, old: str, new: str) -> None:
        """Keep the secrets of one profile for another too."""
        await self._ask(lambda keyring: keyring.copy(old, new))

    async def rename(self, old: str, new: str) -> None:
        """Move the secrets of a profile to its new name; the old ones go only when the new ones are kept."""
        if old == new:
            return

        def call(keyring: _Keyring) -> None:
            keyring.copy(old, new)
            for part in _ENTRIES:
                keyring.put(old, part, Secret())

        await self._ask(call)

    async def fingerprint_key(self, folder: Path) -> Secret:
        """The key of the fingerprints as 64 hexadecimal digits; a new one is kept where there is none.

        Programs that make it at once wait for each other in `folder`, and get the same one.
        """

        def call(keyring: _Keyring) -> Secret:
            key = keyring.key()
            if not key:
                make_private_folder(folder)
                with alone_in(folder):
                    key = keyring.key() or keyring.new_key()
            return key

        return await self._ask(call)

    async def backend_name(self) -> str:
        """The name of the keyring as people know it; KeyringTrouble "missing" when none can be used."""
        return await self._ask(lambda keyring: keyring_title(keyring.backend))

    async def _ask(self, call: Callable[[_Keyring], T]) -> T:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T | KeyringTrouble] = loop.create_future()
        given_up = threading.Event()

        def settle(outcome: T | KeyringTrouble, journal: Journal) -> None:
            if not answer.done():
                answer.set_result(outcome)
            elif journal:
                # Nobody waits any more, and the user was told that nothing is kept.
                threading.Thread(target=self._take_back, args=(journal,), name="keyring", daemon=True).start()

        def work() -> None:
            journal = Journal(self._journals)
            outcome = _outcome(lambda: self._called(call, journal, given_up))
            if isinstance(outcome, KeyringTrouble) and not self._take_back(journal):
                outcome = KeyringTrouble(outcome.kind, half=True)
            try:
                loop.call_soon_threadsafe(settle, outcome, journal)
            except RuntimeError:
                # The loop may be closed by the time that a hanging keyring answers.
                self._take_back(journal)

        threading.Thread(target=work, name="keyring", daemon=True).start()
        try:
            async with asyncio.timeout(self.time_limit):
                outcome = await answer
        except TimeoutError:
            outcome = KeyringTrouble("hanging")
        finally:
            given_up.set()
        if isinstance(outcome, KeyringTrouble):
            raise outcome
        return outcome

    def _called(self, call: Callable[[_Keyring], T], journal: Journal, given_up: threading.Event) -> T:
        # Looking for a keyring asks the desktop's, too, and the library does so without a thought of other threads.
        with in_turn() as turn:
            keyring = _Keyring(given_up, journal)
            if not takes_turns(keyring.backend):
                turn.close()
            self._journals.settle()
            return call(keyring)

    def _take_back(self, journal: Journal) -> bool:
        """Take back what a call has changed; False when that has to wait for the keyring."""
        if isinstance(_outcome(journal.take_back), KeyringTrouble):
            self._journals.owe(journal)
            return False
        return True


class _Keyring:
    """The chosen backend with this program's entries; lives in the thread of one call."""

    def __init__(self, given_up: threading.Event, journal: Journal) -> None:
        self.backend = chosen_keyring()
        self._given_up = given_up
        self._journal = journal

    def get(self, profile: str, part: str) -> str:
        self._go_on()
        return self.backend.get_password(SERVICE, self._entry(profile, part)) or ""

    def key(self) -> Secret:
        """The key of the fingerprints; empty where there is none, or something else."""
        self._go_on()
        kept = self.backend.get_password(SERVICE, _KEY_ENTRY) or ""
        return Secret(kept if _KEY.fullmatch(kept) else "")

    def new_key(self) -> Secret:
        """A new key, kept and read back. It stays where the call is given up: another program may use it by then."""
        self._go_on()
        self.backend.set_password(SERVICE, _KEY_ENTRY, secrets.token_hex(_KEY_BYTES))
        key = self.key()
        if not key:
            raise KeyringTrouble("not-kept")
        return key

    def put(self, profile: str, part: str, secret: Secret, before: Secret | None = None) -> None:
        """Keep a secret and read it back, or remove the entry when it is empty; `before` is what is there, if known."""
        kept = self.get(profile, part) if before is None else before.reveal()
        if Secret(kept) == secret:
            return
        if is_windows(self.backend) and len(secret.reveal().encode("utf-16-le")) > _WINDOWS_MOST_BYTES:
            raise KeyringTrouble("too-long")
        self._go_on()
        entry = self._entry(profile, part)
        self._journal.note(profile, lambda: self._set(entry, kept))
        self._set(entry, secret.reveal())
        if Secret(self.backend.get_password(SERVICE, entry) or "") != secret:
            raise KeyringTrouble("not-kept")

    def copy(self, old: str, new: str) -> None:
        """Keep every entry of one profile for another too."""
        for part in _ENTRIES:
            self.put(new, part, Secret(self.get(old, part)))

    def _set(self, entry: str, text: str) -> None:
        """Let an entry hold a text; an empty one removes it, where it is there."""
        if text:
            self.backend.set_password(SERVICE, entry, text)
        elif self.backend.get_password(SERVICE, entry):
            self.backend.delete_password(SERVICE, entry)

    def _entry(self, profile: str, part: str) -> str:
        # Windows compares entry names without case, so "A" and "a" would share their secrets there.
        if is_windows(self.backend) and profile != profile.casefold():
            profile = f"{profile} {hashlib.sha256(profile.encode()).hexdigest()[:10]}"
        return f"{profile}/{part}"

    def _go_on(self) -> None:
        if self._given_up.is_set():
            raise KeyringTrouble("hanging")


def _outcome(call: Callable[[], T]) -> T | KeyringTrouble:
    """What the call gives, or the trouble; made outside of `except`, so that no exception hangs on it."""
    kind: Kind
    try:
        return call()
    except KeyringTrouble as trouble:
        kind = trouble.kind
    except Exception as error:  # every backend raises kinds of its own
        kind = _kind(error)
    return KeyringTrouble(kind)


def _kind(error: Exception) -> Kind:
    from keyring import errors

    if isinstance(error, errors.NoKeyringError | FileNotFoundError | ConnectionError | ImportError):
        return "missing"
    # The Secret Service has gone since it was chosen; secretstorage is not imported for its exception's sake.
    if type(error.__cause__).__name__ == "SecretServiceNotAvailableException":
        return "missing"
    # InitError: a Secret Service whose collection was never made, or whose making nobody allowed.
    if isinstance(error, errors.KeyringLocked | errors.InitError):
        return "locked"
    if isinstance(error, TimeoutError):
        return "hanging"
    return "failed"
