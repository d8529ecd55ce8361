"""Takes over the connections of a file: shows what that would do, and only then does it, as a whole or not at all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from oneroster_wizard.limits import FLEET_REFRESH_S
from oneroster_wizard.storage.profile_error import ProfileError
from oneroster_wizard.typed_path import typed_path
from oneroster_wizard.widgets.nothing_acts import PlainInput
from oneroster_wizard.widgets.state import plain

from .dialog import Dialog

if TYPE_CHECKING:
    from oneroster_wizard.exchange.plan import Plan
    from oneroster_wizard.exchange.saving import Saving
    from oneroster_wizard.storage.saved_connections import SavedConnections

_WHAT = (
    "The path of a CSV file with one connection per line, or of an exported .toml file. You see first what it "
    "would do."
)
_LOOK = "Read the file"


class ImportScreen(Dialog["str | None"]):
    """Gives a sentence on what was saved, None when nothing was."""

    AUTO_FOCUS = "#path"
    CSS_PATH = ["dialog.tcss", "import_file.tcss"]  # noqa: RUF012

    def __init__(self, saved: SavedConnections) -> None:
        super().__init__("Import connections")
        self._saved = saved
        self._plan: Plan | None = None
        self._is_saving = False
        self._stops = False
        self._now = ""

    def compose_body(self) -> ComposeResult:
        box = PlainInput(id="path", compact=True)
        box.cursor_blink = False
        yield box
        with VerticalScroll(id="import-says", can_focus=True):
            yield Static(_WHAT, id="import-text")

    def compose_actions(self) -> ComposeResult:
        yield Button(_LOOK, id="yes", variant="primary")

    @on(Input.Changed)
    def _path_changed(self) -> None:
        # What was shown was said of another file.
        if self._plan is not None:
            self._put(None)
            self._say(plain(_WHAT))

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _go_on(self) -> None:
        if self._is_saving:
            return
        if self._plan is None:
            self._look(typed_path(self.query_one("#path", Input).value))
        elif self.focused is self.query_one("#yes"):
            self._save(self._plan)
        else:
            self.query_one("#yes").focus()

    @work(exclusive=True)
    async def _look(self, path: str) -> None:
        from oneroster_wizard.exchange.problem import FileProblem

        if not path:
            self._say(plain("Enter the path of the file."))
            return
        try:
            lines, plan = await asyncio.to_thread(self._read, path)
        except (FileProblem, ProfileError) as error:
            self._say(plain(str(error)))
            return
        parts = [plain(line) for line in lines]
        if plan.troubles:
            parts += [plain(trouble.text, "$text-error") for trouble in plan.troubles]
            parts.append(plain("Nothing is saved. Correct the file, then read it again.", "bold"))
        elif not plan.every:
            parts.append(plain("Nothing to save.", "bold"))
        self._say(Content("\n").join(parts))
        if plan.every and not plan.troubles:
            self._put(plan)

    def _read(self, path: str) -> tuple[list[str], Plan]:
        from oneroster_wizard.exchange.foretold import foretold
        from oneroster_wizard.exchange.incoming import read_file_of
        from oneroster_wizard.exchange.plan import plan_of

        read = read_file_of(path)
        plan = plan_of(read, *self._saved.list())
        return list(foretold(read, plan)), plan

    def _put(self, plan: Plan | None) -> None:
        """Offer to save a plan, or, without one, to read a file."""
        self._plan = plan
        button = self.query_one("#yes", Button)
        if plan is None:
            button.label = _LOOK
            return
        counts = ((len(plan.new), "Save {} new"), (len(plan.changed), "change {}"))
        words = ", ".join(words.format(f"{count:,}") for count, words in counts if count)
        button.label = words[:1].upper() + words[1:]
        button.focus()

    @work(exclusive=True)
    async def _save(self, plan: Plan) -> None:
        from oneroster_wizard import stopping
        from oneroster_wizard.exchange.foretold import profiles_words
        from oneroster_wizard.exchange.saving import NotSaved, Saving
        from oneroster_wizard.storage.many_profiles import ManyProfiles
        from oneroster_wizard.storage.secrets import SecretStore

        saving = Saving(ManyProfiles(self._saved.folder), SecretStore())
        self._is_saving, self._stops, self._now = True, False, ""
        self.query_one("#yes").disabled = True
        # The thread only counts: it must never wait for a screen that is being closed.
        shown = self.set_interval(FLEET_REFRESH_S, lambda: self._say(plain(self._now)))
        try:
            with stopping.taking_longer(saving.take_back_s):
                # In a thread with a loop of its own, which nobody cancels: it ends whole, or takes everything back.
                await asyncio.to_thread(self._save_all, saving, plan)
        except NotSaved as error:
            shown.stop()
            self._say(Content("\n").join(map(plain, _not_saved(error))))
            self._put(None)
        except asyncio.CancelledError:
            self._stops = True
            raise
        else:
            told = f"Imported {profiles_words(len(plan.every))}."
            if plan.file_has_secrets:
                told += " The file still has the secrets: delete it, and empty the trash."
            self.dismiss(told)
        finally:
            shown.stop()
            self._is_saving = False
            for button in self.query("#yes"):
                button.disabled = False

    def _save_all(self, saving: Saving, plan: Plan) -> None:
        count = len(plan.every)

        def progress(done: int) -> None:
            if self._stops:
                raise ProfileError("The import was canceled.")
            self._now = f"Saving {done + 1:,} of {count:,} …"

        def goes_back(left: int) -> None:
            self._now = f"Undoing: {left:,} left …"

        asyncio.run(saving.save(plan.every, progress, goes_back))

    def _say(self, text: Content) -> None:
        for line in self.query("#import-text").results(Static):
            line.update(text)

    def action_close(self) -> None:
        if self._is_saving:
            # It takes back what it has saved, and says so.
            self._stops = True
        else:
            super().action_close()


def _not_saved(error: Exception) -> list[str]:
    from oneroster_wizard.exchange.saving import NotSaved

    assert isinstance(error, NotSaved)
    if error.left:
        left = ", ".join(error.left)
        return [error.sentence, f"{error.why} So these could not be reverted, with their secrets: {left}."]
    taken_back = " What had been saved so far was undone." if error.taken_back else ""
    return [error.sentence, f"Nothing was saved.{taken_back}"]
