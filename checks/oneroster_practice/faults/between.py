"""Something in front of the student information system answers, or it has a reason of its own to refuse."""

from __future__ import annotations

from ..exchange import html_response, json_response
from ..fault import DataRules, Fault, Problem, TokenRules

_FIREWALL = html_response(
    403,
    "Request blocked",
    "<h1>Request blocked</h1><p>Your address is not on the list of allowed addresses.</p>",
    ("Server", "practice-firewall"),
)
_GATEWAY = json_response(
    401,
    {"message": "No API key found in request"},
    ("Server", "practice-gateway"),
    ("WWW-Authenticate", 'Key realm="practice-gateway"'),
)
_LICENSE = json_response(400, {"success": False, "message": "This district is not set up for OneRoster."})

FAULTS = (
    Fault(
        problem=Problem("access.blocked", "A firewall in front of the server refuses data requests", oauth=2),
        data=DataRules(before_authorization=lambda request, site: _FIREWALL),
    ),
    Fault(
        problem=Problem("access.gateway-key", "A gateway in front of the server asks for a key of its own"),
        data=DataRules(before_authorization=lambda request, site: _GATEWAY),
    ),
    Fault(
        problem=Problem(
            "access.error-answer", "Every data request is answered with an error of the application"
        ),
        data=DataRules(after_authorization=lambda request, site, number: _LICENSE),
    ),
    Fault(
        problem=Problem("token.blocked", "A firewall in front of the server refuses token requests", oauth=2),
        token=TokenRules(before_checks=lambda request: _FIREWALL),
    ),
)
