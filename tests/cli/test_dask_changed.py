"""`check --all --dask` while a profile is changed: no worker looks for a secret that may not go where it led."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_checks.connection import Credentials, Secret
from oneroster_wizard.commands.cluster_runs import run_on_cluster
from oneroster_wizard.fleet_run import quick_job
from oneroster_wizard.profile_secrets import ProfileSecrets
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore

from ..dask_cluster import DaskCluster
from ..recorder import recorder


@pytest.mark.usefixtures("keyring_unlocked")
async def test_a_job_of_a_changed_profile_never_reaches_a_worker(tmp_path: Path) -> None:
    store = ProfileStore()
    with DaskCluster(tmp_path, more={"ONEROSTER_CLIENT_SECRET__ELM": "secret-of-the-worker"}) as cluster:
        async with recorder() as (old, led), recorder() as (other, leads):
            for name, connection in (("elm", led), ("oak", leads)):
                store.save(Profile(name, connection, {}, True))
                await SecretStore().save(name, Credentials(Secret(f"secret-of-{name}")))
            profiles, _ = store.list()
            secrets = ProfileSecrets(profiles, Credentials())
            jobs = [quick_job(profile, secrets) for profile in profiles]
            store.save(replace(profiles[0], connection=leads))
            async with aclosing(run_on_cluster(jobs, cluster.url)) as every:
                causes = {each.result.profile: each.result.verdict.cause async for each in every}
            assert len(old.heard) == 0
            assert len(other.heard) > 0
    assert causes["elm"] == "tool.profile-changed"
    assert causes["oak"] != "tool.profile-changed"
