"""The wheel in an empty environment: what people get who install it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from oneroster_checks.version import __version__

ROOT = Path(__file__).resolve().parent.parent
# Seconds for one command; the installation downloads packages where pip has none in its cache.
LIMIT = 600


@pytest.fixture(scope="module")
def outside() -> dict[str, str]:
    """The environment as it was before the tests' own home, so that pip finds its settings and its cache."""
    return dict(os.environ)


@pytest.fixture(scope="module")
def wheel(outside: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, env=outside, capture_output=True, text=True, check=False, timeout=LIMIT)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, outside: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command that the wheel brings, in an environment that has nothing else."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(place, with_pip=False, symlinks=True)
    python = place / "bin" / "python"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "-qq",
        "--disable-pip-version-check",
    ]
    command = [*pip, "--constraint", str(ROOT / "constraints.txt"), str(wheel)]
    ended = subprocess.run(command, env=outside, capture_output=True, text=True, check=False, timeout=LIMIT)
    assert ended.returncode == 0, ended.stderr
    return place / "bin" / "oneroster-wizard"


def run(command: Path, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
    return subprocess.run(
        [str(command), *arguments],
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT,
    )


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    wanted = {
        path.relative_to(root).as_posix()
        for root in (ROOT / "checks", ROOT / "tui")
        for path in root.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    known = {
        "oneroster_checks/standard/operations.csv",
        "oneroster_checks/report/page.html.jinja",
        "oneroster_wizard/py.typed",
    }
    assert known <= wanted
    assert wanted - inside == set()
    packages = {name.partition("/")[0] for name in inside}
    named = {"oneroster_checks", "oneroster_practice", "oneroster_wizard"}
    assert packages == named | {f"oneroster_wizard-{__version__}.dist-info"}


def test_the_installed_command_says_its_version(installed: Path, tmp_path: Path) -> None:
    ended = run(installed, "--version", home=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert __version__ in ended.stdout


def test_the_installed_demo_prints_the_checklist(installed: Path, tmp_path: Path) -> None:
    ended = run(installed, "demo", home=tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "Verify before submitting a support case" in ended.stdout
    assert "Traceback" not in ended.stderr


def test_the_installed_command_writes_a_page(installed: Path, tmp_path: Path) -> None:
    ended = run(installed, "demo", "--format", "html", home=tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.startswith("<!doctype html>")
