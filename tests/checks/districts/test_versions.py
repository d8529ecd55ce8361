"""Another version than the one that was chosen, another OAuth, and base URLs from any path."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import html_reply, json_reply
from .district import District, data_says
from .gateways import large
from .policies import CORE_11, ROSTER_11, ROSTER_12, Scopes
from .replies import (
    LOGIN_PAGE,
    NOT_FOUND_PAGE,
    SERVICE_DESCRIPTION,
    STACK_TRACE,
    YELLOW_PAGE,
    bare,
    error_1_1,
    error_1_2,
    leads_to,
    one_space,
    problem_json,
    spring_says,
)
from .row import Row, Typed, fails, healthy, holds, ids
from .shapes import (
    AERIES,
    BLACKBAUD,
    CAMPUS,
    CAMPUS_1_1,
    CAMPUS_WITHOUT_APP,
    ED_FI,
    GENERIC,
    GENERIC_1_1,
    GENERIC_OAUTH_1,
    POWERSCHOOL_1_2,
    SKYWARD,
    SYNERGY,
)
from .versions import OTHER_OAUTH, OTHER_ONEROSTER, asks_for, refused_as

generic, older, skyward, synergy = (
    District(GENERIC),
    District(GENERIC_1_1),
    District(SKYWARD),
    District(SYNERGY),
)
CHOSE_11, CHOSE_12 = Typed(oneroster="1.1"), Typed(base="{origin}/ims/oneroster", oneroster="1.2")
# The base URL of a server of 1.1 without its version, so that it names none.
SYNERGY_AS_12 = Typed(base="{origin}/synergy/ims/oneroster", oneroster="1.2", share=("rostering",))

CHOSEN_1_1 = (
    Row("1.1 chosen, a server of 1.2: 404 in the standard's form", generic, OTHER_ONEROSTER, CHOSE_11),
    Row("1.1 chosen, a server of 1.2: 500 for a path of 1.1", generic.where(unknown_path=YELLOW_PAGE),
        OTHER_ONEROSTER, CHOSE_11),
    Row("1.1 chosen, a server of 1.2: 404 of one space, at PowerSchool", District(POWERSCHOOL_1_2).where(
        unknown_path=one_space(404)), OTHER_ONEROSTER, CHOSE_11),
    Row("1.1 chosen, a server of 1.2: a description of the service", generic.where(
        unknown_path=SERVICE_DESCRIPTION), OTHER_ONEROSTER, CHOSE_11),
    Row("1.1 chosen, a server of 1.2: the token names scopes of 1.2, and a path of 1.1 is a 403", generic.where(
        scopes=Scopes(default=ROSTER_12), unknown_path=spring_says(403, "Forbidden")), OTHER_ONEROSTER, CHOSE_11),
    Row("1.1 chosen, Campus serves 1.2 without the app in its base URL", District(CAMPUS_WITHOUT_APP).where(
        unknown_path=NOT_FOUND_PAGE), OTHER_ONEROSTER, CHOSE_11),
)  # fmt: skip

CHOSEN_1_2 = (
    Row("1.2 chosen, a server of 1.1: 404 in the standard's form", older, OTHER_ONEROSTER, CHOSE_12),
    Row("1.2 chosen, a server of 1.1: a stack trace for a path of 1.2", skyward.where(unknown_path=STACK_TRACE),
        OTHER_ONEROSTER, CHOSE_12),
    Row("1.2 chosen, a server of 1.1: an empty 500 for a path of 1.2", older.where(unknown_path=bare(500)),
        OTHER_ONEROSTER, CHOSE_12),
    Row("1.2 chosen, a server of 1.1: 400 for a path of 1.2", synergy.where(unknown_path=problem_json(400,
        "The API version is not supported")), OTHER_ONEROSTER, SYNERGY_AS_12),
    Row("1.2 chosen, a server of 1.1: the token names scopes of 1.1", older.where(scopes=Scopes(
        default=f"{ROSTER_11} {CORE_11}"), unknown_path=NOT_FOUND_PAGE), OTHER_ONEROSTER, CHOSE_12),
    Row("1.2 chosen, a server of 1.1: a login page for a path of 1.2", older.where(unknown_path=LOGIN_PAGE),
        OTHER_ONEROSTER, CHOSE_12),
)  # fmt: skip

RIGHT_VERSION = (
    Row("1.2 chosen and served, the token names scopes of 1.1", generic.where(scopes=Scopes(default=ROSTER_11)),
        healthy()),
    Row("1.1 chosen and served, the token names scopes of 1.2", older.where(scopes=Scopes(default=ROSTER_12)),
        healthy()),
    Row("1.1 chosen, and both versions are served", older.shaped(roots=(*GENERIC_1_1.roots,
        "/ims/oneroster/rostering/v1p2")), healthy()),
    Row("1.1 chosen, without the version, and paths of the other version are a 500", older.where(
        unknown_path=YELLOW_PAGE), healthy(), Typed(base="{origin}/ims/oneroster")),
)  # fmt: skip

SIGNED = Typed(oauth=1, token="")
CHOSEN_OAUTH_1 = (
    Row("OAuth 1 chosen, the server asks for Bearer", older.where(data_says(asks_for('Bearer realm="oneroster"'))),
        OTHER_OAUTH, SIGNED),
    Row("OAuth 1 chosen, the server asks for a bearer in small letters and names an error", skyward.where(
        data_says(asks_for('bearer error="invalid_token", error_description="The access token is malformed"'))),
        OTHER_OAUTH, SIGNED),
    Row("OAuth 1 chosen, the server takes Basic or Bearer", older.where(data_says(asks_for(
        'Basic realm="sis", Bearer realm="sis"'))), OTHER_OAUTH, SIGNED),
    Row("OAuth 1 chosen, Bearer stands in a second header of a web page", older.where(data_says(refused_as(html_reply(
        401, "Unauthorized", ("WWW-Authenticate", 'Negotiate'), ("WWW-Authenticate", "Bearer"))))), OTHER_OAUTH,
        SIGNED),
    Row("OAuth 1 chosen at Campus, the connection is one of OAuth 2", District(CAMPUS_1_1).where(data_says(asks_for(
        'Bearer'))), OTHER_OAUTH, Typed(oauth=1, token="", created=40)),
)  # fmt: skip

NO_OTHER_OAUTH = (
    Row("OAuth 1 chosen and meant, the server asks for OAuth", District(GENERIC_OAUTH_1).where(data_says(asks_for(
        'OAuth realm="https://sis.elm.example"'))), fails("oauth1.rejected"), Typed(secret="of-another-district")),
    Row("OAuth 1 chosen and meant, and strangers are asked for Bearer", District(GENERIC_OAUTH_1).where(data_says(
        asks_for('Bearer realm="oneroster"'))), healthy()),
    Row("OAuth 1 chosen and meant, the server asks for Basic, and the key is old", District(CAMPUS_1_1.but(oauth=1,
        token="")).where(data_says(asks_for('Basic realm="campus"'))), fails("oauth1.expired"),
        Typed(secret="of-another-district", created=500)),
)  # fmt: skip


AT_THE_TOP = GENERIC.but(base="/ims/oneroster", roots=tuple(
    f"/ims/oneroster/{service}/v1p2" for service in ("rostering", "gradebook", "resources")))  # fmt: skip
top = District(AT_THE_TOP)
FROM_ANYWHERE = (
    Row("a page of the product, deep below", top, fails("access.base-url-wrong", suggestion="{base}"),
        Typed(base="{origin}/sis/admin/settings/integrations")),
    Row("another interface of the same product", top.where(unknown_path=json_reply(200, {"api": "rest", "version": 3})),
        fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/rest/v3")),
    Row("the page of the documentation, which is a web page whatever is below", top.where(unknown_path=html_reply(200,
        "<h1>OneRoster interface</h1><ul><li>Getting started</li></ul>")), fails("access.base-url-wrong",
        suggestion="{base}"), Typed(base="{origin}/docs/oneroster/index.html")),
    Row("the host alone, in 1.1", older, fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}")),
    Row("another path of many words, in 1.1", skyward.where(unknown_path=leads_to(302, "/login.aspx")),
        fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/scripts/wsisa.dll/WService=elm")),
    Row("OAuth 1, and a path that was guessed", District(GENERIC_OAUTH_1).where(unknown_path=bare(404)),
        fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/oneroster/api/2")),
    Row("Campus: the page where the staff log in", District(CAMPUS).where(unknown_path=LOGIN_PAGE),
        fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/campus/elm.jsp")),
    Row("Campus 1.1: the host alone", District(CAMPUS_1_1), fails("access.base-url-wrong", suggestion="{base}"),
        Typed(base="{origin}")),
    Row("Campus without the app: a path of the portal", District(CAMPUS_WITHOUT_APP).where(unknown_path=bare(404)),
        fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/campus/nav-wrapper/student/portal")),
    Row("Blackbaud: the host alone", District(BLACKBAUD).where(unknown_path=json_reply(404, {"statusCode": 404,
        "message": "Resource not found"})), fails("access.base-url-wrong",
        suggestion="{origin}/afe-rostr/ims/oneroster/v1p1"), Typed(base="{origin}")),
    Row("Blackbaud: the standard's path without its own", District(BLACKBAUD), fails("access.base-url-wrong",
        suggestion="{origin}/afe-rostr/ims/oneroster/v1p1"), Typed(base="{origin}/ims/oneroster/v1p1")),
    Row("Aeries: the path of the product alone", District(AERIES).where(unknown_path=NOT_FOUND_PAGE),
        fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/aeries")),
    Row("the right path refuses pages of a hundred, which shows that it is the right one", generic.where(data_says(
        lambda request, reply: error_1_2(400, "invalid_selection_field") if reply.status == 200 else reply,
        when=large(50))), fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/api")),
    Row("the right path refuses pages of a hundred, in the form of 1.1", older.where(data_says(
        lambda request, reply: error_1_1(400, "invalid data") if reply.status == 200 else reply, when=large(20))),
        fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/oneroster")),
)  # fmt: skip

LOOKS_ALIVE = (
    Row("any unknown path is a list of links, the right one is found", older.where(unknown_path=json_reply(200,
        [{"rel": "self", "href": "/"}, {"rel": "docs", "href": "/docs"}])), fails("access.base-url-wrong",
        suggestion="{base}"), Typed(base="{origin}/api")),
    Row("any unknown path is the health of the service, the right one is found", top.where(unknown_path=json_reply(200,
        {"status": "UP", "components": {"db": {"status": "UP"}}})), fails("access.base-url-wrong",
        suggestion="{base}"), Typed(base="{origin}/health/oneroster")),
    Row("any unknown path is a description, and the right one is one of its own", District(ED_FI.but(
        base="/elm/2026/sea/roster", roots=("/elm/2026/sea/roster/rostering/v1p2", ))).where(
        unknown_path=SERVICE_DESCRIPTION), fails("access.base-url-wrong"), Typed(base="{origin}/v7/ims/oneroster")),
)  # fmt: skip

OF_ITS_OWN = ("/services/elm/roster-provider/1edtech/v1p1",)
NOT_FOUND = (
    Row("a base path of its own that nobody can guess, in 1.1", older.shaped(base=OF_ITS_OWN[0], roots=OF_ITS_OWN),
        fails("access.base-url-wrong"), Typed(base="{origin}/ims/oneroster/v1p1")),
    Row("a base path of its own that nobody can guess, and a 404 of one space", generic.shaped(
        base="/t/4711/or", roots=("/t/4711/or/rostering/v1p2", )).where(unknown_path=one_space(404)),
        fails("access.base-url-wrong"), Typed(base="{origin}/api/ims/oneroster")),
    Row("a base path of its own that was typed as it is", older.shaped(base=OF_ITS_OWN[0], roots=OF_ITS_OWN),
        healthy()),
    Row("a base path of its own, 1.2", generic.shaped(base="/t/4711/or", roots=("/t/4711/or/rostering/v1p2", )),
        healthy()),
)  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        *CHOSEN_1_1,
        *CHOSEN_1_2,
        *RIGHT_VERSION,
        *CHOSEN_OAUTH_1,
        *NO_OTHER_OAUTH,
        *FROM_ANYWHERE,
        *LOOKS_ALIVE,
        *NOT_FOUND,
    ],
    ids=ids,
)
async def test_versions(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
