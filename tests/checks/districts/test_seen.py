"""What is held of a row beside its verdict: a wrong claim does not hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from .district import District, data_says
from .replies import bare
from .row import Row, fails
from .seen import Seen, shows
from .shapes import CAMPUS

FORBIDDEN = Seen(
    Row("403 everywhere", District(CAMPUS).where(data_says(bare(403))), fails("access.forbidden"))
)


@pytest.mark.parametrize(
    "claim",
    [
        {"never": ("access.forbidden",)},
        {"unproved": ("access.data",)},
        {"unproved": ("token.issue",)},
        {"named": ("access.blocked",)},
        {"first_step": "no step says so"},
    ],
)
async def test_a_wrong_claim_does_not_hold(claim: dict[str, tuple[str, ...] | str], tmp_path: Path) -> None:
    await shows(FORBIDDEN, tmp_path)
    with pytest.raises(AssertionError, match="403 everywhere"):
        await shows(replace(FORBIDDEN, **claim), tmp_path)  # type: ignore[arg-type]


async def test_a_right_claim_holds(tmp_path: Path) -> None:
    seen = replace(
        FORBIDDEN, never=("access.blocked",), unproved=("query.sort",), named=("access.forbidden",)
    )
    await shows(seen, tmp_path)
