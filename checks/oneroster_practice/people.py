"""Invented people: nobody has such a name, and their email addresses are at a domain that cannot exist."""

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


class Role(Enum):
    """What people are at a school; a value is the role's word, its letter and its first number."""

    STUDENT = ("student", "s", 1_000_001)
    GUARDIAN = ("guardian", "p", 4_000_001)
    TEACHER = ("teacher", "t", 7_000_001)
    ADMINISTRATOR = ("administrator", "a", 9_000_001)

    @property
    def word(self) -> str:
        """The role as OneRoster writes it."""
        return self.value[0]

    @property
    def letter(self) -> str:
        """The letter that begins an id of this role in OneRoster 1.1."""
        return self.value[1]

    @property
    def first_number(self) -> int:
        """The number of the first person in this role."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person, made from a role and an index in it."""

    role: Role
    index: int
    given: str
    family: str

    @property
    def number(self) -> int:
        """The person's number in the district."""
        return self.role.first_number + self.index

    @property
    def username(self) -> str:
        """A user name, unique in the district."""
        return f"{self.role.letter}{self.number}.{self.family.lower()}"

    @property
    def email(self) -> str:
        """An address that cannot exist (RFC 2606)."""
        return f"{self.username}@{MAIL_DOMAIN}"


def person(role: Role, index: int) -> Person:
    """The person with this index in a role. Each pair of students has the family name of its guardian."""
    family = index // 2 if role is Role.STUDENT else index
    given = index * 3 + len(role.word)
    return Person(
        role, index, GIVEN_NAMES[given % len(GIVEN_NAMES)], FAMILY_NAMES[family % len(FAMILY_NAMES)]
    )
