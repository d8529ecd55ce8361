"""Where a redirect leads, as it may be shown."""

from __future__ import annotations

from urllib.parse import urlsplit

# Parts of an address that name a place of a program and no person.
PLAIN_SEGMENTS = frozenset(
    """login logon signin sign-in log-in sso saml idp adfs oauth oauth2 token authorize auth campus api ims oneroster
    rostering gradebook resources v1p1 v1p2 orgs portal home index.html default.aspx login.aspx login.jsp""".split()
)


def shown_target(url: str) -> str:
    """Where a redirect leads, as it may be shown: the host whole, of the path what names no person."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "an address that cannot be read"
    host = parts.netloc.rpartition("@")[2]
    segments = [word if word.lower() in PLAIN_SEGMENTS else "…" for word in parts.path.split("/") if word]
    start = f"{parts.scheme}://{host}" if host else f"{parts.scheme}:" if parts.scheme else ""
    return "/".join([start, *segments])
