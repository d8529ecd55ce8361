"""What is traced, and what came of it: a chain of links, each with its state, and the first that is broken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, get_args

from ..result import Result

SubjectKind = Literal["student", "teacher", "class", "grade"]
SUBJECT_KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind)

# Whether a whole list may be read: its path, and how many records it has, None where nobody knows.
MayRead = Callable[[str, "int | None"], Awaitable[bool]]
# Gets the path of a list that is read whole, and how many of its records came so far.
ToldRead = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is traced: `text` is the id, identifier or username that a person typed.

    `only_class` is the sourcedId of the one class that this is about, "" for every class of the person. With
    `shows_people` the chain has names.
    """

    kind: SubjectKind
    text: str = field(repr=False)
    only_class: str = ""
    shows_people: bool = False


class LinkState(StrEnum):
    """The state of a link, in the words of the JSON."""

    FINE = "ok"
    NOTED = "note"
    BROKEN = "broken"
    UNSEEN = "not seen"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain, as it may be shown.

    `what` is the record in the standard's word, such as `enrollment`; `id` its sourcedId; `told` what is known of it,
    each in a few words; `causes` what is wrong with it, the first first; `below` what it leads to. `name` is the
    name of the record, "" unless names are wanted.
    """

    what: str
    id: str
    state: LinkState
    told: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    below: tuple[Link, ...] = ()
    name: str = ""

    def each(self) -> Iterator[Link]:
        """This link and all behind it, from the first on."""
        yield self
        for link in self.below:
            yield from link.each()


@dataclass(frozen=True, slots=True)
class Trace:
    """What came of a trace.

    `chain` is the first link, None where the connection itself failed or nothing could be asked. `result` has a finding
    for everything that is wrong, in the order of the chain, behind those of the checks that authorize requests; its
    verdict is the first link that is broken. `requests` are those for records, `last_change` the day on which
    the newest record of the chain was changed, "" where none says so. `unread` are the lists that would have to be read
    whole to see everything.
    """

    kind: SubjectKind
    chain: Link | None
    result: Result
    requests: int
    last_change: str = ""
    unread: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every link of the chain was seen, and no list is left that could show more."""
        return (
            self.chain is not None
            and not self.unread
            and all(each.state is not LinkState.UNSEEN for each in self.chain.each())
        )

    @property
    def is_fine(self) -> bool:
        """Whether every link was seen and none is broken; something can be worth knowing all the same."""
        return self.is_whole and not any(each.finding.failed for each in self.result.findings)
