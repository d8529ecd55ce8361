"""Tells a listener which transient errors a request overcame."""

from __future__ import annotations

from collections.abc import Callable

from ..evidence import Evidence
from ..http.answer import Answer
from ..http.transient import TransientError

TransientErrorListener = Callable[[TransientError, Evidence], None]


def report_overcome(answer: Answer, listener: TransientErrorListener) -> None:
    """Call the listener for each transient error before an answer that is no error, with its evidence."""
    if answer.succeeded:
        for error in answer.retries:
            listener(error, answer.evidence)
