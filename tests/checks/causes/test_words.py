"""How a finding becomes sentences and steps."""

from __future__ import annotations

import pytest

from oneroster_checks.causes.words import (
    IN_ORDER,
    report,
    steps_for_district,
)
from oneroster_checks.diagnosis.plan import every_check
from oneroster_checks.finding import Facts, Finding, Stage, Status
from oneroster_checks.labels import Who
from oneroster_checks.stages.model import Check

from ..required_facts import facts_required


def _finding(
    status: Status,
    cause: str | None = None,
    facts: Facts | None = None,
    *,
    check: str = "token.issue",
    reason: str | None = None,
) -> Finding:
    return Finding(check, "Token", Stage.TOKEN, status, cause, facts or {}, reason)


@pytest.mark.parametrize("check", every_check(), ids=lambda check: check.id)
def test_a_pass_needs_no_fact(check: Check) -> None:
    assert facts_required(check.in_order) == frozenset()
    reported = report(_finding(Status.PASS, check=check.id), "infinite-campus", check.in_order)
    assert reported.summary.endswith(".")
    assert "  " not in reported.summary
    assert "unknown" not in reported.summary
    assert reported.fix == ()


def test_a_pass_says_the_facts_that_it_has() -> None:
    in_order = next(check.in_order for check in every_check() if check.id == "sharing.rostering")
    finding = _finding(Status.PASS, facts={"people": 120, "classes": 9})
    assert (
        report(finding, "generic", in_order).summary
        == "The district shares 120 students and teachers and 9 classes."
    )
    assert report(finding, "generic").summary == IN_ORDER


def test_a_failure_has_its_sentence_and_who_takes_each_step() -> None:
    finding = _finding(
        Status.FAIL,
        "token.invalid-client",
        {"host": "d.example.org", "status": 401, "error": "invalid_client"},
    )
    reported = report(finding, "infinite-campus")
    assert reported.finding is finding
    assert reported.summary == (
        "The token URL on d.example.org refused the key and secret (HTTP 401, invalid_client)."
    )
    assert str(reported.fix[0]) == (
        "You: Paste the key and secret again, whole, from what the district sent last."
    )
    assert reported.fix[1].who is Who.DISTRICT
    assert reported.fix[1].text.startswith("Open Instruction > Settings > Digital Learning Applications")


def test_a_warning_reads_like_a_failure() -> None:
    facts: Facts = {"host": "d.example.org", "seconds": 30}
    reported = report(_finding(Status.WARN, "token.short-lived", facts), "infinite-campus")
    assert reported.summary == "The token from d.example.org expires after 30 seconds."
    assert str(reported.fix[-1]) == "You: Run the checks again."


def test_a_skip_says_why() -> None:
    reported = report(_finding(Status.SKIP, reason="no token was issued"), "infinite-campus")
    assert reported.summary == "Not checked: no token was issued."
    assert reported.fix == ()
    assert report(_finding(Status.SKIP), "generic").summary == "Not checked: no reason was given."


def test_an_error_is_blamed_on_the_tool() -> None:
    reported = report(
        _finding(Status.ERROR, "tool.fault", {"check": "token.issue", "error": "ZeroDivisionError"}),
        "infinite-campus",
    )
    assert reported.summary == (
        "The check token.issue crashed in this tool (ZeroDivisionError), which says nothing about the district."
    )
    assert all(step.who is Who.VENDOR for step in reported.fix)


@pytest.mark.parametrize(
    ("code", "summary"),
    [
        (
            "tool.secret-missing",
            "There is no client secret for the profile elm on this computer: the file is gone.",
        ),
        ("tool.profile-broken", "The profile elm cannot be read: the file is gone."),
        (
            "tool.profile-changed",
            "The profile elm was not checked as it was first read: the file is gone.",
        ),
        (
            "tool.keyring",
            "The keyring of this computer did not give the secrets of the profile elm: the file is gone.",
        ),
        ("tool.ca-file", "The CA file of the profile elm cannot be used: the file is gone."),
        (
            "tool.proxy",
            "The proxy that this computer is set up to use cannot be used for the profile elm: the file is gone.",
        ),
    ],
)
def test_a_profile_that_cannot_run_says_why(code: str, summary: str) -> None:
    facts: Facts = {"profile": "elm", "reason": "the file is gone."}
    reported = report(_finding(Status.ERROR, code, facts), "infinite-campus")
    assert reported.summary == summary
    assert all(step.who is Who.VENDOR for step in reported.fix)
    assert report(_finding(Status.ERROR, code), "generic").summary.endswith(".")
    assert steps_for_district(reported.finding, "infinite-campus") == ()


def test_a_question_is_for_the_district() -> None:
    reported = report(_finding(Status.ASK), "infinite-campus")
    assert reported.summary == "Only the district can see this."


