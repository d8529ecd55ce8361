"""Chooses the saved connection to move to, or that there is none yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from oneroster_checks.urls import host_of
from oneroster_wizard.widgets.nothing_acts import PlainInput
from oneroster_wizard.widgets.state import plain

from .dialog import Dialog
from .paging import page_of

if TYPE_CHECKING:
    from oneroster_wizard.storage.profiles import Profile

MEANS = (
    "Reads both connections whole, one request at a time to a host, and says whether it is safe to move. Nothing is "
    "changed anywhere."
)
NOT_YET = "No 1.2 profile yet: see what the move will take. Nothing is requested."
_NOT_YET, _LAST = "not-yet", "last"


@dataclass(frozen=True, slots=True)
class MoveChoice:
    """What was chosen: the name of the new connection, "" for none yet; `last` opens the last comparison."""

    name: str = ""
    last: bool = False


class MoveToScreen(Dialog["MoveChoice | None"]):
    """Gives the choice, None when it is closed."""

    WINDOW = "move-to"
    AUTO_FOCUS = "#others"
    CSS_PATH = ["lists.tcss", "dialog.tcss", "move_to.tcss"]  # noqa: RUF012
    HELP_TEXT = """
The first one is the profile that the old one names by moves_to, if it does; then come those of OneRoster 1.2, then \
the others, and of each those of the same host first. Type a part of a name or of an address to see only what has it. \
Enter chooses.

Without a 1.2 profile, you see when the old credentials expire, what OneRoster 1.2 changes, what your software must \
do, and the steps up to the switch day.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
    ]

    def __init__(self, old: Profile, others: Sequence[Profile], last: str = "") -> None:
        """`last` is what the last comparison of this connection was with, in words, "" where there is none."""
        super().__init__(f"Move {old.name} to")
        self._old = old
        self._others = in_order(old, others)
        self._last = last

    def compose_body(self) -> ComposeResult:
        yield Static(MEANS, id="move-means")
        box = PlainInput(id="wanted", compact=True, placeholder="Type to filter")
        box.cursor_blink = False
        yield box
        yield OptionList(id="others", compact=True)

    def on_mount(self) -> None:
        self._list()
        self.query_one("#wanted").focus()

    @on(Input.Changed, "#wanted")
    def _list(self) -> None:
        """List what has the typed text; the first row is chosen."""
        wanted = self.query_one("#wanted", Input).value.strip().casefold()
        options = [Option(plain(self._last), id=_LAST)] if self._last and not wanted else []
        found = [
            Option(self._row(profile), id=f"other-{place}")
            for place, profile in enumerate(self._others)
            if wanted in f"{profile.name}\n{host_of(profile.connection.base_url)}".casefold()
        ]
        # Without a likely one, Enter must not begin to read two whole districts.
        likely = bool(wanted) or any(is_likely(self._old, profile) for profile in self._others[:1])
        not_yet = [Option(plain(NOT_YET), id=_NOT_YET)]
        options += [*found, *not_yet] if likely else [*not_yet, *found]
        others = self.query_one("#others", OptionList)
        others.set_options(options)
        others.highlighted = 0

    def _row(self, profile: Profile) -> Content:
        named = "named by moves_to" if profile.name == self._old.moves_to else ""
        host = host_of(profile.connection.base_url)
        of = " · ".join(filter(None, (f"OneRoster {profile.connection.oneroster}", named, host)))
        # In one style: without color, what is fainter cannot be seen under the cursor.
        return plain(f"{profile.name}  {of}")

    # The arrow keys move in the list while a person types.

    def action_move(self, way: int) -> None:
        """Choose the next row, or the one before."""
        others = self.query_one("#others", OptionList)
        (others.action_cursor_down if way > 0 else others.action_cursor_up)()

    def action_page(self, way: int) -> None:
        """Choose a row a page further down, or up."""
        page_of(self.query_one("#others"), way)

    @on(Input.Submitted, "#wanted")
    def _entered(self) -> None:
        self.query_one("#others", OptionList).action_select()

    @on(OptionList.OptionSelected, "#others")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        kind, _, number = (event.option_id or "").partition("-")
        match kind:
            case "other":
                self.dismiss(MoveChoice(self._others[int(number)].name))
            case "last":
                self.dismiss(MoveChoice(last=True))
            case _:
                self.dismiss(MoveChoice())


def is_likely(old: Profile, other: Profile) -> bool:
    """Whether an old profile names this one, or this one is of OneRoster 1.2 at the same host."""
    if old.moves_to:
        return other.name == old.moves_to
    hosts = [host_of(each.connection.base_url) for each in (old, other)]
    return other.connection.oneroster == "1.2" and bool(hosts[0]) and hosts[0] == hosts[1]


def in_order(old: Profile, others: Sequence[Profile]) -> list[Profile]:
    """Other profiles by how likely an old one moves to them.

    The one that it names comes first, then those of OneRoster 1.2, then the rest; among them those of the same host,
    and then those whose name begins as its own does.
    """
    return sorted(
        (each for each in others if each.name != old.name),
        key=lambda each: (
            each.name != old.moves_to,
            each.connection.oneroster != "1.2",
            host_of(each.connection.base_url) != host_of(old.connection.base_url),
            -_alike(each.name.casefold(), old.name.casefold()),
            each.name.casefold(),
        ),
    )


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
