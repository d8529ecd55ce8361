"""The chain of a trace as a tree: each link with its state, branches in order folded, the first broken one chosen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from oneroster_checks.report.traced import STATE_WORDS, is_in_order, link_words
from oneroster_checks.tracing.model import Link, LinkState
from oneroster_checks.visible import visible

from .folding_tree import FoldingTree

# Before the words of a link: the mark of what can be unfolded, or its room.
_MARK = 2
_STYLES = {
    LinkState.FINE: "trace-tree--fine",
    LinkState.NOTED: "trace-tree--noted",
    LinkState.BROKEN: "trace-tree--broken",
    LinkState.UNSEEN: "trace-tree--unseen",
}
_WORST_FIRST = (LinkState.BROKEN, LinkState.UNSEEN, LinkState.NOTED)


class TraceTree(FoldingTree[Link]):
    """Shows the links of one trace after the other; what is not in order is unfolded."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(_STYLES.values())

    def __init__(self) -> None:
        # The tree measures its rows while it is made.
        self._shows_names = False
        # The column of the states: as wide as those of this chain.
        self._state_width = 0
        super().__init__("links")
        self.auto_expand = True

    @property
    def link(self) -> Link | None:
        """The link under the cursor, None where there is none."""
        return self.cursor_node.data if self.cursor_node is not None else None

    def show_chain(self, chain: Link | None, cause: str | None = None) -> None:
        """Show a chain, with the cursor on the link of a cause, or on the first that is broken, not seen, or noted."""
        self.clear()
        if chain is None:
            return
        self._state_width = max(len(STATE_WORDS[each.state]) for each in chain.each()) + 2
        rows: list[TreeNode[Link]] = []
        self._add(self.root, chain, rows, is_open=True)
        self.call_after_refresh(self.move_cursor, _first_wrong(rows, cause) or rows[0])

    def _add(self, above: TreeNode[Link], link: Link, rows: list[TreeNode[Link]], *, is_open: bool) -> None:
        node = above.add("", link, expand=is_open, allow_expand=bool(link.below))
        rows.append(node)
        several = Counter(each.what for each in link.below)
        for below in link.below:
            # A person has a branch for each class, of which those in order need no more than a line.
            self._add(node, below, rows, is_open=several[below.what] == 1 or not is_in_order(below))
        node.set_label(self._label(node))

    def show_names(self, shows: bool) -> None:
        """Show the names of the records, or no longer."""
        self._shows_names = shows
        self._write_rows(self.root)

    def _write_rows(self, above: TreeNode[Link]) -> None:
        for node in above.children:
            node.set_label(self._label(node))
            self._write_rows(node)

    def words_of(self, link: Link) -> str:
        """A link in words, with its name where names are shown."""
        return link_words(link if self._shows_names else replace(link, name=""))

    def _on_tree_node_expanded(self, event: Tree.NodeExpanded[Link]) -> None:
        event.node.set_label(self._label(event.node))

    def _on_tree_node_collapsed(self, event: Tree.NodeCollapsed[Link]) -> None:
        event.node.set_label(self._label(event.node))

    # The rows.

    def render_label(self, node: TreeNode[Link], base_style: Style, style: Style) -> Text:
        """A row with its state in its color; the row under the cursor has that of the cursor alone."""
        text = super().render_label(node, base_style, style)
        if not node.allow_expand:
            text = Text.assemble((" " * _MARK, base_style), text)
        if node.data is not None and node is not self.cursor_node:
            state = _state(node, node.data)
            word, name = STATE_WORDS[state], _STYLES[state]
            text.stylize(self.get_component_rich_style(name, partial=True), _MARK, _MARK + len(word))
        text.truncate(
            max(1, self.scrollable_content_region.width - self.guide_depth * _depth(node)),
            overflow="ellipsis",
        )
        return text

    def _label(self, node: TreeNode[Link]) -> Text:
        link = node.data
        if link is None:
            return Text("")
        return Text(
            f"{STATE_WORDS[_state(node, link)].ljust(self._state_width)}{self._words(node, link)}",
            no_wrap=True,
        )

    def _words(self, node: TreeNode[Link], link: Link) -> str:
        if node.is_expanded or not link.below or link.what != "enrollment":
            return self.words_of(link)
        # The class is what a folded enrollment is looked for by, and its days matter more than its role: what comes
        # last may have no room.
        called = ", ".join(self.words_of(replace(each, told=())) for each in (link, link.below[0]))
        told = ", ".join(sorted(link.told, key=lambda words: words.startswith("role ")))
        return visible(f"{called}: {told}" if told else called)


def _state(node: TreeNode[Link], link: Link) -> LinkState:
    """The state of a row; a folded one has the worst of what it hides, too."""
    if node.is_expanded:
        return link.state
    states = {each.state for each in link.each()}
    return next((state for state in _WORST_FIRST if state in states), link.state)


def _first_wrong(rows: list[TreeNode[Link]], cause: str | None) -> TreeNode[Link] | None:
    """The row to look at first, None where all are in order."""
    linked = [(row, row.data) for row in rows if row.data is not None]
    if cause:
        # The same cause may be only worth a note in another branch.
        for state in _WORST_FIRST:
            for row, link in linked:
                if cause in link.causes and link.state is state:
                    return row
    return next((row for state in _WORST_FIRST for row, link in linked if link.state is state), None)


def _depth(node: TreeNode[Link]) -> int:
    """How many rows a row stands under."""
    depth, above = 0, node.parent
    while above is not None and above.parent is not None:
        depth, above = depth + 1, above.parent
    return depth
