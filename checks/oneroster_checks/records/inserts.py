"""Rows into a table of SQLite, by as few steps for each as there can be."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import chain, islice

from .page import Value

# Rows of one statement: each statement has the lock of Python taken, and given back; SQLite takes 999 values at least.
_ROWS = 50


def insert(db: sqlite3.Connection, table: str, columns: Mapping[str, Sequence[Value]]) -> None:
    """Insert rows that are given as columns: "" stands for nothing, but in the first one, and so does an empty column.

    The module `sqlite3` takes long to find out that it has to do nothing with None, so it is given none.
    """
    (first, ids), *others = columns.items()
    given = [(name, values) for name, values in others if values]
    names = ", ".join(f'"{name}"' for name in (first, *(name for name, _ in given)))
    places = ", ".join(("?", *("?" if all(values) else "nullif(?, '')" for _, values in given)))
    one = f'INSERT INTO "{table}" ({names}) VALUES ({places})'
    several = one + f", ({places})" * (_ROWS - 1)
    rows = zip(ids, *(values for _, values in given), strict=True)
    for _ in range(len(ids) // _ROWS):
        db.execute(several, tuple(chain.from_iterable(islice(rows, _ROWS))))
    db.executemany(one, rows)
