"""The wizard ends while every record is read: by a key, by going back, with its terminal; nothing is left."""

from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path

import pytest
from textual import events

from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp

from ..cli.command import environment
from ..cli.ended_runs import processes_of
from ..on_a_pty import on_a_pty
from ..servers.meddler import Meddler, Passing
from .test_wizard_read import choose_every_record
from .test_wizard_run import opened
from .wizard_driver import Driver, driving

LIMIT_S = 60

# A wizard that reads every record at once, and says when its database has a thread.
_PROGRAM = """
import sys
from oneroster_wizard.entry import main
import oneroster_wizard.app as a
from oneroster_practice import PracticeDistrict
from oneroster_wizard.draft import Draft
class AtOnce(a.WizardApp):
    def __init__(self):
        district = PracticeDistrict(size="medium")
        district.__enter__()
        draft = Draft(connection=district.connection, credentials=district.credentials)
        draft.every_record = True
        super().__init__(draft=draft, start="run")
a.WizardApp = AtOnce
sys.argv = ["oneroster-wizard"]
sys.exit(main())
"""


def type_at_once(wizard: Driver, key: str) -> None:
    """Press a key, and go on without waiting for what comes of it."""
    assert wizard.app._driver is not None
    event = events.Key(key, key if len(key) == 1 else None)
    event.set_sender(wizard.app)
    wizard.app._driver.send_message(event)


@pytest.mark.parametrize(
    ("key", "collection"),
    [("q", "users"), ("ctrl+c", "enrollments"), ("ctrl+q", "classes"), ("escape", "users"), ("c", "orgs")],
)
async def test_a_key_while_every_record_is_read(key: str, collection: str, tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        async with Meddler(district.connection) as relay:
            draft = opened(district)
            draft.connection = relay.connection
            app = WizardApp(draft=draft, start="run", folder=tmp_path)
            async with driving(app, (120, 40)) as wizard:
                await wizard.finished()
                await choose_every_record(wizard)
                pressed = asyncio.Event()

                def press(passing: Passing) -> None:
                    is_full = passing.method == "GET" and "limit=1000" in passing.path
                    if is_full and f"/{collection}?" in passing.path and not pressed.is_set():
                        pressed.set()
                        type_at_once(wizard, key)

                relay.answered = press
                type_at_once(wizard, "r")
                await asyncio.wait_for(pressed.wait(), LIMIT_S)
                await asyncio.wait_for(relay.closed(), LIMIT_S)
            # A run that is canceled twice lets its thread end behind it; it ends all the same.
            for thread in (each for each in threading.enumerate() if "records" in each.name):
                await asyncio.to_thread(thread.join, LIMIT_S)
                assert not thread.is_alive()


@pytest.mark.parametrize(
    ("way", "code"), [("q", 0), ("\x03", 0), ("SIGTERM", 143), ("SIGKILL", -9), ("hang up", 129)]
)
def test_a_terminal_that_ends_while_every_record_is_read(way: str, code: int, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    more = environment({"TMPDIR": str(temporary), "HOME": str(tmp_path / "home")})
    with on_a_pty([sys.executable, "-c", _PROGRAM], more) as wizard:
        wizard.until("enrollments")
        match way:
            case "SIGTERM":
                wizard.process.terminate()
            case "SIGKILL":
                wizard.process.kill()
            case "hang up":
                wizard.hang_up()
            case _:
                wizard.type(way.encode())
        if way == "hang up":
            assert wizard.process.wait(LIMIT_S) == code
        else:
            assert wizard.end() == code
            assert way == "SIGKILL" or wizard.is_as_before()
        assert b"Traceback" not in wizard.seen
        assert processes_of(wizard.process.pid) == []
    assert list(temporary.iterdir()) == []
