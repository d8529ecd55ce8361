"""What write tests have made and not yet removed, in private files: what a killed program left is offered for removal.

One file a write test, and beside it a file that is locked as long as the program lives. Neither holds a secret or
anything of a person: a class, the tool's own ids, the base URL, the profile's name and the time.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from oneroster_checks.files import read_file
from oneroster_checks.made_records import Leftovers, MadeRecord
from oneroster_checks.visible import safe_json

from ..limits import JOURNAL_BYTES, JOURNAL_RECORDS, LEFTOVER_S
from .journal_folder import JOURNAL_SUFFIX, journal_folder, journal_names
from .locks import Lock, lock_at_once
from .private_files import make_private_folder, write_private

_LOCK_SUFFIX = ".lock"


@dataclass(frozen=True, slots=True)
class LeftTest:
    """What a write test of a program that was killed may have left.

    `profile` is the saved connection that it ran with, "" for none.
    """

    profile: str
    base_url: str
    when: datetime
    left: Leftovers

    @property
    def sentence(self) -> str:
        """What may still be there, and where."""
        count = len(self.left.records)
        records = "1 record" if count == 1 else f"{count} records"
        where = f"of the profile “{self.profile}”" if self.profile else f"at {self.base_url}"
        return f"{records} of a write test on {self.when:%Y-%m-%d} may still be in the grade book {where}."

    def is_of(self, base_url: str) -> bool:
        """Whether it is in the grade book behind a base URL."""
        return _comparable(self.base_url) == _comparable(base_url)


@dataclass(slots=True)
class _Kept:
    """The content of one file, and the handle that holds its lock, None where there are no locks."""

    class_id: str
    profile: str
    base_url: str
    when: str
    records: list[MadeRecord] = field(default_factory=list)
    handle: int | None = None


class JournalFiles:
    """The journal of one run with a connection; `folder` None is the user's own state folder.

    It is a `WriteJournal`. `close` lets go of the files; those of tests that left nothing are gone by then.
    """

    def __init__(self, profile: str, base_url: str, folder: Path | None = None) -> None:
        self._profile = profile
        self._base_url = base_url.strip()
        self._folder = folder or journal_folder()
        self._kept: dict[str, _Kept] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing that this run has made, or has to remove, may still be there."""
        return not any(kept.records for kept in self._kept.values())

    def about_to_write(self, class_id: str, record: MadeRecord) -> None:
        """Note a record before it is made; OSError when that fails, and then it must not be made."""
        kept = self._kept.get(record.run)
        if kept is None:
            when = datetime.now().astimezone().isoformat()
            kept = _Kept(class_id, self._profile, self._base_url, when)
            kept.handle = self._lock(record.run)
            self._kept[record.run] = kept
        kept.records.append(record)
        try:
            self._write(record.run, kept)
        except OSError:
            # It is not made, so that nothing is left of it.
            kept.records.remove(record)
            raise

    def removed(self, record: MadeRecord) -> None:
        """Forget a record that is gone; OSError when that fails."""
        kept = self._kept.get(record.run)
        if kept is None or record not in kept.records:
            return
        kept.records.remove(record)
        if kept.records:
            self._write(record.run, kept)
        else:
            self._path(record.run).unlink(missing_ok=True)

    def take_over(self, found: LeftTest) -> bool:
        """Take what an earlier test left into this journal, to be removed; False where another program does it."""
        run = found.left.records[0].run
        try:
            handle = self._lock(run)
        except OSError:
            return False
        records = list(found.left.records)
        when = found.when.isoformat()
        self._kept[run] = _Kept(found.left.class_id, found.profile, found.base_url, when, records, handle)
        return True

    def close(self) -> None:
        """Let go of the files."""
        for run, kept in self._kept.items():
            if not kept.records:
                with contextlib.suppress(OSError):
                    self._path(run, _LOCK_SUFFIX).unlink(missing_ok=True)
            if kept.handle is not None:
                os.close(kept.handle)
                kept.handle = None

    def _path(self, run: str, suffix: str = JOURNAL_SUFFIX) -> Path:
        return self._folder / f"{run}{suffix}"

    def _lock(self, run: str) -> int:
        """The handle that holds the lock of a test; OSError where another program holds it."""
        make_private_folder(self._folder)
        handle = os.open(self._path(run, _LOCK_SUFFIX), os.O_RDWR | os.O_CREAT, 0o600)
        if lock_at_once(handle) is Lock.HELD:
            os.close(handle)
            raise OSError(0, "another program is removing it")
        return handle

    def _write(self, run: str, kept: _Kept) -> None:
        content = {
            "profile": kept.profile,
            "base_url": kept.base_url,
            "class": kept.class_id,
            "time": kept.when,
            "records": [{"path": each.path, "sourcedId": each.sourced_id} for each in kept.records],
        }
        write_private(self._path(run), safe_json(json.dumps(content, indent=2, ensure_ascii=False)) + "\n")


def left_tests(folder: Path | None = None) -> tuple[LeftTest, ...]:
    """What earlier write tests may have left, the oldest first; a program that still runs has left nothing."""
    folder = folder or journal_folder()
    paths = [folder / name for name in journal_names(folder)]
    read = [_read(path) for path in paths if not _is_running(path)]
    found = [test for test in read if test is not None]
    return tuple(sorted(found, key=lambda test: test.when))


def _is_running(path: Path) -> bool:
    """Whether the program whose test this is still runs."""
    try:
        handle = os.open(path.with_suffix(_LOCK_SUFFIX), os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        lock = lock_at_once(handle)
    finally:
        os.close(handle)
    if lock is Lock.UNKNOWN:
        with contextlib.suppress(OSError):
            return time.time() - path.stat().st_mtime < LEFTOVER_S
    return lock is Lock.HELD


def _read(path: Path) -> LeftTest | None:
    """A file as it was written; None where it is none of this program's, or holds nothing to remove."""
    try:
        kept: Any = json.loads(read_file(path, JOURNAL_BYTES))
        records = tuple(
            MadeRecord(str(each["path"]), str(each["sourcedId"]))
            for each in kept["records"][:JOURNAL_RECORDS]
        )
        when = datetime.fromisoformat(kept["time"]).astimezone()
        profile, base_url, class_id = (str(kept[name]) for name in ("profile", "base_url", "class"))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    # The file of one test: anything else was put there by somebody.
    if not records or {each.run for each in records} != {path.stem}:
        return None
    return LeftTest(profile, base_url, when, Leftovers(class_id, records))


def _comparable(base_url: str) -> str:
    return base_url.strip().rstrip("/")
