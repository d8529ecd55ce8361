"""Two faults at once, in further pairs: the one to fix first, and what will show after it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ...servers import Reply, Request, html_reply
from ...servers import certificates as paper
from .between import FIREWALL_PAGE, GATEWAY_KEY_WANTED, named, next_back_from, to_a_slash, total_of_the_page
from .district import VENDOR_KEY, District, data_says, gradebook_says, in_body, in_header, token_says
from .odd_records import ghosts_from
from .records import each, lacking, many, nobody_who_is, nothing_in, sessions_from, without
from .replies import TOO_MANY_AS_HTML, bare, error_1_1, error_1_2, leads_to, oauth_says, problem_json
from .row import WITH_GRADES, Port, Row, Typed, fails, holds, ids
from .scope_rules import CORE_1_1, CORE_1_2, ROSTER_1_1, only_scope, roster_needs
from .shapes import CAMPUS, CAMPUS_1_1, CAMPUS_LEGACY, CAMPUS_OAUTH_1, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1

campus, campus_1_1, legacy, generic, older = (
    District(shape) for shape in (CAMPUS, CAMPUS_1_1, CAMPUS_LEGACY, GENERIC, GENERIC_1_1)
)
signed, campus_signed = District(GENERIC_OAUTH_1), District(CAMPUS_OAUTH_1)
# A Campus that hands out tokens for any app, so that another app's name is seen at the data alone.
any_app = campus.shaped(token="/campus/oauth2/token")
OTHER_APP = "{origin}/campus/oauth2/token?appName=oak"
GRADES = Typed(share=("rostering", "gradebook"))
DEMOGRAPHICS = Typed(share=("rostering", "demographics"))
WRONG_PAIR = (VENDOR_KEY, "not-the-vendor-secret")
ALL_GUARDIANS = ("guardian-1", "guardian-2", "guardian-3")
NO_DEMOGRAPHICS = data_says(error_1_2(403, "forbidden"), "demographics")
NO_DEMOGRAPHICS_1_1 = data_says(error_1_1(403, "forbidden"), "demographics")
NO_GRADES = gradebook_says(error_1_2(403, "forbidden"))
UNUSABLE = each("enrollments", lacking("user"))


def slow(request: Request, reply: Reply) -> Reply:
    """Each answer takes its time."""
    return replace(reply, delay=0.05)


BEFORE_ANY_REQUEST = (
    Row("key and secret exchanged, and /campus twice", campus,
        fails("address.fields-swapped"), Typed(key="elm-Valley~secret", secret="InfiniteCampus_elm4711",
        base="{origin}/campus/campus/api/oneroster/v1p2/elm/ims/oneroster")),
    Row("no appName, and no secret", campus, fails("address.app-name-missing", then=("key.missing",)),
        Typed(token="{origin}/campus/oauth2/token", secret="")),
    Row("the base URL over plain http, and no appName", campus,
        fails("address.plain-http", then=("address.app-name-missing",)),
        Typed(base="http://sis.elm.example/campus/api/oneroster/v1p2/elm/ims/oneroster",
        token="https://sis.elm.example/campus/oauth2/token")),
)  # fmt: skip

# Only the token was asked for, so what is wrong behind it cannot be known.
BEFORE_THE_DATA = (
    Row("the old path of Campus, and a wrong secret", legacy, fails("token.invalid-client", then=()),
        Typed(secret="wrong-secret")),
    Row("another appName, and a firewall at the token URL: it says nothing of the app", campus.where(
        data_says(named("SIS/7.1")), token_says(FIREWALL_PAGE)), fails("token.blocked", then=()),
        Typed(token=OTHER_APP)),
    Row("spaces around the key, which are left out, and a wrong secret", campus,
        fails("token.invalid-client", then=()), Typed(key=" InfiniteCampus_elm4711 ", secret="wrong-secret")),
    Row("another host, and a connection that is not allowed", campus.where(token_says(oauth_says(400,
        "unauthorized_client"))), fails("address.host-mismatch", then=(), most=8),
        Typed(token="{elsewhere}/campus/oauth2/token?appName=elm")),
    Row("quotes around the secret, which are left out, and a token URL that is throttled", generic.where(
        token_says(TOO_MANY_AS_HTML)), fails("token.throttled", then=()),
        Typed(secret='"elm-Valley~secret/9931+x"')),
    Row("a scope is looked at first, and the secret is wrong: the answer to a right scope counts", generic.where(
        token_says(only_scope(CORE_1_2, before_the_key=True))), fails("token.invalid-client", then=()),
        Typed(secret="wrong-secret")),
    Row("only the body is looked at, and the connection is switched off", older.where(
        token_says(oauth_says(401, "invalid_client"), when=in_header),
        token_says(oauth_says(400, "unauthorized_client"), when=in_body)),
        fails("token.unauthorized-client", then=())),
    Row("the certificate has ended, and the base URL leads nowhere", generic, fails("tls.expired", then=()),
        Typed(base="{origin}/nowhere"), Port(paper.expired)),
)  # fmt: skip

SIGNED = (
    Row("ten minutes of clock, and a wrong secret", signed.ahead(600), fails("clock.skew", then=()),
        Typed(secret="wrong-secret")),
    Row("ten minutes of clock, on the old path of Campus", District(CAMPUS_LEGACY.but(oauth=1, token="")).ahead(-600),
        fails("clock.skew", then=())),
    Row("credentials of two years that are refused, and no vendor key", campus_signed.where(
        data_says(error_1_1(401, "unauthorized"))), fails("oauth1.expired", then=()),
        Typed(share=("rostering", "gradebook"), created=730)),
    Row("only HMAC-SHA1, and students without accounts", signed.shaped(signatures=frozenset({"HMAC-SHA1"})).where(
        nobody_who_is("student")), fails("accounts.students-missing", then=())),
    Row("only HMAC-SHA256, and the grade book is not enabled", campus_signed.shaped(
        signatures=frozenset({"HMAC-SHA256"})).where(gradebook_says(problem_json(403, "Forbidden"))),
        fails("gradebook.not-enabled", then=()), WITH_GRADES),
)  # fmt: skip

ADDRESSES = (
    Row("another app in the base URL, where nothing is", any_app, fails("address.app-name-mismatch", then=()),
        Typed(base="{origin}/campus/api/oneroster/v1p2/oak/ims/oneroster",
        token="{origin}/campus/oauth2/token?appName=elm")),
    Row("another app, and the data is forbidden", any_app.where(data_says(html_reply(403, "Forbidden"))),
        fails("address.app-name-mismatch", then=()), Typed(token=OTHER_APP)),
    Row("another app that the server does not mind, and demographics are off", any_app.where(NO_DEMOGRAPHICS),
        fails("sharing.demographics-off", then=()), Typed(token=OTHER_APP, share=("rostering", "demographics"))),
    Row("another host that works, and the grade book is not enabled", campus.where(NO_GRADES),
        fails("gradebook.not-enabled", then=()), Typed(token="{elsewhere}/campus/oauth2/token?appName=elm",
        share=("rostering", "gradebook"), vendor=WITH_GRADES.vendor)),
    Row("a key without its prefix that works, and the data is forbidden", campus.shaped(client_id="elm4711").where(
        data_says(error_1_2(403, "forbidden"))), fails("access.forbidden", then=())),
    Row("an hour of clock that OAuth 2 does not mind, and the data is forbidden", older.where(
        data_says(error_1_1(403, "forbidden"))).ahead(3600), fails("access.forbidden", then=())),
    Row("the base URL lacks its suffix, and there is no grade book", generic.shaped(parts=frozenset({"rostering"})),
        fails("access.base-url-wrong", suggestion="{base}", then=("gradebook.not-enabled",)),
        Typed(base="{origin}/api", share=("rostering", "gradebook"))),
    Row("the base URL lacks /ims/oneroster, and students have no accounts", older.where(nobody_who_is("student")),
        fails("access.base-url-wrong", suggestion="{base}", then=("accounts.students-missing",)),
        Typed(base="{origin}/v1p1")),
    Row("the base URL lacks its suffix, and nobody is enrolled", generic.where(nothing_in("enrollments")),
        fails("access.base-url-wrong", suggestion="{base}", then=("sharing.enrollments-empty",)),
        Typed(base="{origin}/api/oneroster")),
    Row("the old path is gone, and demographics are off", campus_1_1.where(NO_DEMOGRAPHICS_1_1),
        fails("address.legacy", suggestion="{base}", then=("sharing.demographics-off",)),
        Typed(base="{origin}/campus/oneroster/elm/ims/oneroster/v1p1", share=("rostering", "demographics"))),
    Row("an endpoint was pasted, and nobody is enrolled", generic.where(nothing_in("enrollments")),
        fails("sharing.enrollments-empty", then=()), Typed(base="{base}/rostering/v1p2/users")),
    Row("data leads to another host, and no vendor key is set", campus.where(
        data_says(leads_to(301, "https://new.elm.example/campus/api"))), fails("access.redirected", then=()), GRADES),
    Row("a firewall in front of the data, and no vendor key is set", campus.where(
        token_says(named("SIS/7.1")), data_says(FIREWALL_PAGE)), fails("access.blocked", then=()), GRADES),
    Row("a gateway wants its own key, and nobody gave the vendor's", campus.where(
        data_says(GATEWAY_KEY_WANTED)), fails("access.gateway-key", then=()), GRADES),
    Row("throttled without an end, and slow", older.where(data_says(TOO_MANY_AS_HTML), data_says(slow)),
        fails("access.throttled", then=())),
)  # fmt: skip

SCOPES = (
    Row("no token without a scope, and demographics are not offered", generic.shaped(
        needs_scope=(CORE_1_2,)).where(data_says(error_1_2(404, "unknownobject"), "demographics")),
        fails("sharing.demographics-off", then=()), DEMOGRAPHICS),
    Row("a token without a scope is good for nothing, and students have no accounts", older.where(
        nobody_who_is("student"), scope_of=roster_needs(CORE_1_1)), fails("accounts.students-missing", then=())),
    Row("one scope and no other, and nobody is enrolled", generic.where(token_says(only_scope(CORE_1_2)),
        nothing_in("enrollments")), fails("sharing.enrollments-empty", then=())),
    Row("demographics want a scope that is not granted, and no guardian is shared", older.where(
        NO_DEMOGRAPHICS_1_1, nobody_who_is("guardian"), grants=ROSTER_1_1), fails("sharing.scope-missing",
        then=("accounts.guardians-missing",)), DEMOGRAPHICS),
)  # fmt: skip

SHARED = (
    # What follows from last year's data is not a fault of its own: it goes when the year is changed.
    Row("last year's data, and its students have no accounts any more", campus_1_1.where(sessions_from(-400, -60),
        nobody_who_is("student")), fails("year.not-active", then=())),
    Row("last year's data, and nobody is enrolled", generic.where(sessions_from(-400, -60),
        nothing_in("enrollments")), fails("year.not-active", then=())),
    Row("next year's data, nobody is enrolled yet, and no vendor key is set", campus.where(sessions_from(30, 300),
        nothing_in("enrollments")), fails("year.not-active", then=("gradebook.vendor-credentials-missing",)), GRADES),
    Row("last year's data with its people, and demographics are off: that has nothing to do with the year",
        campus.where(sessions_from(-400, -60), NO_DEMOGRAPHICS), fails("sharing.demographics-off", then=()),
        DEMOGRAPHICS),
    Row("classes without sessions, and a grade book that is refused", campus.where(nothing_in("academicSessions"),
        NO_GRADES), fails("year.no-terms", then=("gradebook.not-enabled",)), WITH_GRADES),
    Row("nobody is enrolled, and the grade book is refused", campus.where(nothing_in("enrollments"), NO_GRADES),
        fails("sharing.enrollments-empty", then=("gradebook.not-enabled",)), WITH_GRADES),
    Row("demographics and assessments are off", generic.where(NO_DEMOGRAPHICS,
        data_says(error_1_2(404, "unknownobject"), "assessmentLineItems")), fails("sharing.demographics-off",
        then=()), Typed(share=("rostering", "demographics", "assessments"))),
    Row("enrollments break, and demographics are off", generic.where(data_says(bare(500), "enrollments"),
        NO_DEMOGRAPHICS), fails("access.part-broken", then=("sharing.demographics-off",)), DEMOGRAPHICS),
    Row("sessions break, and the grade book is not enabled", campus.where(data_says(bare(500), "academicSessions"),
        NO_GRADES), fails("access.part-broken", then=("gradebook.not-enabled",)), WITH_GRADES),
    Row("demographics break, and no vendor key is set", campus.where(data_says(html_reply(500, "Oops"),
        "demographics")), fails("access.part-broken", then=("gradebook.vendor-credentials-missing",)),
        Typed(share=("rostering", "demographics", "gradebook"))),
    Row("a wrong vendor pair, and demographics are off", campus.where(NO_DEMOGRAPHICS),
        fails("sharing.demographics-off", then=("gradebook.vendor-credentials-rejected",)),
        Typed(share=("rostering", "demographics", "gradebook"), vendor=WRONG_PAIR)),
    Row("tokens that end after six requests, and the grade book is not enabled", campus_1_1.where(
        gradebook_says(error_1_1(403, "forbidden")), each_token_lasts=6), fails("gradebook.not-enabled", then=()),
        WITH_GRADES),
    Row("one 503 that is overcome, and the grade book is refused", campus.where(data_says(bare(503, ("Retry-After",
        "0")), times=1, first=3), NO_GRADES), fails("gradebook.not-enabled", then=()), WITH_GRADES),
)  # fmt: skip

ACCOUNTS = (
    Row("teachers without accounts, and no vendor key", campus_1_1.where(without("teacher-1", "teacher-2")),
        fails("accounts.staff-missing", then=("gradebook.vendor-credentials-missing",)), GRADES),
    Row("half of the students without accounts, and all guardians", campus_1_1.where(without("student-1",
        "student-2", "student-3", *ALL_GUARDIANS)), fails("accounts.students-missing",
        then=("accounts.guardians-missing",))),
    Row("teachers and guardians without accounts", older.where(without("teacher-1", "teacher-2", *ALL_GUARDIANS)),
        fails("accounts.staff-missing", then=("accounts.guardians-missing",))),
    Row("demographics are off, and no guardian is shared", campus_1_1.where(NO_DEMOGRAPHICS_1_1,
        without(*ALL_GUARDIANS)), fails("sharing.demographics-off", then=("accounts.guardians-missing",)),
        DEMOGRAPHICS),
    Row("only the body is taken, and a teacher has no account", older.shaped(takes=frozenset({"body"})).where(
        without("teacher-2")), fails("accounts.staff-missing", then=())),
    Row("teachers without accounts, and next leads back", older.where(without("teacher-1", "teacher-2"),
        many("enrollments", 250), link="back to the first"), fails("accounts.staff-missing",
        then=("paging.next-loops",))),
    Row("the last third of the enrollments names absent students, and the filter is ignored", older.where(
        many("enrollments", 300), ghosts_from(200), filter="ignored"), fails("accounts.students-missing",
        then=("query.filter-ignored",))),
    Row("/orgs leads to the same path with a slash, and students have no accounts", older.where(
        data_says(to_a_slash(), "orgs"), nobody_who_is("student")), fails("accounts.students-missing", then=())),
)  # fmt: skip

PROTOCOL = (
    # Records that nobody can use outrank pages and queries that are only odd.
    Row("next leads back, and no enrollment names its user", generic.where(many("enrollments", 250), UNUSABLE,
        link="back to the first"), fails("payload.invalid", then=("paging.next-loops",))),
    Row("next leads back from the second page, and no enrollment names its class", older.where(
        many("enrollments", 350), each("enrollments", lacking("class")), data_says(next_back_from(100, 0))),
        fails("payload.invalid", then=("paging.next-loops",))),
    Row("the total is that of the page, and no enrollment names its user", generic.where(many("enrollments", 250),
        UNUSABLE, data_says(total_of_the_page), link="none"), fails("payload.invalid", then=("paging.total-wrong",))),
    Row("the filter is ignored, and no enrollment names its user", generic.where(UNUSABLE, filter="ignored"),
        fails("payload.invalid", then=("query.filter-ignored",))),
    Row("the total is that of the page, and the filter is ignored", older.where(many("enrollments", 250),
        data_says(total_of_the_page), filter="ignored", link="none"), fails("paging.total-wrong",
        then=("query.filter-ignored",))),
    Row("a wrong vendor pair, and a total that is too small", campus_1_1.where(data_says(
        lambda request, reply: reply.without("x-total-count").but(("X-Total-Count", "1")), "classes")),
        fails("gradebook.vendor-credentials-rejected", then=("paging.total-wrong",)),
        Typed(share=("rostering", "gradebook"), vendor=WRONG_PAIR)),
    Row("/orgs leads to the same path with a slash, and its records are of the other version", older.where(
        data_says(to_a_slash(308), "orgs"), records="1.2"), fails("payload.version-mismatch", then=())),
    Row("offset is ignored, and data for whoever asks", generic.where(offset="ignored", open_doors=True),
        fails("paging.offset-ignored", then=("error.unsafe",))),
)  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [*BEFORE_ANY_REQUEST, *BEFORE_THE_DATA, *SIGNED, *ADDRESSES, *SCOPES, *SHARED, *ACCOUNTS, *PROTOCOL],
    ids=ids,
)
async def test_more_pairs(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
