"""Whether a record keeps to the standard's table of fields, judged by the table alone."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Any

_PATTERNS = {
    "date": r"\d{4}-\d{2}-\d{2}",
    "date-time": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z",
    "string boolean": r"true|false",
    "string (YYYY)": r"\d{4}",
    "uri": r"https?://\S+",
}


@cache
def table() -> dict[tuple[str, str], list[dict[str, str]]]:
    text = (files("oneroster_checks") / "standard" / "fields.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for line in csv.DictReader(text.splitlines()):
        found.setdefault((line["oneroster"], line["entity"]), []).append(line)
    return found


def faults(version: str, entity: str, record: dict[str, Any]) -> list[str]:
    """What is wrong with a record: missing and unknown fields, wrong types, values outside the list."""
    lines = {line["field"]: line for line in table()[version, entity]}
    wrong = [f"{name} is unknown" for name in record if name not in lines]
    for name, line in lines.items():
        if name not in record:
            wrong += [f"{name} is missing"] if line["required"] == "yes" else []
        elif not _fits(version, entity, line, record[name]):
            wrong.append(f"{name} does not fit {line['type']}")
    return wrong


def _fits(version: str, entity: str, line: dict[str, str], value: Any) -> bool:
    kind = line["type"]
    if kind.startswith("list of "):
        if not isinstance(value, list) or ("at least one" in kind and not value):
            return False
        member = kind.removeprefix("list of ").partition(" (")[0]
        return all(_is(version, entity, line, member, part) for part in value)
    return _is(version, entity, line, kind, value)


def _is(version: str, entity: str, line: dict[str, str], kind: str, value: Any) -> bool:
    if kind.startswith("reference to "):
        target = kind.removeprefix("reference to ")
        if not isinstance(value, dict) or set(value) != {"href", "sourcedId", "type"}:
            return False
        # The table calls the line item of an assessment result a lineItem; its own name is right too.
        return value["type"] in (target, line["field"]) and value["href"].endswith(value["sourcedId"])
    if kind.startswith("object"):
        inner = table().get((version, f"{entity}.{line['field']}[]"))
        if not isinstance(value, dict):
            return False
        return inner is None or not faults(version, f"{entity}.{line['field']}[]", value)
    if kind.startswith("enum"):
        return value in line["values"].split(" | ")
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    pattern = _PATTERNS.get(kind, r"(?s).+")
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None
