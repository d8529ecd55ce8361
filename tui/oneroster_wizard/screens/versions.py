"""The Versions step: which provider, which OAuth version, which OneRoster version."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label, RadioSet, Select, Static

from oneroster_checks.connection import OAuthVersion, OneRosterVersion
from oneroster_checks.finding import Status
from oneroster_checks.labels import authorization_label, field_label
from oneroster_checks.providers import provider, providers
from oneroster_wizard.field_problems import find_problems
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.widgets.choice import Choice, ChoiceRow
from oneroster_wizard.widgets.group import Group
from oneroster_wizard.widgets.state import plain, stated

from .editing import EditingScreen

ONEROSTER: tuple[OneRosterVersion, ...] = ("1.2", "1.1")
# How a connection proves who it is: its OAuth version, and whether the token is fixed.
AUTHORIZATIONS: tuple[tuple[OAuthVersion, bool], ...] = ((2, False), (1, False), (2, True))


class VersionsScreen(EditingScreen):
    """Explains each choice where it is made; no choice is forbidden."""

    STEP = WizardStep.VERSIONS
    HELP_TEXT = """
The district's connection has one OneRoster version and one OAuth version. Choose both here as the \
district has them. If you do not know: a token URL means OAuth 2; v1p2 in the base URL means \
OneRoster 1.2 and v1p1 means 1.1. You can also go on and paste what the district sent: the wizard \
reads the versions from it.

OAuth is how the tool proves who it is. OneRoster is the format of the data. A fixed token replaces \
OAuth if the district gives you no token URL and no key, just a token that stays the same, as the \
ClassLink proxy does.
"""
    CSS_PATH = ["lists.tcss", "forms.tcss", "versions.tcss"]  # noqa: RUF012

    def compose_body(self) -> ComposeResult:
        connection = self.draft.connection
        known = [(entry.title, entry.id) for entry in providers()]
        with Group("The district's connection", id="choices"):
            with Horizontal(classes="field-line"):
                yield Label("Provider", classes="field-label")
                yield Select(known, value=connection.provider, allow_blank=False, id="provider", compact=True)
            with Horizontal(classes="field-line"):
                yield Label("OAuth", classes="field-label")
                yield ChoiceRow(
                    *(self._authorization(oauth, fixed_token) for oauth, fixed_token in AUTHORIZATIONS),
                    id="oauth",
                )
            with Horizontal(classes="field-line"):
                yield Label("OneRoster", classes="field-label")
                yield ChoiceRow(
                    *(
                        Choice(f"OneRoster {each}", connection.oneroster == each, compact=True)
                        for each in ONEROSTER
                    ),
                    id="oneroster",
                )
            yield Static(id="combination")
        with Group("", id="known"):
            yield Vertical(id="notes")

    def _authorization(self, oauth: OAuthVersion, fixed_token: bool) -> Choice:
        connection = self.draft.connection
        chosen = (connection.oauth, connection.fixed_token) == (oauth, fixed_token)
        label = authorization_label(oauth, fixed_token=fixed_token)
        return Choice(label, chosen, compact=True, classes="-fixed-token" if fixed_token else None)

    def on_mount(self) -> None:
        self._explain()

    def first_focus(self) -> Widget:
        if self.draft.practice or self.draft.connection.base_url:
            return super().first_focus()
        return self.query_one("#provider")

    @on(Select.Changed, "#provider")
    def _provider_chosen(self, event: Select.Changed) -> None:
        self.draft.change(provider=str(event.value))
        self._explain()

    @on(RadioSet.Changed, "#oauth")
    def _oauth_chosen(self, event: RadioSet.Changed) -> None:
        oauth, fixed_token = AUTHORIZATIONS[event.index]
        self.draft.change(oauth=oauth, fixed_token=fixed_token)
        self._explain()

    @on(RadioSet.Changed, "#oneroster")
    def _oneroster_chosen(self, event: RadioSet.Changed) -> None:
        self.draft.change(oneroster=ONEROSTER[event.index])
        self._explain()

    def objections(self) -> tuple[str, Widget | None]:
        status, sentence = self._combination()
        return (sentence, self.query_one("#oauth")) if status is Status.FAIL else ("", None)

    def _combination(self) -> tuple[Status, str]:
        """Whether the three choices go together, with a sentence."""
        connection = self.draft.connection
        known = provider(connection.provider)
        problem = find_problems(self.draft).get("oauth")
        if problem is not None:
            return problem.status, problem.sentence
        if connection.fixed_token and not known.fixed_token:
            return (
                Status.WARN,
                f"{known.title} is not known to use a fixed token. Ask the district if it has a token URL.",
            )
        if connection.oauth not in known.oauth and not connection.fixed_token:
            ways = [f"OAuth {version}" for version in known.oauth]
            ways += [f"a {field_label('fixed_token')}"] if known.fixed_token else []
            only = " and ".join(ways)
            return Status.WARN, f"{known.title} is only known to use {only}. Ask the district which it has."
        if connection.oneroster not in known.oneroster:
            only = " and ".join(known.oneroster)
            return (
                Status.WARN,
                f"{known.title} is only known to use OneRoster {only}. Ask the district which it has.",
            )
        if connection.fixed_token:
            return (
                Status.PASS,
                "The district gives you the token itself, so there is no token URL and no key.",
            )
        return Status.PASS, f"OAuth {connection.oauth} and OneRoster {connection.oneroster} go together."

    def _explain(self) -> None:
        connection = self.draft.connection
        status, sentence = self._combination()
        self.query_one("#combination", Static).update(
            Content.assemble(stated(status), plain(f": {sentence}"))
        )
        known = provider(connection.provider)
        # A choice that somebody made is shown, whatever the provider is.
        offered = known.fixed_token or connection.fixed_token
        choice = self.query_one("Choice.-fixed-token", Choice)
        choice.display, choice.disabled = offered, not offered
        group = self.query_one("#known", Group)
        group.name_it(f"Good to know about {known.title}")
        group.display = bool(known.notes)
        # What concerns the choice comes first: the list may be cut in a small window.
        notes = sorted(
            known.notes, key=lambda note: not note.concerns(connection.oauth, connection.oneroster)
        )
        shown = self.query_one("#notes", Vertical)
        shown.remove_children()
        shown.mount_all(
            Horizontal(
                Static("•", classes="bullet"),
                Static(plain(note.text)),
                classes="-concerns" if note.concerns(connection.oauth, connection.oneroster) else "",
            )
            for note in notes
        )
