"""The form of a cause: what is wrong, why it happens, and the steps that mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Who(StrEnum):
    """Who takes a step."""

    VENDOR = "you"
    DISTRICT = "district"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a fix: who takes it, and what they do, with the screen where they do it."""

    who: Who
    text: str


@dataclass(frozen=True, slots=True)
class Cause:
    """One entry of the catalogue.

    `summary`, `why` and the steps are templates: `{name}` is replaced by the fact of that name. `facts`
    lists the names that a finding must bring; `told_by` says how the cause is told from its neighbours;
    `fix` is the general form and `fix_for` the provider's own, by provider id; `mends_alone` says that the
    fact `mended`, where it is known, is all that is needed, so that nobody has to ask the district first;
    `source` says where the fact comes from, with the letter that says how sure it is.
    """

    code: str
    title: str
    summary: str
    why: str
    told_by: str
    fix: tuple[Step, ...]
    source: str
    facts: tuple[str, ...] = ()
    fix_for: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    mends_alone: bool = False

    def steps(self, provider: str) -> tuple[Step, ...]:
        """The steps for a provider, or the general ones where nothing special is known."""
        return self.fix_for.get(provider, self.fix)


def you(text: str) -> Step:
    """A step that the vendor's engineer takes."""
    return Step(Who.VENDOR, text)


def district(text: str) -> Step:
    """A step that somebody at the district takes."""
    return Step(Who.DISTRICT, text)
