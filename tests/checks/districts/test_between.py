"""Something stands in between: firewalls, filters and lists of allowed addresses that answer for the server."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import html_reply, json_reply
from . import gateways as seen
from .district import District, data_says, in_header, token_says
from .gateways import behind, once_let_in, with_query
from .replies import bare, error_1_1, error_1_2, oauth_says, problem_json
from .row import WITH_GRADES, Row, Typed, fails, healthy, holds, ids, passes
from .shapes import AERIES, CAMPUS, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1, POWERSCHOOL, SKYWARD

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)

BY_MARKS = (
    Row("data: a challenge of Cloudflare", generic.where(data_says(seen.CLOUDFLARE_CHALLENGE)),
        fails("access.blocked")),
    Row("data: a challenge of Cloudflare as 503", older.where(*behind("Microsoft-IIS/10.0"), data_says(
        seen.CLOUDFLARE_OLD_CHALLENGE)), fails("access.blocked")),
    Row("data: Akamai denies access", campus.where(*behind("Apache"), data_says(seen.AKAMAI)),
        fails("access.blocked")),
    Row("data: Imperva, 403", older.where(data_says(seen.IMPERVA)), fails("access.blocked")),
    Row("data: Imperva, 200 and a frame", generic.where(data_says(seen.IMPERVA_AS_200)), fails("access.blocked")),
    Row("data: AWS WAF wants a captcha, 405", generic.where(data_says(seen.AWS_WAF_CAPTCHA)),
        fails("access.blocked")),
    Row("data: AWS WAF wants a challenge, 202 without a body", older.where(data_says(seen.AWS_WAF_CHALLENGE)),
        fails("access.blocked")),
    Row("data: Azure Front Door blocks", District(SKYWARD).where(data_says(seen.AZURE_FRONT_DOOR)),
        fails("access.blocked")),
    Row("data: a rejected URL with a support id, as 200", campus.where(*behind("Apache-Coyote/1.1"), data_says(
        seen.F5_AS_200)), fails("access.blocked")),
    Row("data: the content filter of the vendor's network, 503", generic.where(data_says(seen.PALO_ALTO)),
        fails("access.blocked")),
    Row("data: a web filter violation", older.where(*behind("nginx"), data_says(seen.FORTINET)),
        fails("access.blocked")),
    Row("data: a proxy of the vendor's network that names itself", generic.where(*behind("Kestrel"), data_says(
        seen.ZSCALER)), fails("access.blocked")),
    Row("data: a school's own filter, as 200", District(POWERSCHOOL).where(*behind("Apache"), data_says(
        seen.LIGHTSPEED)), fails("access.blocked")),
)  # fmt: skip

BY_STRUCTURE = (
    Row("data: the balancer's own 403, the token came from another product", generic.where(*behind("Kestrel"),
        data_says(seen.AWS_WAF_PAGE)), fails("access.blocked")),
    Row("data: a web page of 403 by nginx, the token came from IIS", older.where(*behind("Microsoft-IIS/10.0"),
        data_says(seen.NGINX_PAGE)), fails("access.blocked")),
    Row("data: not on the list, in plain text by HAProxy, the token came from Tomcat", campus.where(
        *behind("Apache-Coyote/1.1"), data_says(seen.NOT_ON_THE_LIST)), fails("access.blocked")),
    Row("data: not on the list, as JSON by a gateway", older.where(*behind("Apache"), data_says(
        seen.NOT_ON_THE_LIST_JSON)), fails("access.blocked")),
    Row("data: a signed request, and a page of the firewall", District(GENERIC_OAUTH_1).where(data_says(
        seen.CLOUDFLARE_BLOCK)), fails("access.blocked")),
    Row("one path: /enrollments alone is denied by Akamai, the rest comes from Apache", generic.where(*behind(
        "Apache"), data_says(seen.AKAMAI, "enrollments")), fails("access.blocked")),
    Row("one path: /orgs alone meets a challenge, the rest comes from IIS", older.where(*behind(
        "Microsoft-IIS/8.5"), data_says(seen.CLOUDFLARE_CHALLENGE, "orgs")), fails("access.blocked")),
    Row("parameters: whatever has a limit is blocked", generic.where(*behind("Kestrel"), data_says(
        seen.CLOUDFLARE_BLOCK, when=with_query)), fails("access.blocked")),
    Row("parameters: whatever has a limit is blocked, in 1.1 by a page of nginx", older.where(*behind("Jetty(9.4)"),
        data_says(seen.NGINX_PAGE, when=with_query)), fails("access.blocked")),
)  # fmt: skip

AT_THE_TOKEN = (
    Row("token: a challenge of Cloudflare", campus.where(token_says(seen.CLOUDFLARE_CHALLENGE)),
        fails("token.blocked")),
    Row("token: Akamai denies access", generic.where(token_says(seen.AKAMAI)), fails("token.blocked")),
    Row("token: Imperva, 200 and a frame", older.where(token_says(seen.IMPERVA_AS_200)), fails("token.blocked")),
    Row("token: AWS WAF wants a captcha, 405", generic.where(token_says(seen.AWS_WAF_CAPTCHA)),
        fails("token.blocked")),
    Row("token: the content filter of the vendor's network, 503", District(SKYWARD).where(token_says(
        seen.PALO_ALTO)), fails("token.blocked")),
    Row("token: a proxy of the vendor's network that names itself", District(AERIES).where(token_says(seen.ZSCALER)),
        fails("token.blocked")),
    Row("token: a rejected URL with a support id, as 200", generic.where(token_says(seen.F5_AS_200)),
        fails("token.blocked")),
    Row("token and data: a web filter violation", older.where(token_says(seen.FORTINET), data_says(seen.FORTINET)),
        fails("token.blocked")),
    Row("token: not on the list, in plain text", campus.where(token_says(seen.NOT_ON_THE_LIST)),
        fails("token.blocked")),
)  # fmt: skip

NOT_IN_BETWEEN = (
    Row("403 in the standard's form, by the product that gave the token", generic.where(*behind("Kestrel"), data_says(
        error_1_2(403, "forbidden").but(("Server", "Kestrel")))), fails("access.forbidden")),
    Row("403 in the standard's form, by another product than the token's", older.where(*behind("Kestrel"), data_says(
        error_1_1(403, "forbidden").but(("Server", "Microsoft-IIS/10.0")))), fails("access.forbidden")),
    Row("403 as a web page, by the product that gave the token, once a token is there", campus.where(*behind("Apache"),
        data_says(once_let_in(html_reply(403, "<h1>Forbidden</h1>", ("Server", "Apache"))))),
        fails("access.forbidden")),
    Row("everything goes through Cloudflare, and the data is forbidden", generic.where(*behind("cloudflare"),
        data_says(problem_json(403, "Forbidden").but(("Server", "cloudflare"), ("CF-RAY", "84c1fd0b-ORD")))),
        fails("access.forbidden")),
    Row("everything goes through Cloudflare, and the secret is wrong", older.where(*behind("cloudflare")),
        fails("token.invalid-client"), Typed(secret="of-another-district")),
    Row("everything goes through Cloudflare, and the server behind it is down", generic.where(*behind("cloudflare"),
        data_says(seen.page(521, "elm.example | 521: Web server is down", "<p>Error code 521</p>", ("Server",
        "cloudflare"), ("CF-RAY", "84c1fd0b-ORD")))), fails("access.server-error")),
    Row("the balancer cannot reach the server: 502 of another product", older.where(*behind("Kestrel"), data_says(
        seen.page(502, "502 Bad Gateway", "<h1>502 Bad Gateway</h1>", ("Server", "awselb/2.0"), ("Retry-After",
        "0")))), fails("access.server-error")),
    Row("everything goes through Imperva, and the secret is wrong: a 401 without a code", older.where(token_says(
        json_reply(401, {"message": "Unauthorized"}, ("X-Iinfo", "9-1234-1236 NNNN"), ("X-CDN", "Imperva")))),
        fails("token.invalid-client")),
    Row("everything goes through Imperva, and the base URL is wrong", generic.where(data_says(lambda request, reply:
        reply.but(("X-Iinfo", "9-1234-1236 NNNN"), ("X-CDN", "Imperva")))), fails("access.base-url-wrong"),
        Typed(base="{origin}/sis/of/another/kind")),
    Row("everything goes through Akamai, and the data is forbidden", older.where(*behind("AkamaiGHost"), data_says(
        error_1_1(403, "forbidden").but(("Server", "AkamaiGHost")))), fails("access.forbidden")),
    Row("everything goes through Cloudflare, and its page says that the server behind it is silent", generic.where(
        *behind("cloudflare"), data_says(seen.page(522, "elm.example | 522: Connection timed out",
        "<div id='cf-error-details'>Error code 522</div>", ("Server", "cloudflare")))), fails("access.server-error")),
    Row("Azure's gateway cannot reach the server: 502", older.where(data_says(seen.page(502, "502 Bad Gateway",
        "<h1>502 Bad Gateway</h1>", ("Server", "Microsoft-Azure-Application-Gateway/v2"), ("Retry-After", "0")))),
        fails("access.server-error")),
    Row("401 by another product than the token's, with a challenge", generic.where(*behind("Kestrel"), data_says(
        bare(401, ("Server", "Jetty(9.4)"), ("WWW-Authenticate", 'Bearer error="invalid_token"')))),
        fails("access.token-rejected")),
    Row("token: 403 in the form of OAuth, through Akamai", campus.where(token_says(oauth_says(403,
        "access_denied").but(("Server", "AkamaiGHost")))), fails("token.unauthorized-client")),
    Row("token: the header is refused as a web page, the body as OAuth says", generic.where(token_says(html_reply(401,
        "Unauthorized"), when=in_header)), fails("token.invalid-client"),
        Typed(secret="of-another-district")),
)  # fmt: skip

IN_BETWEEN_AND_WELL = (
    Row("everything goes through Cloudflare", generic.where(*behind("cloudflare")), passes()),
    Row("the token comes from one product, the data from another", older.where(*behind("Kestrel",
        data="Microsoft-IIS/10.0")), passes()),
    Row("Akamai in front, and grades", campus.where(*behind("AkamaiGHost")), passes(), WITH_GRADES),
    Row("an unknown path meets the firewall, the right ones do not", generic.where(*behind("Apache"),
        unknown_path=seen.AKAMAI), healthy()),
    Row("strangers meet the gateway's own 401", older.where(*behind("kong/3.4.2"), data_says(
        lambda request, reply: json_reply(401, {"message": "Unauthorized"}, ("Server", "kong/3.4.2"))
        if reply.status == 401 else reply)), healthy()),
)  # fmt: skip


@pytest.mark.parametrize(
    "row", [*BY_MARKS, *BY_STRUCTURE, *AT_THE_TOKEN, *NOT_IN_BETWEEN, *IN_BETWEEN_AND_WELL], ids=ids
)
async def test_between(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
