"""The list of saved connections: each with its provider, its versions, and how its last run ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from oneroster_checks.errors import UnknownProvider
from oneroster_checks.labels import authorization_label
from oneroster_checks.providers import provider

from .state import plain, stated

if TYPE_CHECKING:
    from oneroster_wizard.storage.profiles import KeptRun, Profile


class SavedList(OptionList):
    """Lists saved connections with their last runs; `first` is the place on which it opens."""

    def __init__(self, saved: Sequence[tuple[Profile, KeptRun | None]], first: int) -> None:
        super().__init__(*(Option(_row(profile, last)) for profile, last in saved), id="saved", compact=True)
        self._first = first

    def on_mount(self) -> None:
        self.highlighted = self._first


def _row(profile: Profile, last: KeptRun | None) -> Content:
    connection = profile.connection
    try:
        title = provider(connection.provider).title
    except UnknownProvider:
        title = connection.provider
    authorization = authorization_label(connection.oauth, fixed_token=connection.fixed_token)
    return Content.assemble(
        plain(profile.name, "bold"),
        plain(f"  {title}, {authorization}, OneRoster {connection.oneroster}"),
        "\n  ",
        _last_words(last),
    )


def _last_words(last: KeptRun | None) -> Content:
    if last is None:
        return plain("Not run yet.", "dim")
    when = last.started.astimezone().strftime("%Y-%m-%d %H:%M")
    cause = f" ({last.cause})" if last.cause else ""
    return Content.assemble(f"Last run {when}: ", stated(last.status), plain(cause))
