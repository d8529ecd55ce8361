"""Sends again where the error may pass: throttling, a busy server, a closed connection; within one run's budget."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from .. import limits
from ..clock import Clock
from .answer import Answer
from .budget import RunBudget, RunLimitReached
from .failure import FailureKind
from .transient import TransientError, TransientErrorKind

Send = Callable[[], Awaitable[Answer]]
WaitingListener = Callable[[TransientErrorKind, float], None]

_CLOSED = frozenset({FailureKind.CLOSED, FailureKind.NOT_HTTP})
# What else may pass, for one who has time: a server that restarts refuses connections for a while.
_OUTAGES = {
    FailureKind.REFUSED: TransientErrorKind.CLOSED,
    FailureKind.TIMEOUT: TransientErrorKind.TIMED_OUT,
}


@dataclass(frozen=True, slots=True)
class RetryLimits:
    """How often is tried again.

    `throttled` is how often one request waits where the server asks for it; `waits_s` are the seconds before each
    other retry of one request, None for one retry by its status; `in_vain` how many retries may fail again, and
    `waiting_s` the seconds of all waits.
    """

    throttled: int
    waits_s: tuple[float, ...] | None
    in_vain: int
    waiting_s: float


def usual() -> RetryLimits:
    """What a run does for any request."""
    return RetryLimits(limits.WAITS_FOR_ONE_REQUEST, None, limits.RETRIES_IN_VAIN, limits.WAITING_IN_A_RUN_S)


def patient() -> RetryLimits:
    """What a full read does for a page, on which all pages behind it depend."""
    waits = limits.WAITS_FOR_A_PAGE_S
    return RetryLimits(len(waits), waits, limits.PAGES_IN_VAIN, limits.WAITING_IN_A_READ_S)


class Retries:
    """The retries of one run, with one budget for all its requests.

    All waiting together takes at most the seconds of `most`, and as many retries as it says may fail again; where a
    budget is used up, an answer is taken as it is.
    `on_waiting` is called before each wait of more than 0 s, with its reason and its seconds. A wait that the
    server asks for with Retry-After extends the `budget` of the run, any other is part of it.
    """

    def __init__(
        self, clock: Clock, on_waiting: WaitingListener, budget: RunBudget, most: RetryLimits
    ) -> None:
        self._clock = clock
        self._on_waiting = on_waiting
        self._budget = budget
        self._most = most
        self._waiting_left_s = most.waiting_s
        self._in_vain_left = most.in_vain

    async def send(self, send: Send) -> Answer:
        """Send, and send again when the error may pass; `retries` of the answer tell what came before it.

        A 429, and a 503 with Retry-After, is waited out as often as the limits say, as long as Retry-After asks, but
        never longer than `limits.LONGEST_WAIT_S`; any other server error and a closed connection get one retry, or
        one behind each wait of the limits. RunLimitReached when a limit of the run ends the first try; a later one is
        left.
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
                return replace(answer, retries=tuple(before)) if before else answer
            before.append(error)
            await self._wait(error, asked=answer.retry_after is not None)

    def _worth_a_retry(self, answer: Answer, before: Sequence[TransientError]) -> TransientError | None:
        """The error that a retry may overcome, None when the answer is taken as it is."""
        kind, wait, waits = TransientErrorKind.SERVER_ERROR, 0.0, self._most.waits_s
        tries = 1 if waits is None else len(waits)
        if answer.status == 429:
            kind, wait = TransientErrorKind.THROTTLED, limits.DEFAULT_WAIT_S
            often_enough = sum(error.kind is kind for error in before) >= self._most.throttled
        elif answer.status is not None and answer.status in limits.WAIT_AFTER_S:
            wait = limits.WAIT_AFTER_S[answer.status]
            # Busy, and back at a time that the server names: waited out as often as 429.
            tries = self._most.throttled if _names_a_time(answer) else tries
            often_enough = len(before) >= tries or self._in_vain_left <= 0
        elif (passing := self._passing(answer)) is not None:
            kind = passing
            often_enough = len(before) >= tries or self._in_vain_left <= 0
        else:
            return None
        if waits is not None:
            wait = waits[min(len(before), len(waits) - 1)]
        most = min(limits.LONGEST_WAIT_S, self._waiting_left_s)
        if answer.retry_after is not None:
            wait = answer.retry_after
        else:
            most = min(most, max(0.0, self._budget.left_s))
        if often_enough or wait > most:
            return None
        return TransientError(kind, answer.status, wait)

    def _passing(self, answer: Answer) -> TransientErrorKind | None:
        """What a failure is that may pass, None for any other."""
        failure = answer.failure
        if failure is None:
            return None
        if failure.kind in _CLOSED and not failure.protocol:
            return TransientErrorKind.CLOSED
        return None if self._most.waits_s is None else _OUTAGES.get(failure.kind)

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
