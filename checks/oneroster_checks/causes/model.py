"""The form of a cause: what is wrong, why it happens, the steps that fix it, and what it says of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..labels import Who
from ..points import Point
from ..result import Step

__all__ = ["Cause", "Point", "Step", "Who", "district", "later", "you"]


@dataclass(frozen=True, slots=True)
class Cause:
    """One entry of the catalogue.

    `summary`, `why` and the steps are templates (see `template`): `{name}` is replaced by the fact of that
    name. `detection` says how the cause is recognized beside its neighbours; `fix` is the general form and
    `fix_for` the provider's own, by provider id; `suggestion_suffices` says that the fact `suggestion`, where
    it is known, is all that is needed, so that nobody has to ask the district first; `source` says where a
    person can look the fact up. `headline` is a template for the title of one finding that says more than `title`;
    `joined` are the facts in which several findings of this cause are told as one; `verdict` are the words of a
    verdict by this cause, "" for those of its status. Two templates are for the message to the district: `because` is
    one line on why it is so, `ours` a clause on what is wrong at the vendor's side where the district has nothing to
    do.

    What the cause says of the rest of a run: `fields` are the fields that are wrong, the one to go to first;
    `suspects` says that these are only where to look first, since something else may be the reason;
    `explains` the causes that go away with this one; of two that explain the same failure the one of greater
    `strength` is the root cause; `told_last` above 0 is told behind every other warning, the highest last;
    `disproves` are the points of the checklist that are not in order, `proves` those that are, and `undoes` those
    that nothing else proves while it holds. `checked` is False
    while no check can name the cause.
    """

    code: str
    title: str
    summary: str
    why: str
    detection: str
    fix: tuple[Step, ...]
    source: str
    fix_for: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    suggestion_suffices: bool = False
    headline: str = ""
    joined: tuple[str, ...] = ()
    verdict: str = ""
    because: str = ""
    ours: str = ""
    fields: tuple[str, ...] = ()
    suspects: bool = False
    explains: tuple[str, ...] = ()
    strength: int = 0
    told_last: int = 0
    disproves: tuple[Point, ...] = ()
    proves: tuple[Point, ...] = ()
    undoes: tuple[Point, ...] = ()
    checked: bool = True

    def steps(self, provider: str) -> tuple[Step, ...]:
        """The steps for a provider, or the general ones where nothing special is known."""
        return self.fix_for.get(provider, self.fix)

    def templates(self) -> tuple[str, ...]:
        """Every sentence of the entry: summary, why, and the steps of all providers, whole and in a line."""
        lists = (self.fix, *self.fix_for.values())
        steps = (each for steps in lists for step in steps for each in (step.text, step.line))
        return (self.summary, self.headline, self.why, *steps)


def you(text: str, *, uses_suggestion: bool = False, general: str = "", line: str = "") -> Step:
    """A step that the vendor's engineer takes; `uses_suggestion` when it is to put the suggested text in.

    `general` is the text without a finding, where the one with its facts would not read well; `line` the one for a
    list of steps, where the text is too long for it.
    """
    return Step(Who.VENDOR, text, uses_suggestion=uses_suggestion, general=general, line=line)


def district(
    text: str,
    *,
    sends_secret: bool = False,
    cites_request: bool = False,
    reply: str = "",
    general: str = "",
    line: str = "",
) -> Step:
    """A step that somebody at the district takes.

    `sends_secret` when a secret is sent in it, `cites_request` when it needs the address and time of a request,
    `reply` is what is sent back, `general` the text without a finding, `line` the one for a list of steps.
    """
    return Step(
        Who.DISTRICT,
        text,
        sends_secret,
        cites_request=cites_request,
        reply=reply,
        general=general,
        line=line,
    )


def later(step: Step) -> Step:
    """A step that is taken only where the others did not help."""
    return replace(step, later=True)
