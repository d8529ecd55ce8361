"""The hostile server of one case, and the server that nobody named."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator

from ..servers import Answer, LoopServer, Reply, Request, json_reply
from .base import Base
from .case import Case
from .mutations import MUTATIONS, RARE
from .planted import PERSON
from .sent import Asked, Ending, Sent

# Between two pieces of a slow answer; few of them, since they cost time.
_PIECE_S = 0.01
# What makes a client wait or compute is done so often in one run.
_MOST_OF_A_RARE_ONE = 3
_FREELY = ("planted.person", "planted.people")


class Hostile:
    """Answers as the practice district does, changed by the steps of a case.

    `sent` counts the mutations by their names, `answers` the answers. Where a person is planted, the first answer is
    an error that may pass and holds the person's record: from then on the tool knows that person.
    """

    def __init__(self, case: Case, base: Base, stranger: str) -> None:
        self.sent: Counter[str] = Counter()
        self.answers = 0
        self._case = case
        self._base = base
        self._stranger = stranger
        self._introduces = any(step.kind in _FREELY for step in case.steps)

    def answer(self, heard: Request) -> Answer:
        """What goes over the socket for one request."""
        self.answers += 1
        if self._introduces:
            self._introduces = False
            return json_reply(500, {"users": [{"sourcedId": "u1", **PERSON}]})
        asked, sent = self._base.answer(heard)
        self._learn(sent)
        seen = Asked(asked, self._base.site.origin, self._stranger, self._base.credentials.texts())
        for step in self._case.steps:
            often_enough = step.kind in RARE and self.sent[step.kind] >= _MOST_OF_A_RARE_ONE
            if step.changes(self.answers - 1, seen, full=self._case.full) and not often_enough:
                self.sent[step.kind] += 1
                MUTATIONS[step.kind](step.random(self.answers - 1), sent, seen)
        return _answer(sent)

    def _learn(self, sent: Sent) -> None:
        """Remember the tokens that the district issues."""
        document = sent.document if b"access_token" in sent.body else None
        if isinstance(document, dict) and isinstance(document.get("access_token"), str):
            self._base.issued.add(document["access_token"])


def _answer(sent: Sent) -> Answer:
    data = sent.to_bytes()
    match sent.ending:
        case Ending.RESET:
            return Reply(raw=data, resets=True)
        case Ending.STALL:
            return Reply(raw=data, stalls=True)
        case Ending.CLOSE:
            return Reply(raw=data)
        case Ending.KEEP:
            return _pieces(data, sent.pieces) if sent.pieces > 1 else data


async def _pieces(data: bytes, count: int) -> AsyncGenerator[bytes]:
    size = len(data) // count + 1
    for place in range(0, len(data), size):
        if place:
            await asyncio.sleep(_PIECE_S)
        yield data[place : place + size]


def unnamed() -> LoopServer:
    """A server that no connection names: whoever is led to it shows what they bring."""
    return LoopServer(lambda heard: json_reply(200, {"orgs": [], "access_token": "a-token-of-a-stranger"}))
