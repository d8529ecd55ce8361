"""An audit that looked nothing up is no pass."""

from __future__ import annotations

import json

import pytest

from .report import SAFE, UNKNOWN, WEAK, read

GOOD = {"name": "h11", "version": "0.16.0", "vulns": []}
BAD = {
    "name": "rich",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"], "aliases": [], "description": ""}],
}
UNSEEN = {
    "name": "anyio",
    "skip_reason": "Dependency not found on PyPI and could not be audited: anyio (4.16.0)",
}


def audit(*packages: object) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (audit(GOOD), SAFE),
        (audit(GOOD, BAD), WEAK),
        (audit(UNSEEN, BAD), WEAK),
        (audit(GOOD, UNSEEN), UNKNOWN),
        (audit(UNSEEN, UNSEEN), UNKNOWN),
        (audit(), UNKNOWN),
        ("", UNKNOWN),
        ("Traceback (most recent call last):", UNKNOWN),
    ],
)
def test_only_packages_that_were_looked_up_are_safe(text: str, code: int) -> None:
    assert read(text).exit_code == code


def test_an_audit_says_what_it_audited() -> None:
    assert (
        str(read(audit(GOOD, GOOD))) == "Audited: 2 packages of constraints.txt, no known weakness in them."
    )
    assert "rich 1.0: PYSEC-1, fixed in 1.1" in str(read(audit(BAD)))


def test_an_audit_without_an_answer_says_so() -> None:
    said = str(read(audit(UNSEEN)))
    assert said.startswith("The advisory service could not be reached, so nothing was audited.")
    assert "not found on PyPI" in said
    assert "Audited" not in said
    assert "1 packages could not be audited: anyio." in str(read(audit(GOOD, UNSEEN)))
