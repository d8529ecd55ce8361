"""Waits for something that may hang, such as a keyring, with a way out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from textual.app import ComposeResult
from textual.widgets import Static

from oneroster_wizard.limits import QUIET_WAIT_S

from .dialog import Dialog

T = TypeVar("T")


class WaitScreen(Dialog[T]):
    """Gives what the job gives, or `given_up` when the person closes it first."""

    CSS_PATH = ["dialog.tcss", "wait.tcss"]  # noqa: RUF012

    def __init__(self, title: str, job: Callable[[], Awaitable[T]], given_up: T) -> None:
        super().__init__(title)
        self._job = job
        self._given_up = given_up

    def compose_body(self) -> ComposeResult:
        yield Static("Close (Esc) goes on without it.")

    def on_mount(self) -> None:
        self.set_timer(QUIET_WAIT_S, lambda: self.add_class("-shown"))
        self.run_worker(self._work(), exclusive=True)

    async def _work(self) -> None:
        outcome = await self._job()
        # The dialog may have been closed while the job ended.
        if self.is_current:
            self.dismiss(outcome)

    def action_close(self) -> None:
        self.workers.cancel_node(self)
        self.dismiss(self._given_up)
