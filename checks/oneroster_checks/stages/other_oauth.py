"""Where OAuth 2 finds nothing: whether the server lets in requests that are signed by OAuth 1."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..limits import PAGE_ROWS
from .context import RunContext
from .expected import signed_first
from .model import DATA_CAME, Outcome, failed

if TYPE_CHECKING:
    from ..client.reading import Reading


async def signed_instead(run: RunContext) -> Outcome | None:
    """One signed request to the data; the finding that names OAuth 1 when it is let in, else None.

    Only OneRoster 1.1 knows OAuth 1, and it takes time for one more answer.
    """
    if run.connection.oneroster != "1.1" or run.is_late:
        return None
    reading = await _signed(run)
    if not reading.good:
        return None
    outcome = failed(
        "address.unsupported-combination", reading.evidence, field="oauth", suggestion="1",
        host=run.target.base_place.host, chosen="2", wanted="1", opened="data",
    )  # fmt: skip
    # Data came with this key and secret, signed.
    return replace(outcome, proves=DATA_CAME)


async def _signed(run: RunContext) -> Reading:
    from ..client.oauth1 import METHODS

    # The older method is the one that servers of OneRoster 1.1 have longest.
    method = METHODS[-1]
    return await run.data.list(
        signed_first(run.target),
        limit=PAGE_ROWS,
        authorizer=run.signer(method),
        note=f"signed with {method} (OAuth 1)",
    )
