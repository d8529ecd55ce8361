"""Programs that change the same saved profiles at once: none crashes, none undoes the work of another."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard.storage import locks
from oneroster_wizard.storage.profiles import Profile, ProfileError, ProfileStore

from ..cli.command import ROOT, environment

PROGRAMS, CHANGES = 3, 80
CONNECTION = Connection(base_url="https://lakeside.example/ims/oneroster")


def test_programs_side_by_side_lose_nothing(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    store.save(Profile("bystander", CONNECTION))
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.killed_writers", "busy", str(tmp_path), str(CHANGES)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment(),
        )
        for _ in range(PROGRAMS)
    ]  # fmt: skip
    ended = [(program.communicate(timeout=100), program.returncode) for program in running]
    assert all(code == 0 for _, code in ended), [complaints for (_, complaints), _ in ended]
    profiles, broken = store.list()
    assert broken == []
    assert not [name for name in os.listdir(tmp_path) if name.endswith(".tmp")]
    kept = {profile.name: profile.connection for profile in profiles}
    assert kept["bystander"] == CONNECTION
    for (told, _), _ in ended:
        program = json.loads(told)
        assert kept[program["name"]].client_id == program["own"]
        assert program["moved"]


def test_one_that_does_not_let_go_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "LOCK_S", 0.05)
    store = ProfileStore(tmp_path)
    store.save(Profile("lakeside", CONNECTION))
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        with pytest.raises(
            ProfileError, match="Nothing was changed: another program is changing the profiles"
        ):
            store.delete("lakeside")
        assert store.load("lakeside").connection == CONNECTION
    finally:
        os.close(handle)
    store.delete("lakeside")
    assert store.list() == ([], [])
