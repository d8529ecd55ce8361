"""The lines of a table of connections, each cell read by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from oneroster_checks.connection import CAMPUS, SECRET_FIELDS, Credentials, Secret
from oneroster_checks.paste.values import looks_like_key
from oneroster_checks.providers import provider

from .candidate import Candidate, ReadFile
from .cells import read_cell
from .columns import fields_of, letters
from .key_like import holds_key, means_secret
from .problem import CellProblem, FileProblem, PlaceInFile, Remark
from .table import TableLine, rows_of, text_of

_SHIFTED = (
    "This may be the client secret, whose column is empty: keys of Infinite Campus begin differently. Move it there, "
    "or name the other provider in a column Provider."
)


def read_table(content: bytes) -> ReadFile:
    """The connections of a CSV file; FileProblem when it is none, or has no line of a connection."""
    rows = rows_of(text_of(content))
    if not rows:
        raise FileProblem("The file is empty.")
    titles, *lines = rows
    columns = fields_of(titles.cells)
    if not lines:
        raise FileProblem("The file has a line of titles, but no connections.")
    found = ReadFile()
    others = [number for number, title in enumerate(titles.cells) if title.strip() and number not in columns]
    found.unused = tuple(map(letters, others))
    found.like_secrets = tuple(letters(number) for number in others if _may_be_secret(number, titles, lines))
    names = {name: letters(number) for number, name in columns.items()}
    for row in lines:
        _read(row, columns, len(titles.cells), PlaceInFile(row.number, row.place, names), found)
    return found


def _may_be_secret(number: int, titles: TableLine, lines: Sequence[TableLine]) -> bool:
    """Whether a column that no field has holds secrets, by its title or by any cell."""
    return means_secret(titles.cells[number]) or any(
        holds_key(line.cells[number]) for line in lines if number < len(line.cells)
    )


def _read(row: TableLine, columns: dict[int, str], count: int, place: PlaceInFile, found: ReadFile) -> None:
    values: dict[str, Any] = {}
    troubles: list[Remark] = []
    if any(cell.strip() for cell in row.cells[count:]):
        troubles.append(
            Remark(place, "", "It has more cells than there are titles. Put cells with commas in quotes.")
        )
    # The kind of its secret is known before the secret is read.
    for number, name in sorted(columns.items(), key=lambda each: each[1] in SECRET_FIELDS):
        cell = row.cells[number] if number < len(row.cells) else ""
        notes: list[str] = []
        try:
            values |= read_cell(name, cell, notes, fixed_token=bool(values.get("fixed_token")))
        except CellProblem as problem:
            troubles.append(Remark(place, name, str(problem)))
        found.notes += [Remark(place, name, note) for note in notes]
    if "client_secret" in columns.values() and _may_be_shifted(values):
        troubles.append(Remark(place, "client_id", _SHIFTED))
    found.troubles += troubles
    secrets = Credentials(**{name: Secret(values.pop(name, "")) for name in SECRET_FIELDS})
    name = values.pop("name", "")
    wrong = frozenset(trouble.name for trouble in troubles)
    found.candidates.append(Candidate(place, name, values, secrets, wrong))


def _may_be_shifted(values: dict[str, Any]) -> bool:
    """Whether the client id is not one of its provider, and the secret is missing: a row that lost a cell."""
    prefix = provider(values.get("provider", CAMPUS)).client_id_prefix
    client_id = str(values.get("client_id", ""))
    is_other = bool(prefix) and not client_id.startswith(prefix)
    return is_other and not values.get("client_secret") and looks_like_key(client_id)
