"""The fields of a connection, and its secrets, that differ from when it worked."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from functools import partial

from ..connection import SECRET_FIELDS, Connection
from ..labels import PARTS, SINGULAR_PARTS, field_label
from ..providers import providers
from ..when import day_words
from .limits import VALUE_CHARACTERS
from .model import KEY_MARK, DifferenceKind, Snapshot
from .seen import Seen
from .turns import Past, move

_FIELDS = tuple(each.name for each in fields(Connection))


def changed_fields(past: Past) -> Iterator[Seen]:
    """The fields that are not as when it last worked; none where the profile could not be read."""
    runs = past.since(lambda run: run.shows_connection)
    if not runs:
        return
    then, now = runs[0].connection, runs[-1].connection
    for field in _FIELDS:
        if not (_is_used(field, then) and _is_used(field, now)):
            continue
        found = move(past, partial(_shown_value, field))
        if found is None:
            continue
        after = found.left.before
        if field == "share":
            is_less = set(now.share) < set(then.share)
            words = _share_words(now, then, found.words)
            yield Seen(DifferenceKind.FIELD, words, field, is_less=is_less, after=after)
            continue
        label = field_label(field, fixed_token=now.fixed_token)
        was, value = (_shown(field, _value(field, each)) for each in (then, now))
        summary = f"The {label} was changed {found.words}: it was {was}, it is {value}."
        yield Seen(DifferenceKind.FIELD, summary, field, after=after)


def changed_secrets(past: Past) -> Iterator[Seen]:
    """The secrets that differ, by their fingerprints of one key; nothing where a run has none."""
    for field in SECRET_FIELDS:
        found = move(past, partial(_fingerprint, field, past.now.secrets.get(KEY_MARK)))
        if found is None:
            continue
        label = field_label(field, fixed_token=past.now.connection.fixed_token)
        verb = "entered" if not found.was else "changed" if found.now else "removed"
        summary = f"The {label} was {verb} {found.words}."
        yield Seen(DifferenceKind.SECRET, summary, field, after=found.left.before)


def _shown_value(field: str, run: Snapshot) -> Hashable | None:
    """The value of a field, apart from None, which is one; None where a run does not show its connection."""
    return (_value(field, run.connection),) if run.shows_connection else None


def _fingerprint(field: str, key: str | None, run: Snapshot) -> str | None:
    """The fingerprint of a secret, None where there is none by this key."""
    return run.secrets.get(field) if run.secrets.get(KEY_MARK) == key else None


def _is_used(field: str, connection: Connection) -> bool:
    """Whether a connection uses a field; what it does not use may be anything."""
    match field:
        case "token_url" | "scope":
            return connection.requests_token
        case "client_id":
            return not connection.fixed_token
        case _:
            return True


def _value(field: str, connection: Connection) -> Hashable:
    """What stands in a field; the parts that are expected have no order."""
    value: Hashable = getattr(connection, field)
    return frozenset(connection.share) if field == "share" else value


def _shown(field: str, value: object) -> str:
    """A value of a field inside a sentence."""
    match value:
        case None | "":
            return "empty"
        case bool():
            return "on" if value else "off"
        case date():
            return day_words(value)
        case int() | float():
            return f"{value:g} s" if field == "timeout" else f"{value:g}"
        case _:
            text = _titles().get(str(value), str(value)) if field == "provider" else str(value)
            cut = f"{text[:VALUE_CHARACTERS]}…" if len(text) > VALUE_CHARACTERS else text
            return f"“{cut}”"


def _titles() -> dict[str, str]:
    return {each.id: each.title for each in providers()}


def _share_words(now: Connection, then: Connection, when: str) -> str:
    added = [part for part in now.share if part not in then.share]
    removed = [part for part in then.share if part not in now.share]
    parts = [
        f"{', '.join(PARTS[part] for part in some)} {_was(some)} {verb}"
        for some, verb in ((added, "added"), (removed, "removed"))
        if some
    ]
    return f"The data you expect was changed {when}: {' and '.join(parts)}."


def _was(parts: Sequence[str]) -> str:
    return "was" if len(parts) == 1 and parts[0] in SINGULAR_PARTS else "were"
