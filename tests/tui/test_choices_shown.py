"""A version that an answer of the server showed to be the right choice is chosen by the next move."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.connection import Credentials
from oneroster_wizard.draft import Draft
from oneroster_wizard.next_moves import next_moves
from oneroster_wizard.run_log import RunLog
from tests.checks.districts.district import District
from tests.checks.districts.row import Row, Typed, fails, run
from tests.checks.districts.shapes import GENERIC_OAUTH_1
from tests.checks.districts.test_table import ROWS

SIGNED = Row(
    "OAuth 2 chosen, and only signed requests are let in",
    District(GENERIC_OAUTH_1),
    fails("address.unsupported-combination"),
    Typed(oauth=2, token="{origin}/oauth/token"),
)


@pytest.mark.parametrize(
    ("name", "texts", "sentence"),
    [
        (
            "OAuth 1 chosen, the server takes Basic or Bearer",
            {"oauth": "2"},
            "OAuth 2 is chosen now, because the server asks for it.",
        ),
        (
            SIGNED.name,
            {"oauth": "1"},
            "OAuth 1 is chosen now, because the server returned data for it.",
        ),
        (
            "1.1 chosen, a server of 1.2: a description of the service",
            {"oneroster": "1.2"},
            "OneRoster 1.2 is chosen now, because the server returned data for it.",
        ),
    ],
)
async def test_the_choice_is_made(name: str, texts: dict[str, str], sentence: str, tmp_path: Path) -> None:
    row = next(row for row in (*ROWS, SIGNED) if row.name == name)
    result, _ = await run(row, tmp_path)
    log = RunLog(result.connection, Credentials(), result=result)
    move = next_moves(Draft(connection=result.connection, log=log)).field
    assert move is not None
    assert (dict(move.texts), move.sentence) == (texts, sentence)
