"""What stands between: the servers that name themselves, and the firewalls, filters and gateways in front of them.

The marks are those that the products publish or are known by; names, numbers and addresses are made up.
"""

from __future__ import annotations

from dataclasses import replace

from ...servers import Reply, Request, html_reply, json_reply, text_reply
from ...servers.reply import HTML
from .district import Change, Override, When, data_says, token_says


def named(product: str) -> Change:
    """The honest answer with the name of the product that gives it."""
    return lambda request, reply: reply.without("server").but(("Server", product))


def behind(product: str, *, data: str | None = None) -> tuple[Override, Override]:
    """Token endpoint and data name this product; the data another one where `data` is given."""
    return token_says(named(product)), data_says(named(data or product))


def once_let_in(answer: Reply) -> Change:
    """Said to whoever is let in, in place of the data; strangers are refused as ever."""
    return lambda request, reply: answer if reply.status == 200 else reply


def page(status: int, title: str, body: str, *headers: tuple[str, str]) -> Reply:
    """A web page with a title of its own."""
    text = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"
    return Reply(status, text.encode(), (HTML, *headers))


def with_query(request: Request) -> bool:
    """Whether a request has parameters."""
    return bool(request.query)


def large(rows: int) -> When:
    """Whether a request asks for more rows than this."""
    return lambda request: int(request.asks("limit") or 0) > rows


def moved(status: int, before: str, after: str) -> Change:
    """A redirect to the same address with one part of its path changed, the query kept."""

    def change(request: Request, reply: Reply) -> Reply:
        if before not in request.target or after in request.target:
            return reply
        return Reply(status, b"", (("Location", request.target.replace(before, after, 1)),))

    return change


def slashed(status: int = 301) -> Change:
    """A redirect of a path without a slash at its end to the same with one, as a path alone, the query kept."""

    def change(request: Request, reply: Reply) -> Reply:
        path, mark, query = request.target.partition("?")
        if path.endswith("/"):
            return reply
        return Reply(status, b"", (("Location", f"{path}/{mark}{query}"),))

    return change


def elsewhere(status: int, origin: str) -> Change:
    """A redirect to the same path and query of another origin."""
    return lambda request, reply: Reply(status, b"", (("Location", f"{origin}{request.target}"),))


def other_port(status: int) -> Change:
    """A redirect to the same host under another port."""
    return lambda request, reply: Reply(
        status,
        b"",
        (("Location", f"http://{request.headers['host'].partition(':')[0]}:8443{request.target}"),),
    )


def to_plain_http(status: int) -> Change:
    """A redirect from https to the same address under http."""
    return lambda request, reply: Reply(
        status, b"", (("Location", f"http://{request.headers['host']}{request.target}"),)
    )


# Firewalls and bot checks of content networks.
CLOUDFLARE_CHALLENGE = page(
    403, "Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript>",
    ("Server", "cloudflare"), ("CF-RAY", "84c1fd0b1a2b3c4d-ORD"), ("cf-mitigated", "challenge"),
)  # fmt: skip
CLOUDFLARE_BLOCK = page(
    403, "Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1><p>You are unable to access "
    "elm.example</p><p>Cloudflare Ray ID: 84c1fd0b1a2b3c4d</p>", ("Server", "cloudflare"),
    ("CF-RAY", "84c1fd0b1a2b3c4d-ORD"),
)  # fmt: skip
CLOUDFLARE_OLD_CHALLENGE = page(
    503, "Please Wait... | Cloudflare", '<form id="challenge-form" action="/?__cf_chl_f_tk=x"></form>',
    ("Server", "cloudflare"), ("cf-mitigated", "challenge"), ("Retry-After", "0"),
)  # fmt: skip
AKAMAI = page(
    403, "Access Denied", "<H1>Access Denied</H1>You don't have permission to access this on this server.<P>"
    "Reference&#32;&#35;18&#46;2d3a1602&#46;1700000000&#46;1a2b3c4d", ("Server", "AkamaiGHost"),
)  # fmt: skip
IMPERVA = page(
    403, "", '<iframe src="/_Incapsula_Resource?CWUDNSAI=23&incident_id=123-456">Request unsuccessful. Incapsula '
    "incident ID: 123000440-456</iframe>", ("X-Iinfo", "9-1234-1236 NNNN"), ("X-CDN", "Imperva"),
)  # fmt: skip
IMPERVA_AS_200 = replace(IMPERVA, status=200)
AWS_WAF_PAGE = page(403, "403 Forbidden", "<center><h1>403 Forbidden</h1></center>", ("Server", "awselb/2.0"))
AWS_WAF_CAPTCHA = page(
    405, "Human Verification", "<script>AwsWafIntegration.saveReferrer()</script>",
    ("Server", "CloudFront"), ("x-amzn-waf-action", "captcha"),
)  # fmt: skip
AWS_WAF_CHALLENGE = Reply(202, b"", (("x-amzn-waf-action", "challenge"), ("Server", "awselb/2.0")))
AZURE_FRONT_DOOR = page(
    403, "The request is blocked", "<h2>The request is blocked.</h2>0ABCD==", ("X-Azure-Ref", "0ABCD==")
)
F5_AS_200 = html_reply(
    200, "The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: "
    "1234567890123456789<br><a href='javascript:history.back();'>[Go Back]</a>",
)  # fmt: skip

