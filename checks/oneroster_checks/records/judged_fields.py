"""How the fields of a record are judged: which words and moments are left to the rules, and what else is wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
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
_AT_A_TIME = 256
_TEXT, _TEXT_OR_NONE, _OBJECT = {str}, {str, type(None)}, {dict}
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
    """A field with its judgement.

    `empty_list` says that an empty list counts as nothing, `any_text` that every text is right in it.
    """

    name: str
    required: bool
    essential: bool
    empty_list: bool
    judge: Judgement
    any_text: bool

    def has_nothing(self, value: object) -> bool:
        """Whether a value is none."""
        return not value and (value is None or value == "" or (self.empty_list and value == []))

    def is_right(self, values: Sequence[object]) -> bool:
        """Whether all values are known to be right at a glance; False says nothing."""
        kinds = set(map(type, values))
        if kinds <= _TEXT_OR_NONE:
            if self.required and (kinds != _TEXT or "" in values):
                return False
            return self.any_text or not any(map(self.judge, set(values) - {None, ""}))
        return kinds == _OBJECT and self.judge is _reference and not any(map(_reference, values))


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
                _takes_any_text(entity, rule, values),
            )
            for rule in rules
        ]
        self._inner = [
            (rule.name, EntityJudgement(version, f"{entity}.{rule.name}[]", values))
            for rule in rules
            if fields(version, f"{entity}.{rule.name}[]")
        ]

    def violations(self, records: Sequence[Record], ids: Sequence[str]) -> list[Violation]:
        """What in records with these sourcedIds ("" for none) breaks the standard, those of a record together."""
        found: list[Violation] = []
        # Of a few records after the other, what is looked at field by field is still at hand.
        for start in range(0, len(records), _AT_A_TIME):
            end = start + _AT_A_TIME
            found += self._violations(records[start:end], ids[start:end])
        return found

    def _violations(self, records: Sequence[Record], ids: Sequence[str]) -> Iterator[Violation]:
        found: dict[int, list[Violation]] = {}
        for at, record in enumerate(records):
            own = record.get("sourcedId")
            if not isinstance(own, str) or not own:
                essential = not isinstance(own, int)
                found[at] = [
                    Violation(ids[at], self.entity, "sourcedId", "missing or no text", essential=essential)
                ]
        # Records without a sourcedId cannot be told apart, so that one violation stands for those of them all.
        nameless: dict[tuple[str, str, bool], Violation] = {}
        for at, field, what, essential in self._problems(records):
            known = nameless.get((field, what, essential)) if not ids[at] else None
            one = known or Violation(ids[at], self.entity, field, what, essential=essential)
            if not ids[at]:
                nameless[field, what, essential] = one
            found.setdefault(at, []).append(one)
        for at in sorted(found):
            yield from found[at]

    def _problems(self, records: Sequence[Record]) -> Iterator[tuple[int, str, str, bool]]:
        """What is wrong, field by field: the place of the record, the field, in which way, and whether it is lost."""
        for field in self._fields:
            name = field.name
            values = [record.get(name) for record in records]
            if field.is_right(values):
                continue
            for at, value in enumerate(values):
                if field.has_nothing(value):
                    if field.required:
                        flat = f"{name}SourcedId" in records[at] or f"{name}SourcedIds" in records[at]
                        yield at, name, "missing", field.essential and not flat
                elif what := field.judge(value):
                    yield at, name, what, field.essential and not isinstance(value, (str, dict))
        for name, inner in self._inner:
            several = [
                (at, item)
                for at, record in enumerate(records)
                if isinstance(items := record.get(name), list)
                for item in items
                if isinstance(item, dict)
            ]
            for place, inside, what, _ in inner._problems([item for _, item in several]):
                yield several[place][0], f"{name}[].{inside}", what, False


def _takes_any_text(entity: str, rule: FieldRule, values: RunValues) -> bool:
    """Whether every text is right in a field."""
    if rule.name == MODIFIED:
        return True
    is_one = not rule.type.startswith(("reference", "list", "object")) and rule.type != "number"
    is_free = is_word(entity, rule) or not rule.values
    return is_one and is_free and text_judgement(entity, rule, values) is None


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
