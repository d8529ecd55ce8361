"""Servers that work, with odd records, services and pages: none of them may get a failing finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import certificates as paper
from ...servers import html_reply, json_reply
from .between import (
    gone_behind_the_end,
    next_at,
    refused_above,
    total_twice,
    whole_list,
)
from .district import District, data_says, with_document
from .odd_records import (
    as_texts_of,
    called_as,
    in_falling_order,
    nested_orgs,
    only_for,
    several_roles,
    without_district,
)
from .oddities import flat, growing, hrefs, numbered, with_nulls
from .records import (
    each,
    every_record,
    holding,
    lacking,
    last_first,
    many,
    nobody_who_is,
    nothing_in,
    sessions_from,
)
from .replies import (
    SERVICE_DESCRIPTION,
    STACK_TRACE,
    error_1_1,
    error_1_2,
    one_space,
)
from .row import VENDOR_PAIR, WITH_GRADES, Port, Row, Typed, healthy, holds, ids
from .scope_rules import (
    GRADES_1_2,
)
from .shapes import (
    AERIES,
    BLACKBAUD,
    CAMPUS,
    CAMPUS_1_1,
    CAMPUS_OAUTH_1,
    ED_FI,
    GENERIC,
    GENERIC_1_1,
    GENERIC_OAUTH_1,
    POWERSCHOOL,
    POWERSCHOOL_1_2,
    SKYWARD,
)

campus, campus_1_1, campus_signed = District(CAMPUS), District(CAMPUS_1_1), District(CAMPUS_OAUTH_1)
generic, older, signed = District(GENERIC), District(GENERIC_1_1), District(GENERIC_OAUTH_1)
aeries, blackbaud, powerschool, skyward = (
    District(shape) for shape in (AERIES, BLACKBAUD, POWERSCHOOL, SKYWARD)
)
ed_fi = District(ED_FI).where(total="none", link="none", cap=500)
GRADES_ALONE = Typed(share=("gradebook",))
SECONDS = 20.0


def as_bool(value: object) -> object:
    """The text of a boolean as a real one."""
    return value == "true" if value in ("true", "false") else value


RECORDS = (
    Row("null for absent fields, and a schoolYear that is a number, OAuth 1", signed.where(every_record(with_nulls),
        each("academicSessions", as_texts_of("schoolYear", change=lambda value: int(str(value))))), healthy()),
    Row("null for absent fields and relative hrefs, PowerSchool", powerschool.where(every_record(with_nulls),
        data_says(hrefs("/ws/oneroster/orgs/"))), healthy()),
    Row("real booleans and numbers, 1.2", generic.where(each("users", holding(enabledUser=True)),
        each("enrollments", as_texts_of("primary", change=as_bool)),
        each("academicSessions", as_texts_of("schoolYear", change=lambda value: int(str(value))))),
        healthy(noting="payload.invalid")),
    Row("real booleans, dates with +09:00, and no total", older.where(each("users", holding(enabledUser=True)),
        every_record(holding(dateLastModified="2025-01-15T15:30:00+09:00")), total="none", link="none"), healthy()),
    Row("dates with +09:00, 1.2, at Campus", campus.where(every_record(
        holding(dateLastModified="2025-01-15T15:30:00.000+09:00"))), healthy(), WITH_GRADES),
    Row("flat records with nulls, OAuth 1", signed.where(every_record(flat), every_record(with_nulls)), healthy()),
    Row("hrefs that begin undefined/, 1.1", older.where(data_says(hrefs("undefined/users/"))), healthy()),
    Row("hrefs that name a host inside the server's own network", campus_1_1.where(data_says(
        hrefs("http://10.20.0.15:8080/campus/users/"))), healthy()),
    Row("inactive classes and users among the others", older.where(each("classes", lambda row: {
        **row, "status": "inactive"} if row["sourcedId"] == "class-4" else row)), healthy()),
    Row("words of its own with ext: for roles, types and statuses, 1.2", generic.where(called_as("guardian",
        "ext:caregiver"), each("orgs", lambda row: {**row, "type": "ext:cluster"} if row["type"] == "district" else
        row), each("classes", holding(classType="ext:tutorial"))), healthy()),
    Row("relatives in place of guardians", campus_1_1.where(called_as("guardian", "relative")), healthy()),
    Row("parents in place of guardians, looked up one by one", older.where(called_as("guardian", "parent"),
        many("users", 400)), healthy()),
    Row("users with several roles at several schools", generic.where(several_roles), healthy()),
    Row("schools without a district", older.where(without_district), healthy()),
    Row("schools without a district, 1.2, without total and links", generic.where(without_district, total="none",
        link="none"), healthy()),
    Row("orgs nested deep, from the state to a department", campus.where(nested_orgs), healthy()),
    Row("no guardians in 1.2, and students that name none", ed_fi.where(nobody_who_is("guardian"), each("users",
        lacking("agents"))), healthy(noting="paging.total-missing")),
    Row("demographics of some people only", older.where(only_for("demographics", "student-1", "student-4")),
        healthy(), Typed(share=("rostering", "demographics"))),
    Row("resources are expected, and there are none", older.where(nothing_in("resources")),
        healthy(noting="sharing.resources-off"), Typed(share=("rostering", "resources"))),
    Row("summer holidays, 1.1: the people of last year are there", older.where(sessions_from(-310, -12)),
        healthy(noting="year.not-active")),
    Row("summer holidays, PowerSchool 1.2: next year's people are there", District(POWERSCHOOL_1_2).where(
        sessions_from(20, 300)), healthy(noting="year.not-active")),
    Row("sourcedIds that are numbers, 1.1", older.where(data_says(with_document(numbered))),
        healthy(noting="payload.invalid")),
)  # fmt: skip

SERVICES = (
    Row("the grade book alone, without /orgs, 1.2", generic.shaped(parts=frozenset({"gradebook"})), healthy(),
        GRADES_ALONE),
    Row("the grade book alone, without /orgs, 1.1", older.shaped(parts=frozenset({"gradebook"})), healthy(),
        GRADES_ALONE),
    Row("the grade book alone, OAuth 1", signed.shaped(parts=frozenset({"gradebook"})), healthy(), GRADES_ALONE),
    Row("the grade book alone, with the vendor's pair, rostering forbidden", campus.where(data_says(
        error_1_2(403, "forbidden"), "orgs", "users", "students", "teachers", "classes", "enrollments",
        "academicSessions", "courses")), healthy(), Typed(share=("gradebook",), vendor=VENDOR_PAIR)),
    Row("the grade book alone, and its scope", generic.shaped(parts=frozenset({"gradebook"}),
        needs_scope=(GRADES_1_2,)), healthy(), Typed(share=("gradebook",), scope=GRADES_1_2)),
    Row("assessments alone", generic.shaped(parts=frozenset({"gradebook"})), healthy(),
        Typed(share=("assessments",))),
    Row("assessments alone at Campus, rostering not there", campus.shaped(parts=frozenset({"gradebook"})), healthy(),
        Typed(share=("assessments",), vendor=VENDOR_PAIR)),
    Row("resources alone, 1.2", generic.shaped(parts=frozenset({"resources"})), healthy(),
        Typed(share=("resources",))),
    Row("resources alone, 1.1", older.shaped(parts=frozenset({"resources"})), healthy(), Typed(share=("resources",))),
    Row("the roster alone, every other service is a 404 of one space", older.shaped(parts=frozenset({"rostering"})),
        healthy()),
    Row("a base path of its own, 1.1", older.shaped(base="/kb/data/v1p1", roots=("/kb/data/v1p1",)), healthy()),
    Row("a base path of its own, 1.2", generic.shaped(base="/kb/api/7", roots=tuple(
        f"/kb/api/7/{service}/v1p2" for service in ("rostering", "gradebook", "resources"))), healthy()),
    Row("no /teachers, teachers are among the users, 1.1", older.where(data_says(error_1_1(404, "unknown object"),
        "teachers")), healthy()),
    Row("/teachers is empty, teachers are among the users, 1.1", older.where(data_says(json_reply(200,
        {"users": []}, ("X-Total-Count", "0")), "teachers")), healthy()),
    Row("/teachers is empty, teachers are among the users, 1.2", generic.where(data_says(json_reply(200,
        {"users": []}, ("X-Total-Count", "0")), "teachers")), healthy()),
    Row("any unknown path gives a description of the service, OAuth 1", signed.where(
        unknown_path=SERVICE_DESCRIPTION, unknown_id=one_space(404)), healthy()),
    Row("paths of another version break the server", older.where(unknown_path=STACK_TRACE), healthy()),
)  # fmt: skip

PAGES = (
    Row("whatever is asked for, 500 rows and no more, 1.1", older.where(many("users", 1200), cap=500), healthy()),
    Row("ten rows without a limit, and pages of 25 with one, OAuth 1", signed.where(many("enrollments", 60),
        default_limit=10, cap=25), healthy(noting="paging.limit-capped")),
    Row("pages of 20, neither total nor links", aeries.where(many("enrollments", 90), cap=20, total="none",
        link="none"), healthy(noting="paging.limit-capped")),
    Row("a limit above 50 is refused in the standard's form", older.where(data_says(refused_above(50, json_reply(400,
        {"statusInfoSet": [{"imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_codeMinor": "invalid data",
        "imsx_description": "limit must be between 1 and 50"}]})))), healthy(noting="load.page-too-large")),
    Row("pages of more than 50 rows are too slow for the gateway", generic.where(data_says(refused_above(50,
        html_reply(504, "<h1>504 Gateway Time-out</h1>", ("Retry-After", "0"))), "enrollments"),
        many("enrollments", 250)), healthy(noting="load.page-too-large")),
    Row("the whole list at once, whatever limit is asked for", older.where(many("enrollments", 260),
        data_says(whole_list("enrollments", "1.1", 260), "enrollments"), link="none"),
        healthy(noting="paging.limit-ignored")),
    Row("the whole list at once, whatever limit is asked for, 1.2", campus.where(many("users", 300),
        data_says(whole_list("users", "1.2", 300), "users"), many("enrollments", 300),
        data_says(whole_list("enrollments", "1.2", 300), "enrollments"), link="none"),
        healthy(noting="paging.limit-ignored")),
    Row("next is still there on the last page, OAuth 1", campus_signed.where(many("enrollments", 130),
        link="always next"), healthy()),
    Row("the total changes while pages are read, 1.1", older.where(many("enrollments", 250), total=growing),
        healthy()),
    Row("behind the last page is a 404, and next is still there on it", generic.where(many("enrollments", 150),
        data_says(gone_behind_the_end(error_1_2(404, "unknownobject"))), link="always next"), healthy()),
    Row("behind the last page is a 404 of one space, and no total", older.where(many("users", 150),
        data_says(gone_behind_the_end(one_space(404))), total="none"), healthy(noting="paging.total-missing")),
    Row("the total stands there twice", generic.where(many("enrollments", 250), data_says(total_twice)), healthy()),
    Row("the total stands there twice, 1.1 and few rows", older.where(data_says(total_twice)), healthy()),
    Row("next is relative, OAuth 1", signed.where(many("enrollments", 250), link="relative"), healthy()),
    Row("next names the host behind a proxy", older.where(many("enrollments", 250),
        data_says(next_at("http://sis-internal.example:8080"))), healthy(noting="paging.next-elsewhere")),
    Row("next names the host behind a proxy, and no total is told", generic.where(many("users", 250),
        data_says(next_at("https://10.0.4.2")), total="none"), healthy(noting="paging.next-elsewhere")),
    Row("next is in plain http, and the base URL is not", generic.where(many("enrollments", 250)),
        healthy(noting="paging.next-elsewhere"), port=Port(paper.good)),
    Row("orderBy is ignored, and the natural order falls", older.where(in_falling_order, sort="ignored"),
        healthy(noting="query.sort-ignored")),
    Row("orderBy is ignored, and the natural order rises", signed.where(sort="ignored"),
        healthy(noting="query.sort-ignored")),
    Row("many people who stand on the last pages, with pages of 50", campus.where(many("users", 2500),
        many("enrollments", 2500), last_first("users"), cap=50), healthy(), Typed(timeout=SECONDS)),
)  # fmt: skip


@pytest.mark.parametrize("row", [*RECORDS, *SERVICES, *PAGES], ids=ids)
async def test_healthy_odd(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
