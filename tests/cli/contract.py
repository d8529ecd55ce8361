"""The JSON of the contract, held field by field; further fields are allowed, none may be missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from oneroster_checks.causes import codes
from oneroster_checks.version import __version__

STAGES = {
    "address",
    "network",
    "token",
    "access",
    "sharing",
    "accounts",
    "gradebook",
    "paging",
    "protocol",
    "data",
}
SHARES = {"rostering", "demographics", "gradebook", "assessments", "resources"}
Rule = Callable[[Any], bool]


def text(value: Any) -> bool:
    return isinstance(value, str)


def sentence(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.strip() == value and "\n" not in value


def whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def one_of(*allowed: Any) -> Rule:
    return lambda value: any(value == each and type(value) is type(each) for each in allowed)


def steps(value: Any) -> bool:
    return isinstance(value, list) and all(sentence(step) for step in value)


def cause(value: Any) -> bool:
    return value is None or value in codes()


def moment(value: Any) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).utcoffset() is not None


def identifier(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)+", value))


def texts_of(allowed: set[str]) -> Rule:
    return lambda value: (
        isinstance(value, list) and all(isinstance(item, str) and item in allowed for item in value)
    )


def counts(value: Any) -> bool:
    return isinstance(value, dict) and all(sentence(name) and whole(count) for name, count in value.items())


def listed(rules: dict[str, Rule]) -> Rule:
    def check(value: Any) -> bool:
        assert isinstance(value, list)
        for entry in value:
            hold(entry, rules)
        return True

    return check


def nested(rules: dict[str, Rule]) -> Rule:
    def check(value: Any) -> bool:
        hold(value, rules)
        return True

    return check


def or_null(rule: Rule) -> Rule:
    return lambda value: value is None or rule(value)


LONGEST_SAID = 200
EVIDENCE: dict[str, Rule] = {
    "method": one_of("GET", "POST", "CONNECT"),
    "url": sentence,
    "status": or_null(lambda value: whole(value) and 100 <= value < 1000),
    "elapsed_ms": whole,
    "note": text,
}
FINDING: dict[str, Rule] = {
    "check": identifier,
    "title": sentence,
    "stage": one_of(*STAGES),
    "status": one_of("pass", "warn", "fail", "skip", "ask", "error"),
    "cause": cause,
    "summary": sentence,
    "fix": steps,
    "reason": or_null(sentence),
    "duration_ms": whole,
    "evidence": listed(EVIDENCE),
}
ITEM: dict[str, Rule] = {
    "item": identifier,
    "text": sentence,
    "status": one_of("pass", "warn", "fail", "skip", "ask"),
    "findings": lambda value: isinstance(value, list) and all(identifier(check) for check in value),
}
CONNECTION: dict[str, Rule] = {
    "provider": sentence,
    "oauth": one_of(1, 2),
    "oneroster": one_of("1.1", "1.2"),
    "base_url": text,
    "token_url": text,
    "client_id": text,
    "share": texts_of(SHARES),
    "fixed_token": one_of(True, False),
}
VERDICT: dict[str, Rule] = {
    "status": one_of("pass", "warn", "fail", "error"),
    "cause": cause,
    "summary": sentence,
    "fix": steps,
}
RUN: dict[str, Rule] = {
    "profile": or_null(sentence),
    "connection": nested(CONNECTION),
    "started": moment,
    "duration_ms": whole,
    "requests": whole,
    "verdict": nested(VERDICT),
    "findings": listed(FINDING),
    "checklist": listed(ITEM),
    "counts": counts,
}
DOCUMENT: dict[str, Rule] = {
    "schema_version": one_of(1),
    "tool": nested({"name": one_of("oneroster-wizard"), "version": one_of(__version__)}),
    "runs": listed(RUN),
}


def hold(value: Any, rules: dict[str, Rule]) -> None:
    """Hold an object against its rules; AssertionError names the field that breaks one."""
    assert isinstance(value, dict)
    assert set(rules) <= set(value), f"missing: {set(rules) - set(value)}"
    for name, rule in rules.items():
        assert rule(value[name]), f"{name}: {value[name]!r}"


def hold_document(document: Any) -> None:
    """Hold a whole report, and what its parts say of each other, against the contract."""
    hold(document, DOCUMENT)
    for run in document["runs"]:
        checks = [finding["check"] for finding in run["findings"]]
        assert len(set(checks)) == len(checks)
        for finding in run["findings"]:
            for entry in finding["evidence"]:
                # The server's own words are there only where it said something.
                assert "said" not in entry or 0 < len(entry["said"]) <= LONGEST_SAID, entry
            assert (finding["reason"] is not None) == (finding["status"] == "skip"), finding
            assert (finding["cause"] is not None) == (finding["status"] in ("warn", "fail", "error")), finding
            assert bool(finding["fix"]) == (finding["cause"] is not None), finding
        for item in run["checklist"]:
            assert set(item["findings"]) <= set(checks)
            # A point without a place in this connection is skipped, and a program can tell it by this field.
            assert item["applicable"] or item["status"] == "skip"
        verdict = run["verdict"]
        assert (verdict["cause"] is None) == (verdict["status"] == "pass")
        if verdict["cause"] is not None:
            assert verdict["cause"] in {finding["cause"] for finding in run["findings"]}
            assert verdict["fix"]
