"""The engine as another program imports it: documented names, loaded lazily, clear errors, one example."""

from __future__ import annotations

import asyncio
import copy
import os
import pickle
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import FunctionType

import pytest

import oneroster_checks
from oneroster_checks import (
    CAFileError,
    Connection,
    Credentials,
    Depth,
    Event,
    InputError,
    RunFinished,
    RunStarted,
    Secret,
    SecretPickled,
    UnknownFormat,
    UnknownProvider,
    render,
    run,
    stream,
)
from oneroster_practice import PracticeDistrict

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "example.py"
EXAMPLE_MANY = ROOT / "docs" / "example_many.py"


def test_every_public_name_is_there_and_documented() -> None:
    for name in oneroster_checks.__all__:
        value = getattr(oneroster_checks, name)
        if isinstance(value, type | FunctionType):
            assert value.__doc__, f"{name} has no docstring"
    assert set(oneroster_checks.__all__) <= set(dir(oneroster_checks))
    with pytest.raises(AttributeError, match="no attribute 'nonesuch'"):
        _ = getattr(oneroster_checks, "nonesuch")  # noqa: B009


def test_importing_it_loads_no_http_library() -> None:
    code = (
        "import sys, oneroster_checks\n"
        "from oneroster_checks import Connection, Credentials, Secret, Depth, Result, Status, run, stream, render\n"
        "print([name for name in ('httpx', 'oauthlib', 'truststore', 'textual') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT / "checks")},
    )
    assert done.stdout.strip() == "[]"


async def test_a_run_gives_its_result_and_its_events_carry_the_time() -> None:
    before = datetime.now().astimezone()
    with PracticeDistrict() as district:
        result = await run(district.connection, district.credentials, profile="a school", depth=Depth.QUICK)
        events: list[Event] = [
            event async for event in stream(district.connection, district.credentials, only=("token.issue",))
        ]
    assert (result.verdict.status, result.verdict.check, result.profile) == ("pass", None, "a school")
    assert isinstance(events[0], RunStarted)
    assert isinstance(events[-1], RunFinished)
    times = [event.at for event in events]
    assert times == sorted(times)
    assert before <= times[0]
    assert all(moment.tzinfo for moment in times)


async def test_a_verdict_names_its_check() -> None:
    with PracticeDistrict("token.invalid-client") as district:
        result = await run(district.connection, district.credentials)
    assert (result.verdict.cause, result.verdict.check) == ("token.invalid-client", "token.issue")


def test_each_wrong_input_has_an_error_of_its_own(tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.pem"
    nothing.write_text("this is no certificate")
    for connection, kind in (
        (Connection(provider="nonesuch"), UnknownProvider),
        (Connection(base_url="https://127.0.0.1", ca_file=str(tmp_path / "absent.pem")), CAFileError),
        (Connection(base_url="https://127.0.0.1", ca_file=str(nothing)), CAFileError),
    ):
        with pytest.raises(kind) as caught:
            asyncio.run(run(connection, Credentials(Secret("a-secret-of-the-test"))))
        assert isinstance(caught.value, InputError)
        assert str(caught.value).endswith(".")
        assert "a-secret-of-the-test" not in str(caught.value)
    with pytest.raises(UnknownFormat):
        render([], "nonesuch")


def test_a_secret_is_neither_pickled_nor_copied() -> None:
    credentials = Credentials(Secret("a-secret-of-the-test"))
    for attempt in (pickle.dumps, copy.deepcopy):
        with pytest.raises(SecretPickled, match="not pickled") as caught:
            attempt(credentials)
        assert "a-secret-of-the-test" not in str(caught.value)


@pytest.mark.parametrize(
    ("problem", "code", "words"), [(None, 0, "pass: "), ("token.invalid-client", 1, "fail: ")]
)
def test_the_example_runs(problem: str | None, code: int, words: str) -> None:
    with PracticeDistrict(problem) as district:
        connection = district.connection
        done = subprocess.run(
            [sys.executable, str(EXAMPLE), connection.base_url, connection.token_url, connection.client_id],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "checks"),
                "ONEROSTER_CLIENT_SECRET": district.credentials.client_secret.reveal(),
            },
        )
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout.startswith(words)
    assert ("- You: " in done.stdout) is (code == 1)


def test_the_example_of_several_processes_runs() -> None:
    with PracticeDistrict() as good, PracticeDistrict("token.invalid-client") as bad:
        lines = "".join(
            f"{name} {each.connection.base_url} {each.connection.token_url} {each.connection.client_id} {variable}\n"
            for name, each, variable in (
                ("one", good, "ONE"),
                ("two", bad, "TWO"),
                ("three", good, "NOT_SET"),
            )
        )
        done = subprocess.run(
            [sys.executable, str(EXAMPLE_MANY)],
            input=lines,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "checks"),
                "ONE": good.credentials.client_secret.reveal(),
                "TWO": bad.credentials.client_secret.reveal(),
            },
        )
    assert (done.returncode, done.stderr) == (0, "")
    told = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert told.keys() == {"one", "two", "three"}
    assert told["one"].startswith("pass: ")
    assert told["two"].startswith("fail: ")
    assert told["three"] == "fail: The client secret is empty."


def test_the_guide_shows_the_example_of_several_processes() -> None:
    text = EXAMPLE_MANY.read_text()
    shown = text[text.index("import sys") :].strip()
    assert f"```python\n{shown}\n```" in (ROOT / "docs" / "scale.md").read_text()


def test_the_readme_shows_the_example() -> None:
    text = EXAMPLE.read_text()
    shown = text[text.index("import asyncio") :].strip()
    assert f"```python\n{shown}\n```" in (ROOT / "README.md").read_text()
