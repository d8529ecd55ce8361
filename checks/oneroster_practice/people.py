"""Invented people: nobody is called like this, and every address is under a name that cannot exist."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

GIVEN_NAMES = (
    "Zephiradora",
    "Quillonbert",
    "Bramblewyn",
    "Fennimorris",
    "Ottolinda",
    "Pipkinette",
    "Marzipanna",
    "Thistlewick",
    "Wimbledew",
    "Saffronia",
    "Juniperus",
)
FAMILY_NAMES = (
    "Neverwas",
    "Madeupson",
    "Inventedly",
    "Fictionby",
    "Imaginova",
    "Pretendergast",
    "Fabricatti",
    "Storybrook",
    "Makebelieve",
    "Fauxworthy",
    "Unrealdo",
    "Nobodyson",
    "Dreamtupp",
)
MAIL_DOMAIN = "practice.example"


class Kind(Enum):
    """The kinds of people: the word for the kind, the letter before its 1.1 ids, the first of its numbers."""

    STUDENT = ("student", "s", 1_000_001)
    GUARDIAN = ("guardian", "p", 4_000_001)
    TEACHER = ("teacher", "t", 7_000_001)
    ADMINISTRATOR = ("administrator", "a", 9_000_001)

    @property
    def word(self) -> str:
        """The role's word."""
        return self.value[0]

    @property
    def letter(self) -> str:
        """The letter that OneRoster 1.1 ids of this kind begin with."""
        return self.value[1]

    @property
    def first(self) -> int:
        """The number of the first person of this kind."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person, made from a kind and an index."""

    kind: Kind
    index: int
    given: str
    family: str

    @property
    def number(self) -> int:
        """The person's number in the district."""
        return self.kind.first + self.index

    @property
    def username(self) -> str:
        """A user name, unique in the district."""
        return f"{self.kind.letter}{self.number}.{self.family.lower()}"

    @property
    def email(self) -> str:
        """An address that cannot exist (RFC 2606)."""
        return f"{self.username}@{MAIL_DOMAIN}"


def person(kind: Kind, index: int) -> Person:
    """The person of a kind at an index. Two neighbouring students and their guardian share a family name."""
    family = index // 2 if kind is Kind.STUDENT else index
    given = index * 3 + len(kind.word)
    return Person(
        kind, index, GIVEN_NAMES[given % len(GIVEN_NAMES)], FAMILY_NAMES[family % len(FAMILY_NAMES)]
    )
