"""What the command writes, and where: any encoding of a terminal, files, devices, pipes and links."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import threading
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .command import COMMAND, call, district, environment, options_of, secrets_of

NARROW = ("ascii", "cp437")


def written(*arguments: str, encoding: str, more: dict[str, str] | None = None) -> tuple[int, bytes]:
    """The exit code and the bytes on standard output, for a terminal of this encoding."""
    ended = subprocess.run(
        [*COMMAND, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
        env=environment({**(more or {}), "PYTHONIOENCODING": encoding}),
    )  # fmt: skip
    assert b"Traceback" not in ended.stderr
    assert b"itself failed" not in ended.stderr, ended.stderr
    return ended.returncode, ended.stdout


@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_text_replaces_what_a_terminal_cannot_show(form: str, encoding: str) -> None:
    with district("token.invalid-client") as ready:
        options = options_of({**ready, "client_id": "Schlüssel-湖"})
        code, output = written("check", *options, "--format", form, encoding=encoding, more=secrets_of(ready))
    assert code == 1
    text = output.decode(encoding)
    assert "token." in text
    assert "Schl?ssel-?" in text or ("Schlüssel-?" in text and encoding == "cp437")


@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize("form", ["json", "junit", "html"])
def test_what_programs_read_is_always_utf_8(form: str, encoding: str) -> None:
    with district("token.invalid-client") as ready:
        options = options_of({**ready, "client_id": "Schlüssel-湖"})
        code, output = written("check", *options, "--format", form, encoding=encoding, more=secrets_of(ready))
    assert code == 1
    text = output.decode("utf-8")
    if form == "json":
        assert json.loads(text)["runs"][0]["connection"]["client_id"] == "Schlüssel-湖"
    elif form == "junit":
        assert ElementTree.fromstring(text).tag == "testsuites"
    else:
        assert "Schlüssel-湖" in text


@pytest.mark.parametrize(
    ("form", "shown"), [("text", r"half-\udcff"), ("json", r"half-\ufffd"), ("html", r"half-\udcff")]
)
@pytest.mark.parametrize("to_file", [True, False])
def test_a_character_that_no_encoding_has_costs_no_report(
    form: str, shown: str, to_file: bool, tmp_path: Path
) -> None:
    path = tmp_path / "report"
    with district("token.invalid-client") as ready:
        # How Python hands on a byte of the command line that is no UTF-8.
        options = options_of({**ready, "client_id": "half-\udcff"})
        where = ("--output", str(path)) if to_file else ()
        code, output = written(
            "check", *options, "--format", form, *where, encoding="utf-8", more=secrets_of(ready)
        )
    # Whatever becomes of the run: such a key cannot be sent.
    assert code in (1, 3)
    assert shown in (path.read_bytes() if to_file else output).decode("utf-8")


@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("check", "--help"),
        ("explain",),
        ("explain", "token.invalid-client"),
        ("practice", "--list"),
    ],
)
def test_the_other_texts_replace_it_too(arguments: tuple[str, ...], encoding: str) -> None:
    code, output = written(*arguments, encoding=encoding)
    assert code == 0
    assert output


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    link = tmp_path / "nowhere"
    link.symlink_to("/dev/null")
    with district() as ready:
        ended = call("check", *options_of(ready), "--output", str(link), more=secrets_of(ready))
    assert ended.returncode == 0
    assert link.is_symlink()
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_a_pipe_gets_the_report(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    with district() as ready:
        ended = call(
            "check", *options_of(ready), "--format", "json", "--output", str(pipe), more=secrets_of(ready)
        )
    reader.join(20)
    assert ended.returncode == 0
    assert json.loads(read[0])["runs"][0]["verdict"]["status"] == "pass"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_the_file_behind_a_link_is_written_with_its_mode_and_the_link_stays(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("mine")
    target.chmod(0o644)
    link.symlink_to(target)
    with district() as ready:
        ended = call("check", *options_of(ready), "--output", str(link), more=secrets_of(ready))
    assert ended.returncode == 0
    assert link.is_symlink()
    assert "Verdict: PASS" in target.read_text()
    assert stat.S_IMODE(target.stat().st_mode) == 0o644


@pytest.mark.parametrize("option", ["--pin", "--o"])
def test_the_value_of_an_option_that_does_not_exist_is_not_repeated(option: str) -> None:
    ended = call("check", f"{option}=canary", f"{option}=canary-on-the-command-line and more")
    assert ended.returncode == 2
    assert option in ended.stderr
    assert "canary" not in ended.stdout + ended.stderr
    assert "and more" not in ended.stdout + ended.stderr
