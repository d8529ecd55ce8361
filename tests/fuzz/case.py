"""One run as data: the district, the connection to it, and what is done to its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from oneroster_checks.connection import CAMPUS, OAuthVersion, OneRosterVersion, Share
from oneroster_checks.stages.model import CONSUMERS, Consumer
from oneroster_practice.fault import Fault, PortBehavior
from oneroster_practice.faults import FAULTS
from oneroster_practice.sizes import Size

from .mutations import DRAWN, FOR_TOKENS
from .sent import Asked

Where = Literal[
    "every",
    "token",
    "data",
    "one",
    "some",
    "orgs",
    "users",
    "classes",
    "enrollments",
    "students",
    "lineItems",
]
Way = Literal["oauth 2", "oauth 1", "fixed token"]
WHERE: tuple[Where, ...] = (
    "every",
    "token",
    "data",
    "one",
    "one",
    "some",
    "some",
    "some",
    "orgs",
    "users",
    "classes",
    "enrollments",
    "students",
    "lineItems",
)
WAYS: tuple[Way, ...] = ("oauth 2", "oauth 2", "oauth 2", "oauth 1", "fixed token")
PROVIDERS = (CAMPUS, CAMPUS, CAMPUS, "generic", "generic", "classlink", "aeries", "powerschool", "veracross")
SHARES: tuple[tuple[Share, ...], ...] = (
    ("rostering",),
    ("rostering", "demographics", "gradebook"),
    ("rostering", "demographics", "gradebook", "assessments", "resources"),
    ("gradebook",),
)
# Mostly for nobody in particular.
FOR_WHOM: tuple[Consumer | None, ...] = (None, None, None, *CONSUMERS)
# One school with a class or two keeps a run short; the larger has more than one page of people.
TINY, SMALL = (
    Size(schools=1, cohorts=1, subjects=2, teachers=2),
    Size(schools=2, cohorts=3, subjects=6, teachers=5),
)


def _serves(fault: Fault) -> bool:
    """Whether a fault shows in answers to a run, at the address of the server, without a wait."""
    code = "" if fault.problem is None else fault.problem.code
    return (
        fault.port is PortBehavior.SERVE
        and fault.certificate is None
        and not fault.data.delay
        and not code.startswith(("network.", "trace."))
        and not (fault.problem and fault.problem.pair)
    )


# None comes first: a district without a fault of its own.
BASES: tuple[str | None, ...] = (None, *(code for code, fault in FAULTS.items() if _serves(fault)))
_MOST_STEPS = 6
# Beyond this request an answer stays as it is, so that a run comes to its end; one that reads everything has more.
_LAST_REQUEST, _LAST_OF_A_FULL_RUN = 60, 160


@dataclass(frozen=True)
class Step:
    """One mutation: its name, the requests whose answers it changes, and the seed of its own choices."""

    kind: str
    where: Where
    seed: int

    def random(self, place: int) -> Random:
        """The choices for the answer to the request of this number: the same for all, or each its own."""
        return Random(self.seed if self.seed % 2 else f"{self.seed}-{place}")

    def changes(self, place: int, asked: Asked, *, full: bool = False) -> bool:
        """Whether the answer to the request of this number is changed, in a run that reads everything or another."""
        if place > (_LAST_OF_A_FULL_RUN if full else _LAST_REQUEST) or (
            self.kind in FOR_TOKENS and not asked.for_token
        ):
            return False
        match self.where:
            case "every":
                return True
            case "token" | "data":
                return asked.for_token is (self.where == "token")
            case "one":
                return place == self.seed % 24
            case "some":
                return Random(f"{self.seed}/{place}").random() < 0.3
            case _:
                return asked.request.path.rstrip("/").endswith(f"/{self.where}")


@dataclass(frozen=True)
class Case:
    """One run.

    `full` reads everything, of a `small` district or a tiny one; `vendor` says whether the tool knows the vendor's
    pair. With `again` the result is saved, and what did not pass runs once more on top of it. A full run may be one
    for a `consumer`. Nothing is ever written: no case has the user's yes.
    """

    steps: tuple[Step, ...]
    way: Way = "oauth 2"
    oneroster: OneRosterVersion = "1.2"
    provider: str = CAMPUS
    share: tuple[Share, ...] = ("rostering",)
    base: str | None = None
    full: bool = False
    small: bool = False
    vendor: bool = True
    again: bool = False
    consumer: Consumer | None = None

    @property
    def oauth(self) -> OAuthVersion:
        """The version of OAuth."""
        return 1 if self.way == "oauth 1" else 2

    @property
    def size(self) -> Size:
        """How large the district is."""
        return SMALL if self.small else TINY


def drawn(seed: int, kinds: Sequence[str] = DRAWN) -> Case:
    """The case of a seed; `kinds` are the mutations that it may have."""
    random = Random(seed)
    steps = tuple(
        Step(random.choice(kinds), random.choice(WHERE), random.randrange(10**6))
        for _ in range(random.randint(1, _MOST_STEPS))
    )
    return consistent(
        Case(
            steps,
            random.choice(WAYS),
            random.choice(("1.1", "1.2", "1.2")),
            random.choice(PROVIDERS),
            random.choice(SHARES),
            random.choice(BASES) if random.random() < 0.35 else None,
            random.random() < 0.12,
            random.random() < 0.1,
            random.random() < 0.8,
            random.random() < 0.1,
            random.choice(FOR_WHOM),
        )
    )


def consistent(case: Case) -> Case:
    """The nearest case that can be: what the base fault needs, and no versions that go with no other."""
    problem = None if case.base is None else FAULTS[case.base].problem
    way, oneroster, share = case.way, case.oneroster, case.share
    if problem is not None:
        if problem.oauth is not None and (problem.oauth == 1) != (way == "oauth 1"):
            way = "oauth 1" if problem.oauth == 1 else "oauth 2"
        oneroster = problem.oneroster or oneroster
        share = tuple(dict.fromkeys((*share, *(problem.share or ()))))
    if way == "oauth 1":
        oneroster = "1.1"
    if case.consumer is not None and not case.full:
        case = replace(case, consumer=None)
    if oneroster == "1.1":
        share = tuple(part for part in share if part != "assessments")
    return replace(case, way=way, oneroster=oneroster, share=share)
