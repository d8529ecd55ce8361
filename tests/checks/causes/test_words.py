"""How a finding becomes sentences and steps."""

from __future__ import annotations

import pytest

from oneroster_checks.causes.passes import PASSES
from oneroster_checks.causes.template import facts_required, fill
from oneroster_checks.causes.words import report, steps_for_district
from oneroster_checks.errors import UnknownCause
from oneroster_checks.finding import Facts, Finding, Stage, Status

CHECKS = (
    "address.combination",
    "address.fields",
    "address.base-url",
    "address.token-url",
    "address.path",
    "address.endpoint",
    "address.version",
    "address.legacy",
    "address.app-name",
    "address.app-name-match",
    "address.hosts",
    "key.format",
    "key.characters",
    "network.token-host",
    "network.base-host",
    "token.issue",
    "token.method",
    "token.scope",
    "token.lifetime",
    "oauth1.age",
    "oauth1.discontinued",
    "access.data",
    "network.clock",
    "oauth1.signature",
    "sharing.orgs",
    "sharing.rostering",
    "sharing.demographics",
    "sharing.resources",
    "year.terms",
    "year.active",
    "accounts.students",
    "accounts.staff",
    "accounts.guardians",
    "gradebook.read",
    "gradebook.content",
    "sharing.assessments",
    "paging.pages",
    "paging.whole",
    "paging.total",
    "query.filter",
    "query.sort",
    "query.fields",
    "payload.envelope",
    "payload.version",
    "payload.records",
    "error.shape",
    "error.unsafe",
    "load.pace",
)


def _finding(
    status: Status,
    cause: str | None = None,
    facts: Facts | None = None,
    *,
    check: str = "token.issue",
    reason: str | None = None,
) -> Finding:
    return Finding(check, "Token", Stage.TOKEN, status, cause, facts or {}, reason)


def test_there_is_a_sentence_for_every_check_that_passed() -> None:
    assert set(PASSES) == set(CHECKS)
    assert len(CHECKS) == 48


@pytest.mark.parametrize("check", CHECKS)
def test_a_pass_needs_no_fact(check: str) -> None:
    assert facts_required(PASSES[check]) == frozenset()
    reported = report(_finding(Status.PASS, check=check), "infinite-campus")
    assert reported.summary.endswith(".")
    assert "  " not in reported.summary
    assert "unknown" not in reported.summary
    assert reported.fix == ()


def test_a_pass_tells_the_facts_that_it_has() -> None:
    reported = report(
        _finding(Status.PASS, facts={"people": 120, "classes": 9}, check="sharing.rostering"), "generic"
    )
    assert reported.summary == "Rostering is shared; people: 120; classes: 9."


def test_a_pass_of_an_unlisted_check_still_has_a_sentence() -> None:
    assert report(_finding(Status.PASS, check="new.check"), "generic").summary == "Nothing is wrong here."


def test_a_failure_has_its_sentence_and_who_takes_each_step() -> None:
    finding = _finding(
        Status.FAIL,
        "token.invalid-client",
        {"host": "d.example.org", "status": 401, "error": "invalid_client", "detail": "", "tried": "in both"},
    )
    reported = report(finding, "infinite-campus")
    assert reported.finding is finding
    assert reported.summary == (
        "The token endpoint on d.example.org refuses the key and secret (HTTP 401, invalid_client)."
    )
    assert reported.fix[0] == "You: Paste Key and Secret again, whole, from what the district sent last."
    assert reported.fix[1].startswith("District: Open Instruction > Settings > Digital Learning Applications")
    assert all(step.startswith(("You: ", "District: ")) for step in reported.fix)


def test_a_warning_reads_like_a_failure() -> None:
    facts: Facts = {"host": "d.example.org", "seconds": 30}
    reported = report(_finding(Status.WARN, "token.short-lived", facts), "infinite-campus")
    assert reported.summary == "The token from d.example.org expires after 30 seconds."
    assert reported.fix[-1] == "You: Then run the checks again."


def test_a_skip_says_why() -> None:
    reported = report(_finding(Status.SKIP, reason="no token was issued"), "infinite-campus")
    assert reported.summary == "Not judged: no token was issued."
    assert reported.fix == ()
    assert report(_finding(Status.SKIP), "generic").summary == "Not judged: no reason was given."


def test_an_error_is_blamed_on_the_tool() -> None:
    reported = report(_finding(Status.ERROR, "tool.fault", {"error": "ZeroDivisionError"}), "infinite-campus")
    assert reported.summary == (
        "The check token.issue stopped because of a fault in this tool (ZeroDivisionError)."
    )
    assert "token.issue" in reported.fix[1]
    assert not any(step.startswith("District: ") for step in reported.fix)


