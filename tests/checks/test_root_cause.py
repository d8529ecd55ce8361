"""The one root cause over findings made by hand: the earliest that explains the rest."""

from __future__ import annotations

import pytest

from oneroster_checks.causes import cause as entry
from oneroster_checks.causes import codes
from oneroster_checks.causes.words import report
from oneroster_checks.diagnosis.verdict import root_cause, verdict
from oneroster_checks.finding import Finding, Stage, Status

FAIL, WARN = Status.FAIL, Status.WARN


def made(cause: str, status: Status = FAIL, *, to_blame: bool = True) -> Finding:
    """A finding with this cause."""
    return Finding(f"check.{cause}", cause, Stage.ACCESS, status, cause, to_blame=to_blame)


PASSED = Finding("check.fine", "Fine", Stage.ADDRESS, Status.PASS)
SKIPPED = Finding("check.later", "Later", Stage.ACCESS, Status.SKIP, reason="it comes later")
FAULT = Finding("check.crash", "Crash", Stage.ACCESS, Status.ERROR, "tool.fault")

TABLE: list[tuple[str, list[Finding], str | None]] = [
    ("nothing at all", [], None),
    ("all is well", [PASSED, SKIPPED], None),
    ("one failure", [PASSED, made("token.invalid-client")], "token.invalid-client"),
    ("the earlier failure", [made("sharing.nothing"), made("paging.duplicates")], "sharing.nothing"),
    ("a failure before a warning", [made("year.not-active", WARN), made("paging.duplicates")], "paging.duplicates"),
    ("the earlier warning", [made("token.body-only", WARN), made("error.shape", WARN)], "token.body-only"),
    ("a standing warning comes last", [made("oauth1.discontinued", WARN), made("error.shape", WARN)], "error.shape"),
    ("the end is nearer than the rule", [made("oauth1.discontinued", WARN), made("oauth1.expires-soon", WARN)],
     "oauth1.expires-soon"),
    ("the standing warning alone", [made("oauth1.discontinued", WARN)], "oauth1.discontinued"),
    ("a fault of the tool alone", [PASSED, FAULT], "tool.fault"),
    ("a failure before a fault of the tool", [FAULT, made("sharing.nothing")], "sharing.nothing"),
    ("a fault of the tool before a warning", [made("error.shape", WARN), FAULT], "tool.fault"),
    # Hints, which are warnings until what they explain has failed.
    ("a clock alone", [made("clock.skew", WARN)], "clock.skew"),
    ("a clock and a refused signature", [made("oauth1.rejected"), made("clock.skew")], "clock.skew"),
    ("a clock and an old key", [made("oauth1.expired"), made("clock.skew", WARN)], "clock.skew"),
    ("a clock and a refused token", [made("token.invalid-client"), made("clock.skew", WARN)], "token.invalid-client"),
    ("an odd key that is refused", [made("key.unexpected-format", WARN), made("token.invalid-client")],
     "key.unexpected-format"),
    ("an odd key that is not allowed", [made("key.unexpected-format", WARN), made("token.unauthorized-client")],
     "key.unexpected-format"),
    ("an odd key and a server that is down", [made("key.unexpected-format", WARN), made("token.server-error")],
     "token.server-error"),
    ("an odd key, nothing shared", [made("key.unexpected-format", WARN), made("sharing.nothing")], "sharing.nothing"),
    ("strange signs in a refused key", [made("key.stray-characters", WARN), made("token.invalid-client")],
     "key.stray-characters"),
    ("strange signs around a refused key",
     [made("key.stray-characters", WARN, to_blame=False), made("token.invalid-client")],
     "token.invalid-client"),
    ("another app, and unknown", [made("address.app-name-mismatch", WARN), made("token.app-not-selected")],
     "address.app-name-mismatch"),
    ("another app, and no data", [made("address.app-name-mismatch", WARN), made("access.token-rejected")],
     "address.app-name-mismatch"),
    ("another app, and a slow server", [made("address.app-name-mismatch", WARN), made("network.timeout")],
     "network.timeout"),
    ("another host, and refused", [made("address.host-mismatch", WARN), made("token.invalid-client")],
     "address.host-mismatch"),
    ("another host, and no data", [made("address.host-mismatch", WARN), made("access.base-url-wrong")],
     "address.host-mismatch"),
    ("another host that cannot be reached", [made("address.host-mismatch", WARN), made("tls.expired")], "tls.expired"),
    ("another host that wants another form", [made("address.host-mismatch", WARN), made("token.request-form")],
     "address.host-mismatch"),
    # Hints explain refusals by the token or data service, not what answers in its place.
    ("another host, and a firewall", [made("address.host-mismatch", WARN), made("token.blocked")], "token.blocked"),
    ("another host, and a filter before the data", [made("address.host-mismatch", WARN), made("access.blocked")],
     "access.blocked"),
    ("another app, and a gateway", [made("address.app-name-mismatch", WARN), made("access.gateway-key")],
     "access.gateway-key"),
    ("another app, and words of the application", [made("address.app-name-mismatch", WARN),
     made("access.error-answer")], "access.error-answer"),
    ("an odd key, and a firewall", [made("key.unexpected-format", WARN), made("token.blocked")], "token.blocked"),
    ("the old path that is gone", [made("address.legacy", WARN), made("access.base-url-wrong")], "address.legacy"),
    ("the old path that works", [made("address.legacy", WARN)], "address.legacy"),
    ("the old path and no school", [made("address.legacy", WARN), made("sharing.nothing")], "sharing.nothing"),
    ("a year that is over and nobody in it", [made("sharing.rostering-off"), made("year.not-active", WARN)],
     "year.not-active"),
    ("records of the other version", [made("payload.invalid"), made("payload.version-mismatch")],
     "payload.version-mismatch"),
    ("only the first is explained", [made("sharing.nothing"), made("oauth1.rejected"), made("clock.skew", WARN)],
     "sharing.nothing"),
    ("a hint is no failure by itself", [made("key.unexpected-format", WARN), made("error.shape", WARN)],
     "key.unexpected-format"),
]  # fmt: skip


