"""`check -v`: text lists what passed and what was not checked, too."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest

from .command import call, district, options_of, secrets_of


def check(ready: dict[str, Any], *arguments: str) -> subprocess.CompletedProcess[str]:
    """`check` on a practice district."""
    return call("check", *options_of(ready), *arguments, more=secrets_of(ready))


def findings_of(text: str) -> list[str]:
    """The states of the findings in a text report, in their order."""
    part = text.partition("\nFindings\n")[2].partition("\n\n")[0]
    return re.findall(r"^  (FAIL|WARN|PASS|SKIP|ERROR|ASK) ", part, re.MULTILINE)


@pytest.mark.parametrize("problem", ["token.body-only", "access.token-rejected"])
def test_what_passed_and_what_was_not_checked_is_listed_on_request(problem: str) -> None:
    with district(problem) as ready:
        short, long = check(ready), check(ready, "-v")
    assert short.returncode == long.returncode
    assert {"FAIL", "WARN"} >= set(findings_of(short.stdout)) != set()
    listed = findings_of(long.stdout)
    counted = {"passed": listed.count("PASS"), "not checked": listed.count("SKIP")}
    told = ", ".join(f"{number} {state}" for state, number in counted.items() if number)
    assert f"\n  {told} (-v lists them).\n" in short.stdout
    assert "-v" not in long.stdout


@pytest.mark.parametrize("form", ["json", "junit", "html"])
def test_other_forms_always_list_everything(form: str) -> None:
    with district() as ready:
        ended = [check(ready, "--format", form, *more).stdout for more in ((), ("-v",))]
    assert all("Paging" in text and "-v lists" not in text for text in ended)


def test_what_was_written_is_always_told() -> None:
    with district(share=("rostering", "gradebook")) as ready:
        short = check(ready, "--write-test", "class-1").stdout
    listed = [line for line in short.splitlines() if line.startswith("  PASS ")]
    assert any("Removal of test records" in line for line in listed), listed
