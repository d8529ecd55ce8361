"""What a full read found: a table of the collections, one of the rules, and the chosen rule in words."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from oneroster_checks.labels import STATE_ORDER, STATE_WORDS
from oneroster_checks.report.records import (
    COLLECTION_HEADINGS,
    NOT_CHECKED,
    JudgedRule,
    collection_cells,
    kind_words,
    rules,
    why_not_whole,
)
from oneroster_checks.result import CollectionRead, Result
from oneroster_wizard.keys import Key

from .details import heading, steps
from .sorted_table import SortedTable, TableRow
from .state import STATE_WIDTH, plain, stated

_RULE_HEADINGS = ("State", "Rule", "Count", "Of")


class RecordsPane(Vertical):
    """Shows the records of a result with a full read. `chosen` is the check of the rule under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Key.COPY_TABLES.bound("screen.copy_records", "Copy tables", tooltip="Copy both tables as text"),
    ]

    def __init__(self, result: Result) -> None:
        super().__init__(id="records")
        self._result = result
        self._rules = {rule.reported.finding.check: rule for rule in rules(result)}

    def compose(self) -> ComposeResult:
        reads = [_read_row(read) for read in self._result.read]
        yield SortedTable(COLLECTION_HEADINGS, reads, range(1, 6), id="collections")
        for sentence in why_not_whole(self._result):
            yield Static(plain(sentence), classes="why")
        if self._rules:
            with Container(id="judged"):
                found = [_rule_row(rule) for rule in self._rules.values()]
                yield SortedTable(_RULE_HEADINGS, found, (2, 3), id="rules")
                with VerticalScroll(id="rule"):
                    yield Static(id="rule-text")

    @property
    def chosen(self) -> str:
        """The check of the rule under the cursor, "" where there is no rule."""
        return self.query_one("#rules", SortedTable).chosen if self._rules else ""

    @on(DataTable.RowHighlighted, "#rules")
    def _rule_highlighted(self) -> None:
        rule = self._rules.get(self.chosen)
        if rule is not None:
            self.query_one("#rule-text", Static).update(rule_words(rule))
            self.query_one("#rule", VerticalScroll).scroll_home(animate=False)


def rule_words(rule: JudgedRule) -> Content:
    """A rule in words: its sentence, how many of each kind, examples, and the steps."""
    reported = rule.reported
    parts = [
        Content.assemble(
            stated(rule.status, STATE_WIDTH), heading(rule.title), plain(f"  {rule.code}", "$text-muted")
        )
    ]
    if reported.says_more:
        parts.append(plain(reported.summary))
    if rule.kinds:
        parts.append(plain(f"By kind: {kind_words(rule)}"))
    if rule.examples:
        parts.append(plain(f"Examples: {', '.join(rule.examples)}"))
    if reported.fix:
        parts += [heading("What to do"), *steps(reported.fix)]
    return Content("\n").join(parts)


def _read_row(read: CollectionRead) -> TableRow:
    total = -1 if read.total is None else read.total
    values = (read.collection, read.records, total, read.pages, read.bytes, read.seconds, read.complete)
    return TableRow(read.collection, collection_cells(read), values)


def _rule_row(rule: JudgedRule) -> TableRow:
    count = NOT_CHECKED if rule.count is None else f"{rule.count:,}"
    of = "" if rule.of is None else f"{rule.of:,}"
    # What was not judged comes behind what has a number.
    numbers = tuple(-1 if number is None else number for number in (rule.count, rule.of))
    return TableRow(
        rule.reported.finding.check,
        (STATE_WORDS[rule.status], rule.title, count, of),
        (STATE_ORDER.index(rule.status), rule.title.lower(), *numbers),
        is_bold=rule.is_broken,
    )
