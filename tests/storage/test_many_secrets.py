"""Secrets of many profiles at once, as `check --all` fetches them: a keyring that was just found serves all of them."""

from __future__ import annotations

import asyncio
import contextlib

import keyring
import pytest
from keyring import backend, core

from oneroster_checks.connection import Credentials, Secret
from oneroster_wizard.storage.secrets import SecretStore

AT_ONCE, TIMES = 32, 10


@pytest.mark.usefixtures("keyring_unlocked")
async def test_the_keyring_is_found_once_for_all_who_ask_at_the_same_time() -> None:
    await SecretStore().save("lakeside", Credentials(Secret("a-secret-of-the-test")))
    for _ in range(TIMES):
        # As in a program that has just begun.
        core._keyring_backend = None
        with contextlib.suppress(KeyError):
            backend.get_all_keyring.reset()
        found = await asyncio.gather(
            *(SecretStore().load("lakeside") for _ in range(AT_ONCE)), return_exceptions=True
        )
        assert {repr(each) for each in found if isinstance(each, BaseException)} == set()
    assert keyring.get_keyring() is not None
