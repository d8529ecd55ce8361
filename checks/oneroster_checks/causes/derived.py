"""Facts as a sentence reads them in another form: parts with their verb, scopes by their short names.

A template that names one of these uses the fact that it is made of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..finding import Fact
from ..labels import PARTS, PARTS_WITH_ARTICLE, SINGULAR_PARTS, WRITE_STEPS
from ..providers.campus import SWITCHES, screens_of
from ..redaction.ids import CUT, HIDDEN
from ..standard.scopes import short_scope

_OTHER_SIDE = {"behind": "ahead of", "ahead of": "behind"}


def joined(words: Iterable[str], by: str = "and") -> str:
    """Words as a sentence lists them: "a", "a and b", "a, b, and c"."""
    listed = list(dict.fromkeys(words))
    if len(listed) < 3:
        return f" {by} ".join(listed)
    return f"{', '.join(listed[:-1])}, {by} {listed[-1]}"


def texts(value: Fact) -> tuple[str, ...]:
    """The texts that a fact holds, whatever its form."""
    if isinstance(value, Mapping):
        return tuple(value)
    return value if isinstance(value, tuple) else (str(value),)


def _verb(parts: tuple[str, ...]) -> str:
    return "is" if len(parts) == 1 and parts[0] in SINGULAR_PARTS else "are"


def _names(value: Fact) -> list[str]:
    return [f"{'the ' if part in PARTS_WITH_ARTICLE else ''}{PARTS.get(part, part)}" for part in texts(value)]


def _part_is(value: Fact) -> str:
    return f"{joined(_names(value))} {_verb(texts(value))}"


def _parts_and(value: Fact) -> str:
    return joined(_names(value))


def _parts_or(value: Fact) -> str:
    return joined(_names(value), "or")


def _switch(value: Fact) -> str:
    # Only steps in Campus name a switch.
    return joined(SWITCHES.get(part, part) for part in texts(value))


def _one_switch(value: Fact) -> str:
    """The switch where there is one part, for a line that has no room for more."""
    return _switch(value) if len(texts(value)) == 1 else ""


def _switch_is(value: Fact) -> str:
    return f"{_switch(value)} {_verb(texts(value))}"


def _scopes(value: Fact) -> str:
    return joined(short_scope(scope) for text in texts(value) for scope in text.split())


def _listed(value: Fact) -> str:
    return joined(texts(value))


def _lists(value: Fact) -> str:
    names = texts(value)
    return f"the {'list' if len(names) == 1 else 'lists'} {joined(names)}"


def _other_side(value: Fact) -> str:
    return _OTHER_SIDE.get(str(value), str(value))


def _whole(value: Fact) -> str:
    return ", ".join(text for text in texts(value) if not _is_cut(text))


def _cut(value: Fact) -> str:
    """The ids that are shown in part, where none is whole and can be searched for, and they can be told apart."""
    return (
        ""
        if _whole(value) or _alike(value)
        else ", ".join(_once(text for text in texts(value) if CUT in text))
    )


def _alike(value: Fact) -> bool:
    """Whether there are several examples and all of them look the same."""
    found = texts(value)
    return len(found) > 1 and len(set(found)) == 1


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _is_cut(text: str) -> bool:
    return CUT in text or HIDDEN in text


def _hidden(value: Fact) -> str:
    """Something where this tool hides every example, or shows of all the same, so that nobody can find one of them."""
    found = texts(value)
    alike = _alike(value) and _is_cut(found[0])
    return HIDDEN if found and (alike or all(text == HIDDEN for text in found)) else ""


def _told(value: Fact) -> str:
    """The examples of a sentence, which says that it is this tool that shortened them; none where all are hidden."""
    words = ", ".join(_once(text for text in texts(value) if text != HIDDEN))
    return f"{words}; shortened here" if CUT in words else words


def _places_in_campus(value: Fact) -> str:
    """Where in Campus the records are that references of these kinds lead to."""
    return "; ".join(f"{what} in {screen}" for what, screen in screens_of(texts(value)).items())


def _written(value: Fact) -> str:
    return WRITE_STEPS.get(str(value), str(value))


# Each derived fact: the fact that it is made of, and how.
DERIVED: dict[str, tuple[str, Callable[[Fact], str]]] = {
    "part_is": ("part", _part_is),
    "switch": ("part", _switch),
    "one_switch": ("part", _one_switch),
    "switch_is": ("part", _switch_is),
    # Of several findings that are told as one.
    "parts_and": ("parts", _parts_and),
    "parts_or": ("parts", _parts_or),
    "switches": ("parts", _switch),
    "switches_are": ("parts", _switch_is),
    "paths": ("path", _listed),
    "lists_found": ("found", _lists),
    "names_found": ("found", _listed),
    "names_expected": ("expected", _listed),
    "scope_names": ("scope", _scopes),
    "scopes_needed": ("scope_needed", _scopes),
    "server_direction": ("direction", _other_side),
    "examples_told": ("examples", _told),
    "whole_examples": ("examples", _whole),
    "cut_examples": ("examples", _cut),
    "hidden_examples": ("examples", _hidden),
    "places_in_campus": ("kinds", _places_in_campus),
    "written": ("step", _written),
}
