"""Both sides of a move: the same people by OneRoster 1.1, as before, and by 1.2, as from now on."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from oneroster_checks.connection import OAuthVersion, Share

from .district import PracticeDistrict, PracticeError
from .faults import FAULTS


class PracticePair:
    """Two districts that serve the same people on 127.0.0.1, each at a port of its own, until `close()`.

    `old` speaks OneRoster 1.1 (with `oauth` 1 or 2, which is the usual one), `new` 1.2 with OAuth 2. `problem` is
    the code of a problem between the two, None for a pair in order; the rest is as for `PracticeDistrict`. `port` is
    that of the old one, and the next one that of the new; 0 takes free ones.
    PracticeError is raised for a choice that cannot be, and OSError for a port that is taken.
    """

    old: PracticeDistrict
    new: PracticeDistrict

    def __init__(
        self,
        problem: str | None = None,
        *,
        oauth: OAuthVersion | None = None,
        size: str = "small",
        share: Sequence[Share] | None = None,
        port: int = 0,
        count: int | None = None,
    ):
        fault = FAULTS.get(problem) if problem is not None else None
        known = fault.problem if fault else None
        if known is not None and not known.pair:
            raise PracticeError(f"{problem} is a problem of one district. Leave out --pair.")
        if "assessments" in (share or ()):
            raise PracticeError("OneRoster 1.1 has no assessments.")
        self._problem = problem
        with ExitStack() as opened:
            self.old = opened.enter_context(
                PracticeDistrict(
                    problem,
                    oauth=oauth,
                    oneroster="1.1",
                    size=size,
                    share=share,
                    port=port,
                    count=count,
                    side="old",
                )
            )
            self.new = opened.enter_context(
                PracticeDistrict(
                    problem, oauth=2, oneroster="1.2", size=size, share=share, port=port and port + 1, count=count,
                    side="new",
                )
            )  # fmt: skip
            self._opened = opened.pop_all()

    def ready_line(self) -> dict[str, object]:
        """What `practice --pair` prints when it is ready: what either side hands out, with its secrets."""
        return {
            "ready": True,
            "problem": self._problem,
            "old": self.old.ready_line(),
            "new": self.new.ready_line(),
        }

    def close(self) -> None:
        """Stop serving and leave nothing behind. Closing twice does no harm."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
