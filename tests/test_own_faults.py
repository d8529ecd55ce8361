"""A test that met a fault of gnome-keyring-daemon itself runs once more; no other failed test does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

_TESTS = """
from tests.secret_service import own_faults

ran = []


def test_it():
    ran.append(1)
    if len(ran) in {faulty}:
        own_faults.append("the daemon had a fault of its own")
    assert len(ran) > {fails}
"""


@pytest.mark.parametrize(
    ("faulty", "fails", "ends"),
    [
        ((), 0, "1 passed"),
        ((1,), 1, "1 passed"),
        ((1, 2), 2, "1 failed"),
        ((), 1, "1 failed"),
    ],
    ids=["no fault", "a fault", "a fault each time", "another failure"],
)
def test_a_fault_of_the_daemon_is_forgiven_once(
    faulty: tuple[int, ...], fails: int, ends: str, tmp_path: Path
) -> None:
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_runtest_protocol\n")
    (tmp_path / "test_one.py").write_text(_TESTS.format(faulty=faulty, fails=fails))
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            f"--rootdir={tmp_path}",
            str(tmp_path),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ends in ended.stdout, (ended.stdout, ended.stderr)
    assert ("runs once more: the daemon had a fault" in ended.stderr) == bool(faulty)
