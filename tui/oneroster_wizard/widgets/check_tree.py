"""The checks of a run as a tree by stage: each stage with its count and state, each check with its state and time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.widgets.tree import TreeNode

from oneroster_checks.finding import Status
from oneroster_checks.labels import STAGES, STATE_ORDER, STATE_WORDS
from oneroster_checks.visible import visible

from .folding_tree import FoldingTree
from .state import STATE_WIDTH, tally

if TYPE_CHECKING:
    from oneroster_wizard.run_log import RunLog

WHOLE_RUN = "whole-run"
_STAGE_WIDTH = max(map(len, STAGES.values())) + 2
_NO_STATE = "Waiting"
# With these the person looks around; the tree does not take the cursor away any more then.
_MOVES = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end", "enter", "space"})
_STYLES = {
    Status.PASS: "check-tree--pass",
    Status.WARN: "check-tree--warn",
    Status.FAIL: "check-tree--fail",
    Status.ERROR: "check-tree--fail",
    Status.ASK: "check-tree--ask",
    Status.SKIP: "check-tree--skip",
}


class CheckTree(FoldingTree[str]):
    """Follows a run: it opens the stage whose check runs and folds those in order, until the person moves in it.

    The data of a node is the id of its check, WHOLE_RUN, or the name of its stage.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {*_STYLES.values(), "check-tree--now"}

    def __init__(self) -> None:
        # The tree measures its rows while it is made.
        self.now = ""
        self.follows = True
        self._log: RunLog | None = None
        self._rows_by_id: dict[str, TreeNode[str]] = {}
        self._led_to = ""
        super().__init__("checks")

    @property
    def chosen(self) -> str:
        """The check under the cursor, its stage, or the whole run."""
        node = self.cursor_node
        return node.data if node is not None and node.data else WHOLE_RUN

    def show_log(self, log: RunLog) -> None:
        """List the checks of a run anew, with the same one under the cursor."""
        chosen = self.chosen
        open_before = {
            name for name in STAGES if name in self._rows_by_id and self._rows_by_id[name].is_expanded
        }
        self._log = log
        self.clear()
        self._rows_by_id = {WHOLE_RUN: self.root.add_leaf(self._label(WHOLE_RUN), WHOLE_RUN)}
        for stage in STAGES:
            ids = self._checks_of(stage)
            if not ids:
                continue
            node = self.root.add(self._label(stage), stage, expand=stage in open_before)
            self._rows_by_id[stage] = node
            for id in ids:
                self._rows_by_id[id] = node.add_leaf(self._label(id), id)
        self.lead_to(chosen if not self.follows and chosen in self._rows_by_id else WHOLE_RUN)

    def show_rows(self, log: RunLog) -> None:
        """Write every row of a run again, and list them anew where it has others than before."""
        self._log = log
        if any(id not in self._rows_by_id for id in log.checks) or any(
            id not in log.checks and id != WHOLE_RUN and id not in STAGES for id in self._rows_by_id
        ):
            self.show_log(log)
            return
        for id in self._rows_by_id:
            self._rows_by_id[id].set_label(self._label(id))

    def show_row(self, check: str) -> None:
        """Write the rows again that change with a check: its own, its stage's, and that of the whole run."""
        log = self._log
        if log is None:
            return
        stage = log.checks[check].stage if check in log.checks else ""
        for id in (check, stage, WHOLE_RUN):
            if id in self._rows_by_id:
                self._rows_by_id[id].set_label(self._label(id))

    def lead_to(self, check: str) -> None:
        """Put the cursor on a check, without taking it for the person's own move; its stage opens."""
        node = self._rows_by_id.get(check)
        if node is None:
            return
        if self.follows:
            self._fold_what_is_in_order(node)
        if node.parent is not None and not node.parent.is_expanded and node.parent is not self.root:
            node.parent.expand()
        self._led_to = check
        # A line that was just unfolded has no number before the tree is laid out.
        self.call_after_refresh(self._go_to, check)

    def _go_to(self, check: str) -> None:
        node = self._rows_by_id.get(check)
        if node is not None and check == self._led_to:
            self.move_cursor(node)

    def _fold_what_is_in_order(self, but: TreeNode[str]) -> None:
        for stage in STAGES:
            node = self._rows_by_id.get(stage)
            if node is None or node is but.parent:
                continue
            if self._needs_attention(stage):
                node.expand()
            else:
                node.collapse()

    def on_key(self, event: events.Key) -> None:
        if event.key in _MOVES:
            self.follows = False

    def on_click(self) -> None:
        self.follows = False

    # The rows.

    def render_label(self, node: TreeNode[str], base_style: Style, style: Style) -> Text:
        """A row with its state in the color of the state; the row under the cursor has that of the cursor alone."""
        text = super().render_label(node, base_style, style)
        shown = self._state_of(node.data or "")
        if shown is not None and node is not self.cursor_node:
            word, name = shown
            # Behind the mark of what can be unfolded; of a stage, behind its name.
            start = len(text.plain) - len(str(node.label)) + (_STAGE_WIDTH if node.data in STAGES else 0)
            text.stylize(self.get_component_rich_style(name, partial=True), start, start + len(word))
        return text

    def _label(self, id: str) -> Text:
        log = self._log
        if id == WHOLE_RUN:
            states = [each.finding.status for each in log.findings.values()] if log else []
            return Text(f"Whole run  {tally(states)}", no_wrap=True)
        shown = self._state_of(id)
        word = shown[0] if shown else ""
        if id in STAGES:
            return Text(f"{STAGES[id].ljust(_STAGE_WIDTH)}{word}{self._count(id)}", no_wrap=True)
        assert log is not None
        found = log.findings.get(id)
        took = f"  {found.finding.duration_ms} ms" if found and found.finding.duration_ms else ""
        return Text(f"{word.ljust(STATE_WIDTH)}{visible(log.checks[id].title)}{took}", no_wrap=True)

    def _count(self, stage: str) -> str:
        """How many checks of a stage are behind its state."""
        assert self._log is not None
        ids = self._checks_of(stage)
        found = [self._log.findings[id].finding.status for id in ids if id in self._log.findings]
        if len(found) < len(ids):
            return f"  {len(found)} of {len(ids)}" if found else ""
        worst = min(found, key=STATE_ORDER.index)
        return f"  {found.count(worst)} of {len(ids)}" if found.count(worst) < len(ids) else f"  {len(ids)}"

    def _state_of(self, id: str) -> tuple[str, str] | None:
        """The word of a row's state, and the component class of its color."""
        log = self._log
        if log is None or id == WHOLE_RUN or not id:
            return None
        if id in STAGES:
            ids = self._checks_of(id)
            found = [log.findings[each].finding.status for each in ids if each in log.findings]
            if self.now in ids:
                return "Running", "check-tree--now"
            if not found:
                return _NO_STATE, "check-tree--skip"
            worst = min(found, key=STATE_ORDER.index)
            return STATE_WORDS[worst], _STYLES[worst]
        reported = log.findings.get(id)
        if reported is not None:
            return STATE_WORDS[reported.finding.status], _STYLES[reported.finding.status]
        return ("Running", "check-tree--now") if id == self.now else (_NO_STATE, "check-tree--skip")

    def _checks_of(self, stage: str) -> list[str]:
        return [id for id, info in self._log.checks.items() if info.stage == stage] if self._log else []

    def _needs_attention(self, stage: str) -> bool:
        assert self._log is not None
        found = (self._log.findings.get(id) for id in self._checks_of(stage))
        return any(each is not None and each.finding.status in (Status.FAIL, Status.ERROR) for each in found)
