"""Where `--output` can lead: nothing but a regular file is ever replaced, and what cannot be written is said."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ..bad_files import a_device
from ..unprivileged import without_privileges
from .command import COMMAND, call, district, environment, options_of, secrets_of

LIMIT_S = 60


@pytest.fixture(scope="module")
def served() -> Iterator[dict[str, Any]]:
    with district() as ready:
        yield ready


Ended = subprocess.CompletedProcess[str]


def write_to(
    served: dict[str, Any],
    output: str,
    *,
    form: str = "json",
    stdout: Any = subprocess.PIPE,
    limited: bool = False,
) -> Ended:
    """A run of `check` with this `--output`; `limited` holds it to the permissions of files."""
    command = [*COMMAND, "check", *options_of(served), "--format", form, "--output", output]
    return subprocess.run(
        without_privileges(command) if limited else command,
        stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, text=True,
        env=environment(secrets_of(served)), timeout=LIMIT_S, check=False,
    )  # fmt: skip


def is_report(text: str) -> bool:
    return bool(json.loads(text)["runs"][0]["verdict"]["status"] == "pass")


def read_by(reading: Callable[[], bytes]) -> tuple[threading.Thread, list[bytes]]:
    """Read something in a thread; what was read is in the list at its end."""
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(reading()), daemon=True)
    reader.start()
    return reader, read


@pytest.mark.parametrize("links", [0, 1, 2])
def test_a_device_is_written_to_and_stays(links: int, served: dict[str, Any], tmp_path: Path) -> None:
    device = tmp_path / "device"
    a_device(device)
    before = device.lstat()
    path = device
    for number in range(links):
        link = tmp_path / f"link-{number}"
        link.symlink_to(path)
        path = link
    ended = write_to(served, str(path))
    assert (ended.returncode, ended.stderr) == (0, f"The report is in {path}.\n")
    after = device.lstat()
    assert (after.st_ino, after.st_mode, after.st_rdev) == (before.st_ino, before.st_mode, before.st_rdev)
    assert path.is_symlink() is bool(links)
    assert len(os.listdir(tmp_path)) == 1 + links


@pytest.mark.parametrize("linked", [False, True])
def test_a_pipe_gets_the_report_and_stays(linked: bool, served: dict[str, Any], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    path = pipe
    if linked:
        path = tmp_path / "link"
        path.symlink_to(pipe)
    reader, read = read_by(pipe.read_bytes)
    ended = write_to(served, str(path))
    reader.join(LIMIT_S)
    assert ended.returncode == 0
    assert is_report(read[0].decode())
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


def test_a_pipe_that_nobody_reads_is_said(served: dict[str, Any], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    ended = write_to(served, str(pipe))
    assert ended.returncode == 2
    assert f"--output {pipe} cannot be written (no program read this pipe" in ended.stderr
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


def test_a_socket_gets_the_report_and_stays(
    served: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        refused = write_to(served, "socket")
        server.listen()

        def reading() -> bytes:
            connection, _ = server.accept()
            with connection, connection.makefile("rb") as file:
                return file.read()

        reader, read = read_by(reading)
        ended = write_to(served, "socket")
        reader.join(LIMIT_S)
    assert refused.returncode == 2
    assert "--output socket cannot be written (Connection refused)" in refused.stderr
    assert ended.returncode == 0
    assert is_report(read[0].decode())
    assert stat.S_ISSOCK((tmp_path / "socket").lstat().st_mode)


@pytest.mark.parametrize("path", ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_by_any_name_is_written_to_behind_what_is_there(
    path: str, served: dict[str, Any], tmp_path: Path
) -> None:
    piped = write_to(served, path)
    assert piped.returncode == 0
    assert is_report(piped.stdout)
    log = tmp_path / "log"
    log.write_text("first\n")
    before = log.stat()
    with log.open("a") as file:
        assert write_to(served, path, stdout=file).returncode == 0
    first, _, rest = log.read_text().partition("\n")
    assert first == "first"
    assert is_report(rest)
    assert (log.stat().st_ino, log.stat().st_mode) == (before.st_ino, before.st_mode)
    assert os.listdir(tmp_path) == ["log"]


def test_a_link_keeps_its_place_and_its_file_its_mode(served: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    target, link = tmp_path / "a" / "target", tmp_path / "b" / "link"
    target.write_text("mine")
    target.chmod(0o640)
    link.symlink_to("../a/target")
    assert write_to(served, str(link)).returncode == 0
    assert os.readlink(link) == "../a/target"
    assert is_report(target.read_text())
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert (os.listdir(tmp_path / "a"), os.listdir(tmp_path / "b")) == (["target"], ["link"])


def test_a_link_to_nothing_yet_makes_a_private_file_there(served: dict[str, Any], tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    assert write_to(served, str(link)).returncode == 0
    assert link.is_symlink()
    assert stat.S_IMODE(target.lstat().st_mode) == 0o600
    assert is_report(target.read_text())


def test_a_file_mask_changes_nothing(served: dict[str, Any], tmp_path: Path) -> None:
    for mask in (0o000, 0o777):
        path = tmp_path / f"report-{mask}"
        before = os.umask(mask)
        try:
            ended = write_to(served, str(path))
        finally:
            os.umask(before)
        assert ended.returncode == 0
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def in_a_locked_folder(folder: Path) -> str:
    locked = folder / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    return str(locked / "report")


def below_a_file(folder: Path) -> str:
    (folder / "file").write_text("mine")
    return str(folder / "file" / "report")


def a_circle_of_links(folder: Path) -> str:
    (folder / "circle").symlink_to("circle")
    return str(folder / "circle")


IMPOSSIBLE: dict[str, tuple[Callable[[Path], str], str]] = {
    "folder": (str, "it is a folder"),
    "no folder": (lambda folder: str(folder / "none" / "report"), "No such file or directory"),
    "below a file": (below_a_file, "Not a directory"),
    "long name": (lambda folder: str(folder / ("n" * 5000)), "File name too long"),
    "long path": (lambda folder: str(folder) + "/n" * 2500, "File name too long"),
    "locked folder": (in_a_locked_folder, "Permission denied"),
    "circle": (a_circle_of_links, "Too many levels of symbolic links"),
    "closed descriptor": (lambda folder: "/dev/fd/77", "Bad file descriptor"),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_a_place_that_cannot_be_written_is_a_sentence(
    case: str, served: dict[str, Any], tmp_path: Path
) -> None:
    make, reason = IMPOSSIBLE[case]
    path = make(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    ended = write_to(served, path, limited=True)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert "cannot be written" in ended.stderr
    assert reason in ended.stderr
    assert len(ended.stderr) < 1000
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_keeps_the_old_report_and_leaves_nothing(served: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    full = ["bash", "-c", 'ulimit -f 4; trap "" XFSZ; exec "$@"', "-", *COMMAND]
    ended = subprocess.run(
        [*full, "check", *options_of(served), "--format", "json", "--output", str(path)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT_S, check=False,
        env=environment({**secrets_of(served), "PYTHONDONTWRITEBYTECODE": "1"}),
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"oneroster-wizard: --output {path} cannot be written (File too large).\n"
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["report.json"]


@pytest.mark.parametrize("command", ["check", "demo"])
def test_no_path_is_no_place(command: str, served: dict[str, Any]) -> None:
    options = options_of(served) if command == "check" else []
    ended = call(command, *options, "--output", "", more=secrets_of(served))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "oneroster-wizard: --output needs a path. “-” is standard output.\n"