@pytest.mark.parametrize(("findings", "cause"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_root_cause(findings: list[Finding], cause: str | None) -> None:
    told = [report(finding, "infinite-campus") for finding in findings]
    found = root_cause(told)
    assert (found.finding.cause if found else None) == cause
    reported = verdict(told, "infinite-campus")
    assert reported.check == (found.finding.check if found else None)
    assert reported.cause == cause
    statuses = {finding.status for finding in findings}
    if FAIL in statuses:
        assert reported.status is FAIL
    elif Status.ERROR in statuses:
        assert reported.status is Status.ERROR
    else:
        assert reported.status is (Status.PASS if cause is None else WARN)
    assert reported.cause not in reported.then
    assert len(set(reported.then)) == len(reported.then)


def test_what_follows_after_the_root_cause_is_named_once_and_in_order() -> None:
    causes = ["sharing.nothing", "paging.duplicates", "error.unsafe", "paging.duplicates"]
    findings = [made("error.shape", WARN), *(made(cause) for cause in causes)]
    reported = verdict([report(finding, "infinite-campus") for finding in findings], "infinite-campus")
    assert reported.then == ("paging.duplicates", "error.unsafe")


def test_what_the_root_cause_explains_is_not_named_after_it() -> None:
    findings = [made("address.legacy", WARN), made("access.base-url-wrong"), made("error.unsafe")]
    reported = verdict([report(finding, "infinite-campus") for finding in findings], "infinite-campus")
    assert (reported.cause, reported.then) == ("address.legacy", ("error.unsafe",))
    assert "access.base-url-wrong" in entry("address.legacy").explains


def test_every_rule_speaks_of_causes_of_the_catalogue() -> None:
    known = set(codes())
    hints = [entry(code) for code in codes() if entry(code).explains]
    assert len({hint.strength for hint in hints}) == len(hints) >= 8
    for hint in hints:
        assert set(hint.explains) <= known
        assert hint.code not in hint.explains
