"""Every kind of hostile server: each ends in a finding, and every report of it is safe to show."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from oneroster_checks.finding import Status
from oneroster_checks.report import FORMATS, MESSAGES, checklist_text, district_message, render, ticket
from tests.checks.engine import outcome

from .hostile_district import KINDS, hostile_server
from .hostile_texts import acting


@pytest.mark.parametrize("kind", KINDS)
async def test_no_report_of_a_hostile_server_acts_where_it_is_shown(kind: str) -> None:
    async with hostile_server(kind) as (_, draft):
        result = await outcome(draft.connection, draft.credentials)
    assert result.verdict.status in (Status.FAIL, Status.WARN)
    # The server's own text is there, so this shows something.
    assert "\x1b[31mZ" in "".join(each.server_date for each in result.trace)
    for form in (*FORMATS, *MESSAGES):
        assert acting(render([result], form)) == set(), form
    for text in (ticket(result), district_message(result), checklist_text(result, 80)):
        assert acting(text) == set()
    ElementTree.fromstring(render([result], "junit"))
    (run,) = json.loads(render([result], "json"))["runs"]
    assert any("\x1b[31mZ" in str(each["server_date"]) for each in _evidence(run))


def _evidence(run: dict[str, list[dict[str, list[dict[str, object]]]]]) -> list[dict[str, object]]:
    return [each for finding in run["findings"] for each in finding["evidence"]]
