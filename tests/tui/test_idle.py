"""The wait for an app that has nothing left to do: it sees messages, refreshes, timers and workers."""

from __future__ import annotations

import asyncio

from textual.app import App, ComposeResult
from textual.widgets import Static

from ..idle import until_idle

LINKS = 30


class Chain(App[None]):
    """Sets off one thing after another, each only when the one before has ended."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.done = 0

    def compose(self) -> ComposeResult:
        yield Static("0")

    def on_mount(self) -> None:
        self._link()

    def _link(self) -> None:
        self.done += 1
        self.query_one(Static).update(str(self.done))
        if self.done == LINKS:
            return
        match self.kind:
            case "message":
                self.query_one(Static).call_later(self._link)
            case "refresh":
                self.call_after_refresh(self._link)
            case "timer":
                self.set_timer(0.01, self._link)
            case _:
                self.run_worker(self._work())

    async def _work(self) -> None:
        await asyncio.to_thread(lambda: None)
        self._link()


async def test_nothing_is_left_when_it_ends() -> None:
    for kind in ("message", "refresh", "timer", "worker"):
        app = Chain(kind)
        async with app.run_test():
            await until_idle(app)
            assert app.done == LINKS, kind
            assert f">{LINKS}<" in app.export_screenshot(), kind
