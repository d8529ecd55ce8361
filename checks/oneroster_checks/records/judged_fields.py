"""How the fields of a record are judged: which words and moments are left to the rules, and what else is wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from ..connection import OneRosterVersion
from ..standard.envelopes import Record
from ..standard.fields import ESSENTIAL, FieldRule, fields, wrong
from .page import Violation
from .values import RunValues

# Left to the rule of timestamps, whatever it is.
MODIFIED = "dateLastModified"
# Left to the rule of unknown words, as long as they are texts.
WORDS = frozenset(
    {
        ("user", "role"), ("user.roles[]", "role"), ("enrollment", "role"), ("class", "classType"),
        ("academicSession", "type"), ("org", "type"), ("demographics", "sex"),
    }
)  # fmt: skip
_YEAR = re.compile(r"[0-9]{4}")
_NUMBER_FOR_TEXT = "a number, where the standard wants a text"

# How a value that is there breaks the standard, "" when it does not.
Judgement = Callable[[object], str]


def is_word(entity: str, rule: FieldRule) -> bool:
    """Whether the words of a field are judged by the rule of unknown words."""
    return (entity, rule.name) in WORDS


def text_judgement(entity: str, rule: FieldRule, values: RunValues) -> Callable[[str], str] | None:
    """How a text in a field is judged beyond being a text and one of a closed list, None where it is not."""
    if rule.name == MODIFIED or is_word(entity, rule):
        return None
    if rule.type == "date":
        return lambda text: "" if values.is_date[text] else "not a date"
    if rule.type == "date-time":
        return lambda text: "" if values.is_moment[text] else "not a date and time"
    if rule.type.startswith("string (YYYY)"):
        return lambda text: "" if _YEAR.fullmatch(text) else "not a year"
    if rule.values and "ext:" in rule.type and not rule.type.startswith("list"):
        return lambda text: "" if text in rule.values or text.startswith("ext:") else "not one of its values"
    return None


@dataclass(frozen=True, slots=True)
class _Judged:
    """A field with its judgement; `empty_list` says that an empty list counts as nothing."""

    name: str
    required: bool
    essential: bool
    empty_list: bool
    judge: Judgement


class EntityJudgement:
    """How the records of an entity are judged in one run; `entity` may be objects inside one: `user.roles[]`."""

    def __init__(self, version: OneRosterVersion, entity: str, values: RunValues) -> None:
        self.entity = entity
        rules = [rule for rule in fields(version, entity) if rule.name != "sourcedId"]
        essential = ESSENTIAL.get(entity, ())
        self._fields = [
            _Judged(
                rule.name,
                rule.required and rule.name != MODIFIED,
                rule.name in essential,
                "at least one" in rule.type,
                _judgement(entity, rule, values),
            )
            for rule in rules
        ]
        self._inner = [
            (rule.name, EntityJudgement(version, f"{entity}.{rule.name}[]", values))
            for rule in rules
            if fields(version, f"{entity}.{rule.name}[]")
        ]

    def violations(self, record: Record, id: str) -> Iterator[Violation]:
        """What in a record with this sourcedId ("" for none) breaks the standard."""
        own = record.get("sourcedId")
        if not isinstance(own, str) or not own:
            essential = not isinstance(own, int)
            yield Violation(id, self.entity, "sourcedId", "missing or no text", essential=essential)
        for field, what, essential in self._problems(record):
            yield Violation(id, self.entity, field, what, essential=essential)

    def _problems(self, record: Record) -> Iterator[tuple[str, str, bool]]:
        get = record.get
        for field in self._fields:
            value = get(field.name)
            if not value and (value is None or value == "" or (field.empty_list and value == [])):
                if field.required:
                    flat = f"{field.name}SourcedId" in record or f"{field.name}SourcedIds" in record
                    yield field.name, "missing", field.essential and not flat
            elif what := field.judge(value):
                yield field.name, what, field.essential and not isinstance(value, (str, dict))
        for name, inner in self._inner:
            several = get(name)
            for item in several if isinstance(several, list) else ():
                if isinstance(item, dict):
                    for inside, what, _ in inner._problems(item):
                        yield f"{name}[].{inside}", what, False


def _judgement(entity: str, rule: FieldRule, values: RunValues) -> Judgement:
    kind = rule.type
    if rule.name == MODIFIED:
        return lambda value: "not a text" if isinstance(value, (list, dict)) or _is_no_number(value) else ""
    if kind.startswith("reference"):
        return _reference
    if kind.startswith("list of reference"):
        return _list_of(lambda item: not _reference(item), "not a list of references")
    if kind.startswith("list of object"):
        return _list_of(lambda item: isinstance(item, dict), "not a list of objects")
    if kind.startswith("list"):
        return _list_of(lambda item: isinstance(item, str), "not a list of texts")
    if kind == "number":
        return lambda value: wrong(rule, value) or ("" if math.isfinite(value) else "not a number")  # type: ignore[arg-type]
    if kind.startswith("object"):
        return lambda value: wrong(rule, value)
    further = text_judgement(entity, rule, values)
    if further is not None:
        return lambda value: further(value) if isinstance(value, str) else wrong(rule, value)
    if is_word(entity, rule) or not rule.values:
        return lambda value: "" if isinstance(value, str) else wrong(rule, value)
    return lambda value: wrong(rule, value)


def _is_no_number(value: object) -> bool:
    """Whether a value is what some servers write in JSON for infinity, or for no number, which JSON does not have."""
    return isinstance(value, float) and not math.isfinite(value)


def _reference(value: object) -> str:
    if not isinstance(value, dict):
        return "not a reference"
    id = value.get("sourcedId")
    if isinstance(id, str) and id:
        return ""
    is_number = isinstance(id, (int, float)) and not isinstance(id, bool)
    return _NUMBER_FOR_TEXT if is_number else "not a reference"


def _list_of(is_good: Callable[[object], bool], what: str) -> Judgement:
    return lambda value: "" if isinstance(value, list) and all(map(is_good, value)) else what


@cache
def plain_fields(version: OneRosterVersion, entity: str) -> tuple[str, ...]:
    """The fields of an entity that are one text or number each."""
    return tuple(
        rule.name
        for rule in fields(version, entity)
        if not rule.type.startswith(("reference", "list", "object"))
    )
