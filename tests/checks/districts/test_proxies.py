"""Web servers and proxies that answer by themselves, and OAuth libraries, as they were seen in front of a district.

The pages are those of nginx, HAProxy, Apache and Varnish as they come without any setting of the page; tokens and
errors are those of widespread OAuth libraries.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import Reply, Request, html_reply, json_reply, text_reply
from ...servers.reply import HTML
from .district import Change, District, data_says, in_body, in_header, token_says
from .gateways import page
from .policies import CORE_12, Scopes
from .replies import bare, error_1_2, oauth_says
from .row import Row, Typed, fails, healthy, holds, ids, warns
from .shapes import CAMPUS, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1, POWERSCHOOL, SKYWARD

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)


def nginx(status: int, reason: str, *headers: tuple[str, str]) -> Reply:
    """A page that nginx writes itself; it names itself in every answer that it passes on, too."""
    body = (
        f"<html>\r\n<head><title>{status} {reason}</title></head>\r\n<body>\r\n<center><h1>{status} {reason}</h1>"
        "</center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n"
    )
    return Reply(status, body.encode(), (("Content-Type", "text/html"), ("Server", "nginx/1.22.1"), *headers))


def haproxy(status: int, reason: str, sentence: str, *headers: tuple[str, str]) -> Reply:
    """A page that HAProxy writes itself; it names itself nowhere."""
    body = f"<html><body><h1>{status} {reason}</h1>\n{sentence}\n</body></html>\n"
    return Reply(status, body.encode(), (("Content-Type", "text/html"), *headers))


def apache(status: int, reason: str, sentence: str, *headers: tuple[str, str]) -> Reply:
    """A page that Apache writes itself, with its signature."""
    body = (
        f"<h1>{reason}</h1><p>{sentence}</p><hr>\n"
        "<address>Apache/2.4.62 (Debian) Server at 127.0.0.1 Port 80</address>"
    )
    return page(status, f"{status} {reason}", body, ("Server", "Apache/2.4.62 (Debian)"), *headers)


def through(product: str) -> Change:
    """The honest answer, passed on by a proxy that names itself."""
    return lambda request, reply: reply.without("server").but(("Server", product))


def with_a_filter(request: Request) -> bool:
    """Whether a request has a filter."""
    return request.asks("filter") is not None


NGINX = through("nginx/1.22.1")
NGINX_403 = nginx(403, "Forbidden")
HAPROXY_403 = haproxy(403, "Forbidden", "Request forbidden by administrative rules.")
APACHE_403 = apache(403, "Forbidden", "You don't have permission to access this resource.")
BASIC = ("WWW-Authenticate", 'Basic realm="Restricted"')

REFUSED_BY_A_PROXY = (
    Row("data: nginx refuses by itself, and names itself in front of the token too", campus.where(token_says(NGINX),
        data_says(NGINX_403)), fails("access.blocked")),
    Row("data: HAProxy refuses by a rule, without a name", generic.where(data_says(HAPROXY_403)),
        fails("access.blocked")),
    Row("data: Apache refuses by itself, and serves the token too", older.where(token_says(through("Apache/2.4.62")),
        data_says(APACHE_403)), fails("access.blocked")),
    Row("data: nginx refuses a signed request by itself", District(GENERIC_OAUTH_1).where(data_says(NGINX_403)),
        fails("access.blocked")),
    Row("token: nginx refuses by itself, the data comes through it", campus.where(token_says(NGINX_403), data_says(
        NGINX)), fails("token.blocked")),
    Row("token: HAProxy refuses by a rule, without a name", generic.where(token_says(HAPROXY_403)),
        fails("token.blocked")),
    Row("everything: nginx refuses this program", older.where(token_says(NGINX_403), data_says(NGINX_403)),
        fails("token.blocked")),
    Row("one path: nginx refuses /enrollments by itself, and names itself everywhere", generic.where(token_says(NGINX),
        data_says(NGINX), data_says(NGINX_403, "enrollments")), fails("access.blocked")),
    Row("data: Apache refuses by itself, without its signature", older.where(token_says(through("Apache")), data_says(
        page(403, "403 Forbidden", "<p>You don't have permission to access this resource.</p>", ("Server", "Apache")))),
        fails("access.blocked")),
    Row("only with a filter: HAProxy refuses", generic.where(data_says(HAPROXY_403, when=with_a_filter)),
        warns("access.blocked")),
    Row("only with a filter: nginx refuses, in 1.1", older.where(token_says(NGINX), data_says(NGINX),
        data_says(NGINX_403, when=with_a_filter)), warns("access.blocked")),
)  # fmt: skip

NOT_ON_A_LIST = (
    Row("data: not on the list, as JSON without a Server header", generic.where(data_says(json_reply(403, {
        "message": "Your IP is not on the allow list"}))), fails("access.blocked")),
    Row("data: the source address is not permitted, as plain text", campus.where(data_says(text_reply(403,
        "Source IP address not permitted"))), fails("access.blocked")),
    Row("token: the client's address is not allowed, as JSON of a framework", older.where(token_says(json_reply(403, {
        "detail": "Client IP not allowed"}))), fails("token.blocked")),
    Row("token: not whitelisted", District(SKYWARD).where(token_says(json_reply(403, {"error": "Forbidden",
        "message": "IP not whitelisted"}))), fails("token.blocked")),
    Row("data: not authenticated, as JSON of a framework", generic.where(data_says(json_reply(403, {
        "detail": "Not authenticated"}))), fails("access.forbidden")),
    Row("data: forbidden in the standard's form, whatever its words", generic.where(data_says(error_1_2(403,
        "forbidden"))), fails("access.forbidden")),
    Row("token: access_denied whose words speak of an address", generic.where(token_says(oauth_says(403,
        "access_denied", error_description="The IP address is not allowed for this client"))),
        fails("token.unauthorized-client")),
)  # fmt: skip

LOGIN_IN_FRONT = (
    Row("data: nginx asks for a user name and password", campus.where(token_says(NGINX), data_says(nginx(401,
        "Authorization Required", BASIC))), fails("access.gateway-key")),
    Row("data: HAProxy asks for a user name and password", generic.where(data_says(haproxy(401, "Unauthorized",
        "You need a valid user and password to access this content.", BASIC))), fails("access.gateway-key")),
    Row("data: Apache asks for a user name and password", older.where(data_says(apache(401, "Unauthorized",
        "This server could not verify that you are authorized.", BASIC))), fails("access.gateway-key")),
    Row("data: a web server asks for a login of Windows", District(POWERSCHOOL).where(data_says(page(401,
        "401 - Unauthorized", "<h1>Server Error</h1>", ("WWW-Authenticate", "Negotiate, NTLM")))),
        fails("access.gateway-key")),
    Row("data: the application refuses the token with a challenge for Basic, as JSON", generic.where(data_says(
        json_reply(401, {"detail": "Not authenticated"}, ("WWW-Authenticate", "Basic")))),
        fails("access.token-rejected")),
    Row("data: the application refuses the token with a challenge for Basic, without a body", older.where(data_says(
        bare(401, BASIC))), fails("access.token-rejected")),
)  # fmt: skip

CERTIFICATE = page(
    400,
    "400 No required SSL certificate was sent",
    "<center><h1>400 Bad Request</h1></center>\n<center>"
    "No required SSL certificate was sent</center><hr><center>nginx/1.22.1</center>",
    ("Server", "nginx/1.22.1"),
)

PAGES = (
    Row("everything: nginx wants a client certificate", campus.where(token_says(CERTIFICATE), data_says(CERTIFICATE)),
        fails("tls.protocol")),
    Row("data: nginx wants a client certificate", generic.where(token_says(NGINX), data_says(CERTIFICATE)),
        fails("tls.protocol")),
    Row("data: an application of the browser answers every path", generic.where(data_says(Reply(200, b"<!doctype html>"
        b"<html><head><title>Portal</title></head><body><div id=root></div></body></html>", (HTML,)))),
        fails("access.login-page")),
    Row("data: 302 without an address, and the login as its body", campus.where(data_says(html_reply(302,
        "<form method=post><input name=user><input type=password></form>"))), fails("access.login-page")),
    Row("data: 301 without an address or a body", older.where(data_says(bare(301))), fails("access.redirected")),
    Row("data: nginx cannot reach the server behind it", generic.where(token_says(NGINX), data_says(nginx(502,
        "Bad Gateway"))), fails("access.server-error")),
    Row("token: nginx serves files, and takes no POST", older.where(token_says(nginx(405, "Not Allowed"))),
        fails("token.not-an-endpoint")),
    Row("token: nginx finds nothing", campus.where(token_says(nginx(404, "Not Found"))),
        fails("token.not-an-endpoint")),
    Row("data: nginx finds nothing", generic.where(data_says(nginx(404, "Not Found"))),
        fails("access.base-url-wrong")),
)  # fmt: skip


def scope_of(scope: str) -> Scopes:
    """A server that opens data to one scope, and whose clients may have another one only."""
    return Scopes(opens=frozenset({scope}), may_have=frozenset({"profile"}), tells="nothing", closed=bare(403, (
        "WWW-Authenticate", f'Bearer error="insufficient_scope", scope="{scope}"')))  # fmt: skip


def made_up_secret(refusal: Reply) -> Change:
    """A client that the server knows gets this; another secret is invalid_client."""
    return lambda request, reply: refusal if reply.status == 200 else oauth_says(401, "invalid_client")


LIBRARIES = (
    Row("the client may have no scope that opens data: insufficient_scope in the challenge", generic.where(
        scopes=scope_of(CORE_12)), fails("sharing.scope-missing")),
    Row("the client may have no scope that opens data: insufficient_scope in the body", generic.where(data_says(
        oauth_says(403, "insufficient_scope", error_description="The request requires higher privileges than provided "
        "by the access token."))), fails("sharing.scope-missing")),
    Row("the body is known, the header is not, and a scope is due", generic.where(
        token_says(text_reply(401, "Unauthorized"), when=in_header),
        token_says(lambda request, reply: reply if request.form.get("scope") else oauth_says(403, "invalid_grant"),
        when=in_body)), warns("token.body-only")),
    Row("the endpoint wants a token to look at: invalid_request for a good key, invalid_client for another",
        older.where(token_says(made_up_secret(oauth_says(400, "invalid_request", error_description="missing required "
        "parameter 'token'")))), fails("token.request-form")),
    Row("the client has no user: invalid_grant for a good key, invalid_client for another", generic.where(token_says(
        made_up_secret(oauth_says(400, "invalid_grant", error_description="Invalid grant: user credentials are "
        "invalid")))), fails("token.unauthorized-client")),
    Row("the same server, and the secret is wrong", generic.where(token_says(made_up_secret(oauth_says(400,
        "invalid_grant")))), fails("token.invalid-client"), Typed(secret="of-another-district")),
    Row("a page of 1.2 with a challenge for strangers of nginx", generic.where(data_says(lambda request, reply: nginx(
        401, "Authorization Required") if reply.status == 401 else reply)), healthy()),
)  # fmt: skip


@pytest.mark.parametrize(
    "row", [*REFUSED_BY_A_PROXY, *NOT_ON_A_LIST, *LOGIN_IN_FRONT, *PAGES, *LIBRARIES], ids=ids
)
async def test_proxies(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
