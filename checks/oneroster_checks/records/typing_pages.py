"""Pages as typed records: strictly from their bytes, leniently from what was decoded already."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, repeat
from operator import attrgetter
from typing import Any

import msgspec

from ..connection import OneRosterVersion
from ..limits import LONGEST_NAME_CHARACTERS, TYPED_BYTES, TYPED_VALUES
from ..redaction.ids import is_open
from ..redaction.outline import NAME_KEYS
from ..standard.envelopes import Record
from ..standard.fields import FieldRule, fields
from .columns import Link, as_text, loose_values, typed_values
from .judged_fields import MODIFIED, EntityJudgement, plain_fields, text_judgement
from .layout import columns
from .page import TypedPage, Value, Violation, column
from .reference_types import ReferenceTypes
from .structs import entity_of, page_type
from .values import MISSING, NO_MOMENT, Judged, RunValues, email_fault

_DELETED = "tobedeleted"
# Whose records are about a person.
_PEOPLE = ("user", "demographics")
# All of an enrollment but its last change is in its columns, and there are many of them.
_WITHOUT_CONTENT = ("enrollment",)
_UUID_CHARACTERS = 36
# A longer number may be a birth date or a phone number (redaction/ids.py).
_MOST_OPEN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class _JudgedTexts:
    """Texts of typed records that are judged beyond being texts: how to have them, and how each is wrong."""

    of: Callable[[Sequence[Any]], Iterable[Any]]
    judged: Judged[str]


class PageTypist:
    """Types the pages of one run of a OneRoster version: `strict` and `lenient`."""

    def __init__(self, version: OneRosterVersion, values: RunValues) -> None:
        self._version: OneRosterVersion = version
        self._values = values
        self._judged: dict[str, list[_JudgedTexts]] = {}
        self._judgements: dict[str, EntityJudgement] = {}

    def strict(self, body: bytes | bytearray, path: str) -> TypedPage | None:
        """The page in a body; None when it is not in every point as the standard says, and never an error."""
        # Every value but the first stands behind a comma.
        if len(body) > TYPED_BYTES and body.count(b",") > TYPED_VALUES:
            return None
        with without_collector():
            return self._strict(body, path)

    def _strict(self, body: bytes | bytearray, path: str) -> TypedPage | None:
        records, are_right = self._decoded(body, path), True
        if records is None:
            records, are_right = self._decoded(body, path, any_types=True), False
        if records is None:
            return None
        entity = entity_of(path)
        for texts in self._texts(entity):
            wrong = texts.judged
            if any(text and wrong[text] for text in set(texts.of(records))):
                return None
        page = self._typed(records, path, entity)
        types = ReferenceTypes(self._version)
        types.add_typed(path, entity, records, page.columns[1], are_right=are_right)
        return replace(page, references=types)

    def _decoded(
        self, body: bytes | bytearray, path: str, *, any_types: bool = False
    ) -> Sequence[Any] | None:
        kind = page_type(self._version, path, any_types=any_types)
        try:
            found: Sequence[Any] = getattr(kind.decoder.decode(body), kind.key)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        return found

    def lenient(self, rows: Sequence[Record], path: str) -> TypedPage:
        """The page of records that were decoded already, with all that breaks the standard."""
        with without_collector():
            page = self._lenient(rows, path)
        if _has_halves(page):
            page = self._lenient(_readable(rows), path)
        return page

    def _lenient(self, rows: Sequence[Record], path: str) -> TypedPage:
        entity = entity_of(path)
        if entity not in self._judgements:
            self._judgements[entity] = EntityJudgement(self._version, entity, self._values)
        ids = [_id_of(row) for row in rows]
        violations = self._judgements[entity].violations(rows, ids)
        plain = plain_fields(self._version, entity)
        links: list[Link] = []
        page = _Page(
            ids,
            [row.get("status") for row in rows],
            [row.get(MODIFIED) for row in rows],
            [tuple(map(row.get, plain)) for row in rows],
            [loose_values(ids, each, rows, links) for each in columns(self._version, entity)],
        )
        names: set[str | None] = set()
        if entity in _PEOPLE:
            page.username = [as_text(row.get("username")) for row in rows]
            page.email = [as_text(row.get("email")) for row in rows]
            known = _names(self._version, entity)
            texts = chain.from_iterable(map(row.get, known) for row in rows)
            names.update(_texts(chain(texts, *(_identifiers(row.get("userIds")) for row in rows))))
        types = ReferenceTypes(self._version)
        types.add(path, rows)
        return replace(self._page(path, entity, page, links, names, tuple(violations)), references=types)

    def _typed(self, records: Sequence[Any], path: str, entity: str) -> TypedPage:
        ids = list(map(attrgetter("sourcedId"), records))
        links: list[Link] = []
        page = _Page(
            ids,
            list(map(attrgetter("status"), records)),
            list(map(attrgetter(MODIFIED), records)),
            map(attrgetter(*plain_fields(self._version, entity)), records),
            [typed_values(ids, each, records, links) for each in columns(self._version, entity)],
        )
        names: set[str | None] = set()
        if entity in _PEOPLE:
            for name in _names(self._version, entity):
                names.update(map(attrgetter(name), records))
        if entity == "user":
            page.username = map(attrgetter("username"), records)
            page.email = map(attrgetter("email"), records)
            several = filter(None, map(attrgetter("userIds"), records))
            names.update(_texts(map(attrgetter("identifier"), chain.from_iterable(several))))
        return self._page(path, entity, page, links, names, ())

    def _page(
        self,
        path: str,
        entity: str,
        page: _Page,
        links: list[Link],
        names: set[str | None],
        violations: tuple[Violation, ...],
    ) -> TypedPage:
        ids, own = page.ids, list(map(column, page.own))
        is_deleted = _DELETED in page.status
        kept = [
            column([1 if status == _DELETED else None for status in page.status] if is_deleted else ()),
            column(self._modified_faults(page.modified)),
            () if entity in _WITHOUT_CONTENT else self._contents(entity, page.plain, own),
            *own,
        ]
        if entity == "user":
            kept += map(column, self._hashed(page))
        if entity in _PEOPLE:
            names.update(id for id in ids if may_tell(id))
        known: set[str] = names - {None, ""}  # type: ignore[assignment]
        return TypedPage(path, entity, tuple(ids), (ids, *kept), tuple(links), violations, known)

    def _modified_faults(self, modified: Sequence[object]) -> Sequence[Value]:
        fault = self._values.modified_fault
        # Few moments are many records', and hardly any is wrong.
        try:
            different = set(modified)
        except TypeError:
            different = set(_hashable(modified))
        if all(isinstance(value, str) and fault[value] is None for value in different):
            return () if len(different) else column([NO_MOMENT] * len(modified))
        return [fault[value] if isinstance(value, str) else NO_MOMENT for value in modified]

    def _contents(
        self, entity: str, plain: Iterable[tuple[object, ...]], own: Sequence[Sequence[Value]]
    ) -> Sequence[Value]:
        """A number for all that each record says in texts, numbers, and its columns."""
        texts = plain_fields(self._version, entity)
        further = [
            values or repeat("")
            for each, values in zip(columns(self._version, entity), own, strict=True)
            if each.links or each.name not in texts
        ]
        said = list(zip(plain, *further, strict=False))
        try:
            return list(map(hash, said))
        except TypeError:
            return list(map(hash, map(repr, said)))

    def _hashed(self, page: _Page) -> Iterator[Sequence[Value]]:
        yield self._values.hashes(page.username)
        emails = list(page.email)
        faults = [email_fault(email) if email else MISSING for email in emails]
        yield self._values.hashes("" if fault else email for email, fault in zip(emails, faults, strict=True))
        yield faults

    def _texts(self, entity: str) -> list[_JudgedTexts]:
        """What is judged of the texts of typed records, those of objects inside them among it."""
        if entity not in self._judged:
            found = [_JudgedTexts(_each(rule.name), judged) for rule, judged in self._judged_fields(entity)]
            for rule in fields(self._version, entity):
                inner = self._judged_fields(f"{entity}.{rule.name}[]")
                found += [_JudgedTexts(_each_inner(rule.name, own.name), judged) for own, judged in inner]
            self._judged[entity] = found
        return self._judged[entity]

    def _judged_fields(self, entity: str) -> list[tuple[FieldRule, Judged[str]]]:
        rules = fields(self._version, entity)
        judgements = ((rule, text_judgement(entity, rule, self._values)) for rule in rules)
        return [(rule, Judged(judge)) for rule, judge in judgements if judge is not None]


@dataclass(slots=True)
class _Page:
    """The records of a page by field: what every entity has, its own columns, and who users say that they are."""

    ids: list[str]
    status: list[object]
    modified: list[object]
    plain: Iterable[tuple[object, ...]]
    own: list[Sequence[Value]]
    username: Iterable[str | None] = ()
    email: Iterable[str | None] = ()


@contextmanager
def without_collector() -> Generator[None]:
    """Without looking for circles among objects that have none, which takes a third of the time of a page."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _each(name: str) -> Callable[[Sequence[Any]], Iterable[Any]]:
    get = attrgetter(name)
    return lambda records: map(get, records)


