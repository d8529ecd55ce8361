"""How a finding becomes sentences and steps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oneroster_checks.causes.template import Audience, facts_required, facts_used, fill
from oneroster_checks.causes.words import (
    IN_ORDER,
    filled,
    report,
    steps_for_district,
    summary_for_district,
    title,
    together,
)
from oneroster_checks.diagnosis.plan import every_check
from oneroster_checks.finding import Facts, Finding, Stage, Status
from oneroster_checks.labels import Who
from oneroster_checks.result import Step
from oneroster_checks.stages.model import Check


def _finding(
    status: Status,
    cause: str | None = None,
    facts: Facts | None = None,
    *,
    check: str = "token.issue",
    reason: str | None = None,
) -> Finding:
    return Finding(check, "Token", Stage.TOKEN, status, cause, facts or {}, reason)


def _for_district(code: str, provider: str, facts: Facts) -> list[Step]:
    """The district's steps about a failure, as the message has them."""
    steps = steps_for_district(_finding(Status.FAIL, code, facts), provider)
    return list(filled(((step, facts) for step in steps), Audience.DISTRICT))


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
    assert report(finding, "generic", in_order).summary == "The district shares 120 people and 9 classes."
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
    assert _for_district(code, "infinite-campus", facts) == []


def test_a_question_is_for_the_district() -> None:
    reported = report(_finding(Status.ASK), "infinite-campus")
    assert reported.summary == "Only the district can see this."


def test_a_cause_that_nobody_knows_does_not_raise() -> None:
    reported = report(_finding(Status.FAIL, "token.nonesuch", reason="the answer was odd"), "generic")
    assert reported.summary == "the answer was odd."
    assert report(_finding(Status.FAIL), "generic").summary.endswith("no cause is known for it.")


def test_missing_facts_become_a_neutral_word() -> None:
    reported = report(_finding(Status.FAIL, "network.refused"), "infinite-campus")
    assert reported.summary == "unknown refused the connection."


def test_an_optional_clause_falls_when_a_fact_is_missing_or_empty() -> None:
    template = "It is wrong[[; use {suggestion}]][[ ({detail}, {error})]]."
    assert fill(template, {}) == "It is wrong."
    assert fill(template, {"suggestion": "", "detail": "a", "error": ""}) == "It is wrong."
    assert fill(template, {"suggestion": "x", "detail": "a", "error": "b"}) == "It is wrong; use x (a, b)."
    assert fill(template, {"suggestion": 0}) == "It is wrong; use 0."


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


def test_what_the_vendor_can_fix_alone_comes_before_the_district() -> None:
    facts: Facts = {"field": "token_url", "app": "d"}
    suggestion = {**facts, "suggestion": "https://d.example.org/campus/oauth2/token?appName=d"}
    steps = report(_finding(Status.FAIL, "address.app-name-missing", suggestion), "infinite-campus").fix
    assert [step.who for step in steps] == [Who.VENDOR, Who.VENDOR, Who.DISTRICT]
    assert steps[2].text.startswith("Only if that does not help: ")
    assert _for_district("address.app-name-missing", "infinite-campus", suggestion) == []
    assert _for_district("address.app-name-missing", "infinite-campus", facts) != []


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
        "Of 12 enrolled students that were compared, 3 (25%) cannot be found among the users, as happens when they "
        "have no user account."
    )
    reported = report(_finding(Status.FAIL, "data.missing-email", facts), "infinite-campus")
    assert reported.summary == "There is no email address for 3 of 12 people (for example s1, s2)."


