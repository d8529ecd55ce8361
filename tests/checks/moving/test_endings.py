"""A comparison that is canceled, or whose disk is full, leaves nothing; and of one host nothing is asked at once."""

from __future__ import annotations

import asyncio
import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_checks.errors import InvalidConnection
from oneroster_checks.moving.migrating import migrate
from oneroster_checks.moving.model import MoveSide
from oneroster_checks.records import move_database
from oneroster_practice import PracticePair

from ...full_disk import full_disk
from ...servers.meddler import Meddler
from .pairs import compared, side, wrong


class OneHost(Meddler):
    """Both sides of a pair behind one address: the old one has the paths of OneRoster 1.1."""

    def __init__(self, old: Connection, new: Connection) -> None:
        super().__init__(new)
        self._new = self._behind
        self._old = Meddler(old)._behind

    def of(self, side: MoveSide) -> MoveSide:
        """A side as it is reached here."""
        address = self.connection.base_url.split("/campus")[0]
        changed = {
            name: re.sub(r"^http://[^/]*", address, value)
            for name in ("base_url", "token_url")
            if (value := str(getattr(side.connection, name)))
        }
        return replace(side, connection=side.connection.but(**changed))

    async def _ask(self, head: bytes, body: bytes) -> bytes:
        self._behind = self._old if b"/v1p1/" in head.split(b"\r\n")[0] else self._new
        return await super()._ask(head, body)


async def test_two_sides_at_one_host_never_ask_at_once() -> None:
    with PracticePair(oauth=1) as pair:
        async with OneHost(pair.old.connection, pair.new.connection) as host:
            moved = await migrate(host.of(side(pair.old)), host.of(side(pair.new)))
    assert wrong(moved) == {}
    assert host.most_at_once == 1
    assert len(host.heard) == moved.result.requests
    # Both are read side by side, and not one behind the other.
    versions = [
        "v1p1" in passing.path
        for passing in host.heard
        if "/users" in passing.path or "/orgs" in passing.path
    ]
    assert versions != sorted(versions)
    assert versions != sorted(versions, reverse=True)


@pytest.mark.parametrize("turns", range(0, 600, 60))
async def test_canceled_at_any_moment_it_leaves_nothing(turns: int) -> None:
    with PracticePair(size="medium") as pair:
        before, threads = asyncio.all_tasks(), threading.active_count()
        task = asyncio.create_task(compared(pair))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert asyncio.all_tasks() <= before
        assert threading.active_count() <= threads


@pytest.mark.parametrize("room", [0, 64, 256])
async def test_a_full_disk_gives_no_word_of_safety(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(move_database, "_SETTINGS", (*move_database._SETTINGS, "cache_size = 10"))
    with PracticePair(size="medium") as pair, full_disk(room * 1024):
        moved = await compared(pair)
    assert moved.result.verdict.cause == "migrate.not-read"
    assert "disk of this computer" in " ".join(each.summary for each in moved.result.findings)
    assert set(wrong(moved)) == {"migrate.not-read"}


async def test_nothing_of_it_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    with PracticePair(size="medium") as pair:
        await compared(pair)
    assert await asyncio.to_thread(lambda: list(tmp_path.iterdir())) == []


async def test_one_connection_is_no_move() -> None:
    with PracticePair() as pair, pytest.raises(InvalidConnection, match="two connections"):
        await migrate(side(pair.new, "one"), side(pair.new, "other"))
