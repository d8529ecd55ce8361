"""Results of runs at full depth, made without a district: what was read, what the rules found, the response times."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from oneroster_checks.causes.words import report
from oneroster_checks.connection import Connection
from oneroster_checks.evidence import Evidence
from oneroster_checks.finding import Fact, Finding, Stage, Status
from oneroster_checks.result import ChecklistItem, CollectionRead, ReportedFinding, Result, Verdict

PROVIDER = "infinite-campus"
HOST = "https://lakeside.example/ims/oneroster/rostering/v1p2"
READ = (
    CollectionRead("orgs", 12, 12, 1, 5_120, 0.1, True),
    CollectionRead("academicSessions", 9, 9, 1, 3_900, 0.1, True),
    CollectionRead("courses", 1_450, 1_450, 1, 610_000, 0.2, True),
    CollectionRead("classes", 42_000, 42_000, 6, 31_500_000, 2.4, True),
    CollectionRead("users", 120_000, 120_003, 12, 71_000_000, 4.1, True),
    CollectionRead("enrollments", 878_000, None, 55, 301_000_000, 21.3, True),
)
# Each rule: its check, title, cause, state and facts.
RULES: tuple[tuple[str, str, str | None, Status, dict[str, Fact]], ...] = (
    ("data.references", "References", "data.dangling-reference", Status.FAIL,
     {"count": 30_135, "of": 2_634_000, "kinds": {"enrollment.user": 26_000, "enrollment.class": 4_135},
      "examples": ("e-1001", "e-1002", "e-1003", "e-1004", "e-1005")}),
    ("data.deleted", "References to deleted records", None, Status.PASS, {"count": 0, "of": 2_634_000}),
    ("data.usernames", "Usernames", "data.duplicate-username", Status.WARN,
     {"count": 3, "of": 119_990, "examples": ("u-17", "u-18", "u-4711")}),
    ("data.students", "Students in classes", "data.class-without-students", Status.WARN,
     {"count": 812, "of": 42_000, "examples": ("c-9", "c-10", "c-11", "c-12", "c-13")}),
    ("data.vocabulary", "Vocabulary", "data.unknown-vocabulary", Status.WARN,
     {"count": 41, "of": 1_041_471, "kinds": {"user.role": 40, "class.classType": 1}, "examples": ("u-3", "c-8")}),
    ("data.cycles", "Tree of orgs", None, Status.PASS, {"of": 12}),
    ("data.guardians", "Guardians", None, Status.SKIP, {}),
)  # fmt: skip
RECORDS: dict[str, Fact] = {
    "count": 57, "of": 1_041_471, "kinds": {"user.email": 50, "enrollment.beginDate": 7}, "examples": ("u-5", "e-6"),
}  # fmt: skip


def trace(requests: int) -> tuple[Evidence, ...]:
    """So many requests, of which the slowest, 4,321 ms, is the last but one."""
    every = [
        Evidence("GET", f"{HOST}/enrollments?limit=5000&offset={number * 5000}", 200, 40 + number * 37 % 90)
        for number in range(requests)
    ]
    if requests > 1:
        every[-2] = replace(every[-2], elapsed_ms=4321)
    return tuple(every)


def full_result(
    read: tuple[CollectionRead, ...] = READ, *, requests: int = 76, healthy: bool = False
) -> Result:
    """The result of a run at full depth: faulty in some rules, or in none."""
    whole = Finding("paging.whole", "Full read", Stage.PAGING, Status.PASS, facts={"count": 1_041_471})
    broken = Finding(
        "payload.records", "Record fields", Stage.PROTOCOL, Status.WARN, "payload.invalid", RECORDS
    )
    right = Finding("payload.records", "Record fields", Stage.PROTOCOL, Status.PASS, facts={"of": 1_041_471})
    findings = [_reported(whole), _reported(right if healthy else broken)]
    for check, title, cause, status, facts in RULES:
        if healthy and cause:
            finding = Finding(check, title, Stage.DATA, Status.PASS, facts={"count": 0, "of": facts["of"]})
        else:
            reason = "there are no guardians" if status is Status.SKIP else None
            finding = Finding(check, title, Stage.DATA, status, cause, facts, reason)
        findings.append(_reported(finding))
    root = findings[2]
    verdict = Verdict(Status.PASS, None, "Everything that was checked works.")
    if not healthy:
        verdict = Verdict(Status.FAIL, root.finding.cause, root.summary, root.fix, check=root.finding.check)
    item = ChecklistItem("connection-active", "The connection is active.", Status.PASS, ("paging.whole",))
    return Result(
        Connection(
            base_url=HOST, token_url="https://lakeside.example/oauth2/token", client_id="lakeside-key"
        ),
        datetime(2026, 8, 3, 10, 0, tzinfo=UTC),
        28_400,
        requests,
        verdict,
        tuple(findings),
        (item,),
        {"students": 98_000, "teachers": 6_000},
        trace(requests),
        "lakeside",
        read=read,
    )


def cut_off() -> Result:
    """The same where the read of the enrollments did not come to its end."""
    half = replace(READ[-1], records=400_000, total=878_000, complete=False)
    result = full_result((*READ[:-1], half))
    reason = "the pages stay far below the size that was asked for"
    limited = Finding("paging.whole", "Full read", Stage.PAGING, Status.SKIP, reason=reason)
    return replace(result, findings=(_reported(limited), *result.findings[1:]))


def _reported(finding: Finding) -> ReportedFinding:
    return report(finding, PROVIDER)
