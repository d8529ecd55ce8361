"""The names in a message to the district: what only the vendor can tell, each left out where it is not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..visible import taken_out
from .limits import NAME_CHARACTERS

if TYPE_CHECKING:
    from ..result import Result


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes to whom about what: the district's name, the vendor's product, and the sender's name.

    Each is one line of text, "" where it is not known.
    """

    district: str = ""
    product: str = ""
    sender: str = ""

    def clean(self) -> Letterhead:
        """The same in one line each, without characters that act, cut at the length of a name."""
        return Letterhead(_name(self.district), _name(self.product), _name(self.sender))

    @property
    def our_product(self) -> str:
        """The product inside a sentence."""
        return self.product or "our product"

    @property
    def greeting(self) -> str:
        """The first line of a message."""
        return f"Hello {self.district} team," if self.district else "Hello,"

    @property
    def closing(self) -> tuple[str, ...]:
        """The last lines of a message."""
        names = tuple(name for name in (self.sender, self.product) if name)
        return ("Thank you,", *names) if names else ("Thank you.",)


# Who writes about a result; of many, each can go to another district.
LetterheadOf = Callable[["Result"], Letterhead]


def no_names(result: Result) -> Letterhead:
    """A letterhead without any name."""
    return Letterhead()


def _name(text: str) -> str:
    return " ".join(taken_out(text).split())[:NAME_CHARACTERS].strip()
