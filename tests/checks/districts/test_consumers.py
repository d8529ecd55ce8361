"""The steps of consumers: all pass at a district in order, and each one that is broken fails by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.connection import Share
from oneroster_checks.diagnosis.plan import every_check
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.finding import Status
from oneroster_checks.stages.consumers.steps import WRITES
from oneroster_checks.stages.model import CONSUMERS, Consumer, Depth
from oneroster_checks.standard.operations import operations
from oneroster_practice import PracticeDistrict

from ...servers import Reply, Request, json_reply
from .district import District, Override, data_says, is_data
from .records import Data, Edit, each, holding, lacking, nothing_in
from .replies import bare, error_1_1, error_1_2
from .row import MOST_AT_FULL_DEPTH, WITH_GRADES, Expected, Port, Row, fails, holds, ids
from .row import run as run_row
from .shapes import CAMPUS, GENERIC, GENERIC_1_1
from .test_conformance import at, filtered, is_empty, nobody, of_type
from .test_consumer_writes import WRITES_OF_GOOGLE

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)


def periods(data: Data) -> None:
    """Each term has a grading period."""
    for row in [row for row in data["academicSessions"] if row["type"] == "term"]:
        parent = {"href": "x", "sourcedId": row["sourcedId"], "type": "academicSession"}
        period = {**row, "sourcedId": f"{row['sourcedId']}-p", "type": "gradingPeriod", "parent": parent}
        data["academicSessions"].append(period)


google, microsoft = campus.where(periods), older.where(periods)


def step(consumer: Consumer, name: str, district: District, expected: Expected) -> Row:
    """A row with the steps of a consumer."""
    typed = WITH_GRADES if consumer == "google-classroom" else Row("", district, expected).typed
    return Row(name, district, expected, typed, Port(), Depth.FULL, consumer)


def with_role(role: str, **values: object) -> Edit:
    """The users in a role with some values."""
    return each(
        "users", lambda row: {**row, **values} if role in str(row.get("role") or row.get("roles")) else row
    )


def at_sign(data: Data) -> None:
    """Usernames are email addresses."""
    data["users"] = [{**row, "username": row["email"]} for row in data["users"]]


same_email = with_role("teacher", email="pernilla6@elm.example")


def a_third_teacher(data: Data) -> None:
    """A third teacher has the email of the first."""
    first = next(row for row in data["users"] if row["sourcedId"] == "teacher-1")
    data["users"].append({**first, "sourcedId": "teacher-3", "username": "elm33"})


SECONDS = holding(dateLastModified="2025-01-15T06:30:00Z")

NEEDS = (
    step("google-classroom", "no email for teachers", google.where(with_role("teacher", email=None)),
         fails("consumer.fields-missing")),
    step("google-classroom", "no email for students", google.where(with_role("student", email="")),
         fails("consumer.fields-missing")),
    step("google-classroom", "no categories", google.where(nothing_in("categories"),
         nothing_in("lineItems"), nothing_in("results")), fails("consumer.records-missing")),
    step("google-classroom", "no grading periods", campus, fails("consumer.records-missing")),
    step("google-classroom", "two teachers with one email", google.where(same_email),
         fails("consumer.not-unique")),
    step("google-classroom", "a third teacher with the email of the first", google.where(a_third_teacher),
         fails("consumer.not-unique")),
    step("microsoft-sds", "email addresses as usernames", microsoft.where(at_sign), fails("consumer.usernames")),
    step("microsoft-sds", "email addresses as usernames, 1.2", generic.where(periods, at_sign),
         fails("consumer.usernames")),
    step("microsoft-sds", "times without milliseconds", microsoft.where(each("classes", SECONDS)),
         fails("consumer.timestamps")),
    step("microsoft-sds", "times with an offset, 1.2", generic.where(periods, each("users", holding(
        dateLastModified="2025-01-15T15:30:00.000+09:00"))), fails("consumer.timestamps")),
)  # fmt: skip


@pytest.mark.parametrize("row", NEEDS, ids=ids)
async def test_what_only_a_consumer_needs(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)


def _slow_total(request: Request, reply: Reply) -> Reply:
    return reply.without("x-total-count")


def _twice(request: Request, reply: Reply) -> Reply:
    row = {"sourcedId": "teacher-1", "email": "pernilla6@elm.example"}
    return json_reply(200, {"users": [row, {**row, "sourcedId": "teacher-9"}]})


REFUSED_1_2, REFUSED_1_1 = error_1_2(400, "invalid_filter_field"), error_1_1(400, "invalid_filter_field")
# One way to break each step, and the cause that it names.
BROKEN: tuple[tuple[Consumer, str, District, str], ...] = (
    ("google-classroom", "google.teachers", google.where(with_role("teacher", email=None)), "consumer.fields-missing"),
    ("google-classroom", "google.teacher-by-email", google.where(Override(lambda request: is_data(request)
     and "email=" in (request.asks("filter") or "") and request.path.endswith("/teachers"),
     lambda request, reply: REFUSED_1_2)), "query.filter-unsupported"),
    ("google-classroom", "google.teacher-by-email", google.where(Override(lambda request: is_data(request)
     and "email=" in (request.asks("filter") or "") and request.path.endswith("/teachers"), _twice)),
     "consumer.not-unique"),
    ("google-classroom", "google.classes-of-teacher", google.where(at("/teachers/*/classes", bare(404))),
     "operation.absent"),
    ("google-classroom", "google.classes-of-teacher", google.where(each("classes", lacking("terms"))),
     "consumer.fields-missing"),
    ("google-classroom", "google.students-of-class", google.where(at("/classes/*/students", nobody)),
     "consumer.records-missing"),
    ("google-classroom", "google.categories-of-class", google.where(at("/classes/*/categories", bare(404))),
     "operation.absent"),
    ("google-classroom", "google.grading-periods", google.where(at("/terms/*/gradingPeriods", lambda request, reply:
     json_reply(200, {"academicSessions": [{"sourcedId": "term-1", "title": "Term", "startDate": "2025-01-01",
     "endDate": "2025-06-01", "schoolYear": "2025", "type": "term"}]}))), "operation.disagrees"),
    ("google-classroom", "google.page-size", google.where(Override(lambda request: is_data(request)
     and request.asks("limit") == "10000", lambda request, reply: bare(413))), "load.page-too-large"),
    ("google-classroom", "google.line-items-of-class", google.where(at("/classes/*/lineItems", bare(404))),
     "operation.absent"),
    ("microsoft-sds", "sds.answers", microsoft.where(nothing_in("courses")), "consumer.records-missing"),
    ("microsoft-sds", "sds.answers", microsoft.where(at("/terms", bare(404))), "operation.absent"),
    ("microsoft-sds", "sds.total", microsoft.where(data_says(_slow_total, "courses")), "paging.total-missing"),
    ("microsoft-sds", "sds.required-fields", microsoft.where(each("courses", lacking("title"))), "payload.invalid"),
    ("microsoft-sds", "sds.references", microsoft.where(data_says(of_type("thing"))), "payload.reference-type"),
    ("microsoft-sds", "sds.references", microsoft.where(each("courses", holding(org={"sourcedId": "district-1",
     "type": "org"}))), "consumer.fields-missing"),
    ("microsoft-sds", "sds.usernames", microsoft.where(at_sign), "consumer.usernames"),
    ("microsoft-sds", "sds.timestamps", microsoft.where(each("classes", SECONDS)), "consumer.timestamps"),
    ("microsoft-sds", "sds.paging", microsoft.where(Override(lambda request: is_data(request) and request.path.endswith(
     "/terms") and request.asks("limit") == "1", lambda request, reply: json_reply(200, {"academicSessions": [{
     "sourcedId": "term-1"}]}))), "paging.offset-ignored"),
    ("microsoft-sds", "sds.no-match", microsoft.where(filtered("sourcedId='", is_empty(bare(500)))),
     "query.no-match"),
    ("microsoft-sds", "sds.delta", microsoft.where(filtered("dateLastModified", REFUSED_1_1)), "query.delta-ignored"),
    ("microsoft-sds", "sds.guardians", microsoft.where(each("users", lacking("agents"))),
     "accounts.guardians-missing"),
    ("certification", "certification.paging", microsoft.where(Override(lambda request: is_data(request)
     and request.path.endswith("/terms") and request.asks("limit") == "1", lambda request, reply: json_reply(200, {
     "academicSessions": [{"sourcedId": "term-1"}]}))), "paging.offset-ignored"),
    ("certification", "certification.filter", generic.where(filter="refused"), "query.filter-unsupported"),
    ("certification", "certification.sort", older.where(sort="ignored"), "query.sort-ignored"),
    ("certification", "certification.fields", generic.where(fields="ignored"), "query.fields-ignored"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("consumer", "check", "district", "cause"),
    BROKEN,
    ids=[f"{check} {cause}" for _, check, _, cause in BROKEN],
)
async def test_each_step_that_is_broken_has_its_own_finding(
    consumer: Consumer, check: str, district: District, cause: str, tmp_path: Path
) -> None:
    last = [each.id for each in every_check() if each.consumer == consumer][-1]
    result, _ = await run_row(step(consumer, check, district, fails(cause)), tmp_path, only=(check, last))
    finding, behind = result.finding(check), result.finding(last)
    assert finding is not None
    assert (finding.status, finding.cause) == (Status.FAIL, cause)
    # No step ends the run.
    assert behind is not None
    assert check == last or behind.status is not Status.ERROR


REQUIRED = [(each.name, each.path) for each in operations("1.2") if each.method == "GET" and each.certified]


@pytest.mark.parametrize(("name", "path"), REQUIRED, ids=[name for name, _ in REQUIRED])
async def test_each_operation_that_certification_requires_is_a_step(
    name: str, path: str, tmp_path: Path
) -> None:
    pattern = "/".join("*" if word.startswith("{") else word for word in path.split("/"))
    district = generic.where(periods, at(pattern, bare(501)))
    (check,) = [each.id for each in every_check() if each.title == f"Certification: {name}"]
    row = step("certification", name, district, fails("operation.absent"))
    result, _ = await run_row(row, tmp_path, only=(check,))
    finding = result.finding(check)
    assert finding is not None
    if name in ("getAllOrgs",):
        # What no run can do without ends it before.
        assert finding.status in (Status.FAIL, Status.SKIP)
        return
    assert (finding.status, finding.cause) == (Status.FAIL, "operation.absent")


def test_every_step_that_reads_is_broken_once() -> None:
    broken = {check for _, check, _, _ in BROKEN}
    steps = {
        each.id
        for each in every_check()
        if each.consumer
        and not each.title.startswith("Certification: get")
        and not each.id.endswith(".version")
    }
    assert steps - broken == {*WRITES_OF_GOOGLE}


@pytest.mark.parametrize("consumer", CONSUMERS)
@pytest.mark.parametrize("oneroster", ["1.1", "1.2"])
async def test_every_consumer_passes_at_the_practice_district(consumer: Consumer, oneroster: str) -> None:
    parts: list[Share] = ["rostering", "demographics", "gradebook", "resources"]
    if oneroster == "1.2":
        parts.append("assessments")
    version = "1.1" if oneroster == "1.1" else "1.2"
    with PracticeDistrict(oneroster=version, share=parts) as district:  # type: ignore[arg-type]
        result = await run(district.connection, district.credentials, consumer=consumer)
    assert (result.verdict.status, result.verdict.cause) == (Status.PASS, None)
    assert result.requests <= MOST_AT_FULL_DEPTH
    planned = {each.id for each in every_check() if each.consumer == consumer}
    findings = [each.finding for each in result.findings if each.finding.check in planned]
    assert len(findings) == len(planned)
    reasons = [each.reason or "" for each in findings if each.status is Status.SKIP]
    versions = {
        "google-classroom": ["Google's tests are only for OneRoster 1.2 (those for 1.1 are retired), and this "
                             "connection uses 1.1"] if version == "1.1" else [],
        "microsoft-sds": ["Microsoft's tests are only for OneRoster 1.1, and this connection uses 1.2"]
        if version == "1.2" else [],
        "certification": [],
    }  # fmt: skip
    writes = [WRITES] * len(WRITES_OF_GOOGLE) if consumer == "google-classroom" else []
    assert sorted(reasons) == sorted([*versions[consumer], *writes])
    assert {each.status for each in findings} <= {Status.PASS, Status.SKIP}
