"""Collections that are made to break whoever reads them: the run ends with findings, and nobody is named."""

from __future__ import annotations

import pytest

from oneroster_checks import limits
from oneroster_checks.events import RunFinished
from oneroster_checks.finding import Status
from oneroster_checks.records.database import RecordDatabase
from oneroster_checks.report import FORMATS, render
from oneroster_checks.stages.model import Depth

from ...hostile_collections import FIRST_NAME, LAST_NAME, PAGES, serves
from ...servers import LoopServer
from ..engine import campus, secrets
from ..engine import events as events_of


@pytest.mark.parametrize("version", ["1.2", "1.1"])
@pytest.mark.parametrize("name", PAGES)
async def test_the_run_ends_with_findings_and_names_nobody(
    name: str, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WAITS_FOR_A_PAGE_S", (0.01,))
    kept: list[str] = []
    close = RecordDatabase.close

    def closing(self: RecordDatabase) -> None:
        # It was told to end, and is asked once more.
        self._is_ended = False
        kept.extend(map(repr, self._db.iterdump()))
        close(self)

    monkeypatch.setattr(RecordDatabase, "close", closing)
    async with LoopServer(serves(name, PAGES[name])) as server:
        connection = campus(server.origin).but(oneroster=version, timeout=5.0)
        connection = connection.but(
            base_url=connection.base_url.replace("v1p2", f"v{version.replace('.', 'p')}")
        )
        events = await events_of(connection, secrets(), depth=Depth.FULL)
    last = events[-1]
    assert isinstance(last, RunFinished)
    states = [
        (each.finding.check, dict(each.finding.facts))
        for each in last.result.findings
        if each.finding.status is Status.ERROR
    ]
    assert states == []
    assert server.most_at_once == 1
    said = "\n".join([*(render([last.result], form) for form in FORMATS), *map(repr, events)]).lower()
    for word in (FIRST_NAME, LAST_NAME):
        assert word.lower() not in said
        # The database has the ids as they came, and nothing else of anybody.
        assert name == "ids that are names" or not [row for row in kept if word.lower() in row.lower()]
    # Nothing is read of what is no JSON.
    assert kept or last.result.verdict.cause == "access.not-json"
