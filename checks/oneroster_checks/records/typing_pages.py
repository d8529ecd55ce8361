"""Pages as typed records: strictly from their bytes, leniently from what was decoded already."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
from .columns import Link, as_text, split
from .judged_fields import MODIFIED, EntityJudgement, plain_fields, text_judgement
from .layout import columns
from .page import Row, TypedPage, Value, Violation
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

    def strict(self, body: bytes, path: str) -> TypedPage | None:
        """The page in a body; None when it is not in every point as the standard says, and never an error."""
        # Every value but the first stands behind a comma.
        if len(body) > TYPED_BYTES and body.count(b",") > TYPED_VALUES:
            return None
        with _without_collector():
            return self._strict(body, path)

    def _strict(self, body: bytes, path: str) -> TypedPage | None:
        kind = page_type(self._version, path)
        try:
            records = getattr(kind.decoder.decode(body), kind.key)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        entity = entity_of(path)
        for texts in self._texts(entity):
            wrong = texts.judged
            if any(text and wrong[text] for text in set(texts.of(records))):
                return None
        return self._typed(records, path, entity)

    def lenient(self, rows: Sequence[Record], path: str) -> TypedPage:
        """The page of records that were decoded already, with all that breaks the standard."""
        with _without_collector():
            page = self._lenient(rows, path)
        if _has_halves(page):
            page = self._lenient(_readable(rows), path)
        return page

    def _lenient(self, rows: Sequence[Record], path: str) -> TypedPage:
        entity = entity_of(path)
        if entity not in self._judgements:
            self._judgements[entity] = EntityJudgement(self._version, entity, self._values)
        violations_of = self._judgements[entity].violations
        ids = [_id_of(row) for row in rows]
        violations: list[Violation] = []
        for row, id in zip(rows, ids, strict=True):
            violations += violations_of(row, id)
        plain = plain_fields(self._version, entity)
        links: list[Link] = []
        own = [
            split(ids, column, map(column.loose, rows), links) for column in columns(self._version, entity)
        ]
        page = _Page(
            ids,
            [row.get("status") for row in rows],
            [row.get(MODIFIED) for row in rows],
            [tuple(map(row.get, plain)) for row in rows],
            own,
        )
        names: Iterable[object] = ()
        if entity in _PEOPLE:
            page.username = [as_text(row.get("username")) for row in rows]
            page.email = [as_text(row.get("email")) for row in rows]
            names = chain.from_iterable(map(row.get, _names(self._version, entity)) for row in rows)
            names = _hashable(chain(names, *(_identifiers(row.get("userIds")) for row in rows)))
        return self._page(path, entity, page, links, names, tuple(violations))

    def _typed(self, records: Sequence[Any], path: str, entity: str) -> TypedPage:
        ids = list(map(attrgetter("sourcedId"), records))
        links: list[Link] = []
        own = [split(ids, column, column.typed(records), links) for column in columns(self._version, entity)]
        plain = attrgetter(*plain_fields(self._version, entity))
        page = _Page(
            ids,
            map(attrgetter("status"), records),
            map(attrgetter(MODIFIED), records),
            map(plain, records),
            own,
        )
        names: Iterable[object] = ()
        if entity in _PEOPLE:
            known = _names(self._version, entity)
            names = chain.from_iterable(
                map(attrgetter(*known), records) if len(known) > 1 else zip(map(attrgetter(*known), records))
            )
        if entity == "user":
            page.username = map(attrgetter("username"), records)
            page.email = map(attrgetter("email"), records)
            several = filter(None, map(attrgetter("userIds"), records))
            names = chain(names, _hashable(each.identifier for ids in several for each in ids))
        return self._page(path, entity, page, links, names, ())

    def _page(
        self,
        path: str,
        entity: str,
        page: _Page,
        links: list[Link],
        names: Iterable[object],
        violations: tuple[Violation, ...],
    ) -> TypedPage:
        ids = page.ids
        deleted = [1 if status == _DELETED else None for status in page.status]
        fault = self._values.modified_fault
        modified = [fault[value] if isinstance(value, str) else NO_MOMENT for value in page.modified]
        own = page.own
        if entity == "user":
            own = [*own, *self._hashed(page)]
        if entity in _WITHOUT_CONTENT:
            content: Iterable[Value] = repeat(None, len(ids))
        else:
            content = map(_content, page.plain, zip(*own, strict=True) if own else repeat(()))
        rows = tuple(zip(ids, deleted, modified, content, *own, strict=True))
        known: set[str] = {name for name in set(names) if isinstance(name, str) and name}
        if entity in _PEOPLE:
            known.update(id for id in ids if _may_tell(id))
        return TypedPage(path, entity, tuple(ids), rows, tuple(links), violations, frozenset(known))

    def _hashed(self, page: _Page) -> tuple[list[Value], ...]:
        hashed = self._values.hashed
        usernames: list[Value] = [hashed(name) if name else None for name in page.username]
        given = list(page.email)
        faults: list[Value] = [email_fault(email) if email else MISSING for email in given]
        emails: list[Value] = [
            None if fault else hashed(email or "") for email, fault in zip(given, faults, strict=True)
        ]
        return usernames, emails, faults

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
    status: Iterable[object]
    modified: Iterable[object]
    plain: Iterable[tuple[object, ...]]
    own: list[list[Value]]
    username: Iterable[str | None] = ()
    email: Iterable[str | None] = ()


@contextmanager
def _without_collector() -> Generator[None]:
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
    return lambda records: (get_inner(each) for several in map(get, records) if several for each in several)


def _id_of(row: Record) -> str:
    value = row.get("sourcedId")
    return str(value) if isinstance(value, (str, int)) else ""


def _content(plain: tuple[object, ...], own: Row) -> int:
    """A number for all that a record says in texts, numbers and its columns; this process alone can make it."""
    try:
        return hash((plain, own))
    except TypeError:
        return hash(repr((plain, own)))


def _names(version: OneRosterVersion, entity: str) -> tuple[str, ...]:
    """The fields of a person that tell who it is."""
    return tuple(rule.name for rule in fields(version, entity) if rule.name in NAME_KEYS)


def _identifiers(several: object) -> list[object]:
    items = several if isinstance(several, list) else []
    return [item.get("identifier") for item in items if isinstance(item, dict)]


def _hashable(values: Iterable[object]) -> Iterable[object]:
    return (value for value in values if not isinstance(value, (list, dict)))


def _has_halves(page: TypedPage) -> bool:
    """Whether a text of a page has half of a surrogate pair, which no database takes."""
    try:
        for texts in (*page.rows, *page.links):
            "".join(text for text in texts if isinstance(text, str)).encode()
    except UnicodeEncodeError:
        return True
    return False


def _readable(rows: Sequence[Record]) -> list[Record]:
    """Records with a replacement character for what cannot be written down."""
    text = json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")
    found: list[Record] = json.loads(text.decode("utf-8", "replace"))
    return found


def _may_tell(id: str) -> bool:
    """Whether the sourcedId of a person may be a name, a birth date or a number of theirs."""
    if id.isdigit():
        return len(id) > _MOST_OPEN_DIGITS
    return bool(id) and len(id) != _UUID_CHARACTERS and not is_open(id[:LONGEST_NAME_CHARACTERS])
