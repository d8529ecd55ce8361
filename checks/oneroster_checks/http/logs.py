"""Keeps what the libraries below log of our own requests out of the log of the program.

At level DEBUG and INFO they write whole addresses and the headers of answers. The
program's levels and handlers stay as they are, and so does the log of its own requests.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

# A filter holds for records of its own logger only, not for those of the loggers below it.
_LOGGERS = tuple(
    map(
        logging.getLogger,
        (
            "httpx",
            "httpcore.connection",
            "httpcore.http11",
            "httpcore.http2",
            "httpcore.proxy",
            "httpcore.socks",
        ),
    )
)

_ours: ContextVar[bool] = ContextVar("oneroster_checks_request", default=False)


class _NotOurs(logging.Filter):
    """Lets through every record but those of our own requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not _ours.get()


_NOT_OURS = _NotOurs()


@contextmanager
def unlogged(*more: str) -> Generator[None]:
    """Within it, in this task and the tasks that it starts, the libraries below log nothing.

    `more` are the loggers of further libraries that are called within it.
    """
    for logger in (*_LOGGERS, *map(logging.getLogger, more)):
        # Adding it again changes nothing, and brings it back where a new configuration took it away.
        logger.addFilter(_NOT_OURS)
    token = _ours.set(True)
    try:
        yield
    finally:
        _ours.reset(token)
