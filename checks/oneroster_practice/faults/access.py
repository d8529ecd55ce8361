"""A token is issued, but no data request works."""

from __future__ import annotations

from functools import cache

from oneroster_checks.connection import Connection, Credentials

from ..errors import ErrorResponses
from ..exchange import Request, Response, html_response, json_response, text_response
from ..fault import DataRules, Fault, HandedOut, Problem
from ..site import Site

_LOGIN = (
    '<h1>Sign in</h1><form method="post" action="/campus/login">'
    '<input name="username"><input name="password" type="password"><button>Log in</button></form>'
)
_INVALID_TOKEN = 'Bearer realm="practice", error="invalid_token"'
_NOT_FOUND = html_response(404, "Not found", "<h1>404</h1>")
_BROKEN = html_response(500, "Error", "<h1>500</h1><p>Something went wrong.</p>")


def _instead(response: Response) -> DataRules:
    return DataRules(after_authorization=lambda request, site, number: response)


def _refused(status: int, code: str, words: str, *headers: tuple[str, str]) -> DataRules:
    return DataRules(
        after_authorization=lambda request, site, number: ErrorResponses(site.oneroster).response(
            status, code, words, *headers
        )
    )


# Where the data was before it moved.
_BEFORE = "/before"


def _old_base(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(
        base_url=connection.base_url.replace(site.origin, f"{site.origin}{_BEFORE}")
    ), credentials


def _moved(request: Request, site: Site) -> Response | None:
    if not request.path.startswith(f"{_BEFORE}/"):
        return None
    return Response(308, headers=(("Location", request.url.replace(f"{_BEFORE}/", "/", 1)),))


def _enrollments_break(request: Request, site: Site, number: int) -> Response | None:
    return _BROKEN if request.path.endswith("/enrollments") else None


@cache
def _one_long_text() -> Response:
    return json_response(200, {"export": "x" * 20_000_000})


FAULTS = (
    Fault(
        problem=Problem(
            "access.token-rejected", "Every data request is refused, even with a new token", oauth=2
        ),
        data=_refused(
            401, "unauthorized", "The token is not accepted.", ("WWW-Authenticate", _INVALID_TOKEN)
        ),
    ),
    Fault(
        problem=Problem("access.forbidden", "Every data request is answered with 403 Forbidden"),
        data=_refused(403, "forbidden", "This connection is not enabled."),
    ),
    Fault(
        problem=Problem("access.base-url-wrong", "There is no OneRoster service at the base URL"),
        data=DataRules(before_authorization=lambda request, site: _NOT_FOUND),
    ),
    Fault(
        problem=Problem("access.login-page", "Data requests are answered with a login page"),
        data=_instead(html_response(200, "Sign in", _LOGIN)),
    ),
    Fault(
        problem=Problem("access.redirected", "Data requests are redirected to another path"),
        hand_out=_old_base,
        data=DataRules(before_authorization=_moved),
    ),
    Fault(
        problem=Problem("access.not-json", "Data requests are answered with plain text"),
        data=_instead(text_response(200, "The service is running.")),
    ),
    Fault(
        problem=Problem(
            "access.answer-too-large", "Data requests are answered with one text of twenty million characters"
        ),
        data=DataRules(after_authorization=lambda request, site, number: _one_long_text()),
    ),
    Fault(
        problem=Problem(
            "access.server-error", "Every data request is answered with 500 Internal Server Error"
        ),
        data=_instead(_BROKEN),
    ),
    Fault(
        problem=Problem(
            "access.part-broken", "Requests for enrollments are answered with 500, and everything else works"
        ),
        data=DataRules(after_authorization=_enrollments_break),
    ),
    Fault(
        problem=Problem("access.throttled", "Every data request is answered with 429 Too Many Requests"),
        data=_refused(429, "server_busy", "Too many requests.", ("Retry-After", "1")),
    ),
)
