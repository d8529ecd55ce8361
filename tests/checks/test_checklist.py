"""The article's points: each settled by what a run found, and asked only where nothing can settle it."""

from __future__ import annotations

from datetime import date

import pytest

from oneroster_checks.connection import Answer, Connection, OAuthVersion, OneRosterVersion, Share
from oneroster_checks.diagnosis.checklist import questions
from oneroster_checks.finding import Status
from oneroster_checks.labels import Who
from oneroster_checks.report import checklist_text, district_message
from oneroster_checks.result import ChecklistItem, Result, Step
from oneroster_practice import PracticeDistrict

from .engine import campus, outcome, secrets

OAUTH2 = ("connection-active", "credentials-correct", "connection-enabled", "data-to-share", "user-accounts",
          "vendor-credentials", "gradebook-enabled", "campus-learning-licence")  # fmt: skip
OAUTH1 = ("credentials-current", "credentials-correct", "data-to-share", "user-accounts", "roster-only-credentials",
          "gradebook-enabled", "campus-learning-licence", "vendor-credentials")  # fmt: skip
# OneRoster 1.1 credentials of Campus end after a year, whatever the OAuth version.
YEARLY = (*OAUTH2[:4], "credentials-current", *OAUTH2[4:])
GRADES: tuple[Share, ...] = ("rostering", "gradebook")
LETTERS = {"p": Status.PASS, "w": Status.WARN, "f": Status.FAIL, "-": Status.SKIP, "?": Status.ASK}

# One letter a row, in the order above: pass, warn, fail, not applicable, ask.
Case = tuple[str | None, OAuthVersion | None, OneRosterVersion | None, bool, str]
CASES: list[Case] = [
    (None, 2, "1.2", False, "pppp----"),
    (None, 2, "1.2", True, "pppp-ppp"),
    (None, 2, "1.1", False, "pppppp---"),
    (None, 2, "1.1", True, "ppppppppp"),
    (None, 1, "1.1", False, "pppp----"),
    (None, 1, "1.1", True, "pppppppp"),
    ("address.malformed", 2, "1.2", False, "?f??----"),
    ("address.app-name-missing", 2, "1.2", False, "?f??----"),
    ("address.endpoint-pasted", 2, "1.2", False, "pwpp----"),
    ("address.app-name-mismatch", 2, "1.2", False, "?f??----"),
    ("address.unsupported-combination", None, None, False, "--?-----"),
    ("key.stray-characters", 2, "1.2", False, "pwpp----"),
    ("key.unexpected-format", 2, "1.2", False, "?f??----"),
    ("network.refused", 2, "1.2", False, "?-??----"),
    ("tls.expired", 2, "1.1", False, "?-??p----"),
    ("network.refused", 1, "1.1", False, "p-?-----"),
    ("token.not-an-endpoint", 2, "1.2", False, "?f??----"),
    ("token.app-not-selected", 2, "1.2", False, "?f??----"),
    ("token.invalid-client", 2, "1.2", False, "?f??----"),
    ("token.unauthorized-client", 2, "1.2", False, "fpf?----"),
    ("token.server-error", 2, "1.2", False, "?-??----"),
    ("token.body-only", 2, "1.2", False, "pppp----"),
    ("error.unsafe", 2, "1.2", False, "?-?p----"),
    ("access.forbidden", 2, "1.2", False, "fpf?----"),
    # The answers do not show which value is wrong, or whether one is.
    ("access.token-rejected", 2, "1.2", False, "?w??----"),
    ("access.base-url-wrong", 2, "1.2", False, "?f??----"),
    ("access.login-page", 2, "1.2", False, "?w??----"),
    ("access.server-error", 2, "1.2", False, "?-??----"),
    ("oauth1.expired", 1, "1.1", False, "f-?-----"),
    ("oauth1.rejected", 1, "1.1", False, "?f?-----"),
    ("oauth1.expires-soon", 1, "1.1", False, "wppp----"),
    ("oauth1.signature-method", 1, "1.1", False, "pppp----"),
    ("sharing.nothing", 2, "1.2", False, "pppf----"),
    ("sharing.rostering-off", 2, "1.1", False, "pppfp----"),
    ("sharing.demographics-off", 2, "1.2", False, "pppf----"),
    ("sharing.resources-off", 2, "1.2", False, "pppw----"),
    ("sharing.scope-missing", 2, "1.2", False, "pppf----"),
    ("sharing.gradebook-off", 2, "1.2", True, "pppw-ppp"),
    ("accounts.students-missing", 2, "1.1", False, "pppppf---"),
    ("accounts.guardians-missing", 1, "1.1", False, "pppf----"),
    ("accounts.staff-missing", 2, "1.1", False, "pppppf---"),
    ("gradebook.vendor-credentials-missing", 2, "1.2", True, "ppp?-f??"),
    ("gradebook.vendor-credentials-missing", 1, "1.1", True, "pp?p???f"),
    ("gradebook.vendor-credentials-rejected", 2, "1.2", True, "ppp?-f??"),
    ("gradebook.not-enabled", 2, "1.2", True, "pppf--f?"),
    ("gradebook.not-enabled", 1, "1.1", True, "ppfpff?-"),
    ("paging.duplicates", 2, "1.2", False, "pppp----"),
]


