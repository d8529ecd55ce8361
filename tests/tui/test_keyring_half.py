"""A keyring that fails or dies half-way: what was changed is taken back, at once or as soon as it is back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ClassVar

import keyring
import pytest

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_wizard.draft import Draft
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.storage.secret_service import PatientSecretService
from oneroster_wizard.storage.secrets import SERVICE, KeyringTrouble, SecretStore
from tests.conftest import forget_keyring
from tests.secret_service import private_bus, secret_service

from .test_secrets import FULL, NONE, ShelfKeyring

OLD = Credentials(Secret("an-old-secret"), Secret("an-old-vendor-key"), Secret("an-old-vendor-secret"))
Act = Callable[[SecretStore], Coroutine[Any, Any, None]]
ACTS: dict[str, Act] = {
    "save a new one": lambda store: store.save("new", FULL),
    "save over an old one": lambda store: store.save("old", FULL),
    "copy": lambda store: store.copy("old", "new"),
    "rename": lambda store: store.rename("old", "new"),
    "delete": lambda store: store.delete("old"),
}


class FailingShelf(ShelfKeyring):
    """Refuses one change, counted from 1, and lets every other pass."""

    def __init__(self) -> None:
        super().__init__()
        self.fails_at, self.changes = 0, 0

    def _count(self) -> None:
        self.changes += 1
        if self.changes == self.fails_at:
            raise RuntimeError("the keyring is full")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._count()
        super().set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self._count()
        super().delete_password(service, username)


def kept_by(credentials: Credentials, profile: str) -> dict[tuple[str, str], str]:
    parts = ("client-secret", "vendor-key", "vendor-secret")
    return {
        (SERVICE, f"{profile}/{part}"): text for part, text in zip(parts, credentials.texts(), strict=True)
    }


@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
async def test_what_fails_half_way_is_taken_back(act: Act) -> None:
    shelf = FailingShelf()
    keyring.set_keyring(shelf)
    failed = 0
    for at in range(1, 10):
        shelf.kept, shelf.changes, shelf.fails_at = kept_by(OLD, "old"), 0, at
        (outcome,) = await asyncio.gather(act(SecretStore()), return_exceptions=True)
        if outcome is None:
            break
        failed += 1
        assert isinstance(outcome, KeyringTrouble)
        assert (outcome.kind, outcome.half) == ("failed", False)
        assert shelf.kept == kept_by(OLD, "old"), at
    # Every entry failed once.
    assert failed >= 3


async def test_a_change_that_is_given_up_after_its_first_entry_is_taken_back_whole() -> None:
    shelf = FailingShelf()
    keyring.set_keyring(shelf)

    await SecretStore().save("old", OLD)
    shelf.writing.clear()
    first = shelf.changes

    second = threading.Event()

    def second_waits(service: str, username: str, password: str) -> None:
        if shelf.changes == first + 1:
            shelf.may_write.clear()
            second.set()
        FailingShelf.set_password(shelf, service, username, password)

    shelf.set_password = second_waits  # type: ignore[method-assign]
    store = SecretStore()
    saving = asyncio.create_task(store.save("old", FULL))
    assert await asyncio.to_thread(second.wait, 20)
    saving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await saving
    shelf.may_write.set()
    for thread in [each for each in threading.enumerate() if each.name == "keyring"]:
        await asyncio.to_thread(thread.join, 20)
    await asyncio.sleep(0)
    for thread in [each for each in threading.enumerate() if each.name == "keyring"]:
        await asyncio.to_thread(thread.join, 20)
    assert shelf.kept == kept_by(OLD, "old")


class DyingKeyring(PatientSecretService):
    """The real Secret Service, whose daemon ends at one change, counted from 1."""

    dies_at: ClassVar[int] = 0
    changes: ClassVar[int] = 0
    ends: ClassVar[list[Callable[[], None]]] = []
    after: ClassVar[bool] = False

    def _die(self) -> None:
        for end in self.ends:
            end()

    @classmethod
    def _count(cls) -> bool:
        cls.changes += 1
        return cls.changes == cls.dies_at

    def set_password(self, service: str, username: str, password: str) -> None:
        dies = self._count()
        if dies and not self.after:
            self._die()
        super().set_password(service, username, password)  # type: ignore[no-untyped-call]
        if dies and self.after:
            self._die()
            raise ConnectionResetError("gone before it could answer")


@pytest.mark.parametrize("after", [False, True], ids=["before it is written", "before it has answered"])
@pytest.mark.parametrize(
    "act", [ACTS["save a new one"], ACTS["copy"], ACTS["rename"]], ids=["save", "copy", "rename"]
)
@pytest.mark.parametrize("what", ["the daemon", "the bus"])
async def test_a_keyring_that_dies_in_the_middle_is_survived(
    what: str, act: Act, after: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "keyring-home"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.SecretService.Keyring")
    forget_keyring()
    store = SecretStore()
    with ExitStack() as alive:
        buses = alive.enter_context(ExitStack())
        daemons = alive.enter_context(ExitStack())
        address = buses.enter_context(private_bus(tmp_path / "one"))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        daemons.enter_context(secret_service(home, address))
        await store.save("old", OLD)
        keyring.set_keyring(DyingKeyring())  # type: ignore[no-untyped-call]
        monkeypatch.setattr(DyingKeyring, "changes", 0)
        monkeypatch.setattr(DyingKeyring, "dies_at", 2)
        monkeypatch.setattr(DyingKeyring, "after", after)

        def end() -> None:
            daemons.close()
            if what == "the bus":
                buses.close()

        monkeypatch.setattr(DyingKeyring, "ends", [end])
        with pytest.raises(KeyringTrouble) as caught:
            await act(store)
        assert caught.value.half
        assert "undone as soon as" in caught.value.sentence
        # It comes back, with what it kept.
        if what == "the bus":
            address = buses.enter_context(private_bus(tmp_path / "two"))
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        daemons.enter_context(secret_service(home, address))
        forget_keyring()
        assert await store.load("bystander") == NONE
        # Another program sees no half either.
        assert await SecretStore().load("new") == NONE
        assert await SecretStore().load("old") == OLD


async def test_files_and_keyring_stay_together(tmp_path: Path) -> None:
    shelf = FailingShelf()
    keyring.set_keyring(shelf)
    saved = SavedConnections(tmp_path)
    await saved.save(
        Draft(profile="old", connection=Connection(base_url="https://sis.example"), credentials=OLD)
    )
    for act in (saved.rename, saved.duplicate):
        shelf.changes, shelf.fails_at = 0, 2
        words = await act("old", "new")
        assert "Nothing was changed" in words
        assert [profile.name for profile in saved.list()[0]] == ["old"]
        # The key of the fingerprints belongs to no profile.
        kept = {entry: text for entry, text in shelf.kept.items() if entry != (SERVICE, "fingerprint-key")}
        assert kept == {**kept_by(OLD, "old"), (SERVICE, "old/hosts"): "https://sis.example:443"}
        assert "old-secret" not in words


async def test_nothing_typed_is_lost_when_the_keyring_dies_in_a_save(tmp_path: Path) -> None:
    shelf = FailingShelf()
    keyring.set_keyring(shelf)
    shelf.fails_at = 2
    draft = Draft(profile="old", connection=Connection(base_url="https://sis.example"), credentials=FULL)
    outcome = await SavedConnections(tmp_path).save(draft)
    assert not outcome.stored
    assert "The keyring refused." in outcome.trouble
    assert draft.credentials == FULL
    assert shelf.kept == {}
