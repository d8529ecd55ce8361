"""The fields of a connection, and its secrets, that differ from when it worked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from functools import partial

from ..connection import SECRET_FIELDS, Connection
from ..labels import PARTS, SINGULAR_PARTS, field_label
from ..providers import providers
from ..when import day_words
from .limits import VALUE_CHARACTERS
from .model import DifferenceKind, Snapshot
from .seen import Seen
from .turns import turn

_FIELDS = tuple(each.name for each in fields(Connection))


def changed_fields(runs: Sequence[Snapshot]) -> Iterator[Seen]:
    """The fields of the last of the runs that are not as in the first, which worked."""
    then, now = runs[0].connection, runs[-1].connection
    for field in _FIELDS:
        if not (_is_used(field, then) and _is_used(field, now)):
            continue
        was, value = _value(field, then), _value(field, now)
        found = turn(runs, partial(_differs, field, was))
        if found is None:
            continue
        if field == "share":
            yield Seen(DifferenceKind.FIELD, _share_words(now, then, found.words), field)
            continue
        label = field_label(field, fixed_token=now.fixed_token)
        words = f"it was {_shown(field, was)}, it is {_shown(field, value)}"
        yield Seen(DifferenceKind.FIELD, f"The {label} was changed {found.words}: {words}.", field)


def changed_secrets(runs: Sequence[Snapshot]) -> Iterator[Seen]:
    """The secrets that differ, by their fingerprints; nothing where a run has none."""
    then, now = runs[0].secrets, runs[-1].secrets
    for field in SECRET_FIELDS:
        if field not in then or field not in now or then[field] == now[field]:
            continue
        found = turn(runs, partial(_secret_differs, field, then[field]))
        if found is None:
            continue
        label = field_label(field, fixed_token=runs[-1].connection.fixed_token)
        verb = "entered" if not then[field] else "changed" if now[field] else "removed"
        yield Seen(DifferenceKind.SECRET, f"The {label} was {verb} {found.words}.", field)


def _differs(field: str, value: object, run: Snapshot) -> bool:
    return _value(field, run.connection) != value


def _secret_differs(field: str, mark: str, run: Snapshot) -> bool | None:
    return run.secrets[field] != mark if field in run.secrets else None


def _is_used(field: str, connection: Connection) -> bool:
    """Whether a connection uses a field; what it does not use may be anything."""
    match field:
        case "token_url" | "scope":
            return connection.requests_token
        case "client_id":
            return not connection.fixed_token
        case _:
            return True


def _value(field: str, connection: Connection) -> object:
    """What stands in a field; the parts that are expected have no order."""
    value: object = getattr(connection, field)
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
