"""What breaks the standard over all records of a run: counted by entity and field, with a few sourcedIds of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from ..limits import RECORDS_SHOWN
from .page import TypedPage, Violation


@dataclass(slots=True)
class Violations:
    """The violations of every record that was read, deleted ones too.

    `records` were judged, `broken` of them break the standard somewhere, and nobody can use `unusable` of them.
    `counted` are the violations by entity, field and what is wrong, `examples` a few records of each entity and field.
    """

    records: int = 0
    broken: int = 0
    unusable: int = 0
    counted: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, page: TypedPage) -> None:
        """Count those of a page."""
        self.records += len(page)
        if not page.violations:
            return
        for of_record in _by_record(page.violations):
            self.broken += 1
            self.unusable += any(each.essential for each in of_record)
            for each in of_record:
                self.counted[each.entity, each.field, each.what] += 1
                examples = self.examples.setdefault((each.entity, each.field), [])
                if each.record and len(examples) < RECORDS_SHOWN and each.record not in examples:
                    examples.append(each.record)

    @property
    def kinds(self) -> dict[str, int]:
        """How many there are by entity and field, the most frequent first."""
        found: Counter[str] = Counter()
        for (entity, name, _), number in self.counted.items():
            found[f"{entity}.{name}"] += number
        return dict(found.most_common())

    @property
    def shown(self) -> tuple[str, ...]:
        """A few records that break the standard, some of each field."""
        turns = zip_longest(*self.examples.values())
        return tuple(dict.fromkeys(id for turn in turns for id in turn if id))[:RECORDS_SHOWN]


def _by_record(violations: Sequence[Violation]) -> Iterator[list[Violation]]:
    """The violations of each record: they stand together, each field of the record itself once."""
    found: list[Violation] = []
    seen: set[str] = set()
    for each in violations:
        is_again = each.field in seen and "[]" not in each.field
        if found and (each.record != found[0].record or is_again):
            yield found
            found, seen = [], set()
        found.append(each)
        seen.add(each.field)
    yield found
