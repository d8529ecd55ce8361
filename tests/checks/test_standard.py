"""OneRoster as data: envelopes, errors, scopes and fields, read leniently."""

from __future__ import annotations

import pytest

from oneroster_checks.client.reading import Kind, read
from oneroster_checks.connection import OneRosterVersion, Share
from oneroster_checks.evidence import Evidence
from oneroster_checks.http.answer import Answer
from oneroster_checks.http.content import Content
from oneroster_checks.standard.envelopes import read_list
from oneroster_checks.standard.errors import in_standard_form, read_error
from oneroster_checks.standard.scopes import needed_scope, scope_covers, scope_for
from oneroster_checks.urls import place_of

ROW = {"sourcedId": "1"}


@pytest.mark.parametrize(
    ("document", "envelope", "key", "rows"),
    [
        ({"orgs": [ROW]}, "orgs", "orgs", 1),
        ({"orgs": []}, "orgs", "orgs", 0),
        ({"orgs": None}, "orgs", "orgs", 0),
        ({"orgs": ROW}, "orgs", "orgs", 1),
        ({"orgs": [ROW, None, 7, "x", {}]}, "orgs", "orgs", 2),
        ({"students": [ROW]}, "users", "students", 1),
        ({"schools": [ROW]}, "orgs", "schools", 1),
        ({"terms": [ROW]}, "academicSessions", "terms", 1),
        ({"Orgs": [ROW]}, "orgs", "Orgs", 1),
        ([ROW], "orgs", "", 1),
        ([], "orgs", "", 0),
        ({"users": [ROW], "students": [ROW, ROW]}, "users", "users", 1),
    ],
)
def test_a_list_is_found(document: object, envelope: str, key: str, rows: int) -> None:
    found = read_list(document, envelope)
    assert found is not None
    assert (found.key, len(found.records)) == (key, rows)


@pytest.mark.parametrize(
    "document",
    [None, 7, "orgs", {}, {"orgs": 7}, {"orgs": "x"}, {"data": [ROW]}, [7], [{"id": 1}], {"schools": [7]}],
)
def test_what_holds_no_list_is_none(document: object) -> None:
    assert read_list(document, "orgs") is None


OLD = {"imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_codeMinor": "unknown object"}
NEW = {
    "imsx_codeMajor": "failure",
    "imsx_severity": "error",
    "imsx_CodeMinor": {
        "imsx_codeMinorField": [
            {"imsx_codeMinorFieldName": "x", "imsx_codeMinorFieldValue": "unknownobject"},
            {"imsx_codeMinorFieldName": "y", "imsx_codeMinorFieldValue": "forbidden"},
        ]
    },
}


@pytest.mark.parametrize(
    ("document", "failure", "codes"),
    [
        ({"statusInfoSet": [OLD]}, True, ("unknownobject",)),
        ({"statusInfoSet": OLD}, True, ("unknownobject",)),
        (OLD, True, ("unknownobject",)),
        ([OLD], True, ("unknownobject",)),
        (NEW, True, ("unknownobject", "forbidden")),
        ({"imsx_StatusInfo": NEW}, True, ("unknownobject", "forbidden")),
        ({**OLD, "imsx_codeMajor": "success", "imsx_severity": "status"}, False, ("unknownobject",)),
        ({**OLD, "imsx_codeMajor": "success", "imsx_severity": "warning"}, False, ("unknownobject",)),
        ({**OLD, "imsx_codeMinor": "Ann Example is unknown"}, True, ()),
        ({**OLD, "imsx_codeMinor": None}, True, ()),
        ({"imsx_codeMajor": "unsupported"}, True, ()),
        ({"imsx_codeMajor": "Failure", "imsx_codeMinor": "Invalid_Filter_Field"}, True, ("invalid_filter_field",)),
    ],
)  # fmt: skip
def test_an_error_is_read(document: object, failure: bool, codes: tuple[str, ...]) -> None:
    found = read_error(document)
    assert found is not None
    assert found.failure is failure
    assert tuple(code.replace(" ", "") for code in found.codes) == codes
    assert in_standard_form(document) is failure


@pytest.mark.parametrize("document", [None, [], {}, 7, {"error": "x"}, [OLD, OLD], {"statusInfoSet": []}])
def test_what_is_no_error_of_the_standard(document: object) -> None:
    assert read_error(document) is None
    assert in_standard_form(document) is False


