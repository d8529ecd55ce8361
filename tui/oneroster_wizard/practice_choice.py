"""What the practice district is like that the demo and the wizard open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .draft import Draft

if TYPE_CHECKING:
    from oneroster_checks.connection import OAuthVersion, OneRosterVersion
    from oneroster_checks.stages.model import Consumer
    from oneroster_practice import PracticeDistrict


@dataclass(frozen=True, slots=True)
class PracticeChoice:
    """A practice district: the fault that it has, the pair of versions, its size, and how often the fault is there.

    None stands for what suits the fault best.
    """

    problem: str | None = None
    oauth: OAuthVersion | None = None
    oneroster: OneRosterVersion | None = None
    size: str = "small"
    count: int | None = None

    @property
    def needs_every_record(self) -> bool:
        """Whether a quick run cannot see the fault."""
        from oneroster_practice import problems

        return any(known.full_depth for known in problems() if known.code == self.problem)

    @property
    def consumer(self) -> Consumer | None:
        """The consumer whose steps show the fault, None where a run shows it without."""
        from oneroster_checks.stages.model import CONSUMERS
        from oneroster_practice import problems

        named = {known.consumer for known in problems() if known.code == self.problem}
        return next((consumer for consumer in CONSUMERS if consumer in named), None)

    def start(self) -> PracticeDistrict:
        """Serve it; OSError where this computer gives no port, PracticeError for a district that cannot be."""
        from oneroster_practice import DEMO_SHARE, PracticeDistrict

        return PracticeDistrict(
            self.problem,
            oauth=self.oauth,
            oneroster=self.oneroster,
            size=self.size,
            share=DEMO_SHARE,
            count=self.count,
        )

    def district(self) -> PracticeDistrict | Exception:
        """The district, served, or why it cannot be."""
        from oneroster_practice import PracticeError

        try:
            return self.start()
        except (OSError, PracticeError) as error:
            return error

    def draft(self, district: PracticeDistrict) -> Draft:
        """The draft of a connection to it, with everything filled in."""
        return Draft(
            connection=district.connection,
            credentials=district.credentials,
            remember=False,
            practice=True,
            problem=self.problem,
            every_record=self.needs_every_record,
            consumer=self.consumer,
            suggested_name="practice",
            to_be_traced=district.traced,
            note=trace_words(district.traced),
        )


def trace_words(traced: tuple[str, str] | None) -> str:
    """How to see a problem that the trace of a record shows; "" for one that the checks find."""
    if traced is None:
        return ""
    kind, id = traced
    return f"A trace shows this problem: after the run, press F and trace the {kind} {id}."
