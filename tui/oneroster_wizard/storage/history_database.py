"""The history's database as a file: private, of one schema, opened by several programs at once.

A program that is killed leaves it sound: what it had not written to its end is not there. What this version cannot
read is left as it is.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from oneroster_checks.files import UnusableFile, kind_of, reason_of

from ..limits import HISTORY_BUSY_S
from .private_files import make_private_folder
from .profile_error import HistoryError

Database = sqlite3.Connection

SCHEMA_VERSION = 1
# What lists show is apart from what is read of one run at a time, so that a list reads little. Times are UTC, in
# microseconds since 1970, and the offset in seconds in which the run told its own.
_SCHEMA = (
    "CREATE TABLE profiles (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        profile INTEGER NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
        started INTEGER NOT NULL, utc_offset INTEGER NOT NULL,
        status TEXT NOT NULL, cause TEXT, summary TEXT NOT NULL, title TEXT NOT NULL, is_full INTEGER NOT NULL,
        requests INTEGER NOT NULL, duration_ms INTEGER NOT NULL, counts TEXT NOT NULL,
        last_worked TEXT, since TEXT, differences TEXT NOT NULL, ends TEXT, ends_kind TEXT NOT NULL,
        has_report INTEGER NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX runs_in_order ON runs (profile, started)",
    "CREATE INDEX runs_by_age ON runs (started)",
    """
    CREATE TABLE reports (
        run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        snapshot BLOB NOT NULL, report BLOB NOT NULL
    )
    """,
)
_SETTINGS = (
    "foreign_keys = ON", "trusted_schema = OFF", "secure_delete = FAST",
    # With the write-ahead log it is sound after a power cut too, which may cost the last runs.
    "synchronous = NORMAL",
)  # fmt: skip
_BESIDE = ("-wal", "-shm", "-journal")
_BETWEEN_TRIES_S = 0.01
# Codes of SQLite, without what it adds to them.
_PRIMARY = 0xFF
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_NOT_WRITABLE = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR}
)


def is_there(path: Path) -> bool:
    """Whether there is anything where the history should be."""
    return os.path.lexists(path)


@contextmanager
def trouble_told(path: Path) -> Generator[None]:
    """Whatever the file at `path` does within it is a HistoryError with a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        made = HistoryError.held if _code(error) in _BUSY else HistoryError
        raise made(_sentence(path, error)) from None
    except OSError as error:
        raise HistoryError(f"The history in {path} cannot be used: {reason_of(error)}.") from None


def open_database(path: Path, patience_s: float = HISTORY_BUSY_S) -> Database:
    """The database at `path`, made where there is none; the caller closes it. Another program is waited for so long.

    HistoryError where it is another version's or another program's; what SQLite and the system raise is for
    `trouble_told`.
    """
    _make_file(path)
    # Without mode=rw SQLite would make the file itself, for others to read.
    place = f"{path.absolute().as_uri()}?mode=rw"
    db = sqlite3.connect(place, uri=True, timeout=patience_s, isolation_level=None, check_same_thread=False)
    try:
        # Only somebody else could have put there what is no UTF-8.
        db.text_factory = lambda text: text.decode("utf-8", "replace")
        for setting in _SETTINGS:
            db.execute(f"PRAGMA {setting}")
        _have_schema(db, path, patience_s)
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def together(db: Database) -> Generator[None]:
    """Statements that are written as one, or not at all; other programs wait until they are."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _make_file(path: Path) -> None:
    for each in (path, *(path.with_name(path.name + end) for end in _BESIDE)):
        _refuse(each)
    if is_there(path):
        return
    make_private_folder(path.parent)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, flags, 0o600)
        try:
            # A file mask can take away the owner's own rights. SQLite gives its further files the mode of this one.
            if sys.platform != "win32":
                os.fchmod(handle, 0o600)
        finally:
            os.close(handle)


def _refuse(path: Path) -> None:
    """UnusableFile where there is a link, or anything that is no regular file."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(mode):
        raise UnusableFile(f"{path.name} is a link")
    if kind := kind_of(mode):
        raise UnusableFile(f"{path.name} is {kind}")


def _have_schema(db: Database, path: Path, patience_s: float) -> None:
    version = _version(db)
    if version == 0:
        _patiently(lambda: _make_schema(db, path), patience_s)
        version = _version(db)
    if version != SCHEMA_VERSION:
        raise HistoryError(
            f"The history in {path} was written by a newer version of this program: update this one. "
            "Until then no run is kept."
            if version > SCHEMA_VERSION
            else _not_ours(path)
        )


def _version(db: Database) -> int:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def _make_schema(db: Database, path: Path) -> None:
    if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        db.execute("PRAGMA journal_mode = WAL")
    with together(db):
        # Another program may have been quicker.
        if _version(db) != 0:
            return
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise HistoryError(_not_ours(path))
        for statement in _SCHEMA:
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _patiently(work: Callable[[], None], patience_s: float) -> None:
    """Do what SQLite does not wait for itself: two programs may make the file at once."""
    ends = time.monotonic() + patience_s
    while True:
        try:
            return work()
        except sqlite3.OperationalError as error:
            if _code(error) not in _BUSY or time.monotonic() > ends:
                raise
        time.sleep(_BETWEEN_TRIES_S)


def _code(error: sqlite3.Error) -> int:
    code = getattr(error, "sqlite_errorcode", None)
    return code & _PRIMARY if isinstance(code, int) else sqlite3.SQLITE_CORRUPT


def _not_ours(path: Path) -> str:
    return f"{path} is another program's database. Move it elsewhere; the next run starts a new history."


def _sentence(path: Path, error: sqlite3.Error) -> str:
    code = _code(error)
    if code in _BUSY:
        return f"Another program is using the history in {path}. Try again."
    if code == sqlite3.SQLITE_FULL:
        return f"The history in {path} cannot be written: the disk is full."
    if code in _NOT_WRITABLE:
        return f"The history in {path} cannot be used: it or its folder cannot be read and written."
    return f"The history in {path} is damaged. Move the file elsewhere; the next run starts a new one."
