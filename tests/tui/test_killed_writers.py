"""A program that is killed while it changes saved profiles: each is the old one or the new one, and none is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from ..cli.command import ROOT, environment

# Kills in each of the six changes, at lines of the code; and kills from without.
MOMENTS, KILLS = 40, 200

# What may be found of two profiles after a change was killed: of "lakeside", and of "hill", which is new.
ALLOWED = {
    "new": {("old", "none"), ("old", "new")},
    "save": {("old", "none"), ("new", "none")},
    "rename": {("old", "none"), ("old", "old"), ("none", "old")},
    "duplicate": {("old", "none"), ("old", "old")},
    "delete": {("old", "none"), ("none", "none")},
    "result": {("old", "none")},
}


def killed(how: str, folder: Path, number: int) -> list[dict[str, Any]]:
    """What was found after each kill."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.killed_writers", how, str(folder), str(number)],
        capture_output=True, text=True, cwd=ROOT, env=environment(), timeout=200, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_a_kill_at_any_line_leaves_the_old_profile_or_the_new_one(tmp_path: Path) -> None:
    kills = killed("inside", tmp_path / "profiles", MOMENTS)
    assert len(kills) == MOMENTS * len(ALLOWED)
    for each in kills:
        assert (each["lakeside"], each["hill"]) in ALLOWED[each["change"]], each
        assert (each["other"], each["broken"], each["left"]) == ("old", 0, 0), each
    # The kills came early and late: some before anything was done, some after, some with a file half written.
    for change, allowed in ALLOWED.items():
        assert {(each["lakeside"], each["hill"]) for each in kills if each["change"] == change} == allowed, (
            change
        )
    assert any(each["unfinished"] for each in kills)


def test_a_kill_from_without_never_loses_or_breaks_one(tmp_path: Path) -> None:
    kills = killed("outside", tmp_path / "profiles", KILLS)
    assert len(kills) == KILLS
    for each in kills:
        assert (each["other"], each["broken"], each["left"]) == ("old", 0, 0), each
        assert each["lakeside"] in ("old", "new", "none"), each
        assert each["hill"] in ("old", "new", "none"), each
    assert not [name for name in os.listdir(tmp_path / "profiles") if name.endswith(".tmp")]
