"""A program that changes saved profiles and is killed in the middle of it, again and again.

`python -m tests.killed_writers inside FOLDER MOMENTS` kills each change at as many lines of the storage's code, evenly
spread; `outside FOLDER KILLS` kills a program that changes profiles without end, whenever. Each kill prints a line
of JSON: what was changed, and how every profile was found afterwards. It forks, so it is a program of its own.
`busy FOLDER CHANGES` kills nothing, and is meant to run beside another of its kind.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from oneroster_checks.connection import Connection
from oneroster_checks.finding import Status
from oneroster_checks.result import Result, Verdict
from oneroster_wizard import storage
from oneroster_wizard.storage.profiles import Profile, ProfileError, ProfileStore

# What only reads a text and makes another of it changes no file.
WRITERS = tuple(
    str(Path(storage.__file__).with_name(f"{name}.py"))
    for name in ("profiles", "private_files", "temporary_files", "history", "history_database", "locks")
)
NAMES = ("lakeside", "hill", "other")
OLD = Connection(base_url="https://old.example/ims/oneroster", client_id="old" * 500)
NEW = Connection(base_url="https://new.example/ims/oneroster", client_id="new" * 700)
RESULT = Result(OLD, datetime(2026, 3, 1, tzinfo=UTC), 1, 1, Verdict(Status.PASS, None, "It works."), (), ())

CHANGES: dict[str, Callable[[ProfileStore], None]] = {
    "new": lambda store: store.save(Profile("hill", NEW)),
    "save": lambda store: store.save(Profile("lakeside", NEW)),
    "rename": lambda store: store.rename("lakeside", "hill"),
    "duplicate": lambda store: store.duplicate("lakeside", "hill"),
    "delete": lambda store: store.delete("lakeside"),
    "result": lambda store: store.save_run("lakeside", RESULT),
}


def prepare(folder: Path) -> ProfileStore:
    """A folder with a profile that has run, and another."""
    shutil.rmtree(folder, ignore_errors=True)
    store = ProfileStore(folder)
    store.save(Profile("lakeside", OLD))
    store.save_run("lakeside", RESULT)
    store.save(Profile("other", OLD))
    return store


def found(folder: Path) -> dict[str, Any]:
    """How a folder looks to the next program: each profile as "old", "new", "none" or what is wrong."""
    before = os.listdir(folder)
    profiles, broken = ProfileStore(folder).list()
    states = {
        "broken": len(broken),
        "left": len([name for name in os.listdir(folder) if name.endswith(".tmp")]),
    }
    states["unfinished"] = len([name for name in before if name.endswith(".tmp")])
    kinds = {
        each.name: "old" if each.connection == OLD else "new" if each.connection == NEW else "other"
        for each in profiles
    }
    return {**{name: kinds.get(name, "none") for name in NAMES}, **states}


def killed_at(work: Callable[[], None], moment: int) -> int:
    """Do some work in a process that kills itself at a line of the storage's code; how many lines there were."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        lines = 0

        def trace(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal lines
            if frame.f_code.co_filename not in WRITERS:
                return None
            if event == "line":
                lines += 1
                if lines == moment:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        work()
        sys.settrace(None)
        os.write(writing, str(lines).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    assert told or os.WTERMSIG(status) == signal.SIGKILL
    return int(told or 0)


def inside(folder: Path, moments: int) -> None:
    """Kill each change at lines of its code."""
    for name, change in CHANGES.items():
        lines = killed_at(partial(change, prepare(folder)), 0)
        for number in range(moments):
            moment = 1 + number * (lines - 1) // (moments - 1)
            assert not killed_at(partial(change, prepare(folder)), moment)
            print(json.dumps({"change": name, **found(folder)}))


def endless(folder: Path, writing: int, seed: int) -> None:
    """Change profiles until somebody kills this program; each change is told as a byte."""
    chance = random.Random(seed)
    store = ProfileStore(folder)
    while True:
        os.write(writing, b".")
        try:
            chance.choice(list(CHANGES.values()))(store)
            if chance.random() < 0.5:
                store.rename("hill", "lakeside")
        except ProfileError:
            store.save(Profile("lakeside", chance.choice((OLD, NEW))))


def outside(folder: Path, kills: int) -> None:
    """Kill a program that changes profiles, from without."""
    chance = random.Random(kills)
    prepare(folder)
    for number in range(kills):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            endless(folder, writing, number)
        for _ in range(chance.randrange(1, 5)):
            os.read(reading, 1)
        # Not at the beginning of a change, where the byte came from, but anywhere in it.
        for _ in range(chance.randrange(200_000)):
            pass
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)
        os.close(writing)
        print(json.dumps({"change": "any", **found(folder)}))


def busy(folder: Path, changes: int) -> None:
    """Change profiles so often, and move one of this program's own among names that the others want too."""
    chance = random.Random(os.getpid())
    store, own = ProfileStore(folder), f"own {os.getpid()}"
    store.save(Profile(own, NEW.but(client_id=own)))
    moved, mine = 0, own
    for _ in range(changes):
        with contextlib.suppress(ProfileError):
            chance.choice(list(CHANGES.values()))(store)
        with contextlib.suppress(ProfileError):
            # A name that another gives at the same time must never take the place of a profile that is there.
            wanted = f"wanted {chance.randrange(4)}"
            store.rename(mine, wanted)
            moved, mine = moved + 1, wanted
        assert store.load(mine).connection.client_id == own, mine
    print(json.dumps({"own": own, "name": mine, "moved": moved}))


if __name__ == "__main__":
    {"inside": inside, "outside": outside, "busy": busy}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
