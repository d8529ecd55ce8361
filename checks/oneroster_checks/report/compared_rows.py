"""The rows of two runs side by side: one thing in both, and whether it differs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..finding import Status

NOT_HERE = "not in this run"


class ComparedKind(StrEnum):
    """What a row compares, in the order in which rows are told."""

    VERDICT = "verdict"
    FINDING = "finding"
    VERSION = "version"
    FIELD = "field"
    SECRET = "secret"
    SERVER = "server"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """One side of a row: `words` for people, and for a finding or a verdict its `status` and `cause`, None for others.

    `number` is a count or milliseconds, None for what is no number.
    """

    words: str
    status: Status | None = None
    cause: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One thing in both runs: None for a run that does not have it.

    `id` is the id of the check, the field or the count, `label` what it is called at the beginning of a line.
    """

    kind: ComparedKind
    id: str
    label: str
    left: ComparedValue | None
    right: ComparedValue | None
    differs: bool

    @property
    def is_known_of_one(self) -> bool:
        """Whether only one run knows it, so that nobody can say whether it is the same: the other skipped it, say."""
        return sum(map(_is_known, (self.left, self.right))) == 1

    @property
    def words(self) -> tuple[str, str]:
        """Both sides in words."""
        left, right = (value.words if value else NOT_HERE for value in (self.left, self.right))
        return left, right


def row(
    kind: ComparedKind, id: str, label: str, left: ComparedValue | None, right: ComparedValue | None
) -> ComparedRow:
    """The row of both sides; what only one knows differs where that found something wrong."""
    known = [value for value in (left, right) if value is not None and _is_known(value)]
    if left is None or right is None or len(known) == 1:
        found = any(value.status in (Status.FAIL, Status.ERROR, Status.WARN) for value in known)
        return ComparedRow(kind, id, label, left, right, found)
    by_cause = kind in (ComparedKind.VERDICT, ComparedKind.FINDING)
    differs = (left.status, left.cause) != (right.status, right.cause) if by_cause else left != right
    return ComparedRow(kind, id, label, left, right, differs)


def _is_known(value: ComparedValue | None) -> bool:
    return value is not None and value.status is not Status.SKIP
