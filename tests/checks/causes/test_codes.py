"""The list of codes: no released one is missing, none is there twice, and it is read only when asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import oneroster_checks
from oneroster_checks import causes
from oneroster_checks.causes import cause, codes, sections
from oneroster_checks.errors import UnknownCause

# Every code that was released. Other programs read them, so none may go; a new one comes in with its release.
PUBLISHED = tuple((Path(__file__).parent / "published.txt").read_text("utf-8").split())


def test_no_published_code_is_missing() -> None:
    assert PUBLISHED
    assert set(PUBLISHED) <= set(codes())
    assert len(set(PUBLISHED)) == len(PUBLISHED)


def test_no_code_is_written_twice() -> None:
    written = [
        entry.code
        for name in causes.MODULES
        for entry in import_module(f"oneroster_checks.causes.{name}").CAUSES
    ]
    assert sorted(written) == sorted(codes())
    assert len(set(written)) == len(written)


def test_every_entry_is_in_one_section() -> None:
    listed = [entry.code for _, entries in sections() for entry in entries]
    assert sorted(listed) == sorted(codes())
    titles = [title for title, _ in sections()]
    assert len(set(titles)) == len(titles)


def test_an_unknown_code_has_an_error_of_its_own() -> None:
    with pytest.raises(UnknownCause):
        cause("token.nonesuch")


def test_importing_the_package_reads_no_entry() -> None:
    program = (
        "import sys, oneroster_checks.causes;"
        "print([name for name in sys.modules if name.startswith('oneroster_checks.causes.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=_env()
    )
    assert done.stdout.strip() == "['oneroster_checks.causes.model']"


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(oneroster_checks.__file__).parents[1])}
