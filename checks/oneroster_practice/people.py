"""Invented people: nobody has such a name, and their email addresses are at a domain that cannot exist."""

from __future__ import annotations

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


def given_name(role: Role, index: int) -> str:
    """The given name of the person with this index in a role."""
    return GIVEN_NAMES[(index * 3 + len(role.word)) % len(GIVEN_NAMES)]


def family_name(role: Role, index: int) -> str:
    """The family name of a person. Each pair of students has the one of its guardian."""
    family = index // 2 if role is Role.STUDENT else index
    return FAMILY_NAMES[family % len(FAMILY_NAMES)]
