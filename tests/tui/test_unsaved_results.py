"""Practice districts of results that nobody can open any more are closed; the others still answer."""

from __future__ import annotations

import socket
from pathlib import Path

from oneroster_checks.urls import place_of
from oneroster_wizard.app import WizardApp
from oneroster_wizard.practice_choice import PracticeChoice
from oneroster_wizard.steps import WizardStep

from .wizard_driver import Driver, driving


def answers(base_url: str) -> bool:
    place = place_of(base_url)
    try:
        socket.create_connection((place.host, place.port), timeout=5).close()
    except OSError:
        return False
    return True


async def opened(wizard: Driver) -> str:
    """Open another practice district, and give its address."""
    before = wizard.app.draft
    wizard.app.open_practice(PracticeChoice())
    await wizard.until(lambda: wizard.app.draft is not before)
    await wizard.step(WizardStep.VERSIONS)
    return wizard.app.draft.connection.base_url


async def test_a_district_without_a_result_is_closed_when_another_is_opened(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        first = await opened(wizard)
        second = await opened(wizard)
        await wizard.until(lambda: not answers(first))
        await wizard.whole_way()
        third = await opened(wizard)
        # The second has a result, whose checks can run again.
        assert answers(second)
        assert answers(third)
    assert not any(map(answers, (second, third)))
