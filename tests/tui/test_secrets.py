"""Secrets against a real Secret Service: unlocked, locked, never set up, silent, absent."""

from __future__ import annotations

import asyncio
import sys
import threading
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.backends.Windows import WinVaultKeyring

from oneroster_checks.connection import Credentials, Secret
from oneroster_wizard.storage.keyring_trouble import Kind, advice_for
from oneroster_wizard.storage.secrets import SERVICE, KeyringTrouble, SecretStore
from tests.conftest import forget_keyring
from tests.secret_service import private_bus, secret_service, silent_service

CANARY = "canary-client-secret-7f3a"
FULL = Credentials(Secret(CANARY), Secret("vendor-key-é"), Secret("vendor:secret 'quoted'"))
NONE = Credentials()


async def trouble_of(store: SecretStore, profile: str = "lakeside") -> KeyringTrouble:
    with pytest.raises(KeyringTrouble) as caught:
        await store.save(profile, FULL)
    written = "".join(traceback.format_exception(caught.value, chain=True))
    assert CANARY not in written
    assert CANARY not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return caught.value


@pytest.mark.usefixtures("keyring_unlocked")
async def test_kept_secrets_come_back_as_one_entry_each() -> None:
    store = SecretStore()
    await store.save("Lakeside – North/2", FULL)
    assert await store.load("Lakeside – North/2") == FULL
    assert await store.load("lakeside – north/2") == NONE
    assert keyring.get_password(SERVICE, "Lakeside – North/2/client-secret") == CANARY
    assert keyring.get_password(SERVICE, "Lakeside – North/2/vendor-key") == "vendor-key-é"
    assert await store.backend_name() == "GNOME Keyring / Secret Service"


@pytest.mark.usefixtures("keyring_unlocked")
async def test_an_empty_secret_removes_its_entry() -> None:
    store = SecretStore()
    await store.save("lakeside", FULL)
    await store.save("lakeside", Credentials(Secret("another")))
    assert await store.load("lakeside") == Credentials(Secret("another"))
    assert keyring.get_password(SERVICE, "lakeside/vendor-key") is None


@pytest.mark.usefixtures("keyring_unlocked")
async def test_delete_rename_and_copy_take_the_secrets_along() -> None:
    store = SecretStore()
    await store.save("first", FULL)
    await store.save("bystander", Credentials(Secret("stays")))
    await store.rename("first", "second")
    assert (await store.load("first"), await store.load("second")) == (NONE, FULL)
    await store.copy("second", "third")
    assert (await store.load("second"), await store.load("third")) == (FULL, FULL)
    await store.rename("third", "third")
    await store.delete("second")
    await store.delete("second")
    assert (await store.load("second"), await store.load("third")) == (NONE, FULL)
    assert await store.load("bystander") == Credentials(Secret("stays"))


async def test_a_service_comes_up_however_deep_its_folder_lies(bus: str, tmp_path: Path) -> None:
    # The folder of a test has the number of its run and of its worker in it, and so grows from run to run.
    with secret_service(tmp_path / ("deep" * 20), bus):
        await SecretStore().save("lakeside", FULL)
        assert await SecretStore().load("lakeside") == FULL


async def test_a_locked_keyring_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "keyring-home"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.SecretService.Keyring")
    with private_bus(tmp_path / "one") as address, secret_service(home, address):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        forget_keyring()
        await SecretStore().save("lakeside", FULL)
    with private_bus(tmp_path / "two") as address, secret_service(home, address, unlocked=False):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        forget_keyring()
        trouble = await trouble_of(SecretStore())
    assert trouble.kind == "locked"
    assert "locked" in trouble.sentence
    assert "memory" in trouble.advice


async def test_a_keyring_that_was_never_set_up_counts_as_locked(bus: str, tmp_path: Path) -> None:
    with secret_service(tmp_path / "new-home", bus, unlocked=False):
        assert (await trouble_of(SecretStore())).kind == "locked"


async def test_a_keyring_that_never_answers_is_given_up(bus: str) -> None:
    with silent_service(bus):
        trouble = await trouble_of(SecretStore(time_limit=0.3))
        assert trouble.kind == "hanging"
        # Esc in the wizard cancels the wait long before the limit.
        waiting = asyncio.create_task(SecretStore().load("lakeside"))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert all(thread.daemon for thread in threading.enumerate() if thread.name == "keyring")


async def test_without_a_service_the_keyring_is_missing(bus: str) -> None:
    assert bus
    assert (await trouble_of(SecretStore())).kind == "missing"


async def test_a_service_that_went_away_is_missing(bus: str, tmp_path: Path) -> None:
    with secret_service(tmp_path / "keyring-home", bus):
        await SecretStore().save("lakeside", FULL)
    assert (await trouble_of(SecretStore())).kind == "missing"