def test_a_cause_that_nobody_knows_does_not_raise() -> None:
    reported = report(_finding(Status.FAIL, "token.nonesuch", reason="the answer was odd"), "generic")
    assert reported.summary == "the answer was odd."
    assert report(_finding(Status.FAIL), "generic").summary.endswith("no cause is known for it.")


def test_missing_facts_become_a_neutral_word() -> None:
    reported = report(_finding(Status.FAIL, "network.refused"), "infinite-campus")
    assert reported.summary == "There is no connection to unknown."


@pytest.mark.parametrize("detail", ["connection refused", "this computer's proxy refused the connection"])
def test_a_connection_that_is_refused_says_by_whom(detail: str) -> None:
    facts: Facts = {"host": "d.example.org", "port": 443, "detail": detail}
    reported = report(_finding(Status.FAIL, "network.refused", facts), "infinite-campus")
    assert reported.summary == f"There is no connection to d.example.org on port 443: {detail}."


def test_a_step_that_is_all_optional_falls_whole() -> None:
    facts: Facts = {"field": "base_url", "what": "/campus"}
    without = report(_finding(Status.FAIL, "address.doubled-path", facts), "generic")
    with_it = report(
        _finding(
            Status.FAIL, "address.doubled-path", {**facts, "suggestion": "https://d.example.org/campus"}
        ),
        "generic",
    )
    assert str(with_it.fix[0]) == "You: Put this in the base URL field: https://d.example.org/campus"
    assert str(with_it.fix[1]) == "You: Run the checks again."
    assert not any(step.text.startswith("Put this") for step in without.fix)
    assert without.fix
    assert without.summary == "The base URL repeats /campus."


def test_signs_in_a_fact_are_never_read_as_a_template() -> None:
    odd = "{host} [[{value}]] {0} {{x}} %s"
    facts: Facts = {"host": "d.example.org", "status": 200, "detail": odd}
    reported = report(_finding(Status.FAIL, "token.not-an-endpoint", facts), "generic")
    assert odd in reported.summary
    assert reported.summary.count("d.example.org") == 1


def test_controls_and_line_breaks_of_a_server_do_not_reach_the_screen() -> None:
    facts: Facts = {"host": "d.example.org", "status": 500, "detail": "down\x1b[31m\r\nfor\tnow.. "}
    reported = report(_finding(Status.FAIL, "token.server-error", facts), "generic")
    assert reported.summary.endswith("(HTTP 500): down [31m for now.")


def test_long_words_of_a_server_are_cut() -> None:
    facts: Facts = {"host": "d.example.org", "status": 500, "detail": "word " * 500}
    reported = report(_finding(Status.FAIL, "token.server-error", facts), "generic")
    assert len(reported.summary) < 320
    assert reported.summary.endswith("….")


def test_a_status_that_is_no_number_stays_as_it_is() -> None:
    facts: Facts = {"host": "d.example.org", "status": "no answer"}
    reported = report(_finding(Status.FAIL, "access.login-page", facts), "generic")
    assert reported.summary.endswith("(no answer).")


def test_a_share_is_read_as_percent_and_examples_as_a_list() -> None:
    facts: Facts = {"count": 3, "of": 12, "share": 25, "examples": ("s1", "s2")}
    reported = report(_finding(Status.FAIL, "accounts.students-missing", facts), "infinite-campus")
    assert reported.summary == (
        "Of 12 enrolled students compared, 3 (25%) cannot be found among the users, as happens when they "
        "have no user account."
    )
    reported = report(_finding(Status.FAIL, "data.missing-email", facts), "infinite-campus")
    assert (
        reported.summary
        == "There is no email address for 3 of 12 teachers and administrators (for example, s1, s2)."
    )


@pytest.mark.parametrize("code", ["token.invalid-client", "oauth1.rejected"])
def test_renewing_is_spoken_of_where_credentials_expire(code: str) -> None:
    facts: Facts = {"host": "d.example.org", "status": 401, "methods_tried": "HMAC-SHA256 and HMAC-SHA1"}

    def renewals(more: Facts) -> list[str]:
        steps = report(_finding(Status.FAIL, code, {**facts, **more}), "infinite-campus").fix
        return [step.text for step in steps if "Renew" in step.text]

    assert renewals({}) == []
    (step,) = renewals({"lifetime": "one year"})
    assert "created or last renewed more than one year ago" in step
    assert step.endswith("Renew keeps the same key and secret.")
    (step,) = renewals({"lifetime": "one year", "expires": "2026-03-01"})
    assert step.endswith("By the creation date, they expire on 2026-03-01.")


@pytest.mark.parametrize("code", ["oauth1.expired", "oauth1.expires-soon"])
def test_expiration_is_no_matter_of_the_oauth_version(code: str) -> None:
    facts: Facts = {"created": "2024-01-01", "expires": "2025-01-01"}
    reported = report(_finding(Status.FAIL, code, facts), "infinite-campus")
    assert "OAuth" not in reported.summary
    assert "2025-01-01" in reported.summary
    assert not any("OAuth" in step.text for step in reported.fix)
