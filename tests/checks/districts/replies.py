"""What servers have been seen to say, as replies with a name."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ...servers import Reply, html_reply, json_reply
from ...servers.reply import TEXT


def bare(status: int, *headers: tuple[str, str]) -> Reply:
    """A status and nothing else."""
    return Reply(status, b"", headers)


def one_space(status: int) -> Reply:
    """A body of one space, as one student information system writes its 404."""
    return Reply(status, b" ", (TEXT,))


def leads_to(status: int, location: str) -> Reply:
    """A redirect."""
    return Reply(status, b"", (("Location", location),))


def oauth_says(status: int, code: str, **more: str) -> Reply:
    """An error of RFC 6749."""
    return json_reply(status, {"error": code, **more})


def error_1_1(status: int, minor: str, *, major: str = "failure", severity: str = "error") -> Reply:
    """An error in the form of OneRoster 1.1."""
    entry = {
        "imsx_codeMajor": major,
        "imsx_severity": severity,
        "imsx_codeMinor": minor,
        "imsx_description": "The request was not followed.",
    }
    return json_reply(status, {"statusInfoSet": [entry]})


def error_1_2(status: int, minor: str, *, major: str = "failure", severity: str = "error") -> Reply:
    """An error in the form of OneRoster 1.2."""
    field = {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": minor}
    document = {
        "imsx_codeMajor": major,
        "imsx_severity": severity,
        "imsx_description": "The request was not followed.",
        "imsx_CodeMinor": {"imsx_codeMinorField": [field]},
    }
    return json_reply(status, document)


def problem_json(status: int, title: str) -> Reply:
    """An error in the form of RFC 9457, as .NET services write it."""
    document = {"type": "about:blank", "title": title, "status": status, "traceId": "00-84c1fd-01"}
    return Reply(status, json.dumps(document).encode(), (("Content-Type", "application/problem+json"),))


def spring_says(status: int, error: str, path: str = "/ims/oneroster") -> Reply:
    """An error as Spring Boot writes it."""
    return json_reply(
        status,
        {"timestamp": "2025-01-01T00:00:00.000+00:00", "status": status, "error": error, "path": path},
    )


def raw_says(head: str, body: bytes = b"") -> Reply:
    """Bytes as they are, and the connection ends behind them."""
    return Reply(raw=head.replace("\n", "\r\n").encode("latin-1") + body)


def token_of(document: Mapping[str, object]) -> Reply:
    """A 200 of a token URL with this JSON."""
    return json_reply(200, dict(document), ("Cache-Control", "no-store"))


CLOSED = Reply(closes=True)
RESET = Reply(resets=True)
SILENCE = Reply(raw=b"", stalls=True)
STACK_TRACE = html_reply(
    500,
    "<h1>HTTP Status 500</h1><pre>java.lang.NullPointerException\n\tat com.sis.oneroster.OrgServlet.doGet"
    "(OrgServlet.java:88)\n\tat javax.servlet.http.HttpServlet.service(HttpServlet.java:626)</pre>",
)
YELLOW_PAGE = html_reply(
    500, "<h1>Server Error in '/ims' Application.</h1><code>System.NullReferenceException</code>"
)
MAINTENANCE = html_reply(
    503, "<h1>Scheduled maintenance</h1><p>We will be back soon.</p>", ("Retry-After", "0")
)
MAINTENANCE_AS_200 = html_reply(200, "<h1>The system is down for maintenance tonight</h1>")
LOGIN_PAGE = html_reply(
    200, '<form action="/login"><input name="username"><input type="password" name="password"></form>'
)
TOO_MANY_AS_HTML = html_reply(429, "<h1>Too many requests</h1>", ("Retry-After", "0"))
NOT_FOUND_PAGE = html_reply(404, "<h1>404 Not Found</h1><hr><center>nginx</center>")
SERVICE_DESCRIPTION = json_reply(
    200,
    {"name": "SIS API", "version": "7.1", "links": [{"rel": "docs", "href": "/docs"}], "status": "running"},
)
NO_APP = html_reply(200, "<p>No Campus Application selected</p>")
