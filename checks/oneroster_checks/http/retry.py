"""Sends again where the error may pass: throttling, a busy server, a closed connection; within one run's budget."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from .. import limits
from ..clock import Clock
from .answer import Answer
from .budget import RunBudget, RunLimitReached
from .failure import FailureKind
from .transient import TransientError, TransientErrorKind

Send = Callable[[], Awaitable[Answer]]
WaitingListener = Callable[[TransientErrorKind, float], None]

_CLOSED = frozenset({FailureKind.CLOSED, FailureKind.NOT_HTTP})


class Retries:
    """The retries of one run, with one budget for all its requests.

    All waiting together takes at most `limits.WAITING_IN_A_RUN_S` seconds, and at most
    `limits.RETRIES_IN_VAIN` retries may fail again; where a budget is used up, an answer is taken as it is.
    `on_waiting` is called before each wait of more than 0 s, with its reason and its seconds. A wait that the
    server asks for with Retry-After extends the `budget` of the run, any other is part of it.
    """

    def __init__(self, clock: Clock, on_waiting: WaitingListener, budget: RunBudget) -> None:
        self._clock = clock
        self._on_waiting = on_waiting
        self._budget = budget
        self._waiting_left_s = limits.WAITING_IN_A_RUN_S
        self._in_vain_left = limits.RETRIES_IN_VAIN

    async def send(self, send: Send) -> Answer:
        """Send, and send again when the error may pass; `retries` of the answer tell what came before it.

        A 429, and a 503 with Retry-After, is waited out up to `limits.WAITS_FOR_ONE_REQUEST` times, as long
        as Retry-After asks, but never longer than `limits.LONGEST_WAIT_S`; any other server error and a closed
        connection get one retry. RunLimitReached when a limit of the run ends the first try; a later one is left.
        """
        before: list[TransientError] = []
        answer: Answer | None = None
        while True:
            try:
                answer = await send()
            except RunLimitReached:
                if answer is None:
                    raise
                return replace(answer, retries=tuple(before[:-1]))
            error = self._worth_a_retry(answer, before)
            if error is None:
                if before and (answer.status is None or answer.status >= 500):
                    self._in_vain_left -= 1
                return replace(answer, retries=tuple(before))
            before.append(error)
            await self._wait(error, asked=answer.retry_after is not None)

    def _worth_a_retry(self, answer: Answer, before: Sequence[TransientError]) -> TransientError | None:
        """The error that a retry may overcome, None when the answer is taken as it is."""
        kind, wait = TransientErrorKind.SERVER_ERROR, 0.0
        if answer.status == 429:
            kind, wait = TransientErrorKind.THROTTLED, limits.DEFAULT_WAIT_S
            often_enough = sum(error.kind is kind for error in before) >= limits.WAITS_FOR_ONE_REQUEST
        elif answer.status is not None and answer.status in limits.WAIT_AFTER_S:
            wait = limits.WAIT_AFTER_S[answer.status]
            # Busy, and back at a time that the server names: waited out as often as 429.
            tries = limits.WAITS_FOR_ONE_REQUEST if _names_a_time(answer) else 1
            often_enough = len(before) >= tries or self._in_vain_left <= 0
        elif answer.failure and answer.failure.kind in _CLOSED and not answer.failure.protocol:
            kind = TransientErrorKind.CLOSED
            often_enough = bool(before) or self._in_vain_left <= 0
        else:
            return None
        most = min(limits.LONGEST_WAIT_S, self._waiting_left_s)
        if answer.retry_after is not None:
            wait = answer.retry_after
        else:
            most = min(most, max(0.0, self._budget.left_s))
        if often_enough or wait > most:
            return None
        return TransientError(kind, answer.status, wait)

    async def _wait(self, error: TransientError, *, asked: bool) -> None:
        if error.waited_s > 0:
            self._waiting_left_s -= error.waited_s
            if asked:
                self._budget.extend(error.waited_s)
            self._on_waiting(error.kind, error.waited_s)
            await self._clock.sleep(error.waited_s)


def _names_a_time(answer: Answer) -> bool:
    """Whether a busy server says when to come back."""
    return answer.status == 503 and answer.retry_after is not None
