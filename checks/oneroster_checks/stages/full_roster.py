"""What depth full keeps of the whole roster: numbers, which ids there are, and a few examples."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..limits import AGENTS_COMPARED, AGENTS_FOR_EXAMPLES, ROLES_TOLD_APART
from .id_set import IdSet

# Examples by which a district finds a record.
EXAMPLES = 5
MORE_AGENTS = f"people name more than {AGENTS_COMPARED:,} others as theirs, and this tool compares no more"
_OTHER_ROLES = "other"


@dataclass(slots=True)
class Enrolled:
    """The enrollments of one role: how many name a user, how many one who is not there, and those users.

    `examples` are a few of the users who are not there.
    """

    people: IdSet = field(default_factory=IdSet)
    missing: IdSet = field(default_factory=IdSet)
    times: int = 0
    times_missing: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, user: str, *, is_there: bool) -> None:
        """Count one enrollment of a user."""
        self.people.add(user)
        self.times += 1
        if not is_there:
            self.times_missing += 1
            if self.missing.add(user) and len(self.examples) < EXAMPLES:
                self.examples.append(user)


@dataclass(slots=True)
class Agents:
    """Whom people name as theirs; `too_many` says that there are more than this tool compares."""

    ids: IdSet = field(default_factory=IdSet)
    too_many: bool = False
    # Of these the ids are kept as they are, for examples.
    _first: list[str] = field(default_factory=list)

    def add(self, agent: str) -> None:
        """Remember one."""
        if self.too_many or not self.ids.add(agent):
            return
        self.too_many = len(self.ids) > AGENTS_COMPARED
        if len(self._first) < AGENTS_FOR_EXAMPLES:
            self._first.append(agent)

    def examples(self, users: IdSet) -> tuple[str, ...]:
        """A few who are not among the users, where they are among the first."""
        return tuple(sorted(agent for agent in self._first if agent not in users)[:EXAMPLES])


@dataclass(slots=True)
class FullRoster:
    """What depth full has read to the end, of the records that are not deleted where it says so.

    `users` and `classes` are all sourcedIds. `enrolled` are, by role in small letters, the enrollments
    of users, deleted ones left out; `class_times` counts those that name a class, and `class_times_missing` those
    whose class is not there; `without_user` and `without_class` are a few enrollments whose user or class is not.
    `agents` are whom people name as theirs; of `people`, `students` and `guardians` have such a role, and `enabled`
    and `disabled` say so.
    """

    users: IdSet = field(default_factory=IdSet)
    classes: IdSet = field(default_factory=IdSet)
    enrolled: dict[str, Enrolled] = field(default_factory=dict)
    class_times: int = 0
    class_times_missing: int = 0
    agents: Agents = field(default_factory=Agents)
    without_user: list[str] = field(default_factory=list)
    without_class: list[str] = field(default_factory=list)
    people: int = 0
    students: int = 0
    guardians: int = 0
    enabled: int = 0
    disabled: int = 0

    def in_role(self, role: str) -> Enrolled:
        """The enrollments of a role; those of very many roles are told apart no more."""
        if role not in self.enrolled and len(self.enrolled) >= ROLES_TOLD_APART:
            role = _OTHER_ROLES
        return self.enrolled.setdefault(role, Enrolled())