def _answer(status: int | None, body: str = "", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(
        "https://d.test/v1p1/orgs", status, named, Content.of(body.encode()), Evidence("GET", "", status, 1)
    )


HTML = "<!doctype html><html><body>{}</body></html>"
KINDS: list[tuple[Answer, Kind]] = [
    (_answer(200, '{"orgs": [{"sourcedId": "1"}]}'), Kind.ROWS),
    (_answer(200, '{"orgs": []}'), Kind.EMPTY),
    (_answer(204), Kind.EMPTY),
    (_answer(200, "{}"), Kind.NO_LIST),
    (_answer(200, "null"), Kind.NO_LIST),
    (_answer(200, HTML.format("Please log in")), Kind.LOGIN_PAGE),
    (_answer(200, HTML.format("We will be back soon, maintenance")), Kind.MAINTENANCE),
    (_answer(200, "hello"), Kind.NOT_JSON),
    (_answer(200, ""), Kind.NOT_JSON),
    (_answer(302, location="/login"), Kind.LOGIN_PAGE),
    (_answer(302, location="/elsewhere"), Kind.REDIRECT),
    (_answer(401), Kind.UNAUTHORIZED),
    (_answer(403), Kind.FORBIDDEN),
    (_answer(402), Kind.BAD_REQUEST),
    (_answer(404, '{"orgs": [{"sourcedId": "1"}]}'), Kind.NOT_FOUND),
    (_answer(405), Kind.NOT_FOUND),
    (_answer(429), Kind.THROTTLED),
    (_answer(400), Kind.BAD_REQUEST),
    (_answer(500), Kind.SERVER_ERROR),
    (_answer(503, HTML.format("maintenance")), Kind.SERVER_ERROR),
    (_answer(None), Kind.SILENT),
    (_answer(200, '{"imsx_codeMajor": "failure", "imsx_codeMinor": "unauthorized"}'), Kind.UNAUTHORIZED),
    (_answer(200, '{"imsx_codeMajor": "failure", "imsx_codeMinor": "forbidden"}'), Kind.FORBIDDEN),
    (_answer(200, '{"imsx_codeMajor": "failure", "imsx_codeMinor": "server_busy"}'), Kind.THROTTLED),
    (_answer(200, '{"imsx_codeMajor": "failure"}'), Kind.ERROR),
    (_answer(200, '{"error": "invalid_token"}'), Kind.UNAUTHORIZED),
    (_answer(200, '{"statusCode": "403"}'), Kind.FORBIDDEN),
    (_answer(200, '{"status": 404, "message": "x"}'), Kind.NOT_FOUND),
    (_answer(200, '{"status": "active"}'), Kind.NO_LIST),
]


@pytest.mark.parametrize(("answer", "kind"), KINDS, ids=lambda value: str(getattr(value, "body", value))[:50])
def test_the_kind_of_an_answer(answer: Answer, kind: Kind) -> None:
    reading = read("/orgs", answer, "orgs", 100)
    assert reading.kind is kind
    assert reading.good is (kind in (Kind.ROWS, Kind.EMPTY))


@pytest.mark.parametrize(
    ("raw", "total"),
    [("0", 0), (" 12 ", 12), ("", None), ("-1", None), ("1.5", None), ("many", None), ("٣", None), ("9" * 12, None)],
)  # fmt: skip
def test_a_total_is_a_whole_number_or_absent(raw: str, total: int | None) -> None:
    assert read("/orgs", _answer(200, "{}", x_total_count=raw), "orgs").total == total


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('<https://d.test/v1p1/orgs?offset=2>; rel="next"', "https://d.test/v1p1/orgs?offset=2"),
        ("<https://d.test/x>; rel=next", "https://d.test/x"),
        ('</v1p1/orgs?offset=2>; rel="next"', "https://d.test/v1p1/orgs?offset=2"),
        ('<?offset=2>; rel="next"', "https://d.test/v1p1/orgs?offset=2"),
        ('<https://d.test/a>; rel="prev", <https://d.test/b>; rel="next"', "https://d.test/b"),
        (
            '<https://d.test/b?fields=a,b>; rel="next", <https://d.test/a>; rel="last"',
            "https://d.test/b?fields=a,b",
        ),
        ('<https://d.test/a>; rel="last"', ""),
        ('<http://[::1/a>; rel="next"', ""),
        ("next", ""),
        ("", ""),
    ],
)
def test_the_next_page_that_a_server_names(link: str, url: str) -> None:
    assert read("/orgs", _answer(200, "{}", link=link), "orgs").next_url == url


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://d.test/a", "https://D.test/b?c", True),
        ("https://d.test/a", "http://d.test/a", False),
        ("https://d.test/a", "https://d.test:8443/a", False),
        ("https://d.test/a", "https://d.test.evil.test/a", False),
        ("https://d.test/a", "https://d.test@evil.test/a", False),
        ("https://d.test/a", "https://[", False),
    ],
)
def test_which_addresses_lead_to_the_same_host(one: str, other: str, same: bool) -> None:
    assert (place_of(one) == place_of(other)) is same


V1, V2 = "https://purl.imsglobal.org/spec/or/v1p1/scope/", "https://purl.imsglobal.org/spec/or/v1p2/scope/"


@pytest.mark.parametrize(
    ("version", "share", "scope"),
    [
        ("1.1", ("rostering",), f"{V1}roster.readonly {V1}roster-core.readonly"),
        ("1.2", ("gradebook",), f"{V2}gradebook.readonly"),
        ("1.2", ("demographics", "assessments"), f"{V2}roster-demographics.readonly {V2}assessment.readonly"),
        ("1.1", ("assessments",), ""),
    ],
)
def test_the_scope_that_is_asked_for(version: OneRosterVersion, share: tuple[Share, ...], scope: str) -> None:
    assert scope_for(version, share) == scope
    if scope:
        assert needed_scope(version, share[0]) == scope.split()[0]


@pytest.mark.parametrize(
    ("granted", "part", "covers"),
    [
        (f"{V2}roster.readonly", "rostering", True),
        (f"{V2}roster-core.readonly", "rostering", True),
        ("roster-core.readonly", "rostering", True),
        (f"{V1}roster.readonly", "demographics", False),
        (f"{V1}roster-demographics.readonly", "rostering", False),
        (f"{V2}gradebook-core.readonly", "gradebook", True),
        (f"{V2}gradebook.createput", "gradebook", False),
        ("", "rostering", True),
        ("openid profile", "gradebook", True),
        ("read write", "resources", True),
    ],
)
def test_what_a_granted_scope_covers(granted: str, part: Share, covers: bool) -> None:
    assert scope_covers(granted, part) is covers
