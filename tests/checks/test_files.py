"""Reading a file that anybody may have put there: regular ones only, within a limit, and never waiting."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from oneroster_checks.files import UnusableFile, read_file

from ..bad_files import NO_REGULAR_FILES, TOO_LARGE

MOST = 1000


@pytest.mark.parametrize("name", NO_REGULAR_FILES)
def test_what_is_no_regular_file_is_not_opened(name: str, tmp_path: Path) -> None:
    path = tmp_path / "it"
    NO_REGULAR_FILES[name](path)
    with pytest.raises(OSError, match=r"it is a|No such file|Too many levels") as caught:
        read_file(path, MOST)
    assert isinstance(caught.value, UnusableFile) is (name not in ("link-to-nothing", "link-to-itself"))


@pytest.mark.parametrize("name", TOO_LARGE)
def test_no_more_than_the_limit_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "it"
    TOO_LARGE[name](path)
    with pytest.raises(UnusableFile, match=r"it is too large \(more than 1,000 bytes\)") as caught:
        read_file(path, MOST)
    assert caught.value.too_large


def test_a_file_of_just_the_limit_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "it"
    path.write_bytes(b"x" * MOST)
    assert read_file(path, MOST) == b"x" * MOST
    path.write_bytes(b"x" * (MOST + 1))
    with pytest.raises(UnusableFile):
        read_file(path, MOST)
    path.write_bytes(b"")
    assert read_file(str(path), MOST) == b""
    link = tmp_path / "link"
    link.symlink_to(path)
    assert read_file(link, MOST) == b""


def test_a_file_whose_size_is_told_as_nothing_is_read() -> None:
    assert os.stat("/proc/self/stat").st_size == 0
    assert str(os.getpid()).encode() in read_file("/proc/self/stat", 10_000)
