"""Addresses that are wrong as typed: told without a single request."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import html_reply
from .district import District, data_says, token_says
from .replies import bare, oauth_says
from .row import Row, Typed, fails, healthy, holds, ids, warns
from .shapes import CAMPUS, CAMPUS_LEGACY, CAMPUS_OAUTH_1, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1

campus, legacy, generic = District(CAMPUS), District(CAMPUS_LEGACY), District(GENERIC)

MALFORMED = (
    Row("base URL without https://", campus, fails("address.malformed", suggestion="https://sis.elm.example/campus"),
        Typed(base="sis.elm.example/campus")),
    Row("base URL without a host", campus, fails("address.malformed"), Typed(base="https:///campus/api")),
    Row("port that cannot exist", campus, fails("address.malformed"),
        Typed(base="https://sis.elm.example:99999/api")),
    Row("space inside the base URL", campus,
        fails("address.malformed", suggestion="https://sis.elm.example/campus/api"),
        Typed(base="https://sis.elm.example/ campus/api")),
    Row("line break inside the token URL, as mail programs fold it", campus, fails("address.malformed",
        suggestion="{token}"), Typed(token="{origin}/campus/oauth2/\n  token?appName=elm")),
    Row("a sentence instead of an address", campus, fails("address.malformed"), Typed(base="ask Maria in IT")),
    Row("empty base URL", campus, fails("address.malformed"), Typed(base="")),
    Row("empty token URL", generic, fails("address.malformed"), Typed(token="   ")),
    Row("htps:// for https://", campus, fails("address.malformed", suggestion="https://sis.elm.example/token"),
        Typed(token="htps://sis.elm.example/token")),
    Row("only one slash behind https:", generic, fails("address.malformed", suggestion="https://sis.elm.example/api"),
        Typed(base="https:/sis.elm.example/api")),
    Row("backslashes, as a Windows habit", generic, fails("address.malformed"),
        Typed(base="https:\\\\sis.elm.example\\api\\ims\\oneroster")),
    Row("angle brackets left from the sample", generic, fails("address.malformed"),
        Typed(base="https://<district>.example/api/ims/oneroster")),
    Row("host name of a mail address with two dots", generic, fails("address.malformed"),
        Typed(base="https://sis..elm.example/api")),
)  # fmt: skip

UNSAFE = (
    Row("base URL over plain http", generic, fails("address.plain-http",
        suggestion="https://sis.elm.example/ims/oneroster"), Typed(base="http://sis.elm.example/ims/oneroster")),
    Row("token URL over plain http: the secret would travel in clear", generic, fails("address.plain-http",
        suggestion="https://sis.elm.example/token"), Typed(token="http://sis.elm.example/token")),
    Row("plain http to an address inside the school", campus, fails("address.plain-http"),
        Typed(base="http://10.1.2.3/campus/api/oneroster/v1p2/elm/ims/oneroster")),
    Row("user and password in the base URL", generic, fails("address.credentials-in-url"),
        Typed(base="https://maria:hunter22@sis.elm.example/ims/oneroster")),
    Row("user name alone in the token URL", generic,
        fails("address.credentials-in-url", suggestion="https://sis.elm.example/token"),
        Typed(token="https://maria@sis.elm.example/token")),
)  # fmt: skip

PATHS = (
    Row("/campus twice in the base URL", campus, fails("address.doubled-path", suggestion="{base}"),
        Typed(base="{origin}/campus/campus/api/oneroster/v1p2/elm/ims/oneroster")),
    Row("/campus twice in the token URL", campus, fails("address.doubled-path", suggestion="{token}"),
        Typed(token="{origin}/campus/campus/oauth2/token?appName=elm")),
    Row("/ims/oneroster twice", generic, fails("address.doubled-path", suggestion="{base}"),
        Typed(base="{origin}/api/ims/oneroster/ims/oneroster")),
    Row("the service suffix twice", generic, fails("address.doubled-path", suggestion="{base}/rostering/v1p2"),
        Typed(base="{base}/rostering/v1p2/rostering/v1p2")),
    Row("1.2 was chosen and the base URL is one of 1.1", generic, fails("address.version-mismatch"),
        Typed(base="{origin}/ims/oneroster/v1p1")),
    Row("1.1 was chosen and the base URL is one of 1.2", campus, fails("address.version-mismatch"),
        Typed(oneroster="1.1")),
    Row("1.1 was chosen and the pasted endpoint is one of 1.2", generic, fails("address.version-mismatch"),
        Typed(base="{base}/rostering/v1p2/orgs", oneroster="1.1")),
    Row("Campus's base URL of OneRoster 1.0", legacy, fails("address.version-mismatch"),
        Typed(base="{origin}/campus/oneroster/elm/learningdata/v1")),
)  # fmt: skip

ENDPOINT = (
    Row("endpoint pasted: /orgs", generic, warns("address.endpoint-pasted", suggestion="{base}/rostering/v1p2"),
        Typed(base="{base}/rostering/v1p2/orgs")),
    Row("endpoint pasted with its query", District(GENERIC_1_1), warns("address.endpoint-pasted", suggestion="{base}"),
        Typed(base="{base}/orgs?limit=10&offset=0")),
    Row("endpoint pasted: one user", generic, warns("address.endpoint-pasted", suggestion="{base}/rostering/v1p2"),
        Typed(base="{base}/rostering/v1p2/users/4711/classes")),
    Row("appName put on the base URL", campus, warns("address.endpoint-pasted", suggestion="{base}"),
        Typed(base="{base}?appName=elm")),
    Row("endpoint of the grade book pasted", campus,
        warns("address.endpoint-pasted", suggestion="{base}/gradebook/v1p2"),
        Typed(base="{base}/gradebook/v1p2/lineItems/")),
)  # fmt: skip

LEGACY = (
    Row("old Campus path that still works", legacy, warns("address.legacy")),
    Row("old Campus path that is gone, the current one without the app answers", District(CAMPUS),
        fails("address.legacy", suggestion="{base}"),
        Typed(base="{origin}/campus/oneroster/elm/ims/oneroster")),
    Row("old Campus path of 1.1 that is gone, nothing else answers", legacy.where(data_says(bare(404))),
        fails("address.legacy")),
    Row("old Campus path of 1.1 that is gone, as a web page", legacy.where(data_says(html_reply(404, "Not Found"))),
        fails("address.legacy")),
)  # fmt: skip

APP_NAME = (
    Row("token URL without appName", campus, fails("address.app-name-missing", suggestion="{token}"),
        Typed(token="{origin}/campus/oauth2/token")),
    Row("token URL with an empty appName", campus, fails("address.app-name-missing", suggestion="{token}"),
        Typed(token="{origin}/campus/oauth2/token?appName=")),
    Row("token URL with another parameter in place of appName", campus, fails("address.app-name-missing",
        suggestion="{token}"), Typed(token="{origin}/campus/oauth2/token?app=elm")),
    Row("token URL guessed as another product's", campus, fails("address.app-name-missing", suggestion="{token}"),
        Typed(token="{origin}/as/token.oauth2")),
    Row("appName of another district, and the server does not mind",
        campus.shaped(token="/campus/oauth2/token"), warns("address.app-name-mismatch"),
        Typed(token="{origin}/campus/oauth2/token?appName=oak")),
    Row("appName of another district: no such application", campus, fails("address.app-name-mismatch",
        suggestion="{token}", most=8), Typed(token="{origin}/campus/oauth2/token?appName=oak")),
    Row("appName of another district: the key is refused", campus.where(token_says(oauth_says(401,
        "invalid_client"))), fails("address.app-name-mismatch", suggestion="{token}", most=8),
        Typed(token="{origin}/campus/oauth2/token?appName=oak")),
    Row("appName of another district: a token, and the data is refused",
        campus.shaped(token="/campus/oauth2/token").where(data_says(bare(401))), fails("address.app-name-mismatch"),
        Typed(token="{origin}/campus/oauth2/token?appName=oak")),
)  # fmt: skip

HOSTS = (
    Row("token URL on another host, and both work", campus, warns("address.host-mismatch"),
        Typed(token="{elsewhere}/campus/oauth2/token?appName=elm")),
    Row("token URL on another host: key refused", campus.where(token_says(oauth_says(400, "invalid_client"))),
        fails("address.host-mismatch", most=8), Typed(token="{elsewhere}/campus/oauth2/token?appName=elm")),
    Row("token URL on another host: token refused with the data", campus.where(data_says(bare(401))),
        fails("address.host-mismatch"), Typed(base="{elsewhere}/campus/api/oneroster/v1p2/elm/ims/oneroster")),
    Row("token URL on another host: data forbidden", campus.where(data_says(html_reply(403, "Forbidden"))),
        fails("address.host-mismatch"), Typed(token="{elsewhere}/campus/oauth2/token?appName=elm")),
    Row("two hosts where a provider may have two", generic, healthy(), Typed(token="{elsewhere}/oauth2/token")),
)  # fmt: skip

FIELDS = (
    Row("base URL and token URL exchanged", campus, fails("address.fields-swapped", suggestion="{base}"),
        Typed(base="{token}", token="{base}")),
    Row("base URL and token URL exchanged, without an app", generic,
        fails("address.fields-swapped", suggestion="{base}"),
        Typed(base="{token}", token="{base}")),
    Row("the secret begins as only the key does", campus, fails("address.fields-swapped"),
        Typed(key="elm-Valley~secret", secret="InfiniteCampus_elm4711")),
    Row("the base URL stands in the field of the key", generic, fails("address.fields-swapped"), Typed(key="{base}")),
    Row("the base URL stands in the field of the secret", campus, fails("address.fields-swapped"),
        Typed(secret="{base}")),
    Row("the key stands in the field of the base URL", campus, fails("address.fields-swapped"),
        Typed(base="InfiniteCampus_elm4711")),
    Row("the token URL stands in both fields", campus, fails("address.fields-swapped"), Typed(base="{token}")),
    Row("OAuth 1 with OneRoster 1.2", campus, fails("address.unsupported-combination", suggestion="2"), Typed(oauth=1)),
    Row("OAuth 1 with OneRoster 1.2, another provider", District(GENERIC_OAUTH_1),
        fails("address.unsupported-combination"), Typed(oneroster="1.2", base="{origin}/ims/oneroster")),
    Row("OAuth 1 with OneRoster 1.2, and the address of 1.1", District(CAMPUS_OAUTH_1),
        fails("address.unsupported-combination"), Typed(oneroster="1.2")),
)  # fmt: skip

KEYS = (
    Row("a Campus key without its prefix that works", campus.shaped(client_id="elm4711"),
        warns("key.unexpected-format")),
    Row("a Campus key without its prefix, refused with 401", campus, fails("key.unexpected-format", most=8),
        Typed(key="elm4711")),
    Row("a Campus key without its prefix, refused with 400 and a web page", campus.where(token_says(html_reply(401,
        "Unauthorized"))), fails("key.unexpected-format", most=8), Typed(key="4711")),
    Row("no key at all", generic, fails("key.missing"), Typed(key="")),
    Row("a secret of nothing but quotes", campus, fails("key.missing"), Typed(secret=' "" ')),
    Row("spaces around the key", campus, warns("key.stray-characters"), Typed(key="  InfiniteCampus_elm4711 ")),
    Row("the secret in quotes", generic, warns("key.stray-characters"), Typed(secret='"elm-Valley~secret/9931+x"')),
    Row("a line break behind the secret", generic, warns("key.stray-characters"),
        Typed(secret="elm-Valley~secret/9931+x\r\n")),
    Row("a zero-width space in the key", campus, warns("key.stray-characters"),
        Typed(key="InfiniteCampus_\u200belm4711")),
    Row("the key broken over two lines by a mail program", campus, warns("key.stray-characters"),
        Typed(key="InfiniteCampus_\r\nelm4711")),
    Row("a space inside the secret, and it is refused", generic, fails("key.stray-characters", most=8),
        Typed(secret="elm-Valley~ secret/9931+x")),
)  # fmt: skip


@pytest.mark.parametrize(
    "row", [*MALFORMED, *UNSAFE, *PATHS, *ENDPOINT, *LEGACY, *APP_NAME, *HOSTS, *FIELDS, *KEYS], ids=ids
)
async def test_address(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
