"""The pages on which a person reads more: those of a cause's sources, and of the screens that its steps name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..connection import CAMPUS
from ..result import Step
from . import entry_of
from .steps import CAMPUS_HELP, SCREEN_NAME, STANDARD


@dataclass(frozen=True, slots=True)
class HelpPage:
    """A public page: its title as the catalogue cites it, and its address."""

    title: str
    address: str


# What stands between two sources of a cause.
_BETWEEN = "; "
_ONEROSTER_1_1 = HelpPage(
    "1EdTech OneRoster 1.1", "https://www.imsglobal.org/oneroster-v11-final-specification"
)
_ONEROSTER_1_2 = HelpPage("1EdTech OneRoster 1.2", "https://www.imsglobal.org/spec/oneroster/v1p2")
_CONNECTIONS = HelpPage(CAMPUS_HELP, "https://kb.infinitecampus.com/help/configuring-oneroster-connections")
# The article whose points the checklist holds.
ARTICLE = HelpPage(
    "Infinite Campus help: Troubleshooting OneRoster Connections",
    "https://kb.infinitecampus.com/help/troubleshooting-oneroster-connections",
)
_PAGES = {
    CAMPUS_HELP: (_CONNECTIONS,),
    STANDARD: (_ONEROSTER_1_1, _ONEROSTER_1_2),
    _ONEROSTER_1_1.title: (_ONEROSTER_1_1,),
    _ONEROSTER_1_2.title: (_ONEROSTER_1_2,),
}
# The screens of Campus that a step can name, by the name in the step.
_SCREENS = {SCREEN_NAME: _CONNECTIONS}
_RFC = re.compile(r"(RFC ([0-9]{3,5}))(?:, sections? ([0-9.]*[0-9]))?")


def pages_of(
    code: str | None, steps: Iterable[Step] = (), *, provider: str = "", oneroster: str = ""
) -> tuple[HelpPage, ...]:
    """The pages for a cause and its steps, each once: first those of the screens that the steps name.

    Campus's own help is left out for another `provider`, and the standard's other version where `oneroster` names one.
    Empty for a cause whose sources have no page.
    """
    screens = [_SCREENS[step.screen] for step in steps if step.screen in _SCREENS]
    sources = [page for source in entry_of(code).source.split(_BETWEEN) for page in _pages(source)]
    other = {"1.1": _ONEROSTER_1_2, "1.2": _ONEROSTER_1_1}.get(oneroster)
    found = dict.fromkeys([*screens, *sources])
    foreign = provider not in ("", CAMPUS)
    return tuple(page for page in found if page != other and not (foreign and page == _CONNECTIONS))


def page_of_screen(screen: str) -> HelpPage | None:
    """The page that explains a screen, by the name that a step has for it; None where none is known."""
    return _SCREENS.get(screen)


def _pages(source: str) -> tuple[HelpPage, ...]:
    known = _PAGES.get(source)
    if known is not None:
        return known
    cited = _RFC.fullmatch(source) or _RFC.match(source)
    if cited is None:
        return ()
    anchor = f"#section-{cited[3]}" if cited[3] else ""
    return (HelpPage(source, f"https://www.rfc-editor.org/rfc/rfc{cited[2]}{anchor}"),)