def test_parts_have_the_name_that_people_read() -> None:
    finding = _finding(Status.FAIL, "sharing.scope-missing", _lacking("gradebook", "gradebook.readonly"))
    assert report(finding, "generic").summary == (
        "The token's scope lacks gradebook.readonly, so the grade book is not shared (HTTP 403)."
    )
    assert title(finding) == "Grade Book is not shared"
    # What goes into the field is the whole name.
    assert report(finding, "generic").fix[0].text == (
        f"Add {SCOPES}gradebook.readonly to the scope field, separated by a space."
    )
    in_campus = [step.text for step in report(finding, "infinite-campus").fix]
    assert in_campus[0].endswith("Under Data to Share, turn on Grade Book, then click Save.")


SCOPES = "https://purl.imsglobal.org/spec/or/v1p2/scope/"


def _lacking(part: str, scope: str) -> Facts:
    return {"part": part, "status": 403, "scope_needed": f"{SCOPES}{scope}"}


def test_parts_without_their_scope_are_told_in_one_sentence() -> None:
    findings = [
        _finding(Status.FAIL, "sharing.scope-missing", facts)
        for facts in (
            _lacking("demographics", "roster-demographics.readonly"),
            _lacking("gradebook", "gradebook.readonly"),
        )
    ]
    other = _finding(Status.FAIL, "sharing.resources-off")
    reported = [report(each, "generic") for each in (findings[0], other, findings[1])]
    merged, rest = together(reported, "generic")
    assert rest.finding is other
    assert merged.summary == (
        "The token's scope lacks roster-demographics.readonly and gradebook.readonly, so demographics and the grade "
        "book are not shared (HTTP 403)."
    )
    assert title(merged.finding) == "Demographics and Grade Book are not shared"
    assert merged.fix[0].text == (
        f"Add {SCOPES}roster-demographics.readonly {SCOPES}gradebook.readonly to the scope field, separated by a "
        "space."
    )
    assert together(reported[:2], "generic") == tuple(reported[:2])


def test_findings_of_a_cause_that_names_one_thing_stay_apart() -> None:
    reported = [
        report(_finding(Status.FAIL, "address.plain-http", {"field": field, "host": "d"}), "generic")
        for field in ("base_url", "token_url")
    ]
    assert together(reported, "generic") == tuple(reported)


@pytest.mark.parametrize("provider", ["infinite-campus", "generic"])
def test_a_scope_is_spoken_of_where_one_was_sent(provider: str) -> None:
    facts: Facts = {"host": "d.example.org", "scope": f"{SCOPES}roster.readonly {SCOPES}gradebook.readonly"}
    with_scope = report(_finding(Status.FAIL, "token.invalid-scope", facts), provider)
    assert with_scope.summary == (
        "The token URL on d.example.org refused the scope roster.readonly and gradebook.readonly."
    )
    assert "scope field" in with_scope.fix[0].text
    assert all("Rostering" not in step.text for step in with_scope.fix)
    without = report(_finding(Status.FAIL, "token.invalid-scope", {"host": "d.example.org"}), provider)
    assert without.summary == (
        "The token URL on d.example.org refused the token request because of its scope, although none was sent."
    )
    assert not any(step.text.startswith(("Clear", "Check the spelling")) for step in without.fix)
    assert any(step.who is Who.DISTRICT for step in without.fix)


def test_an_old_address_takes_what_returned_data() -> None:
    facts: Facts = {"field": "base_url", "suggestion": "https://d.example.org/new/ims/oneroster"}
    steps = report(_finding(Status.FAIL, "address.legacy", facts), "infinite-campus").fix
    assert steps[0].text.endswith("it returned data in this run: https://d.example.org/new/ims/oneroster")
    assert [step.who for step in steps] == [Who.VENDOR, Who.VENDOR, Who.DISTRICT]
    assert _for_district("address.legacy", "infinite-campus", facts) == []
    assert _for_district("address.legacy", "infinite-campus", {"field": "base_url"}) != []


