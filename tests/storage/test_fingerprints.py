"""Fingerprints of secrets, with a real Secret Service: a change is told, and nothing of a secret is written down."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import keyring
import pytest

from oneroster_checks.changes.model import DifferenceKind
from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_wizard.profile_secrets import ProfileSecrets, Unable
from oneroster_wizard.storage.fingerprints import Fingerprints
from oneroster_wizard.storage.history import History
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SERVICE, SecretStore

from ..cli.command import environment
from .runs import StandingClock, run_of

CANARY = "canary-client-secret-7f3a"
FULL = Credentials(Secret(CANARY), Secret("canary-vendor-key"), Secret("canary-vendor-secret"))


async def opened(folder: Path) -> Fingerprints:
    fingerprints = Fingerprints(folder)
    await fingerprints.open(SecretStore())
    return fingerprints


@pytest.mark.usefixtures("keyring_unlocked")
async def test_each_secret_has_one_by_its_field(tmp_path: Path) -> None:
    fingerprints = await opened(tmp_path)
    found = fingerprints.of(Credentials(Secret("same"), Secret("same")))
    assert sorted(found) == ["client_secret", "key", "vendor_key", "vendor_secret"]
    assert found["vendor_secret"] == ""
    assert found["client_secret"] != found["vendor_key"]
    assert all(len(each) == 64 for name, each in found.items() if each and name != "key")
    # Another program has the same ones.
    assert (await opened(tmp_path)).of(FULL) == fingerprints.of(FULL)
    key = keyring.get_password(SERVICE, "fingerprint-key")
    assert key is not None
    assert len(key) == 64
    assert key not in repr(vars(fingerprints))


@pytest.mark.usefixtures("keyring_unlocked")
async def test_a_mark_tells_one_key_from_another_and_nothing_of_it(tmp_path: Path) -> None:
    first = (await opened(tmp_path)).of(FULL)
    assert (await opened(tmp_path)).of(Credentials())["key"] == first["key"]
    key = keyring.get_password(SERVICE, "fingerprint-key")
    assert key is not None
    assert len(first["key"]) == 16
    assert first["key"] not in key
    # A keyring that was reset, or that of another computer.
    keyring.delete_password(SERVICE, "fingerprint-key")
    other = (await opened(tmp_path)).of(FULL)
    assert other["key"] != first["key"]
    assert other["client_secret"] != first["client_secret"]


async def test_without_a_keyring_there_are_none(tmp_path: Path) -> None:
    fingerprints = await opened(tmp_path)
    assert fingerprints.of(FULL) == {}


@pytest.mark.usefixtures("keyring_unlocked")
async def test_what_is_no_key_is_replaced(tmp_path: Path) -> None:
    keyring.set_password(SERVICE, "fingerprint-key", "not hexadecimal")
    assert len((await opened(tmp_path)).of(FULL)) == 4
    assert keyring.get_password(SERVICE, "fingerprint-key") != "not hexadecimal"


@pytest.mark.usefixtures("keyring_unlocked")
def test_programs_that_make_the_key_at_once_end_with_one(tmp_path: Path) -> None:
    code = f"""
import asyncio, sys
from pathlib import Path
from oneroster_checks.connection import Credentials, Secret
from oneroster_wizard.storage.fingerprints import Fingerprints
from oneroster_wizard.storage.secrets import SecretStore
fingerprints = Fingerprints(Path({str(tmp_path)!r}))
print("ready", flush=True)
sys.stdin.readline()
asyncio.run(fingerprints.open(SecretStore()))
print(fingerprints.of(Credentials(Secret("x")))["client_secret"])
"""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        for _ in range(3)
    ]
    for program in running:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in running:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    told = [program.communicate(timeout=60) for program in running]
    assert len({out for out, _ in told}) == 1
    assert len(told[0][0].strip()) == 64


@pytest.mark.usefixtures("keyring_unlocked")
async def test_a_changed_secret_is_told_and_none_is_in_the_file(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path, History(tmp_path / "history.sqlite3", StandingClock()))
    store.save(Profile("lakeside", Connection()))
    fingerprints = await opened(tmp_path)
    changed = Credentials(Secret("canary-another-secret"), FULL.vendor_key, FULL.vendor_secret)
    store.save_run("lakeside", run_of("lakeside", 2), fingerprints.of(FULL))
    result = store.save_run("lakeside", run_of("lakeside", 1, works=False), fingerprints.of(changed))
    before, now = store.history.snapshots("lakeside")
    assert before.secrets["client_secret"] != now.secrets["client_secret"]
    assert before.secrets["vendor_key"] == now.secrets["vendor_key"]
    assert b"canary" not in (tmp_path / "history.sqlite3").read_bytes()
    # What is packed in it, too.
    runs = store.history.runs("lakeside")
    said = repr([runs, before, now, *map(store.history.result, runs)])
    assert "canary" not in said
    assert result.changed is not None
    assert DifferenceKind.SECRET in {each.kind for each in result.changed.differences}


@pytest.mark.usefixtures("keyring_unlocked")
async def test_a_run_that_got_no_secret_says_nothing_of_any() -> None:
    profiles = [Profile("one", Connection(client_id="one")), Profile("two", Connection(client_id="two"))]
    # Only what is saved gets its secrets.
    for profile in profiles:
        ProfileStore().save(profile)
    await SecretStore().save("one", FULL)
    secrets = ProfileSecrets(profiles, Credentials())
    found, missing = [await secrets.of(profile) for profile in profiles]
    assert isinstance(found, Credentials)
    assert isinstance(missing, Unable)
    assert sorted(secrets.fingerprints(found)) == ["client_secret", "key", "vendor_key", "vendor_secret"]
    assert secrets.fingerprints(Credentials()) == {}
