"""How long credentials last: for a provider whose OneRoster 1.1 credentials end after a year, and when."""

from __future__ import annotations

from datetime import date

from ..finding import FactDict
from .context import RunContext
from .model import known


def expire_yearly(run: RunContext) -> bool:
    """Whether the credentials of this connection end one year after they were created."""
    return run.connection.oneroster in run.provider.yearly_credentials


def expiry(created: date) -> date:
    """The day on which yearly credentials end (article and Infinite Campus help, A)."""
    try:
        return created.replace(year=created.year + 1)
    except ValueError:
        return date(created.year + 1, 3, 1)


def lifetime_facts(run: RunContext) -> FactDict:
    """What sentences need about the end of the credentials; nothing where they do not end."""
    if not expire_yearly(run):
        return {}
    created = run.connection.created
    return known(
        {
            "lifetime": "one year",
            "created": created.isoformat() if created else None,
            "expires": expiry(created).isoformat() if created else None,
        }
    )


def has_expired(run: RunContext) -> bool:
    """Whether the credentials are known to be a year old or more."""
    created = run.connection.created
    return expire_yearly(run) and created is not None and expiry(created) <= run.today
