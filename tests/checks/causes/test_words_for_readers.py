"""Words for the vendor and for the district: which steps are whose, and what several findings say together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oneroster_checks.causes.template import Audience
from oneroster_checks.causes.together import together
from oneroster_checks.causes.words import (
    filled,
    report,
    steps_for_district,
    summary_for_district,
    title,
)
from oneroster_checks.finding import Facts, Finding, Stage, Status
from oneroster_checks.labels import Who
from oneroster_checks.result import Step

SCOPES = "https://purl.imsglobal.org/spec/or/v1p2/scope/"


def _finding(status: Status, cause: str | None = None, facts: Facts | None = None) -> Finding:
    return Finding("token.issue", "Token", Stage.TOKEN, status, cause, facts or {})


def _for_district(code: str, provider: str, facts: Facts) -> list[Step]:
    """The district's steps about a failure, as the message has them."""
    steps = steps_for_district(_finding(Status.FAIL, code, facts), provider)
    return list(filled(((step, facts) for step in steps), Audience.DISTRICT))


def _lacking(part: str, scope: str) -> Facts:
    return {"part": part, "status": 403, "scope_needed": f"{SCOPES}{scope}"}


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
    scope = f"{SCOPES}roster.readonly {SCOPES}gradebook.readonly"
    facts: Facts = {"host": "d.example.org", "scope": scope, "without_scope": True}
    with_scope = report(_finding(Status.FAIL, "token.invalid-scope", facts), provider)
    assert with_scope.summary == (
        "The token URL on d.example.org refused the scope roster.readonly and gradebook.readonly."
    )
    assert "scope field" in with_scope.fix[0].text
    assert all("Rostering" not in step.text for step in with_scope.fix)
    refused: Facts = {"host": "d.example.org", "none_accepted": True}
    without = report(_finding(Status.FAIL, "token.invalid-scope", refused), provider)
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


def test_the_message_to_the_district_has_no_prefix_and_no_vendor_step() -> None:
    facts: Facts = {"created": "2024-01-01", "expires": "2025-01-01"}
    steps = [step.text for step in _for_district("oauth1.expired", "infinite-campus", facts)]
    assert len(steps) == 1
    assert "Renew" in steps[0]
    assert "our connection" in steps[0]
    (step,) = _for_district("token.short-lived", "generic", {"seconds": 5})
    assert step.text == "Ask the provider whether tokens can last longer."
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


def test_what_the_vendor_can_fix_alone_comes_before_the_district() -> None:
    facts: Facts = {"field": "token_url", "app": "d"}
    suggestion = {**facts, "suggestion": "https://d.example.org/campus/oauth2/token?appName=d"}
    steps = report(_finding(Status.FAIL, "address.app-name-missing", suggestion), "infinite-campus").fix
    assert [step.who for step in steps] == [Who.VENDOR, Who.VENDOR, Who.DISTRICT]
    assert steps[2].text.startswith("Only if that does not help: ")
    assert _for_district("address.app-name-missing", "infinite-campus", suggestion) == []
    assert _for_district("address.app-name-missing", "infinite-campus", facts) != []
