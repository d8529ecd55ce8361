"""Where a token without a scope opens nothing: the scopes of the standard, one after another, until one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..limits import PAGE_ROWS, SCOPES_FOR_DATA
from ..standard.scopes import covers_all, described, scope_for, scope_tries
from .context import RunContext
from .token_search import accept, ask_for_token

if TYPE_CHECKING:
    from ..client.reading import Reading
    from ..client.token_answer import TokenAnswer


async def scope_that_opens(
    run: RunContext, path: str, *refused: Evidence
) -> tuple[Reading | None, list[Evidence]]:
    """The answer at a path with the first scope that opens it, None when none does, and every request that was made.

    The token of that scope is used from then on. `refused` are the requests that it did not open. Nothing is tried
    where a scope was sent already.
    """
    search = _Search(run, path)
    if run.token is None or run.token.asked_scope:
        return None, []
    tries = scope_tries(run.connection.oneroster, run.connection.share)
    # Where the server is slow, the likeliest scope has to be enough.
    for scope in tries[: 1 if run.is_slow else SCOPES_FOR_DATA]:
        if run.is_late:
            break
        opened = await search.opens(scope)
        if opened is None:
            continue
        version, share = run.connection.oneroster, run.connection.share
        every = scope_for(version, share)
        if not covers_all(scope, version, share) and every not in search.asked:
            # What opens the roster may leave other parts out.
            opened = await search.opens(every) or opened
        search.use(*opened, refused)
        return opened[1], search.proof
    return None, search.proof


class _Search:
    """The scopes that were asked for, and what they opened."""

    def __init__(self, run: RunContext, path: str) -> None:
        self._run = run
        self._path = path
        self._tries: list[TokenAnswer] = []
        self.asked: set[str] = set()
        self.proof: list[Evidence] = []

    async def opens(self, scope: str) -> tuple[TokenAnswer, Reading] | None:
        """The token of a scope and the data behind it, None when there is no token or no data."""
        from ..client.authorization import Bearer

        token = self._run.token
        assert token is not None, "a token without a scope was granted"
        self.asked.add(scope)
        granted = await ask_for_token(self._run, token.form, scope)
        self._tries.append(granted)
        self.proof.append(granted.evidence)
        if granted.token is None:
            return None
        reading = await self._run.data.list(
            self._path, limit=PAGE_ROWS, authorizer=Bearer(granted.token.text),
            note=f"with the scope {described(scope)}",
        )  # fmt: skip
        self.proof.append(reading.evidence)
        return (granted, reading) if reading.good else None

    def use(self, granted: TokenAnswer, reading: Reading, refused: tuple[Evidence, ...]) -> None:
        """Go on with this token; what was refused before shows that it takes its scope."""
        accept(self._run, granted, self._tries, needed_scope="")
        self._run.story.data_scope = granted.asked_scope
        self._run.story.evidence = (*refused, *self.proof)
        self._run.readings.clear()
        self._run.readings[self._path] = reading
