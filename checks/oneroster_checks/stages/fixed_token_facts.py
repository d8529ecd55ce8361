"""What a refusal means where the token is fixed: is it the token, or may it be the address."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit
from uuid import uuid4

from ..limits import PAGE_ROWS
from .context import RunContext
from .model import Outcome, known


async def with_fixed_token(run: RunContext, outcome: Outcome) -> Outcome:
    """The outcome of refused data requests, with what is known of a fixed token; as it is without one.

    Where every request was 401, one more asks for a path that cannot exist beside the base URL. A server that
    says that nothing is there knows its paths, so the base URL exists and the token is what is refused; one that
    refuses there too has shown nothing about the base URL.
    """
    if not run.connection.fixed_token:
        return outcome
    facts = {**outcome.facts, "fixed_token": True}
    if outcome.cause != "access.token-rejected":
        return replace(outcome, facts=facts)
    from ..client.reading import Kind

    root = urlsplit(run.data.roots["rostering"])
    # Beside the last part of the path, and on the same host even where there is no path.
    nowhere = root._replace(path=f"{root.path.rpartition('/')[0]}/{uuid4().hex}").geturl()
    other = await run.data.list(
        "/orgs", limit=PAGE_ROWS, root=nowhere, note="at an address that cannot exist"
    )
    found = other.kind is Kind.NOT_FOUND
    facts |= known(
        {
            "fields": ("client_secret",) if found else ("client_secret", "base_url"),
            "address_found": True if found else None,
            "address_unproven": None if found else True,
        }
    )
    return replace(outcome, facts=facts, evidence=(*outcome.evidence, other.evidence))
