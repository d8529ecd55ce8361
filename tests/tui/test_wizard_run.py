"""The Run and Checklist screens: live states, details, cancelling, repeating, and handing the result on."""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Select

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.finding import Status
from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import ProfileStore
from oneroster_wizard.widgets.check_tree import CheckTree

from .wizard_driver import Driver, driving


def opened(district: PracticeDistrict) -> Draft:
    return Draft(connection=district.connection, credentials=district.credentials)


@asynccontextmanager
async def silent_server() -> AsyncGenerator[str]:
    """A server that takes connections and never answers; gives its address."""

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"


async def stand_on(wizard: Driver, check: str) -> None:
    """Move in the list of checks by keys until a check is chosen."""
    await wizard.focus("checks")
    tree = wizard.app.screen.query_one(CheckTree)
    await wizard.press("home")
    for _ in range(100):
        if tree.chosen == check:
            return
        await wizard.press("right", "down")
    raise AssertionError(f"{check} is not in the tree")


async def test_each_check_has_its_state_time_and_line_and_the_details_beside_it(tmp_path: Path) -> None:
    with PracticeDistrict("token.invalid-client") as district:
        app = WizardApp(draft=opened(district), start="run", folder=tmp_path)
        async with driving(app, (120, 36)) as wizard:
            result = await wizard.finished()
            await wizard.until(lambda: wizard.focused == "next")
            # The list stands on the check that names the root cause.
            assert "Cause: token.invalid-client" in wizard.words()
            picture = wizard.picture()
            assert "Fail" in picture
            assert "What to do" in picture
            assert "POST HTTP 401" in wizard.words()
            assert district.credentials.client_secret.reveal() not in wizard.words()
            await stand_on(wizard, "whole-run")
            assert f"{result.requests} requests, started" in wizard.words()


