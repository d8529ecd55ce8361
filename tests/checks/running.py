"""Runs the engine to its end, for tests of many kinds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import aclosing

from oneroster_checks.connection import Answer, Connection, Credentials, Secret
from oneroster_checks.diagnosis.run import diagnose
from oneroster_checks.events import Event, RunFinished
from oneroster_checks.result import Result
from oneroster_checks.stages.model import Depth

APP = "school"
TOKEN_PATH = "/campus/oauth2/token"
ROOT = f"/campus/api/oneroster/v1p2/{APP}/ims/oneroster"


def campus(origin: str, **changes: object) -> Connection:
    """A connection with the addresses of Infinite Campus on a server of the test."""
    plain = Connection(
        base_url=f"{origin}{ROOT}",
        token_url=f"{origin}{TOKEN_PATH}?appName={APP}",
        client_id="InfiniteCampus_test",
        timeout=10.0,
    )
    return plain.but(**changes)


def secrets(secret: str = "s3cret-of-the-test", vendor_key: str = "", vendor_secret: str = "") -> Credentials:
    """Credentials from plain texts."""
    return Credentials(Secret(secret), Secret(vendor_key), Secret(vendor_secret))


async def events(
    connection: Connection,
    credentials: Credentials,
    *,
    only: Collection[str] | None = None,
    answers: Mapping[str, Answer] | None = None,
    depth: Depth = "quick",
) -> list[Event]:
    """Every event of a run."""
    async with aclosing(diagnose(connection, credentials, only=only, answers=answers, depth=depth)) as stream:
        return [event async for event in stream]


async def outcome(
    connection: Connection,
    credentials: Credentials,
    *,
    only: Collection[str] | None = None,
    answers: Mapping[str, Answer] | None = None,
    depth: Depth = "quick",
) -> Result:
    """The result of a run."""
    last = (await events(connection, credentials, only=only, answers=answers, depth=depth))[-1]
    assert isinstance(last, RunFinished)
    return last.result
