"""Waits for something that may hang, such as a keyring, with a way out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

T = TypeVar("T")
# Shorter waits show nothing, so that the window does not flash.
QUIET_SECONDS = 0.4


class WaitScreen(ModalScreen[T]):
    """Gives what the job gives, or `given_up` when the person presses Esc first."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "Go on without")]
    CSS_PATH = ["windows.tcss", "wait.tcss"]  # noqa: RUF012

    def __init__(self, sentence: str, job: Callable[[], Awaitable[T]], given_up: T) -> None:
        super().__init__()
        self._sentence = sentence
        self._job = job
        self._given_up = given_up

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield Static(Content(self._sentence), classes="window-title")
            yield Static("Esc goes on without it.")
            with Horizontal(classes="actions"):
                yield Button("Go on without it", id="give-up")

    def on_mount(self) -> None:
        self.set_timer(QUIET_SECONDS, lambda: self.add_class("-shown"))
        self.run_worker(self._work(), exclusive=True)

    async def _work(self) -> None:
        outcome = await self._job()
        # The window may have been left while the job ended.
        if self.is_current:
            self.dismiss(outcome)

    @on(Button.Pressed, "#give-up")
    def action_give_up(self) -> None:
        """Stop waiting."""
        self.workers.cancel_node(self)
        self.dismiss(self._given_up)