def test_a_question_is_for_the_district() -> None:
    reported = report(_finding(Status.ASK), "infinite-campus")
    assert reported.summary == "Only the district can answer this."


def test_a_cause_that_nobody_knows_does_not_raise() -> None:
    reported = report(_finding(Status.FAIL, "token.nonesuch", reason="the answer was odd"), "generic")
    assert reported.summary == "the answer was odd."
    assert report(_finding(Status.FAIL), "generic").summary.endswith("no cause is known for it.")


def test_missing_facts_become_a_neutral_word() -> None:
    reported = report(_finding(Status.FAIL, "network.refused"), "infinite-campus")
    assert reported.summary == "unknown refuses connections on port unknown."


def test_an_optional_clause_falls_when_a_fact_is_missing_or_empty() -> None:
    template = "It is wrong[[; use {suggestion}]][[ ({detail}, {error})]]."
    assert fill(template, {}) == "It is wrong."
    assert fill(template, {"suggestion": "", "detail": "a", "error": ""}) == "It is wrong."
    assert fill(template, {"suggestion": "x", "detail": "a", "error": "b"}) == "It is wrong; use x (a, b)."
    assert fill(template, {"suggestion": 0}) == "It is wrong; use 0."


def test_a_step_that_is_all_optional_falls_whole() -> None:
    facts: Facts = {"field": "base_url", "value": "https://d.example.org/campus/campus"}
    without = report(_finding(Status.FAIL, "address.doubled-path", facts), "generic")
    with_it = report(
        _finding(
            Status.FAIL, "address.doubled-path", {**facts, "suggestion": "https://d.example.org/campus"}
        ),
        "generic",
    )
    assert with_it.fix[0] == "You: Put this into the base URL field: https://d.example.org/campus"
    assert with_it.fix[1] == "You: Then run the checks again."
    assert not any(step.startswith("You: Put this") for step in without.fix)
    assert without.fix
    assert without.summary.startswith("The base URL repeats a part")


def test_what_mends_alone_comes_before_the_district() -> None:
    facts: Facts = {"field": "token_url", "value": "https://d.example.org/campus/oauth2/token", "app": "d"}
    suggestion = {**facts, "suggestion": "https://d.example.org/campus/oauth2/token?appName=d"}
    steps = report(_finding(Status.FAIL, "address.app-name-missing", suggestion), "infinite-campus").fix
    assert [step.partition(":")[0] for step in steps] == ["You", "You", "District"]
    assert steps[2].startswith("District: Only if that does not help: ")
    assert steps_for_district("address.app-name-missing", "infinite-campus", suggestion) == ()
    assert steps_for_district("address.app-name-missing", "infinite-campus", facts) != ()


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


@pytest.mark.parametrize("share", [25, 25.0, 25.04, "25", "25%", "25 %"])
def test_a_share_reads_the_same_in_every_form(share: str | float) -> None:
    facts: Facts = {"missing": 3, "sampled": 12, "share": share}
    reported = report(_finding(Status.FAIL, "accounts.students-missing", facts), "infinite-campus")
    assert "3 of 12 enrolled students looked at (25%)" in reported.summary


def test_parts_have_the_name_that_people_read() -> None:
    facts: Facts = {
        "part": "gradebook",
        "status": 403,
        "scope_needed": "gradebook.readonly",
        "scope_given": "",
    }
    reported = report(_finding(Status.FAIL, "sharing.scope-missing", facts), "generic")
    assert reported.summary == (
        "The grade book calls are refused (HTTP 403) because the token lacks the scope gradebook.readonly."
    )


def test_the_message_to_the_district_has_no_prefix_and_no_vendor_step() -> None:
    steps = steps_for_district(
        "oauth1.expired", "infinite-campus", {"created": "2024-01-01", "age_days": 500}
    )
    assert len(steps) == 2
    assert "Renew" in steps[0]
    assert not any(step.startswith(("District: ", "You: ")) for step in steps)
    assert steps_for_district("token.short-lived", "generic", {"seconds": 5}) == (
        "Ask the provider whether a longer lifetime can be set.",
    )
    assert steps_for_district("token.body-only", "generic", {}) == ()
    with pytest.raises(UnknownCause):
        steps_for_district("token.nonesuch", "generic", {})


def test_a_second_step_on_the_same_screen_does_not_repeat_the_way_there() -> None:
    facts: Facts = {"host": "d.example.org", "status": 403, "tried": 3}
    steps = steps_for_district("access.forbidden", "infinite-campus", facts)
    assert steps[0].startswith("Open Instruction > Settings > Digital Learning Applications Configuration")
    assert (
        steps[1]
        == "Stay in Edit of the vendor's connection. Under Data to Share, turn on Rostering, then Save."
    )
    assert "Troubleshooting Documentation > OneRoster API Documentation" in steps[2]
