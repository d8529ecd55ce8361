"""What can be done with the chosen one of the saved connections, whatever shows them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.widgets import Button

from oneroster_wizard.draft import Draft
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profile_error import ProfileError
from oneroster_wizard.storage.saved_connections import GIVEN_UP

from .base import WizardScreen

if TYPE_CHECKING:
    from oneroster_checks.result import Result
    from oneroster_wizard.storage.kept_run import KeptRun

_KEYRING = "Waiting for the keyring to hand over the secrets."


class SavedScreen(WizardScreen):
    """Runs, edits, copies, renames and deletes saved connections; a subclass shows them."""

    # What a subclass fills in.

    def chosen(self) -> str:
        """The name of the chosen connection, "" for none."""
        raise NotImplementedError

    @property
    def names(self) -> Sequence[str]:
        """The names of all of them."""
        raise NotImplementedError

    @property
    def is_busy(self) -> bool:
        """Whether nothing may change just now, which is then said."""
        return False

    async def show_saved(self, choose: str = "") -> None:
        """Read the saved connections again and show them; `choose` is the one to highlight."""
        raise NotImplementedError

    async def read_again(self) -> None:
        """Show what is saved now, whoever has changed it."""
        raise NotImplementedError

    # What all of them do alike.

    @on(Button.Pressed, "#run")
    def action_run_saved(self) -> None:
        """Run the checks of the chosen connection."""
        self.open_saved(WizardStep.RUN)

    @on(Button.Pressed, "#edit")
    def action_edit(self) -> None:
        """Open the chosen connection to change it."""
        self.open_saved(WizardStep.VERSIONS)

    @on(Button.Pressed, "#last")
    def action_open_last(self) -> None:
        """Open the last result of the chosen connection; nothing runs."""
        self.open_saved(WizardStep.CHECKLIST)

    def action_trace(self) -> None:
        """Follow one record of the chosen connection through."""
        self.open_saved(WizardStep.TRACE)

    @work(exclusive=True)
    async def open_saved(self, step: WizardStep, name: str = "", *, removes: bool = False) -> None:
        """Go to a step with a saved connection and its secrets, by default with the chosen one."""
        from .wait import WaitScreen

        name = name or self.chosen()
        # A result that is kept asks nobody anything.
        if not name or (step is not WizardStep.CHECKLIST and self.is_busy):
            return
        saved = self.saved
        try:
            without = saved.open_without_secrets(name)
            result = self._last_result(name) if step is WizardStep.CHECKLIST else None
        except ProfileError as error:
            await self._refused(error)
            return
        without.note = GIVEN_UP
        draft = await self.app.push_screen_wait(
            WaitScreen(_KEYRING, lambda: saved.add_secrets(replace(without)), without)
        )
        if step in (WizardStep.RUN, WizardStep.TRACE) and not draft.credentials.client_secret:
            draft.to_trace = step is WizardStep.TRACE
            step = WizardStep.SECRETS
        if removes:
            from oneroster_wizard.draft_writes import DraftWrites

            draft.writes = DraftWrites()
        if result is not None:
            _put_result(draft, result)
        self.leave(step, draft)

    def _last_result(self, name: str) -> Result:
        """The result of the last run; ProfileError where there is none, or only how it ended is known."""
        history = self.saved.profiles.history
        last = history.last(name)
        if last is None:
            raise ProfileError(f"{name} has not run yet. R runs its checks.")
        if not last.has_report:
            raise ProfileError("Only this run's verdict is kept. R runs the checks again and shows the rest.")
        return history.result(last)

    @on(Button.Pressed, "#duplicate")
    @work(exclusive=True)
    async def action_duplicate(self) -> None:
        """Copy the chosen connection."""
        from .name import NameScreen

        old = self.chosen()
        if not old or self.is_busy:
            return
        ask = NameScreen(f"Name for the copy of {old}", f"{old} copy", "Duplicate", taken=self.names)
        new = await self.app.push_screen_wait(ask)
        if new:
            await self._change_saved(
                lambda: self.saved.duplicate(old, new), new, f"{new} is a copy of {old}."
            )

    @on(Button.Pressed, "#rename")
    @work(exclusive=True)
    async def action_rename(self) -> None:
        """Give the chosen connection another name."""
        from .name import NameScreen

        old = self.chosen()
        if not old or self.is_busy:
            return
        others = [name for name in self.names if name != old]
        new = await self.app.push_screen_wait(NameScreen(f"New name for {old}", old, "Rename", taken=others))
        if new and new != old:
            await self._change_saved(lambda: self.saved.rename(old, new), new, f"{old} is now {new}.")

    @on(Button.Pressed, "#delete")
    @work(exclusive=True)
    async def action_delete(self) -> None:
        """Delete the chosen connection, with its secrets."""
        from .confirm import ConfirmScreen

        name = self.chosen()
        if not name or self.is_busy:
            return
        text = "Its file, its history and its secrets in the keyring are deleted. This cannot be undone."
        if await self.app.push_screen_wait(ConfirmScreen(f"Delete {name}?", text, "Delete")):
            await self._change_saved(lambda: self.saved.delete(name), "", f"{name} is deleted.")

    @work(exclusive=True)
    async def action_tags(self) -> None:
        """Change the tags of the chosen connection."""
        from .tags import TagsScreen

        name = self.chosen()
        if not name or self.is_busy:
            return
        try:
            before = self.saved.profiles.load(name).tags
            tags = await self.app.push_screen_wait(TagsScreen(name, before))
            if tags is None or tags == before:
                return
            self.saved.save_tags(name, tags)
        except ProfileError as error:
            await self._refused(error)
            return
        await self.show_saved(name)
        self.say(f"The tags of {name}: {', '.join(tags)}." if tags else f"{name} has no tags now.")

    @on(Button.Pressed, "#history")
    @work(exclusive=True)
    async def action_history(self) -> None:
        """Show the runs of the chosen connection, and what changed between them."""
        from .profile_history import ProfileHistoryScreen

        name = self.chosen()
        if not name:
            return
        try:
            runs = self._runs_of(name)
        except ProfileError as error:
            await self._refused(error)
            return
        self.app.push_screen(ProfileHistoryScreen(name, runs))

    def _runs_of(self, name: str) -> Sequence[KeptRun]:
        """The runs of a connection; ProfileError where it is gone, which is not the same as none."""
        self.saved.profiles.path_of(name)
        return self.saved.profiles.history.runs(name)

    @work(exclusive=True)
    async def action_compare(self) -> None:
        """Compare the last run of the chosen connection with an earlier one, or with that of another."""
        from oneroster_wizard.comparison import comparison_of
        from oneroster_wizard.widgets.state import several_lines

        from .compare import CompareScreen
        from .details import DetailsScreen

        name = self.chosen()
        if not name:
            return
        try:
            runs = self._runs_of(name)
            others = [other for other in self.names if other != name]
            other = await self.app.push_screen_wait(CompareScreen(name, runs, others))
            if other is None:
                return
            text = comparison_of(self.saved.profiles, name, other)
        except ProfileError as error:
            await self._refused(error)
            return
        self.app.push_screen(DetailsScreen("Compared", several_lines(text)))

    @on(Button.Pressed, "#import")
    @work(exclusive=True)
    async def action_import(self) -> None:
        """Take over the connections of a file."""
        from .import_file import ImportScreen

        if self.is_busy:
            return
        done = await self.app.push_screen_wait(ImportScreen(self.saved))
        if done:
            await self.show_saved()
            self.say(done)
            self.first_focus().focus()

    @work(exclusive=True)
    async def action_export(self) -> None:
        """Write the saved connections into a file, without their secrets."""
        from .export_profiles import ExportProfilesScreen

        done = await self.app.push_screen_wait(ExportProfilesScreen(self.saved, self.wanted_names()))
        if done:
            self.say(done)

    async def _refused(self, error: ProfileError) -> None:
        """Say why something cannot be done, beside what is saved now: another program may have changed it."""
        await self.read_again()
        self.say(str(error))

    def wanted_names(self) -> Sequence[str]:
        """The names of those that are shown, which are those that are exported."""
        return self.names

    async def _change_saved(self, job: Callable[[], Awaitable[str]], choose: str, done: str) -> None:
        from .wait import WaitScreen

        async def changed() -> str:
            try:
                return await job() or done
            except ProfileError as error:
                return str(error)

        reported = await self.app.push_screen_wait(WaitScreen("Waiting for the keyring.", changed, GIVEN_UP))
        await self.show_saved(choose)
        self.say(reported)
        self.first_focus().focus()


def _put_result(draft: Draft, result: Result) -> None:
    """Give a draft the result of its last run, and say of when that is."""
    from oneroster_checks.when import moment_words
    from oneroster_wizard.kept_log import log_of

    draft.log = log_of(result, draft)
    told = f"This is the run of {moment_words(result.started)}. R runs the checks again."
    draft.note = f"{told} {draft.note}".strip()
