"""A full disk is told from other errors by its code, not by its words."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from oneroster_checks.records.full_read import is_disk_full


def test_a_database_without_room() -> None:
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA max_page_count = 3")
    database.execute("CREATE TABLE rows (text)")
    with pytest.raises(sqlite3.OperationalError) as full:
        database.executemany("INSERT INTO rows VALUES (?)", [("x" * 5000,)] * 10)
    assert is_disk_full(full.value)
    with pytest.raises(sqlite3.OperationalError) as other:
        database.execute("SELECT nothing")
    assert not is_disk_full(other.value)
    database.close()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_file_without_room(code: int) -> None:
    assert is_disk_full(OSError(code, "the words of the system"))
    assert not is_disk_full(OSError(errno.EACCES, "the words of the system"))
    assert not is_disk_full(ValueError())
