"""SSLKEYLOGFILE, by which other programs write the keys of their TLS connections into a file, has no effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import LoopServer, json_reply, reply
from ...servers import certificates as paper
from .sessions import session


async def test_no_keys_of_a_connection_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = tmp_path / "keys.log"
    monkeypatch.setenv("SSLKEYLOGFILE", str(keys))
    tls = paper.good(tmp_path)
    async with (
        LoopServer(lambda heard: json_reply(200, {"orgs": []}), tls=tls.context) as server,
        session(ca_file=tls.ca_file) as over,
    ):
        assert (await over.send("GET", f"{server.origin}/orgs")).status == 200
    assert not keys.exists()


async def test_nor_those_of_a_connection_to_a_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = tmp_path / "keys.log"
    monkeypatch.setenv("SSLKEYLOGFILE", str(keys))
    tls = paper.good(tmp_path)
    async with (
        LoopServer(lambda heard: reply(502), tls=tls.context) as proxy,
        session(ca_file=tls.ca_file, https_proxy=f"https://127.0.0.1:{proxy.port}") as over,
    ):
        answer = await over.send("GET", "https://d.test/orgs")
        # Its certificate is verified as every other one, with the authorities of the user.
        assert [heard.method for heard in proxy.heard] == ["CONNECT"]
        assert answer.failure is not None
    assert not keys.exists()
