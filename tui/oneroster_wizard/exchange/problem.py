"""What is wrong with a file of profiles: as a whole, or in one place of it. No sentence ever repeats a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from oneroster_checks.labels import field_label

# The fields of a profile that are none of its connection.
OWN_LABELS = {
    "name": "name",
    "tags": "tags",
    "district": "district's name in messages",
    "answers": "answers of the district",
    "moves_to": "profile that it moves to",
    "vendor_pair": "vendor key and secret",
}


class FileProblem(Exception):
    """A file cannot be imported as a whole; the text is a sentence that says what to change."""


class CellProblem(Exception):
    """A value cannot be used; the text is a sentence that says what to change."""


@dataclass(frozen=True, slots=True)
class PlaceInFile:
    """One line of a table, or one profile of a document; `columns` are the letters of the columns by field.

    `number` is its place among the others.
    """

    number: int
    line: str
    columns: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """Where a field is, as the beginning of a sentence: "Line 3, column D (base URL)"."""
        column = f", column {self.columns[name]}" if name in self.columns else ""
        return f"{self.line}{column} ({label_of_field(name)})" if name else self.line


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about one field at a place; "" is the line as a whole."""

    place: PlaceInFile
    name: str
    sentence: str

    @property
    def text(self) -> str:
        """The place and the sentence."""
        return f"{self.place.of(self.name)}: {self.sentence}"


def label_of_field(name: str) -> str:
    """What a field of a profile is called inside a sentence."""
    return OWN_LABELS.get(name) or field_label(name)
