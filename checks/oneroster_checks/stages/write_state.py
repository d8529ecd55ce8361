"""A write test under way: what it writes where, and what it has sent so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..made_records import MadeRecord
from ..standard.envelopes import Record
from .write_records import RecordMaker
from .writing import Writing


@dataclass(slots=True)
class WriteTest:
    """A write test under way: `ids` are its records by entity, `sent` what was sent of each last.

    `category` is the sourcedId of the category that its line item belongs to: its own, or one that was there.
    """

    writing: Writing
    maker: RecordMaker
    ids: dict[str, MadeRecord]
    sent: dict[str, Record] = field(default_factory=dict)
    category: str = ""


def as_test(ids: Sequence[MadeRecord], writing: Writing, maker: RecordMaker) -> WriteTest:
    """A write test that has not written anything yet."""
    return WriteTest(writing, maker, {made.entity: made for made in ids})
