"""What somebody meant who mistyped a name: the nearest of those that exist, when it is near enough."""

from __future__ import annotations

from collections.abc import Iterable

# How alike two words have to be, from 0 to 1. Below this a guess would send people astray.
_ALIKE = 0.7


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that is most like a word, without regard to case; None where none is near enough.

    A word that ends one name only, such as `not-enabled` for `gradebook.not-enabled`, means that name; one that ends
    several is no guess.
    """
    # It is needed after a mistake only.
    from difflib import get_close_matches

    names = {name.casefold(): name for name in known}
    typed = word.casefold().strip()
    if typed in names:
        return names[typed]
    close = [name for name in names if typed and name.endswith(f".{typed}")]
    if not close:
        close = get_close_matches(typed, names, n=1, cutoff=_ALIKE)
    return names[close[0]] if len(close) == 1 else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question to put behind the sentence that a name does not exist, with the space before it; "" for no guess."""
    found = nearest(word, known)
    return f" Did you mean “{found}”?" if found is not None else ""
