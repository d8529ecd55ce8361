"""References and duplicates over 878,000 enrollments: by SQL, or by sets of 64-bit hashes.

`python -m tests.bench.references`. Each way is a process of its own, so that its memory is its own; what making the
rows takes is taken off.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import count, islice

from ..peak import peak_of_this_process
from .line import Name

USERS, CLASSES, ENROLLMENTS, SEATS, PAGE_ROWS = 120_000, 41_800, 877_800, 21, 10_000
# So many enrollments name a user that is not there, and so many have an id that was there before.
ABSENT, AGAIN = 7, 3

Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Broken:
    """What a way found: references to absent users and classes, repeated ids and seats, and who is in no class."""

    absent_users: int
    absent_classes: int
    repeated_ids: int
    repeated_seats: int
    empty_classes: int
    idle_users: int


def references() -> str:
    """The table: seconds and megabytes of each way, and that all of them find the same."""
    measured = {way: _alone(way) for way in WAYS}
    bare = measured["no way at all"]
    found = {json.dumps(each["found"]) for way, each in measured.items() if way in WHOLE}
    same = "all find the same" if len(found) == 1 else f"they do NOT find the same: {sorted(found)}"
    lines = [f"{Name.REFERENCES}: {same}; seconds and megabytes without those of making the rows"]
    for way, each in measured.items():
        if each is not bare:
            seconds, peak = each["seconds"] - bare["seconds"], each["peak"] - bare["peak"]
            lines.append(f"  {way}: {seconds:.2f} s, {peak:.0f} MB")
    return "\n".join(lines)


def _pages() -> Iterator[list[Row]]:
    """The enrollments page by page: id, user, class and role, made anew each time as a decoder does."""
    rows = (
        (
            f"enrollment-{max(place - 1, 0) if place < AGAIN + 1 else place}",
            f"{1_000_000 + (place % USERS if place >= ABSENT else USERS + place)}",
            f"class-{place // SEATS}",
            "student" if place % SEATS else "teacher",
        )
        for place in range(ENROLLMENTS)
    )
    for _ in count():
        page = list(islice(rows, PAGE_ROWS))
        if not page:
            return
        yield page


def _users() -> Iterable[str]:
    return (f"{1_000_000 + index}" for index in range(USERS))


def _classes() -> Iterable[str]:
    return (f"class-{index}" for index in range(CLASSES))


def no_way_at_all() -> Broken:
    """The rows are made, and nothing is done with them."""
    for made in (_users(), _classes(), _pages()):
        sum(map(len, made))
    return Broken(0, 0, 0, 0, 0, 0)


def by_sql(key: Callable[[str], str | int], questions: int = 6) -> Broken:
    """A temporary database on disk, one statement a question; `key` is what it keeps of an id.

    The first two of the questions are about references; where fewer are asked, the others count as 0.
    """
    base = sqlite3.connect("")
    for setting in ("journal_mode=off", "synchronous=off", "cache_size=-16000"):
        base.execute(f"pragma {setting}")
    base.execute("create table users(id)")
    base.execute("create table classes(id)")
    base.execute("create table enrollments(id, user, class, role)")
    base.executemany("insert into users values(?)", ((key(each),) for each in _users()))
    base.executemany("insert into classes values(?)", ((key(each),) for each in _classes()))
    for page in _pages():
        rows = (
            page
            if key is str
            else [(key(one), key(user), key(group), role) for one, user, group, role in page]
        )
        base.executemany("insert into enrollments values(?, ?, ?, ?)", rows)
    base.execute("create index users_id on users(id)")
    base.execute("create index classes_id on classes(id)")
    absent = "select count(*) from enrollments e where not exists (select 1 from {0} where {0}.id = e.{1})"
    again = (
        "select coalesce(sum(n - 1), 0) from (select count(*) n from enrollments group by {0} having n > 1)"
    )
    without = "select count(*) from {0} where id not in (select {1} from enrollments where role = 'student')"
    asked = (
        absent.format("users", "user"), absent.format("classes", "class"), again.format("id"),
        again.format("user, class, role"), without.format("classes", "class"), without.format("users", "user"),
    )  # fmt: skip
    found = [base.execute(question).fetchone()[0] for question in asked[:questions]]
    base.close()
    return Broken(*found, *[0] * (len(asked) - questions))


def by_sets(key: Callable[[str], str | int]) -> Broken:
    """A set for each question; `key` is what it keeps of an id. It counts, and cannot name an example."""
    users, classes = set(map(key, _users())), set(map(key, _classes()))
    ids: set[str | int] = set()
    seats: set[int] = set()
    taken: set[str | int] = set()
    seated: set[str | int] = set()
    absent_users = absent_classes = total = 0
    for page in _pages():
        total += len(page)
        ids.update([key(row[0]) for row in page])
        named = [key(row[1]) for row in page]
        absent_users += sum(each not in users for each in named)
        groups = [key(row[2]) for row in page]
        absent_classes += sum(each not in classes for each in groups)
        seats.update([hash(row[1:]) for row in page])
        taken.update([group for group, row in zip(groups, page, strict=True) if row[3] == "student"])
        seated.update([user for user, row in zip(named, page, strict=True) if row[3] == "student"])
    return Broken(
        absent_users,
        absent_classes,
        total - len(ids),
        total - len(seats),
        len(classes - taken),
        len(users - seated),
    )


def absent_by_sets() -> Broken:
    """Only the ids of users and classes as hashes, which is all that these two questions need."""
    users, classes = set(map(hash, _users())), set(map(hash, _classes()))
    absent_users = absent_classes = 0
    for page in _pages():
        absent_users += sum(hash(row[1]) not in users for row in page)
        absent_classes += sum(hash(row[2]) not in classes for row in page)
    return Broken(absent_users, absent_classes, 0, 0, 0, 0)


# By their names: every question is answered by those of WHOLE, the others are there to be compared.
WHOLE: dict[str, Callable[[], Broken]] = {
    "SQL, ids as texts": lambda: by_sql(str),
    "SQL, 64-bit hashes of ids": lambda: by_sql(hash),
    "sets of 64-bit hashes": lambda: by_sets(hash),
    "sets of texts": lambda: by_sets(str),
}
WAYS: dict[str, Callable[[], Broken]] = {
    "no way at all": no_way_at_all,
    **WHOLE,
    "SQL, rows kept and nothing asked": lambda: by_sql(str, questions=0),
    "SQL, rows kept and references asked": lambda: by_sql(str, questions=2),
    "sets of 64-bit hashes, for references alone": absent_by_sets,
}


def _alone(way: str) -> dict[str, float]:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.references", way], stdout=subprocess.PIPE, check=True
    )
    measured: dict[str, float] = json.loads(ended.stdout)
    return measured


def main() -> None:
    """The table, or one way where the argument names it."""
    if len(sys.argv) == 1:
        print(references())
        return
    started = time.process_time()
    found = asdict(WAYS[sys.argv[1]]())
    seconds = time.process_time() - started
    print(json.dumps({"found": found, "seconds": seconds, "peak": peak_of_this_process()}))


if __name__ == "__main__":
    main()