# Filters of a network, between this computer and the district.
PALO_ALTO = page(
    503, "Web Page Blocked", "<h1>Web Page Blocked</h1><p>Access to the web page you were trying to visit has been "
    "blocked in accordance with company policy.</p><b>Category:</b> unknown", ("Retry-After", "0"),
)  # fmt: skip
FORTINET = page(
    403,
    "Web Filter Violation",
    "<h1>FortiGuard Intrusion Prevention - Access Blocked</h1><p>Web Page Blocked</p>",
)
ZSCALER = page(
    403, "Internet Security by Zscaler", "<p>Sorry, you don't have permission to visit this site.</p>",
    ("Server", "Zscaler/6.2"),
)  # fmt: skip
LIGHTSPEED = page(
    200, "Access Denied", "<h1>Lightspeed Filter</h1><p>This site has been blocked by your school's policy.</p>",
    ("Server", "Lightspeed Systems"),
)  # fmt: skip

# Lists of allowed addresses.
NOT_ON_THE_LIST = text_reply(403, "Your IP address 203.0.113.7 is not allowed.", ("Server", "HAProxy"))
NOT_ON_THE_LIST_JSON = json_reply(
    403, {"message": "Client address 198.51.100.23 is not in the list of allowed addresses"},
    ("Server", "openresty"),
)  # fmt: skip
NGINX_PAGE = page(
    403, "403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr>nginx", ("Server", "nginx")
)

# Gateways that want a key of their own.
AZURE_API_MANAGEMENT = json_reply(
    401, {"statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include "
    "subscription key when making requests to an API."},
    ("WWW-Authenticate", 'AzureApiManagementKey realm="https://api.elm.example",'
    'name="Ocp-Apim-Subscription-Key",type="header"'),
)  # fmt: skip
AZURE_INVALID_KEY = json_reply(
    401, {"statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a "
    "valid key for an active subscription."},
    ("WWW-Authenticate", 'AzureApiManagementKey realm="https://api.elm.example/rostering"'),
)  # fmt: skip
AWS_API_GATEWAY = json_reply(
    403, {"message": "Forbidden"}, ("x-amzn-RequestId", "1b2c3d4e"), ("x-amzn-ErrorType", "ForbiddenException"),
    ("x-amz-apigw-id", "AbCdEfGh="),
)  # fmt: skip
KONG = json_reply(
    401,
    {"message": "No API key found in request"},
    ("WWW-Authenticate", 'Key realm="kong"'),
    ("Server", "kong/3.4.2"),
)
KONG_RENAMED = json_reply(
    401, {"message": "No API key found in request", "request_id": "a1b2"}, ("Via", "kong/3.6.1")
)
APIGEE = json_reply(
    401, {"fault": {"faultstring": "Failed to resolve API Key variable request.queryparam.apikey",
    "detail": {"errorcode": "steps.oauth.v2.FailedToResolveAPIKey"}}},
)  # fmt: skip
APIGEE_INVALID = json_reply(
    401, {"fault": {"faultstring": "Invalid ApiKey", "detail": {"errorcode": "oauth.v2.InvalidApiKey"}}}
)
GOOGLE_ENDPOINTS = json_reply(
    401, {"code": 16, "message": "Method doesn't allow unregistered callers (callers without established identity). "
    "Please use API Key or other form of API consumer identity to call this API.", "details": []},
)  # fmt: skip
