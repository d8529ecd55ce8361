"""Runs and watches of the engine, through the proxy of this computer; what is wrong with the input is InputError."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING

from oneroster_checks.connection import Answer, Connection, Credentials
from oneroster_checks.errors import CAFileError, InputError

from .proxy import https_proxy_for

if TYPE_CHECKING:
    from oneroster_checks.diagnosis.watch import Tried
    from oneroster_checks.events import Event
    from oneroster_checks.result import Result


async def run_events(
    connection: Connection,
    credentials: Credentials,
    *,
    answers: Mapping[str, Answer],
    only: Collection[str] = (),
    profile: str | None = None,
    previous: Result | None = None,
    full: bool = False,
) -> AsyncGenerator[Event, None]:
    """The events of one run; the last is `RunFinished`. With `only`, the run is limited to these checks;
    with `full`, every page of the roster is read.

    InputError when the connection, its CA file or the proxy cannot be used. Closing it cancels the run.
    """
    from oneroster_checks.diagnosis.runner import stream
    from oneroster_checks.stages.model import Depth

    events = stream(
        connection,
        credentials,
        answers=answers,
        only=only or None,
        profile=profile,
        https_proxy=https_proxy_for(connection),
        previous=previous,
        depth=Depth.FULL if full else Depth.QUICK,
    )
    async with aclosing(events):
        try:
            async for event in events:
                yield event
        except (OSError, ValueError) as error:
            raise _input_error(error, connection) from None


async def watch_tries(
    connection: Connection,
    credentials: Credentials,
    check: str,
    *,
    previous: Result,
    answers: Mapping[str, Answer],
) -> AsyncGenerator[Tried, None]:
    """The tries of one check until it passes; InputError as for `run_events`. Closing it ends the watch."""
    from oneroster_checks.diagnosis.watch import watch

    stream = watch(
        connection,
        credentials,
        check,
        previous=previous,
        answers=answers,
        https_proxy=https_proxy_for(connection),
    )
    async with aclosing(stream):
        try:
            async for tried in stream:
                yield tried
        except (OSError, ValueError) as error:
            raise _input_error(error, connection) from None


def _input_error(error: OSError | ValueError, connection: Connection) -> InputError:
    """The error of the one file that a run reads."""
    import ssl

    # What the TLS library calls it says nothing to a person.
    known = isinstance(error, OSError) and not isinstance(error, ssl.SSLError) and error.strerror
    return CAFileError(
        connection.ca_file.strip(), known.lower() if known else "it holds no certificate in PEM form"
    )