async def _case(
    problem: str | None, oauth: OAuthVersion | None, oneroster: OneRosterVersion | None, grades: bool
) -> Result:
    share = GRADES if grades else None
    with PracticeDistrict(problem, oauth=oauth, oneroster=oneroster, share=share) as district:
        return await outcome(district.connection, district.credentials)


@pytest.mark.parametrize(("problem", "oauth", "oneroster", "grades", "letters"), CASES)
async def test_every_point_is_settled(
    problem: str | None,
    oauth: OAuthVersion | None,
    oneroster: OneRosterVersion | None,
    grades: bool,
    letters: str,
) -> None:
    result = await _case(problem, oauth, oneroster, grades)
    points = (
        OAUTH1 if result.connection.oauth == 1 else YEARLY if result.connection.oneroster == "1.1" else OAUTH2
    )
    expected = {point: LETTERS[letter] for point, letter in zip(points, letters, strict=True)}
    found = {item.item: item.status for item in result.checklist}
    assert list(found) == list(points)
    assert found == expected
    known = {reported.finding.check for reported in result.findings}
    for item in result.checklist:
        assert item.text.endswith(".")
        assert set(item.findings) <= known
        # What is settled by evidence names it; what is not applicable says so.
        if item.status in (Status.PASS, Status.WARN, Status.FAIL):
            assert item.findings
        if item.status is Status.SKIP:
            assert item.note
        if item.status in (Status.FAIL, Status.WARN, Status.ASK):
            assert item.fix or item.note


ANSWERS: list[tuple[Answer, Status]] = [("yes", Status.PASS), ("no", Status.FAIL), ("unknown", Status.ASK)]


@pytest.mark.parametrize(("answer", "status"), ANSWERS)
@pytest.mark.parametrize(("oauth", "oneroster"), [(2, "1.2"), (1, "1.1")])
async def test_an_answer_of_the_district_settles_what_nothing_else_can(
    answer: Answer, status: Status, oauth: OAuthVersion, oneroster: OneRosterVersion
) -> None:
    connection = campus("http://127.0.0.1:9", oauth=oauth, oneroster=oneroster, share=GRADES)
    if oneroster == "1.1":
        connection = connection.but(
            base_url="http://127.0.0.1:9/campus/api/oneroster/v1p1/school/ims/oneroster"
        )
    asked = {question.id: question for question in questions(connection)}
    given: dict[str, Answer] = dict.fromkeys(asked, answer)
    result = await outcome(connection, secrets(), answers=given)
    assert result.verdict.cause == "network.refused"
    rows = {item.item: item for item in result.checklist}
    points = set(OAUTH1 if oauth == 1 else OAUTH2)
    settled = points & set(asked)
    assert settled
    for id in settled:
        assert rows[id].status is status
        if status is Status.FAIL:
            assert rows[id].fix == (Step(Who.DISTRICT, f"Check this in {asked[id].where}."),)
    # Points beside the article's come in once they are answered.
    extra = set(rows) - points
    assert extra == (set() if answer == "unknown" else {"schools-chosen", "supported-connection"})
    assert all(rows[id].status is status for id in extra)


async def test_evidence_beats_the_answer() -> None:
    no: dict[str, Answer] = {"connection-active": "no", "connection-enabled": "no", "gradebook-enabled": "no"}
    with PracticeDistrict(share=GRADES) as district:
        result = await outcome(district.connection, district.credentials, answers=no)
    rows = {item.item: item.status for item in result.checklist}
    # What the data shows holds, and both sides are told.
    assert [rows[id] for id in no] == [Status.WARN] * 3
    notes = {item.item: item.note for item in result.checklist}
    assert all("The district says this is not the case, but the run" in notes[id] for id in no)
    yes: dict[str, Answer] = dict.fromkeys(no, "yes")
    with PracticeDistrict("gradebook.not-enabled") as district:
        refused = await outcome(district.connection, district.credentials, answers=yes)
    rows = {item.item: item.status for item in refused.checklist}
    assert rows["gradebook-enabled"] is Status.FAIL


