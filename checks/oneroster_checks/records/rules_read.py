"""The rules over all records: SQL in files of their own, each beside the sentence that says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_HEAD = re.compile(r"--\s*(code|sentence|of):\s*(.*)")
_MORE = re.compile(r"--\s+(.*)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, the sentence that it is, what `of` counts in words, and the two statements.

    `found` gives the records that are not in order, in columns: `record`, `other` for a second one that belongs to it,
    and `kind`. `total` gives one number: how many were judged.
    """

    code: str
    sentence: str
    of: str
    total: str
    found: str


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its code."""
    files = resources.files("oneroster_checks.records").joinpath("rules").iterdir()
    read = [_read(file.read_text("utf-8")) for file in files if file.name.endswith(".sql")]
    return {rule.code: rule for rule in sorted(read, key=lambda rule: rule.code)}


def _read(text: str) -> Rule:
    """The rule of a file: its head, then the statement of the total, then that of the records."""
    head: dict[str, str] = {}
    key = ""
    lines = text.splitlines()
    while lines and lines[0].startswith("--"):
        line = lines.pop(0)
        found = _HEAD.match(line)
        if found:
            key = found[1]
            head[key] = found[2].strip()
        elif key and (more := _MORE.match(line)):
            head[key] += f" {more[1].strip()}"
    total, found_sql = (part.strip() for part in "\n".join(lines).strip().rstrip(";").split(";\n", 1))
    return Rule(head["code"], head["sentence"], head["of"], total, found_sql)
