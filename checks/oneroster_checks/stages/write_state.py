"""A write test under way: what it writes where, and what it has sent so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..made_records import MadeRecord
from ..standard.envelopes import Record
from .model import Outcome
from .write_records import RecordMaker
from .writing import Writing

# The ids of the checks that write, and of the one that removes what they wrote.
CATEGORY, LINE_ITEM, TITLE = (f"gradebook.write-{name}" for name in ("category", "line-item", "title"))
RESULT, EXTRA, EXEMPT = (f"gradebook.write-{name}" for name in ("result", "extra-credit", "exempt"))
REMOVAL = "gradebook.write-removal"


@dataclass(slots=True)
class WriteTest:
    """A write test under way: `ids` are its records by entity, `sent` what was sent of each last.

    `category` is the sourcedId of the category that its line item belongs to: its own, or one that was there.
    `outcomes` are those of its checks so far, by their ids.
    """

    writing: Writing
    maker: RecordMaker
    ids: dict[str, MadeRecord]
    sent: dict[str, Record] = field(default_factory=dict)
    category: str = ""
    outcomes: dict[str, Outcome] = field(default_factory=dict)


def as_test(ids: Sequence[MadeRecord], writing: Writing, maker: RecordMaker) -> WriteTest:
    """A write test that has not written anything yet."""
    return WriteTest(writing, maker, {made.entity: made for made in ids})