def test_a_hint_that_is_not_to_blame_asks_nothing_of_the_district() -> None:
    facts: Facts = {"field": "client_secret", "what": "spaces around it"}
    harmless = replace(_finding(Status.WARN, "key.stray-characters", facts), to_blame=False)
    assert all(step.who is Who.VENDOR for step in report(harmless, "infinite-campus").fix)
    assert steps_for_district(harmless, "infinite-campus") == ()
    assert _for_district("key.stray-characters", "infinite-campus", facts) != []


def test_a_condition_on_a_fact_need_not_show_it() -> None:
    template = "[[?scope|with]][[-scope|without]]"
    assert fill(template, {"scope": "x"}) == "with"
    assert fill(template, {"scope": ""}) == fill(template, {}) == "without"
    assert facts_used(template) == {"scope"}
    assert facts_required(template) == frozenset()


@pytest.mark.parametrize(
    ("minutes", "text"), [(7, "7 minutes"), (1, "1 minute"), (60, "1 h"), (120, "2 h"), (135, "2 h 15 min")]
)
def test_a_difference_of_clocks_is_read_in_hours(minutes: int, text: str) -> None:
    facts: Facts = {"minutes": minutes, "direction": "behind"}
    reported = report(_finding(Status.FAIL, "clock.skew", facts), "generic")
    assert reported.summary == f"This computer's clock is {text} behind the server's."
    assert reported.fix[2].text == (
        f"Check the clock of the district's server: it is {text} ahead of the vendor's."
    )
    finding = reported.finding
    assert summary_for_district(finding) == f"Our clock is {text} behind the server's."
    (step,) = _for_district("clock.skew", "generic", facts)
    assert step.text == f"Check the clock of your server: it is {text} ahead of ours."


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("The district shares {count} people.", "The district shares 1 person."),
        ("{count} classes and {other} classes", "1 class and 21 classes"),
        ("{count} assessment line items", "1 assessment line item"),
        ("OAuth {count} requests", "OAuth 1 requests"),
        ("OneRoster 1.{count} classes", "OneRoster 1.1 classes"),
    ],
)
def test_one_of_a_thing_is_singular(template: str, text: str) -> None:
    assert fill(template, {"count": 1, "other": 21}) == text


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


def test_the_message_to_the_district_has_no_prefix_and_no_vendor_step() -> None:
    facts: Facts = {"created": "2024-01-01", "expires": "2025-01-01"}
    steps = [step.text for step in _for_district("oauth1.expired", "infinite-campus", facts)]
    assert len(steps) == 1
    assert "Renew" in steps[0]
    assert "our connection" in steps[0]
    (step,) = _for_district("token.short-lived", "generic", {"seconds": 5})
    assert step.text == "Ask the provider whether a longer lifetime can be set."
    assert _for_district("token.body-only", "generic", {}) == []
    assert _for_district("token.nonesuch", "generic", {}) == []


def test_a_second_step_on_the_same_screen_does_not_repeat_the_click_path() -> None:
    facts: Facts = {"host": "d.example.org", "status": 403, "tried": 3}
    steps = [step.text for step in _for_district("access.forbidden", "infinite-campus", facts)]
    assert steps[0].startswith("Open Instruction > Settings > Digital Learning Applications Configuration")
    assert steps[1] == "On the same connection, under Data to Share, turn on Rostering, then click Save."


def test_a_click_path_that_fell_with_its_step_is_given_by_the_next() -> None:
    facts: Facts = {"host": "d.example.org", "methods_tried": "HMAC-SHA256 and HMAC-SHA1"}
    steps = [step.text for step in _for_district("oauth1.rejected", "infinite-campus", facts)]
    assert len(steps) == 1
    assert steps[0].startswith("Open Instruction > Settings > Digital Learning Applications Configuration")


def test_the_vendor_has_another_name_for_each_reader() -> None:
    template = "Send it to {vendor} for {vendor_own} connection."
    assert fill(template, {}, Audience.VENDOR) == "Send it to the vendor for the vendor's connection."
    assert fill(template, {}, Audience.DISTRICT) == "Send it to us for our connection."
