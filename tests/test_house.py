"""The house itself: sizes, words that must not be in it, reasons for packages, imports that wait."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 300
TEXTS = (".py", ".toml", ".md", ".txt", ".yaml", ".yml", ".tcss", ".csv", ".cfg", ".svg", "")
# Written in halves, so that this file does not hold them itself.
FORBIDDEN = (
    r"/wo" r"rk/",
    r"/tmp/" r"vx",
    r"brief" r"\.md",
    r"pypi" r"\.org",
    r"python" r"hosted\.org",
    r"registry\." r"npmjs",
    r"deb\." r"debian",
    r"\bclau" r"de\b",
    r"\bchat" r"gpt\b",
    r"\bcopi" r"lot\b",
)
UNFINISHED = (
    r"\bTO" r"DO\b",
    r"\bFIX" r"ME\b",
    r"not " r"implemented",
)


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file that git keeps or would keep; every file of an unpacked archive where there is no git."""
    asked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=60,
    )
    if asked.returncode == 0:
        return tuple(
            ROOT / name for name in asked.stdout.decode().split("\0") if name and (ROOT / name).is_file()
        )
    left_out = {".venv", ".venv-audit", ".git", "__pycache__", "build", "dist"}
    return tuple(path for path in ROOT.rglob("*") if path.is_file() and not left_out & set(path.parts))


def sources() -> list[Path]:
    return [path for path in kept_files() if path.suffix == ".py"]


def test_the_files_are_found() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in sources()}
    assert {
        "checks/oneroster_checks/connection.py",
        "tui/oneroster_wizard/storage/secrets.py",
        "tests/conftest.py",
    } <= names


def test_no_file_is_too_long() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in sources()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_file_names_what_does_not_belong_here() -> None:
    found = []
    for path in kept_files():
        if path.suffix in TEXTS:
            # A test may hold the words of unfinished work, to look for them.
            words = FORBIDDEN if ROOT / "tests" in path.parents else FORBIDDEN + UNFINISHED
            pattern = re.compile("|".join(words), re.IGNORECASE)
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []


def test_no_private_key_lies_in_the_house() -> None:
    begin = b"-----BEGIN " + b"PRIVATE KEY"
    assert [
        path for path in kept_files() if begin in path.read_bytes() or path.suffix in (".pem", ".key")
    ] == []


def test_every_package_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    lines = [line.strip() for line in text.splitlines()]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    assert len(wanted) > 15
    for package in wanted:
        place = lines.index(f'"{package}",')
        assert lines[place - 1].startswith("# "), f"{package} has no reason above it"


def test_every_package_is_pinned_without_an_address() -> None:
    text = (ROOT / "constraints.txt").read_text()
    assert "//" not in text
    pins = {line.partition("==")[0].lower().replace("_", "-") for line in text.splitlines() if "==" in line}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    assert {re.split(r"[\[>=<]", package)[0].lower() for package in wanted} - pins == set()


HEAVY = (
    "textual", "rich", "httpx", "keyring", "oauthlib", "starlette", "uvicorn", "trustme", "pyperclip", "jinja2",
    "msgspec", "sqlite3", "distributed", "shtab",
)  # fmt: skip


def loaded_by(code: str) -> set[str]:
    """The heavy packages that a fresh process has loaded after the code."""
    ask = f"\nimport sys\nprint('\\nloaded:', *[name for name in {HEAVY!r} if name in sys.modules])"
    paths = f"import sys; sys.path[:0] = [{str(ROOT / 'checks')!r}, {str(ROOT / 'tui')!r}]\n"
    ended = subprocess.run(
        [sys.executable, "-c", paths + code + ask], capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == 0, ended.stderr
    return set(ended.stdout.rpartition("loaded:")[2].split())


@pytest.mark.parametrize(
    "module",
    [
        "connection",
        "records.full_read",
        "records.judge",
        "finding",
        "result",
        "events",
        "redaction",
        "providers",
        "causes",
        "paste",
        "diagnosis.checklist",
        "diagnosis.plan",
        "diagnosis.runner",
        "client",
        "http",
        "target",
        "report",
    ],
)
def test_a_light_part_of_the_engine_loads_nothing_heavy(module: str) -> None:
    assert loaded_by(f"import oneroster_checks.{module}") == set()


def test_the_address_checks_load_nothing_heavy() -> None:
    assert loaded_by("from oneroster_checks.stages.address import address_findings") == set()


def test_the_diagnosis_loads_no_part_of_the_face() -> None:
    assert (
        loaded_by("import oneroster_checks.diagnosis.runner") & {"textual", "rich", "keyring", "pyperclip"}
        == set()
    )


def test_the_stores_wait_for_their_libraries() -> None:
    code = "import oneroster_wizard.storage.profiles, oneroster_wizard.storage.secrets, oneroster_wizard.clipboard"
    assert loaded_by(code) == set()


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_loads_nothing_heavy(argument: str) -> None:
    code = f"""
from oneroster_wizard.cli import main
try:
    main([{argument!r}])
except SystemExit as end:
    assert not end.code, end.code
"""
    assert loaded_by(code) == set()