@pytest.mark.parametrize(
    ("connection", "ids"),
    [
        (Connection(), ["connection-active", "connection-enabled", "schools-chosen", "supported-connection"]),
        (Connection("generic"), ["connection-active", "connection-enabled", "schools-chosen"]),
        (
            Connection(share=GRADES),
            ["connection-active", "connection-enabled", "schools-chosen", "supported-connection",
             "gradebook-enabled", "campus-learning-licence"],
        ),
        (
            Connection("generic", share=("rostering", "assessments")),
            ["connection-active", "connection-enabled", "schools-chosen", "gradebook-enabled"],
        ),
    ],
)  # fmt: skip
def test_only_what_the_interface_cannot_show_is_asked(connection: Connection, ids: list[str]) -> None:
    asked = questions(connection)
    assert [question.id for question in asked] == ids
    assert all(question.text.endswith("?") or "?" in question.text for question in asked)
    assert all(question.where for question in asked)
    campus_screen = "Digital Learning Applications Configuration"
    named = [
        campus_screen in question.where for question in asked if question.id != "campus-learning-licence"
    ]
    assert set(named) == {connection.provider == "infinite-campus"}


async def test_the_open_points_stand_in_the_texts_with_where_to_look() -> None:
    with PracticeDistrict("network.refused") as district:
        result = await outcome(district.connection, district.credentials)
    text = checklist_text(result)
    assert "ASK   The connection is active." in text
    assert "Digital Learning Applications Configuration" in text
    # The message asks the district only for what fixes the root cause.
    assert "The connection is active." not in district_message(result)


def _row(result: Result, point: str) -> ChecklistItem:
    return next(item for item in result.checklist if item.item == point)


async def test_a_clock_that_explains_a_refused_signature_blames_no_key() -> None:
    with PracticeDistrict("clock.skew", oauth=1) as district:
        right = await outcome(district.connection, district.credentials)
        wrong = await outcome(district.connection, secrets("another-secret"))
    assert right.verdict.cause == wrong.verdict.cause == "clock.skew"
    # With the server's own time the signature is accepted, so the key is right.
    row = _row(right, "credentials-correct")
    assert (row.status, row.note) == (Status.PASS, "The district returned data at /orgs.")
    row = _row(wrong, "credentials-correct")
    assert (row.status, row.note) == (Status.SKIP, "Not known yet: the run did not get that far.")


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("key.unexpected-format", "The client id (key) is wrong."),
        ("token.invalid-client", "The client secret or the client id (key) is wrong."),
        ("address.app-name-mismatch", "The token URL is wrong."),
        ("access.base-url-wrong", "The base URL is wrong."),
    ],
)
async def test_a_failing_row_says_which_value_is_wrong(problem: str, words: str) -> None:
    with PracticeDistrict(problem) as district:
        result = await outcome(district.connection, district.credentials)
    assert _row(result, "credentials-correct").note == words


@pytest.mark.parametrize("problem", ["address.unsupported-combination", "token.invalid-scope"])
async def test_what_is_none_of_the_four_values_does_not_fail_their_row(problem: str) -> None:
    with PracticeDistrict(problem) as district:
        result = await outcome(district.connection, district.credentials)
    assert result.verdict.cause == problem
    assert _row(result, "credentials-correct").status is not Status.FAIL


async def test_a_missing_license_is_named_only_where_the_grade_book_is_refused_as_not_enabled() -> None:
    notes = {}
    for problem in ("gradebook.not-enabled", "gradebook.vendor-credentials-missing", "token.invalid-client"):
        with PracticeDistrict(problem, share=GRADES) as district:
            result = await outcome(district.connection, district.credentials)
        notes[problem] = _row(result, "campus-learning-licence").note
    assert "a missing license is one possible reason" in notes["gradebook.not-enabled"]
    assert notes["gradebook.vendor-credentials-missing"] == "Not known yet: grade-book requests failed first."
    assert notes["token.invalid-client"] == "Not known yet: no grade-book request was made."


async def test_a_young_key_that_was_never_sent_is_not_called_old() -> None:
    connection = campus("http://127.0.0.1:9", base_url="", oauth=1, oneroster="1.1", created=date.today())
    row = _row(await outcome(connection, secrets()), "credentials-current")
    assert (row.status, row.note) == (Status.ASK, "Not known yet: the run did not get that far.")


async def test_a_suggestion_that_works_reaches_the_root_that_explains_it() -> None:
    with PracticeDistrict("address.legacy") as district:
        result = await outcome(district.connection, district.credentials)
    assert result.verdict.cause == "address.legacy"
    access = result.finding("access.data")
    assert access is not None
    suggestion = str(access.facts.get("suggestion", ""))
    assert suggestion
    assert any(suggestion in step.text for step in result.verdict.fix)
    # Data came from the suggested address, so the switches of the connection are on.
    states = {row.item: row.status for row in result.checklist}
    assert states["connection-active"] is states["connection-enabled"] is Status.PASS
    assert states["credentials-correct"] is Status.FAIL


async def test_a_pass_has_no_reason_of_a_failure() -> None:
    with PracticeDistrict("sharing.scope-missing") as district:
        result = await outcome(district.connection, district.credentials)
    notes = {row.item: (row.status, row.note) for row in result.checklist}
    assert notes["credentials-correct"] == (Status.PASS, "The district returned data at /orgs.")