async def test_what_is_shared_stands_there_as_bars(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        app = WizardApp(draft=opened(district), start="run", folder=tmp_path)
        async with driving(app, (120, 60)) as wizard:
            result = await wizard.finished()
            await wizard.until(lambda: "What the district shares" in wizard.words())
            assert result.counts
            for name, number in result.counts.items():
                assert any(name in line and f"{number:,}" in line for line in wizard.words().splitlines())
            assert "█" in wizard.words()


async def test_a_run_is_cancelled_and_run_again(tmp_path: Path) -> None:
    async with silent_server() as address:
        connection = Connection(
            provider="generic",
            base_url=f"{address}/ims/oneroster/v1p2",
            token_url=f"{address}/token",
            client_id="x",
        )
        draft = Draft(connection=connection, credentials=Credentials(Secret("no-secret-here")))
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            await wizard.until(lambda: "Running " in wizard.picture())
            await wizard.until(lambda: len(wizard.run_log.findings) > 5)
            await wizard.press("c")
            await wizard.until(lambda: "The run was canceled." in wizard.words())
            assert draft.result is None
            await wizard.press("ctrl+n")
            await wizard.until(lambda: "There is no result yet." in wizard.words())
            with PracticeDistrict() as district:
                draft.connection, draft.credentials = district.connection, district.credentials
                await wizard.press("r")
                result = await wizard.finished()
                assert result.verdict.status is Status.PASS
    leftover = [
        task for task in asyncio.all_tasks() if task is not asyncio.current_task() and not task.done()
    ]
    assert leftover == []


async def test_one_check_is_run_again_and_the_rest_stays(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        app = WizardApp(draft=opened(district), start="run", folder=tmp_path)
        async with driving(app) as wizard:
            first = await wizard.finished()
            await stand_on(wizard, "year.active")
            await wizard.press("R")
            await wizard.until(lambda: app.draft.result is not None and app.draft.result is not first)
            second = app.draft.result
            assert second is not None
            assert second.requests < first.requests
            assert [reported.finding.check for reported in second.findings] == [
                reported.finding.check for reported in first.findings
            ]
            assert second.verdict == first.verdict
            await wizard.next(WizardStep.CHECKLIST)


async def test_back_from_the_checklist_shows_the_same_run(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        app = WizardApp(draft=opened(district), start="run", folder=tmp_path)
        async with driving(app) as wizard:
            first = await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            await wizard.press("escape")
            await wizard.step(WizardStep.RUN)
            assert app.draft.result is first
            assert f"{first.requests} requests" in wizard.words()


async def test_a_ca_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        draft = opened(district)
        draft.change(ca_file=str(tmp_path / "nothing.pem"))
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            await wizard.until(lambda: "nothing.pem cannot be read: there is no such file" in wizard.words())


async def test_a_ca_file_that_holds_no_certificate_is_said(tmp_path: Path) -> None:
    wrong = tmp_path / "notes.pem"
    wrong.write_text("The certificate comes by mail.")
    with PracticeDistrict() as district:
        draft = opened(district)
        draft.change(ca_file=str(wrong))
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            await wizard.until(
                lambda: (
                    "notes.pem cannot be read: it has no certificate in PEM format. It is on the Connection step"
                    in wizard.words()
                )
            )
            assert "PEM lib" not in wizard.words()


async def test_the_proxy_of_this_computer_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.write(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        connection = Connection(
            provider="generic",
            base_url="https://district.invalid/ims/oneroster/v1p2",
            token_url="https://district.invalid/token",
            client_id="x",
        )
        draft = Draft(connection=connection, credentials=Credentials(Secret("no-secret-here")))
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            await wizard.finished()
    assert asked
    assert set(asked) == {b"CONNECT district.invalid:443 HTTP/1.1\r\n"}


async def test_the_checklist_is_filtered_by_state(tmp_path: Path) -> None:
    with PracticeDistrict("token.invalid-client") as district:
        app = WizardApp(draft=opened(district), start="run", folder=tmp_path)
        async with driving(app, (120, 36)) as wizard:
            result = await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            await wizard.press("2")
            rows = app.screen.query_one("#rows", OptionList)
            await wizard.until(lambda: rows.option_count == len(result.findings))
            whole = rows.option_count
            await wizard.press("slash")
            await wizard.until(lambda: rows.option_count < whole)
            assert app.screen.query_one("#filter", Select).value == "fail"
            findings = [reported for reported in result.findings if reported.finding.status is Status.FAIL]
            assert rows.option_count == len(findings)


async def test_a_row_opens_its_details(tmp_path: Path) -> None:
    with PracticeDistrict("token.invalid-client") as district:
        app = WizardApp(draft=opened(district), start="run", folder=tmp_path)
        async with driving(app, (120, 36)) as wizard:
            await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            await wizard.focus("points")
            await wizard.press("home", "down", "enter")
            await wizard.until(lambda: "Point of the checklist" in wizard.words())
            assert "Settled by" in wizard.words()
            await wizard.press("escape")
            await wizard.step(WizardStep.CHECKLIST)
            await wizard.press("2", "home", "enter")
            await wizard.until(lambda: "Why this happens" in wizard.words())
            assert "POST HTTP 401" in wizard.words()


async def test_summary_and_message_are_copied_and_the_file_is_named(tmp_path: Path) -> None:
    with PracticeDistrict("token.invalid-client") as district:
        app = WizardApp(draft=opened(district), start="run", folder=tmp_path)
        async with driving(app, (120, 36)) as wizard:
            await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            await wizard.press("s")
            await wizard.until(lambda: "the same text is in" in wizard.words())
            summary = (tmp_path / "copied" / "summary.md").read_text()
            assert app.clipboard == summary
            assert "token.invalid-client" in summary
            assert district.connection.token_url in summary
            assert district.credentials.client_secret.reveal() not in summary
            await wizard.press("m")
            await wizard.until(lambda: wizard.focused == "district")
            await wizard.press("enter")
            await wizard.until(lambda: "message-to-district.txt" in wizard.words())
            message = (tmp_path / "copied" / "message-to-district.txt").read_text()
            assert "Digital Learning Applications Configuration" in message
            assert district.credentials.client_secret.reveal() not in message


async def test_the_report_is_saved_and_an_existing_file_is_named_first(tmp_path: Path, home: Path) -> None:
    target = home / "report.json"
    target.write_text("mine")
    with PracticeDistrict() as district:
        app = WizardApp(draft=opened(district), start="run", folder=tmp_path)
        async with driving(app) as wizard:
            await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            await wizard.press("w")
            await wizard.until(lambda: wizard.focused == "path")
            await wizard.press("shift+tab", "right", "right", "enter")
            path = app.screen.query_one("#path", Input)
            assert path.value.endswith(".json")
            path.value = str(target)
            await wizard.focus("path")
            await wizard.press("enter")
            await wizard.until(lambda: "This file exists." in wizard.words())
            assert target.read_text() == "mine"
            await wizard.press("enter")
            await wizard.until(lambda: "Saved as" in wizard.words())
            assert json.loads(target.read_text())["runs"][0]["verdict"]["status"] == "pass"
            assert stat.S_IMODE(target.stat().st_mode) == 0o600


async def test_a_connection_is_saved_from_the_checklist(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        draft = opened(district)
        draft.remember = False
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            await wizard.press("ctrl+s")
            await wizard.until(lambda: wizard.focused == "name")
            await wizard.press("enter")
            await wizard.until(lambda: "Saved as my-district, without its secrets." in wizard.words())
            # From now on its runs are kept, and stand under their tab at once.
            assert "Ctrl+S" not in wizard.picture().splitlines()[-1]
            await wizard.press("5")
            await wizard.until(lambda: "1 run is kept" in wizard.words())
    assert ProfileStore(tmp_path).load("my-district").connection == district.connection
    assert ProfileStore(tmp_path).last_run("my-district") is not None
