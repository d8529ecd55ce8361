"""Servers of another version than the one that was chosen: how they show it, and how they ask for OAuth 2."""

from __future__ import annotations

from ...servers import Reply, Request
from .district import Change
from .row import MOST_FOR_ANYTHING, fails

# Here a few requests tell what was chosen wrongly; from an address that names a version it is told without any.
OTHER_ONEROSTER = fails("address.version-mismatch", most=MOST_FOR_ANYTHING)
OTHER_OAUTH = fails("address.unsupported-combination", most=MOST_FOR_ANYTHING)


def asks_for(*challenges: str) -> Change:
    """Whoever is refused is told with these challenges, a header each, how to ask."""

    def change(request: Request, reply: Reply) -> Reply:
        if reply.status != 401:
            return reply
        return reply.but(*(("WWW-Authenticate", text) for text in challenges))

    return change


def refused_as(answer: Reply) -> Change:
    """Whoever is refused is told this."""
    return lambda request, reply: answer if reply.status == 401 else reply