async def test_without_a_bus_the_keyring_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await trouble_of(SecretStore())).kind == "missing"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.SecretService.Keyring")
    forget_keyring()
    assert (await trouble_of(SecretStore())).kind == "missing"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "no.such.module.Keyring")
    forget_keyring()
    with pytest.raises(KeyringTrouble, match="no usable keyring"):
        await SecretStore().backend_name()


async def test_a_keyring_that_comes_up_later_is_found(
    bus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    forget_keyring()
    assert (await trouble_of(SecretStore())).kind == "missing"
    with secret_service(tmp_path / "keyring-home", bus):
        await SecretStore().save("lakeside", FULL)
        assert await SecretStore().load("lakeside") == FULL


class ShelfKeyring(KeyringBackend):
    """A backend in memory whose faults are set by its fields; what other programs plug into keyring."""

    # Below every other, so that nothing finds it by itself.
    priority: ClassVar[Any] = -1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.forgets = False
        self.error: Exception | None = None
        self.writing = threading.Event()
        self.may_write = threading.Event()
        self.may_write.set()
        self.taken_back = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        if self.error:
            raise self.error
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.writing.set()
        self.may_write.wait(20)
        if not self.forgets:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]
        self.taken_back.set()


@pytest.fixture
def shelf() -> ShelfKeyring:
    backend = ShelfKeyring()
    keyring.set_keyring(backend)
    return backend


async def test_what_is_not_kept_is_told(shelf: ShelfKeyring) -> None:
    shelf.forgets = True
    assert (await trouble_of(SecretStore())).kind == "not-kept"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (RuntimeError(f"could not store {CANARY}"), "failed"),
        (FileNotFoundError("bus died"), "missing"),
        (TimeoutError(), "hanging"),
        (ConnectionResetError(), "missing"),
    ],
)
async def test_errors_of_a_backend_become_words(shelf: ShelfKeyring, error: Exception, kind: Kind) -> None:
    shelf.error = error
    assert (await trouble_of(SecretStore())).kind == kind


async def test_a_write_that_is_too_late_is_taken_back(shelf: ShelfKeyring) -> None:
    shelf.may_write.clear()
    saving = asyncio.create_task(SecretStore().save("lakeside", FULL))
    await asyncio.to_thread(shelf.writing.wait, 20)
    saving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await saving
    shelf.may_write.set()
    assert await asyncio.to_thread(shelf.taken_back.wait, 20)
    assert shelf.kept == {}


async def test_the_name_of_another_backend_is_shown(shelf: ShelfKeyring) -> None:
    assert shelf.kept == {}
    assert "ShelfKeyring" in await SecretStore().backend_name()


class PlaintextKeyring(ShelfKeyring):
    """Keeps everything where anybody can read it."""


@pytest.mark.parametrize("backend", [null.Keyring(), fail.Keyring(), PlaintextKeyring()])
async def test_backends_that_keep_nothing_or_a_plain_file_are_refused(backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)
    assert (await trouble_of(SecretStore())).kind == "missing"


async def test_backends_of_the_plain_file_package_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("keyrings.alt.file")
    monkeypatch.setitem(sys.modules, "keyrings.alt.file", module)
    made = type("EncryptedKeyring", (ShelfKeyring,), {"__module__": "keyrings.alt.file"})
    keyring.set_keyring(made())
    assert (await trouble_of(SecretStore())).kind == "missing"


async def test_a_chain_is_used_without_its_plain_file(monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = ShelfKeyring(), PlaintextKeyring()
    monkeypatch.setattr(ChainerBackend, "backends", [bad, good])
    keyring.set_keyring(ChainerBackend())
    await SecretStore().save("lakeside", FULL)
    assert (len(good.kept), len(bad.kept)) == (3, 0)


async def test_windows_refuses_what_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = ShelfKeyring()
    for name in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(WinVaultKeyring, name, getattr(shelf, name))
    keyring.set_keyring(WinVaultKeyring())
    store = SecretStore()
    with pytest.raises(KeyringTrouble) as caught:
        await store.save("lakeside", Credentials(Secret("x" * 1281)))
    assert caught.value.kind == "too-long"
    await store.save("Lakeside", Credentials(Secret("upper")))
    await store.save("lakeside", Credentials(Secret("lower")))
    assert len({entry.casefold() for _, entry in shelf.kept}) == 2
    assert await store.backend_name() == "Windows Credential Manager"


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("kind", ["missing", "locked", "hanging", "not-kept", "too-long", "failed"])
def test_every_trouble_has_words_and_a_way_on(kind: Kind, platform: str) -> None:
    trouble = KeyringTrouble(kind)
    assert trouble.sentence.endswith(".")
    assert advice_for(kind, platform).endswith("memory until you quit.")
