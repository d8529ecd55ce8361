"""The Secret Service is asked in an order that gnome-keyring-daemon bears."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import keyring
import pytest
from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from keyring.backends import SecretService

from oneroster_checks.connection import Credentials, Secret
from oneroster_wizard.storage.keyring_choice import chosen_keyring
from oneroster_wizard.storage.secret_service import PatientSecretService
from oneroster_wizard.storage.secrets import SecretStore

from ..conftest import forget_keyring
from ..secret_service import NAME

FULL = Credentials(Secret("secret-1"), Secret("key-2"), Secret("secret-3"))
_MONITORING = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.Monitoring")
_END = "the.end.of.the.test"


@contextmanager
def overheard(address: str) -> Generator[Callable[[], list[list[str]]]]:
    """Who asks the Secret Service what; what it gives tells the questions of each connection, in their order."""
    with open_dbus_connection(address) as monitor:
        monitor.send_and_get_reply(new_method_call(_MONITORING, "BecomeMonitor", "asu", ([], 0)))

        def questions() -> list[list[str]]:
            with open_dbus_connection(address) as last:
                last.send_and_get_reply(message_bus.NameHasOwner(_END))
            asked: dict[Any, list[str]] = {}
            while True:
                heard: Message = monitor.receive(timeout=20)
                if heard.header.message_type != MessageType.method_call:
                    continue
                fields = heard.header.fields
                if heard.body == (_END,):
                    return list(asked.values())
                if fields.get(HeaderFields.destination) == NAME:
                    asked.setdefault(fields[HeaderFields.sender], []).append(fields[HeaderFields.member])

        yield questions


async def test_no_connection_begins_with_a_question_that_ends_the_daemon(keyring_unlocked: str) -> None:
    with overheard(keyring_unlocked) as questions:
        store = SecretStore()
        await store.save("lakeside", FULL)
        assert await store.load("lakeside") == FULL
        await store.rename("lakeside", "cedar")
        await store.delete("cedar")
        assert await store.backend_name() == "GNOME Keyring / Secret Service"
        each = questions()
    # An alias is a plain call: asked too early, the answer is "none", and no property is read for it.
    assert {first for first, *_ in each} == {"ReadAlias"}
    assert len(each) > 4
    assert all("Get" in others for _, *others in each)


@pytest.mark.usefixtures("keyring_unlocked")
def test_the_settings_of_the_library_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYRING_PROPERTY_PREFERRED_COLLECTION", "/org/freedesktop/secrets/collection/session")
    monkeypatch.setenv("KEYRING_PROPERTY_APPID", "somebody")
    forget_keyring()
    chosen = chosen_keyring()
    assert isinstance(chosen, PatientSecretService)
    assert chosen.appid == "somebody"
    collection = chosen.get_preferred_collection()
    try:
        assert collection.collection_path.endswith("/session")
    finally:
        collection.connection.close()


@pytest.mark.usefixtures("keyring_unlocked")
def test_the_library_does_not_find_it_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    forget_keyring()
    assert chosen_keyring().name == PatientSecretService().name  # type: ignore[no-untyped-call]
    assert type(keyring.get_keyring()) is SecretService.Keyring
