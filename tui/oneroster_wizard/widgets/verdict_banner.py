"""The verdict in a frame of its state's color: title, one sentence, and the steps of the fix with who takes them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from oneroster_checks.finding import Status
from oneroster_checks.labels import WHO
from oneroster_checks.result import Result
from oneroster_wizard.keys import Key, key_name

from .details import heading
from .result_words import hanging, read_more
from .state import plain, stated

_WHO_WIDTH = max(map(len, WHO.values())) + 2
# Of a banner that has as much of the window as it needs.
OPENED = "-opened"
_CLASSES = {
    Status.PASS: "-pass",
    Status.WARN: "-warn",
    Status.FAIL: "-fail",
    Status.ERROR: "-fail",
    Status.SKIP: "-warn",
    Status.ASK: "-warn",
}


class VerdictBanner(VerticalScroll, can_focus=True):
    """Shows a verdict. What has no room scrolls: by the page keys of the screen, whatever has the focus."""

    def __init__(self, result: Result | None) -> None:
        super().__init__(id="verdict", classes="framed")
        self._result = result

    def compose(self) -> ComposeResult:
        yield Static(id="verdict-text")

    def on_mount(self) -> None:
        if self._result is not None:
            self.add_class(_CLASSES[self._result.verdict.status])
            self.border_title = verdict_title(self._result)

    def on_resize(self) -> None:
        # The steps are wrapped by hand, so a new width means new lines.
        if self._result is not None:
            width = self.scrollable_content_region.width - 1
            self.query_one("#verdict-text", Static).update(verdict_words(self._result, width))
            self.call_after_refresh(self._show_subtitle)

    def _show_subtitle(self) -> None:
        """Beneath, the code of the cause, how many problems there are, and how to see what has no room."""
        if self._result is not None:
            more = f"{key_name(Key.PAGE_DOWN.value)}: more" if self.max_scroll_y else ""
            code = self._result.verdict.cause or ""
            words = " · ".join(filter(None, (code, problems_words(self._result), more)))
            self.border_subtitle = plain(words)

    def page(self, way: int) -> bool:
        """Show more, down for 1: all of it at once where the window has room, then page by page; back for -1.

        False where there is nothing more that way.
        """
        at, last = round(self.scroll_target_y), self.max_scroll_y
        if way > 0 and last > 0 and not self.has_class(OPENED):
            self.add_class(OPENED)
        elif at < last if way > 0 else at > 0:
            self.scroll_to(y=at + way * max(1, self.scrollable_content_region.height - 1), animate=False)
        elif way < 0 and self.has_class(OPENED):
            self.remove_class(OPENED)
        else:
            return False
        return True


def verdict_title(result: Result) -> Content:
    """The state with the title of the root cause."""
    from oneroster_checks.report.words import root_title

    status = result.verdict.status
    title = "Nothing is wrong" if status is Status.PASS else root_title(result)
    return Content.assemble(stated(status), plain(f": {title}" if title else ""))


def problems_words(result: Result) -> str:
    """How many problems there are, "" where there is none."""
    from oneroster_checks.causes.remaining import problems

    number = len(problems(result))
    return "" if not number else "1 problem" if number == 1 else f"{number} problems"


def verdict_words(result: Result, width: int) -> Content:
    """One sentence, the steps as a table of who and what, what comes after, what changed, and what ends soon."""
    from oneroster_checks.report import changes
    from oneroster_checks.report.words import expected_after

    verdict = result.verdict
    parts = [plain(verdict.summary)]
    for number, step in enumerate(verdict.fix, start=1):
        who = f"{number} {WHO[step.who]}"
        parts.append(
            hanging(plain(who.ljust(_WHO_WIDTH + 2), "bold"), width, step.text, indent=_WHO_WIDTH + 2)
        )
    after = ", ".join(title for title, _ in expected_after(result))
    if after:
        parts.append(plain(f"After that, expect: {after}.", "$text-muted"))
    if changes.last_worked(result):
        parts.append(plain(changes.last_worked(result)))
    for title, sentences in (
        (changes.DIFFERENCES, changes.differences(result)),
        (changes.ENDINGS, changes.ending_soon(result)),
    ):
        if sentences:
            parts += [heading(title), *(plain(f"- {sentence}") for sentence in sentences)]
    if verdict.cause:
        connection = result.connection
        parts += read_more(
            verdict.cause, verdict.fix, provider=connection.provider, oneroster=connection.oneroster
        )
    return Content("\n").join(parts)
