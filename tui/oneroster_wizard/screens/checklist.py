"""Step 7: the root cause and what mends it, the article's points, then every check, failures first."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, OptionList, Select, Static
from textual.widgets.option_list import Option

from oneroster_wizard.widgets.details import details, heading
from oneroster_wizard.widgets.result_words import finding_row, point_details, point_row, verdict_words, why
from oneroster_wizard.widgets.state import ORDER, WORDS

from .base import Command, WizardScreen

ALL = "all"


class ChecklistScreen(WizardScreen):
    """Shows the result of the last run and hands it on: copied, saved as a file, kept in the profile."""

    STEP = 7
    CSS_PATH = "checklist.tcss"
    HELP_TEXT = """
At the top stands the root cause: the one thing to mend first, with the steps that mend it and who \
takes them. Beneath it are the points that should be checked before a support case, then every check \
of the run, failures first. Enter on a line opens its details. The state filter shows only one \
state.

Copy summary (S) is for a support ticket: verdict, addresses, checklist, and each finding with its \
requests. Copy message (M) is a polite text to the district with only the steps that the district \
has to take. Neither holds a secret or a person's name. Each copy is also written into a file, whose \
path is shown.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "copy_summary", "Summary", tooltip="Copy the text for a support ticket"),
        Binding("m", "copy_message", "Message", tooltip="Copy a message to the district"),
        Binding("w", "save_report", "Report", tooltip="Write a file: Markdown, text or JSON"),
        Binding("r", "run_again", "Run again", show=False),
        Binding("p", "save_profile", "Save connection", show=False),
        Binding("f", "next_filter", "Filter", tooltip="Show one state after the other"),
        Binding("ctrl+n", "next", "Start", show=False),
    ]

    def compose_middle(self) -> ComposeResult:
        with VerticalScroll(id="verdict"):
            yield Static(id="verdict-text")
        with Horizontal(classes="actions", id="hand-on"):
            yield Button("Copy summary", id="copy-summary", variant="primary", compact=True)
            yield Button("Copy message to the district", id="copy-message", compact=True)
            yield Button("Save report", id="save-report", compact=True)
            yield Select([("All states", ALL)], value=ALL, allow_blank=False, id="filter", compact=True)
        yield OptionList(id="rows", compact=True)

    def compose_moves(self) -> ComposeResult:
        yield Button("Run again", id="again", variant="primary")
        yield Button("Back", id="back")
        yield Button("Save connection", id="save-profile")
        yield Button("To the start", id="start")

    def on_mount(self) -> None:
        result = self.draft.result
        if result is not None:
            self.query_one("#verdict-text", Static).update(verdict_words(result))
            states = [item.status for item in result.checklist] + [
                said.finding.status for said in result.said
            ]
            offered = [("All states", ALL)]
            offered += [
                (f"{WORDS[state]} ({states.count(state)})", state.value) for state in ORDER if state in states
            ]
            self.query_one("#filter", Select).set_options(offered)
        self.query_one("#save-profile").display = not self.draft.profile and not self.draft.practice
        super().on_mount()

    def first_focus(self) -> Widget:
        return self.query_one("#copy-summary")

    def commands(self) -> Iterable[Command]:
        yield "Copy summary", "The text for a support ticket", self.action_copy_summary
        yield (
            "Copy message to the district",
            "Only the steps that the district takes",
            self.action_copy_message,
        )
        yield "Save report", "Write a file: Markdown, text or JSON", self.action_save_report
        yield "Run again", "Run every check again", self.action_run_again
        if not self.draft.practice:
            yield "Save connection", "Keep this connection under a name", self.action_save_profile
        yield "Start", "Go to the saved connections", self.action_next
        yield "Back", "Go back to the run", self.action_back

    # The list.

    def _list_rows(self) -> None:
        result = self.draft.result
        if result is None:
            return
        listed = self.query_one("#rows", OptionList)
        width = listed.scrollable_content_region.width
        wanted = str(self.query_one("#filter", Select).value)
        points = [item for item in result.checklist if wanted in (ALL, item.status.value)]
        findings = [said for said in result.said if wanted in (ALL, said.finding.status.value)]
        findings.sort(key=lambda said: ORDER.index(said.finding.status))
        options: list[Option] = []
        if points:
            options.append(Option(heading("Before a support case"), disabled=True))
            options += [Option(point_row(item, width), id=f"point:{item.item}") for item in points]
        if findings:
            options.append(Option(heading("Every check, failures first"), disabled=True))
            options += [
                Option(finding_row(said, width), id=f"check:{said.finding.check}") for said in findings
            ]
        highlighted = listed.highlighted
        listed.set_options(options)
        if highlighted is not None and highlighted < len(options):
            listed.highlighted = highlighted

    def on_resize(self) -> None:
        # The rows are wrapped by hand, so a new width means new rows.
        self.call_after_refresh(self._list_rows)

    @on(Select.Changed, "#filter")
    def _filter_changed(self) -> None:
        self._list_rows()

    def action_next_filter(self) -> None:
        """Show the next state alone, and after the last one all again."""
        select = self.query_one("#filter", Select)
        result = self.draft.result
        if result is None:
            return
        states = {item.status for item in result.checklist} | {said.finding.status for said in result.said}
        values = [ALL, *(state.value for state in ORDER if state in states)]
        select.value = values[(values.index(str(select.value)) + 1) % len(values)]

    @on(OptionList.OptionSelected, "#rows")
    def _row_selected(self, event: OptionList.OptionSelected) -> None:
        from .details import DetailsScreen

        result, log = self.draft.result, self.draft.log
        kind, _, name = (event.option_id or "").partition(":")
        if result is None or log is None:
            return
        if kind == "point":
            item = next(item for item in result.checklist if item.item == name)
            self.app.push_screen(DetailsScreen("Point of the checklist", point_details(item, result)))
        elif name in log.checks:
            text = details(log.checks[name], log.said.get(name), log.requests.get(name, ()))
            self.app.push_screen(DetailsScreen("Check", Content("\n").join([text, *why(log.said.get(name))])))

    # Handing it on.

    @on(Button.Pressed, "#copy-summary")
    def action_copy_summary(self) -> None:
        """Copy the text for a support ticket."""
        from oneroster_checks.report import ticket

        if self.draft.result is not None:
            self._copy(ticket(self.draft.result), "summary", ".md")

    @on(Button.Pressed, "#copy-message")
    def action_copy_message(self) -> None:
        """Copy the message to the district."""
        from oneroster_checks.report import district_message

        if self.draft.result is not None:
            self._copy(district_message(self.draft.result), "message-to-district", ".txt")

    @work(exclusive=True, group="copy")
    async def _copy(self, text: str, what: str, suffix: str) -> None:
        from oneroster_checks.redaction import Redactor
        from oneroster_wizard import clipboard

        folder = self.wizard.keeper.folder
        text = Redactor(self.draft.credentials.texts()).text(text)
        name = "-".join(part for part in (what, self.draft.profile) if part) + suffix
        copied = await asyncio.to_thread(
            clipboard.copy, text, folder=folder / "copied" if folder else None, name=name, app=self.app
        )
        self.say(copied.sentence)

    @on(Button.Pressed, "#save-report")
    @work(exclusive=True, group="save")
    async def action_save_report(self) -> None:
        """Save the report as a file."""
        from .save import SaveScreen

        result = self.draft.result
        if result is None:
            return
        name = "-".join(part for part in ("oneroster", self.draft.profile or "report") if part)
        path = Path.cwd() / f"{name}-{result.started:%Y-%m-%d}.md"
        chosen = await self.app.push_screen_wait(SaveScreen(path))
        if chosen is None:
            return
        from oneroster_checks.report import render

        form, target = chosen
        try:
            await asyncio.to_thread(target.write_text, render([result], form), encoding="utf-8")
        except OSError as error:
            self.say(f"{target} could not be written: {(error.strerror or 'unknown reason').lower()}.")
        else:
            self.say(f"Saved as {target}")

    @on(Button.Pressed, "#save-profile")
    @work(exclusive=True, group="save")
    async def action_save_profile(self) -> None:
        """Keep the connection under a name, with its last result."""
        from oneroster_wizard.keeping import GIVEN_UP, Kept
        from oneroster_wizard.profiles import ProfileError

        from .name import NameScreen
        from .wait import WaitScreen

        draft, keeper = self.draft, self.wizard.keeper
        if draft.practice:
            self.say("The practice district is gone when you quit, so its connection is not saved.")
            return
        named = draft.profile
        if not named:
            taken = [profile.name for profile in keeper.profiles.list()[0]]
            name = await self.app.push_screen_wait(
                NameScreen("Save as", draft.name_to_offer(), "Save", taken=taken)
            )
            if not name:
                return
            draft.profile = name

        async def keep() -> Kept:
            try:
                kept = await keeper.keep(draft)
                if draft.result is not None:
                    keeper.keep_result(draft.profile, draft.result)
            except ProfileError as error:
                return Kept(refused=str(error))
            return kept

        kept = await self.app.push_screen_wait(
            WaitScreen("Waiting for the keyring.", keep, Kept(False, GIVEN_UP))
        )
        if kept.refused:
            draft.profile = named
            self.say(kept.refused)
            return
        where = "with its secrets in the keyring" if kept.stored else "without its secrets"
        self.say(f"Saved as {draft.profile}, {where}. {kept.trouble}".strip())
        self.query_one("#save-profile").display = False

    # Moving on.

    @on(Button.Pressed, "#again")
    def action_run_again(self) -> None:
        """Run every check again."""
        self.draft.log = None
        self.leave(6)

    @on(Button.Pressed, "#start")
    def action_next(self) -> None:
        self.leave(1)
