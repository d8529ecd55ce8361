"""The pages of one collection as a full read asks for them: whole, and undecoded where they can be typed at once."""

from __future__ import annotations

from ..http.retry import Retries
from .data import DataClient
from .page_requests import Ask
from .reading import Reading

_NOTE = "a page of the full read"


class FullPages:
    """Asks for the pages of the collection at `path`."""

    def __init__(self, data: DataClient, path: str) -> None:
        self._data = data
        self._path = path

    async def page(self, ask: Ask, retries: Retries) -> Reading:
        """One page by its offset, or the one behind the address of a link."""
        if ask.url:
            return await self._data.follow(
                self._path, ask.url, limit=ask.rows, note=_NOTE, whole=True, raw=True, retries=retries
            )
        return await self._data.list(
            self._path, limit=ask.rows, params={"offset": ask.offset}, note=_NOTE,
            whole=True, raw=True, retries=retries,
        )  # fmt: skip

    def decoded(self, page: Reading) -> Reading:
        """A page that came undecoded, read as any other."""
        return self._data.decoded(page)
