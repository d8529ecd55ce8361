"""What an operation that reads was answered with: whether it works, and if not, in a few words what came instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..finding import FactDict
from ..standard.envelopes import Record, id_of, unknown_list
from ..standard.operations import Operation

if TYPE_CHECKING:
    from ..client.reading import Reading

_OTHER_LIST = "a list under another name"


class State(StrEnum):
    """How an operation works."""

    WORKS = "works"
    REFUSED = "refused"
    ABSENT = "absent"
    OTHER_SHAPE = "of another shape"
    FAILED = "failed"
    # A server that is busy says nothing of the operation.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answered:
    """An operation and what it was answered with.

    `ids` are the sourcedIds that were put into its path; `words` say what came in place of its records, "" where they
    came as the standard says.
    """

    operation: Operation
    ids: tuple[str, ...]
    reading: Reading
    state: State
    words: str = ""

    @property
    def works(self) -> bool:
        """Whether its records came in a form that could be read."""
        return self.state is State.WORKS

    @property
    def failed(self) -> bool:
        """Whether it does not work, as far as its answer shows it."""
        return self.state not in (State.WORKS, State.UNKNOWN)

    @property
    def rows(self) -> tuple[Record, ...]:
        """The records that came."""
        return self.reading.rows

    @property
    def evidence(self) -> Evidence:
        """The request as it may be shown."""
        return self.reading.evidence

    @property
    def other_key(self) -> str | None:
        """The name under which its list came in place of the standard's, "" for none; None for no other name."""
        listing = self.reading.listing
        if self.operation.is_single or listing is None or listing.key == self.operation.envelope:
            return None
        return listing.key

    @property
    def names(self) -> FactDict:
        """The facts of a list under another name, which is one of those that are understood, or none."""
        facts: FactDict = {"path": self.operation.path, "expected": self.operation.envelope}
        return facts | ({"found": self.other_key} if self.other_key else {})

    @property
    def described(self) -> str:
        """The operation and what came in place of its records."""
        return f"{self.operation.path} ({self.words})" if self.words else self.operation.path


def answered(operation: Operation, ids: tuple[str, ...], reading: Reading) -> Answered:
    """An answer judged. A list under another known name works: that is a matter of its name alone."""
    state, words = _judged(operation, ids, reading)
    return Answered(operation, ids, reading, state, words)


def _judged(operation: Operation, ids: tuple[str, ...], reading: Reading) -> tuple[State, str]:
    from ..client.reading import Kind

    status = f"HTTP {reading.status}"
    inside = reading.status is not None and reading.status < 300
    match reading.kind:
        case Kind.ROWS | Kind.EMPTY:
            return _shaped(operation, ids, reading)
        case Kind.THROTTLED:
            return State.UNKNOWN, ""
        case Kind.NO_LIST | Kind.NOT_JSON | Kind.LOGIN_PAGE | Kind.MAINTENANCE if inside:
            return State.OTHER_SHAPE, _in_its_place(operation, ids, reading)
        case _ if inside:
            return State.OTHER_SHAPE, f"an error with {status}"
        case Kind.NOT_FOUND:
            return State.ABSENT, f"not found, {status}"
        case Kind.UNAUTHORIZED | Kind.FORBIDDEN:
            return State.REFUSED, f"refused, {status}"
        case Kind.SILENT:
            return State.FAILED, "no answer"
        case _:
            return State.FAILED, f"failed, {status}"


def _shaped(operation: Operation, ids: tuple[str, ...], reading: Reading) -> tuple[State, str]:
    """Whether a good answer has the shape of the operation."""
    document = reading.answer.document
    value = document.get(operation.envelope) if isinstance(document, dict) else None
    if operation.is_single:
        if isinstance(value, list) or len(reading.rows) > 1:
            return State.OTHER_SHAPE, "a list in place of a record"
        found = [id_of(row) for row in reading.rows]
        if not found:
            return State.OTHER_SHAPE, "no record"
        return (State.WORKS, "") if found == [*ids[-1:]] else (State.OTHER_SHAPE, "another record")
    if isinstance(value, dict):
        return State.OTHER_SHAPE, "a record in place of a list"
    return State.WORKS, ""


def _in_its_place(operation: Operation, ids: tuple[str, ...], reading: Reading) -> str:
    from ..client.reading import Kind

    document = reading.answer.document
    if reading.kind is Kind.NO_LIST and operation.is_single:
        if isinstance(document, dict) and id_of(document) in ids[-1:]:
            return "the record without a name"
        records = document.values() if isinstance(document, dict) else ()
        found = any(isinstance(each, dict) and id_of(each) in ids[-1:] for each in records)
        return "the record under another name" if found else "JSON without the record"
    if reading.kind is Kind.NO_LIST:
        return _OTHER_LIST if unknown_list(document) else "JSON without the list"
    return "a web page" if reading.answer.looks_like_html else "no JSON"
