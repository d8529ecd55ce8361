"""A token is issued, and no data call works."""

from __future__ import annotations

from ..errors import Errors
from ..exchange import Reply, html_reply, text_reply
from ..fault import DataRules, Fault, Problem

_LOGIN = (
    '<h1>Sign in</h1><form method="post" action="/campus/login">'
    '<input name="username"><input name="password" type="password"><button>Log in</button></form>'
)
_INVALID_TOKEN = 'Bearer realm="practice", error="invalid_token"'
_NOT_FOUND = html_reply(404, "Not found", "<h1>404</h1>")
_BROKEN = html_reply(500, "Error", "<h1>500</h1><p>Something went wrong.</p>")


def _granted(reply: Reply) -> DataRules:
    return DataRules(granted=lambda ask, site, call: reply)


def _refused(status: int, kind: str, words: str, *headers: tuple[str, str]) -> DataRules:
    return DataRules(
        granted=lambda ask, site, call: Errors(site.oneroster).reply(status, kind, words, *headers)
    )


FAULTS = (
    Fault(
        problem=Problem("access.token-rejected", "Every data call refuses the fresh token", oauth=2),
        data=_refused(
            401, "unauthorized", "The token is not accepted.", ("WWW-Authenticate", _INVALID_TOKEN)
        ),
    ),
    Fault(
        problem=Problem("access.forbidden", "Every data call is forbidden"),
        data=_refused(403, "forbidden", "This connection is not enabled."),
    ),
    Fault(
        problem=Problem("access.base-url-wrong", "There is no OneRoster at the base URL"),
        data=DataRules(first=lambda ask, site: _NOT_FOUND),
    ),
    Fault(
        problem=Problem("access.login-page", "Data calls answer with a login page"),
        data=_granted(html_reply(200, "Sign in", _LOGIN)),
    ),
    Fault(
        problem=Problem("access.not-json", "Data calls answer with plain text"),
        data=_granted(text_reply(200, "The service is running.")),
    ),
    Fault(
        problem=Problem("access.server-error", "Every data call ends in a server error"),
        data=_granted(_BROKEN),
    ),
    Fault(
        problem=Problem("access.throttled", "Every data call says: too many requests"),
        data=_refused(429, "server_busy", "Too many requests.", ("Retry-After", "1")),
    ),
)
