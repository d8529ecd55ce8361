"""Runs with canaries in every secret, and the search for them in all that a run lets out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import pytest

from oneroster_checks.connection import (
    SHARES,
    Connection,
    Credentials,
    OAuthVersion,
    OneRosterVersion,
    Secret,
    Share,
)
from oneroster_checks.diagnosis.runner import stream
from oneroster_checks.events import Event, RunFinished
from oneroster_checks.report import FORMATS, MESSAGES, checklist_text, district_message, render, ticket
from oneroster_checks.result import Result
from oneroster_checks.stages.model import Depth
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from .canaries import SECRET, VENDOR_KEY, VENDOR_SECRET, found_in, introduced
from .checks.engine import APP, campus
from .servers import Answers, LoopServer

SHARED_IN_1P1: tuple[Share, ...] = ("rostering", "demographics", "gradebook", "resources")
RIGHT = Credentials(Secret(SECRET), Secret(VENDOR_KEY), Secret(VENDOR_SECRET))


VERSIONS: list[tuple[OAuthVersion, OneRosterVersion]] = [(2, "1.2"), (2, "1.1"), (1, "1.1")]


def connection_to(origin: str, oauth: OAuthVersion, oneroster: OneRosterVersion) -> Connection:
    """A connection with every part shared."""
    share = SHARES if oneroster == "1.2" else SHARED_IN_1P1
    found = campus(origin, oauth=oauth, oneroster=oneroster, share=share, timeout=5.0)
    old = f"{origin}/campus/api/oneroster/v1p1/{APP}/ims/oneroster/v1p1"
    return found if oneroster == "1.2" else found.but(base_url=old)


async def everything_said(
    connection: Connection,
    credentials: Credentials,
    caplog: pytest.LogCaptureFixture,
    folder: Path,
    saved: Connection | None = None,
) -> tuple[str, Result]:
    """All that a run lets out: events, result, reports, log and the files of a profile.

    `saved` is the connection of that profile where it is not the one that runs.
    """
    with caplog.at_level(logging.DEBUG):
        started = stream(connection, credentials, answers={"connection-active": "no"}, depth=Depth.FULL)
        async with aclosing(started) as told:
            events: list[Event] = [event async for event in told]
    last = events[-1]
    assert isinstance(last, RunFinished)
    result = last.result
    store = ProfileStore(folder / "profiles")
    store.save(Profile("a school", saved or connection))
    store.save_run("a school", result)
    reported = [path.read_text("latin-1") for path in sorted((folder / "profiles").iterdir())]
    kept, *_ = store.history.runs("a school")
    reported += [repr(kept), repr(store.history.result(kept)), repr(store.history.snapshots("a school"))]
    reported += [repr(event) for event in events]
    reported += [render([result], form) for form in (*FORMATS, *MESSAGES)]
    reported += [repr(result), ticket(result), district_message(result), checklist_text(result)]
    reported += [f"{entry.name} {entry.getMessage()} {entry.exc_text or ''}" for entry in caplog.records]
    reported += [repr(store.last_run("a school")), repr(store.load("a school"))]
    assert len(reported) > 15
    return "\n".join(reported), result


async def silent_about(
    answers: Answers,
    caplog: pytest.LogCaptureFixture,
    folder: Path,
    *,
    versions: tuple[OAuthVersion, OneRosterVersion] = (2, "1.2"),
    credentials: Credentials = RIGHT,
    change: Callable[[Connection], Connection] = lambda connection: connection,
    more: tuple[str, ...] = (),
    strangers: bool = False,
) -> Result:
    """Run against a server and hold all that comes out against the canaries.

    The server has shown the record of the person first, unless its people are `strangers`.
    """
    async with LoopServer(answers if strangers else introduced(answers)) as server:
        plain = connection_to(server.origin, *versions)
        reported, result = await everything_said(change(plain), credentials, caplog, folder, saved=plain)
    assert found_in(reported, more=more) == []
    assert result.verdict.summary
    return result