def _each_inner(name: str, inner: str) -> Callable[[Sequence[Any]], Iterable[Any]]:
    get, get_inner = attrgetter(name), attrgetter(inner)
    return lambda records: map(get_inner, chain.from_iterable(filter(None, map(get, records))))


def _id_of(row: Record) -> str:
    value = row.get("sourcedId")
    return str(value) if isinstance(value, (str, int)) else ""


def _names(version: OneRosterVersion, entity: str) -> tuple[str, ...]:
    """The fields of a person that tell who it is."""
    return tuple(rule.name for rule in fields(version, entity) if rule.name in NAME_KEYS)


def _identifiers(several: object) -> list[object]:
    items = several if isinstance(several, list) else []
    return [item.get("identifier") for item in items if isinstance(item, dict)]


def _texts(values: Iterable[object]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))


def _hashable(values: Iterable[object]) -> Iterable[object]:
    return (value for value in values if not isinstance(value, (list, dict)))


def _has_halves(page: TypedPage) -> bool:
    """Whether a text of a page has half of a surrogate pair, which no database takes."""
    try:
        for texts in (*page.columns, *page.links):
            "".join(text for text in texts if isinstance(text, str)).encode()
    except UnicodeEncodeError:
        return True
    return False


def _readable(rows: Sequence[Record]) -> list[Record]:
    """Records with a replacement character for what cannot be written down."""
    text = json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")
    found: list[Record] = json.loads(text.decode("utf-8", "replace"))
    return found


def may_tell(id: str) -> bool:
    """Whether the sourcedId of a person may be a name, a birth date or a number of theirs."""
    if id.isdigit():
        return len(id) > _MOST_OPEN_DIGITS
    return bool(id) and len(id) != _UUID_CHARACTERS and not is_open(id[:LONGEST_NAME_CHARACTERS])
