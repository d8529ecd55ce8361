"""Runs of many connections, canceled while the history is busy: what has ended is kept all the same."""

from __future__ import annotations

import asyncio
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from oneroster_checks.diagnosis.many import Ended
from oneroster_practice import PracticeDistrict
from oneroster_wizard.fleet_live import FleetRuns
from oneroster_wizard.profile_secrets import ProfileSecrets
from oneroster_wizard.storage.kept_run import KeptRun
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore


class SlowToKeep(FleetRuns):
    """Runs of which none is kept before it may be, as when another program has the history for itself."""

    def __init__(self, store: ProfileStore, profiles: list[Profile]) -> None:
        super().__init__(store, profiles)
        self.is_keeping = threading.Event()
        self.may_keep = threading.Event()

    def _keep(self, ended: Ended, secrets: ProfileSecrets) -> KeptRun:
        self.is_keeping.set()
        assert self.may_keep.wait(60)
        return super()._keep(ended, secrets)


@pytest.mark.usefixtures("keyring_unlocked")
async def test_canceled_while_the_history_is_busy_all_that_has_ended_is_kept(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    with ExitStack() as districts:
        profiles = []
        for number in range(3):
            district = districts.enter_context(PracticeDistrict())
            profiles.append(Profile(f"District {number}", district.connection, {}, True))
            store.save(profiles[-1])
            await SecretStore().save(profiles[-1].name, district.credentials)
        runs = SlowToKeep(store, profiles)
        running = asyncio.create_task(runs.run())
        async with asyncio.timeout(60):
            # One of the three is being kept, and two wait behind it: without the first, the third may be under way.
            while not runs.is_keeping.is_set() or len(runs._ended) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0)
        runs.may_keep.set()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    async with asyncio.timeout(60):
        while runs.done < 3:  # noqa: ASYNC110
            await asyncio.sleep(0)
    assert {profile.name for profile in profiles} <= set(store.history.newest(1))
    assert not runs.trouble
