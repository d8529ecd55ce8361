"""The signed requests by which one run finds out how a server wants them: each once, all within their limit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..connection import Secret
from ..evidence import Evidence
from ..limits import PAGE_ROWS, SIGNED_REQUESTS, SMALL_CLOCK_S
from .context import RunContext
from .expected import signed_first

if TYPE_CHECKING:
    from ..client.oauth1 import SignatureMethod, SignedAs
    from ..client.reading import Kind, Reading


def judging() -> frozenset[Kind]:
    """The answers by which a server refuses a signature."""
    from ..client.reading import Kind

    return frozenset({Kind.UNAUTHORIZED, Kind.FORBIDDEN, Kind.BAD_REQUEST})


@dataclass(slots=True)
class SignedRequests:
    """Signed requests for one collection, in order, with what came back."""

    run: RunContext
    made: list[Reading] = field(default_factory=list)
    before: int = field(init=False)

    def __post_init__(self) -> None:
        self.before = self.run.session.requests

    @property
    def proof(self) -> tuple[Evidence, ...]:
        """The evidence of all requests so far."""
        return tuple(reading.evidence for reading in self.made)

    @property
    def used_up(self) -> bool:
        """Whether no further request may be made, or the run has no time for it; retries and redirects count, too."""
        return self.run.session.requests - self.before >= SIGNED_REQUESTS or self.run.is_late

    async def by_method(self, method: SignatureMethod) -> Reading:
        """The first page, signed by a method and otherwise as it is sent."""
        from ..client.oauth1 import AS_SENT

        return await self._ask(method, AS_SENT, PAGE_ROWS, "")

    async def forged(self, method: SignatureMethod) -> Reading:
        """The same with a secret that is none: what a server says to whom it does not know."""
        from ..client.oauth1 import AS_SENT

        return await self._ask(method, AS_SENT, PAGE_ROWS, ", with a wrong secret", forged=True)

    async def with_time(self, method: SignatureMethod, signed_as: SignedAs) -> Reading:
        """The same with the server's time in it."""
        return await self._ask(method, signed_as, PAGE_ROWS, "")

    async def bare(self, method: SignatureMethod, signed_as: SignedAs) -> Reading:
        """The same without any parameter."""
        return await self._ask(method, signed_as, 0, ", without parameters")

    async def for_origin(self, method: SignatureMethod, signed_as: SignedAs, origin: str) -> Reading:
        """The same, sent to the same address and signed as though it went to another origin."""
        shown = self.run.redactor.server_text(origin)
        return await self._ask(method, replace(signed_as, origin=origin), PAGE_ROWS, f" for {shown}")

    async def _ask(
        self, method: SignatureMethod, signed_as: SignedAs, limit: int, words: str, *, forged: bool = False
    ) -> Reading:
        from ..client.authorization import Signed

        run = self.run
        secret = Secret(f"{run.secret.reveal()}-forged") if forged else run.secret
        signer = Signed(run.key, secret, method, signed_as, made_up=forged)
        time = ", with the server's time" if signed_as.offset_s else ""
        note = f"signed with {method}{words}{time}"
        path = signed_first(run.target)
        reading = await run.data.list(path, limit=limit, authorizer=signer, note=note)
        self.made.append(reading)
        return reading


def nearest(tries: dict[SignatureMethod, Reading]) -> tuple[SignatureMethod, ...]:
    """The methods whose refusal came nearest to success, the older one first where nothing tells them apart.

    A refusal of the signature is nearer than one of the request or a server that breaks, and one of the method
    is none of the signature.
    """
    from ..client.oauth1_problem import problem_of
    from ..client.reading import Kind

    order = (Kind.UNAUTHORIZED, Kind.FORBIDDEN, Kind.BAD_REQUEST)

    def distance(method: SignatureMethod) -> int:
        reading = tries[method]
        if problem_of(reading.answer).code == "signature_method_rejected" or reading.kind not in order:
            return len(order)
        return order.index(reading.kind)

    least = min(map(distance, tries))
    # RFC 5849 knows the older one alone, and so do old servers.
    return tuple(method for method in reversed(tries) if distance(method) == least)


def time_of(run: RunContext, tries: dict[SignatureMethod, Reading]) -> tuple[str, float | None]:
    """The code by which a server refuses the time of a signature, and how far its own is ahead in seconds.

    The code is "" where it gave none; the seconds None where they are not known or too few to matter.
    """
    from ..client.oauth1_problem import problem_of

    problems = [problem_of(reading.answer) for reading in tries.values()]
    refused = next((each for each in problems if each.code == "timestamp_refused"), None)
    ahead = run.server_time.ahead_s
    if refused is not None and refused.server_time is not None:
        ahead = refused.server_time - run.session.clock.now().timestamp()
    if ahead is not None and abs(ahead) <= SMALL_CLOCK_S:
        ahead = None
    return (refused.code if refused else ""), ahead


def problem_code(run_made: list[Reading]) -> str:
    """The last code by which a server said why it refuses a signature, "" without one."""
    from ..client.oauth1_problem import problem_of

    codes = [problem_of(reading.answer).code for reading in run_made]
    return next((code for code in reversed(codes) if code), "")
