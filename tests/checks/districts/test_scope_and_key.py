"""What a refused scope says of the key: a made-up secret shows in which order a server judges."""

from __future__ import annotations

from pathlib import Path

from oneroster_checks.finding import Status
from oneroster_practice import PracticeDistrict

from ..engine import outcome
from .district import District, token_says
from .replies import oauth_says
from .row import Row, fails, run
from .shapes import GENERIC


async def test_a_refused_scope_proves_the_key_only_where_the_client_is_judged_first(tmp_path: Path) -> None:
    """A made-up secret shows in which order a server judges, and nothing is claimed where it does not."""
    first = token_says(oauth_says(400, "invalid_scope"))
    result, _ = await run(Row("", District(GENERIC).where(first), fails("token.invalid-scope")), tmp_path)
    assert result.verdict.cause == "token.invalid-scope"
    assert "key and secret are right" not in result.verdict.summary
    with PracticeDistrict("token.invalid-scope") as district:
        result = await outcome(district.connection, district.credentials)
    assert "the key and secret are right" in result.verdict.summary
    assert result.requests <= 9
    row = next(item for item in result.checklist if item.item == "credentials-correct")
    assert row.status is Status.PASS
