"""The verdict in a frame of its state's color: title, one sentence, and the steps of the fix with who takes them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from oneroster_checks.finding import Status
from oneroster_checks.result import Result
from oneroster_wizard.keys import Key, key_name

from .details import heading
from .result_words import read_more
from .state import plain, stated
from .step_table import step_table

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
        # Whether steps are shown in one line whose text is longer.
        self._shortened = False

    # What a subclass may say otherwise.

    def state_of(self, result: Result) -> Status:
        """The state whose color the frame has."""
        return result.verdict.status

    def title_of(self, result: Result) -> Content:
        """The title in the frame."""
        return verdict_title(result)

    def words_of(self, result: Result, width: int, *, whole: bool) -> Content:
        """What stands inside: the whole text of each step, or a line for each."""
        return verdict_words(result, width, whole=whole)

    # What all of them do alike.

    def compose(self) -> ComposeResult:
        yield Static(id="verdict-text")

    def on_mount(self) -> None:
        if self._result is not None:
            self.add_class(_CLASSES[self.state_of(self._result)])
            self.border_title = self.title_of(self._result)

    def on_resize(self) -> None:
        # The steps are wrapped by hand, so a new width means new lines.
        self._show()

    def _show(self) -> None:
        """A line for each step, or once the banner is opened the whole of each."""
        if self._result is None:
            return
        width = self.scrollable_content_region.width - 1
        whole = self.words_of(self._result, width, whole=True)
        in_lines = self.words_of(self._result, width, whole=False)
        is_opened = self.has_class(OPENED)
        self._shortened = not is_opened and in_lines.plain != whole.plain
        self.query_one("#verdict-text", Static).update(whole if is_opened else in_lines)
        self.call_after_refresh(self._show_subtitle)

    def _show_subtitle(self) -> None:
        """Beneath, the code of the cause, how many problems there are, and how to see what has no room."""
        if self._result is not None:
            is_more = self._shortened or round(self.scroll_target_y) < self.max_scroll_y
            more = f"{key_name(Key.PAGE_DOWN.value)}: more" if is_more else ""
            code = self._result.verdict.cause or ""
            words = " · ".join(filter(None, (code, problems_words(self._result), more)))
            self.border_subtitle = plain(words)

    def close(self) -> None:
        """Take as little of the window again as at first."""
        self.remove_class(OPENED)
        self.scroll_home(animate=False)
        self._show()

    def page(self, way: int) -> bool:
        """Show more, down for 1: all of it at once where the window has room, then page by page; back for -1.

        False where there is nothing more that way.
        """
        at, last = round(self.scroll_target_y), self.max_scroll_y
        if way > 0 and (last > 0 or self._shortened) and not self.has_class(OPENED):
            self.add_class(OPENED)
            self._show()
        elif at < last if way > 0 else at > 0:
            self.scroll_to(y=at + way * max(1, self.scrollable_content_region.height - 1), animate=False)
            self.call_after_refresh(self._show_subtitle)
        elif way < 0 and self.has_class(OPENED):
            self.close()
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


def verdict_words(result: Result, width: int, *, whole: bool = True) -> Content:
    """One sentence, the steps as a table of who and what, what comes after, what changed, and what ends soon.

    `whole` shows the whole text of each step, otherwise each has a line.
    """
    from oneroster_checks.report import changes
    from oneroster_checks.report.words import expected_after

    verdict = result.verdict
    parts = [plain(verdict.summary)]
    if changes.last_worked(result):
        parts.append(plain(changes.last_worked(result)))
    parts += step_table(verdict.fix, width, whole=whole)
    after = ", ".join(title for title, _ in expected_after(result))
    if after:
        parts.append(plain(f"After that, expect: {after}.", "$text-muted"))
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
