"""The roster of a practice district: who and what it has at any size, each made from an index."""

from __future__ import annotations

from collections.abc import Callable

from .fault import RosterRules
from .form import Each, Overlaid, Record, Source
from .lazy_list import (
    KEEP_ALL,
    KEEP_NONE,
    Chain,
    LazyList,
    Pattern,
    PatternRange,
    Positions,
    index_of_id,
)
from .people import Role
from .planting import Planting
from .records import Records
from .shape import ENROLLED


class Roster:
    """The lists of one district. `count` is how many times the fault of its rules is planted."""

    def __init__(self, records: Records, rules: RosterRules, count: int = 0):
        self.records = records
        self.shape = records.shape
        self.year = records.year
        self.rules = rules
        self.planted = Planting() if rules.plant is None else rules.plant(records, count)

    # People. A person's position is the index in the order students, guardians, teachers, administrators.

    def pattern(self, role: Role) -> Pattern:
        """Which people in a role are shared."""
        return KEEP_NONE if self._is_empty("user") else self.rules.shared.get(role.word, KEEP_ALL)

    def _locate_person(self, roles: tuple[Role, ...]) -> Callable[[str], int | None]:
        def locate(sourced_id: str) -> int | None:
            for role in roles:
                prefix = self.records.refer.prefix(role)
                index = index_of_id(prefix, sourced_id, self.shape.counts[role], role.first_number)
                if index is not None and self.pattern(role).keeps(index):
                    return self.shape.first_position(role) + index
            return None

        return locate

    def _lookup_people(self, field: str, value: str) -> Positions | None:
        if field != "role":
            return None
        return Chain(tuple(self._in_role(role) for role in Role if role.word == value))

    def _in_role(self, role: Role) -> Positions:
        start, count, pattern = (
            self.shape.first_position(role),
            self.shape.counts[role],
            self.pattern(role),
        )
        return range(start, start + count) if pattern == KEEP_ALL else PatternRange(start, count, pattern)

    def users(self, *roles: Role) -> LazyList:
        """All users, or those in some roles."""
        chosen = roles or tuple(Role)
        positions = Chain(tuple(self._in_role(role) for role in chosen))
        lookup = self._lookup_people if not roles else lambda field, value: None
        source = self._source("user", self.records.users)
        return LazyList("user", positions, source, self._locate_person(chosen), lookup)

    def people(self, role: Role, indices: Positions) -> LazyList:
        """Those of some people in a role, given by index, who are shared."""
        pattern, offset = self.pattern(role), self.shape.first_position(role)
        some = [indices[at] for at in range(len(indices))]
        return self.users(role).only([offset + index for index in some if pattern.keeps(index)])

    def demographics(self) -> LazyList:
        """The demographics of the students."""
        role = Role.STUDENT
        positions = range(0) if self._is_empty("demographics") else self._in_role(role)
        source = self._source("demographics", self.records.demographics)
        return LazyList("demographics", positions, source, self._locate_person((role,)))

    # Everything else has a list of its own, whose positions are its indices.

    def _is_empty(self, entity: str) -> bool:
        return entity in self.rules.empty or "*" in self.rules.empty

    def _source(self, entity: str, source: Source) -> Source:
        """The records of an entity, with what a fault does to them."""
        planted, edit = self._with_planted(entity, source), self.rules.edit
        if edit is None:
            return planted
        return Each(lambda position: edit(entity, position, planted.record(position)))

    def _with_planted(self, entity: str, source: Source) -> Source:
        changes = self.planted.changes.get(entity)
        if not changes:
            return source
        first_added = self._count(entity)

        def changed(position: int) -> Record | None:
            change = changes.get(position)
            return change and change(source.record(position) if position < first_added else {})

        return Overlaid(source, changed)

    def _count(self, entity: str) -> int:
        """How many of an entity there are without those that a fault adds."""
        shape = self.shape
        return {
            "org": shape.org_count,
            "academicSession": len(self.year.sessions),
            "course": shape.course_count,
            "class": shape.class_count,
            "resource": shape.course_count,
            "enrollment": shape.enrollment_count,
            "user": shape.user_count,
        }[entity]

    def _list(self, entity: str, prefix: str, source: Source, positions: Positions | None = None) -> LazyList:
        """A list of one entity whose ids are a prefix and a number."""
        count = 0 if self._is_empty(entity) else self._count(entity) + self.planted.added.get(entity, 0)
        shown = range(count) if positions is None or not count else positions
        return LazyList(
            entity,
            shown,
            self._source(entity, source),
            lambda sourced_id: index_of_id(prefix, sourced_id, count),
        )

    def orgs(self) -> LazyList:
        """The district and its schools."""
        return self._list("org", "org-", self.records.orgs)

    def schools(self) -> LazyList:
        """The schools alone."""
        every = self.orgs()
        schools = every.only(range(1, self.shape.org_count) if len(every) else range(0))
        return LazyList("org", schools.positions, every.source, lambda sid: every.locate(sid) or None)

    def sessions(self, kind: str | None = None) -> LazyList:
        """All academic sessions, or those of one kind."""
        every = self._list("academicSession", "session-", self.records.sessions)
        if kind is None:
            return every
        first_added = len(self.year.sessions)
        added = range(first_added, len(every))
        of_kind = [at for at in added if every.source.record(at).get("type") == kind]
        positions = [*self.year.positions(kind), *of_kind] if len(every) else []
        return LazyList(
            "academicSession", positions, every.source, lambda sid: _among(every.locate(sid), positions)
        )

    def courses(self) -> LazyList:
        """All courses."""
        return self._list("course", "course-", self.records.courses)

    def classes(self, positions: Positions | None = None) -> LazyList:
        """All classes, or some of them."""
        return self._list("class", "class-", self.records.classes, positions)

    def classes_of_term(self, term: int) -> LazyList:
        """The classes that name a term, which is given by its position among the sessions."""
        every = self.classes()
        changed = self.planted.changes.get("class", {})
        own = range(len(every)) if term in self.year.terms else range(0)
        if not changed or not len(every):
            return every.only(own)
        wanted = self.records.refer.session(term + 1)["sourcedId"]
        naming = {
            position
            for position in changed
            if position < len(every)
            and any(
                each.get("sourcedId") == wanted for each in every.source.record(position).get("terms", ())
            )
        }
        return every.only(sorted(({*own} - changed.keys()) | naming))

    def resources(self, positions: Positions | None = None) -> LazyList:
        """All resources, one for each course, or some of them."""
        return self._list("resource", "resource-", self.records.resources, positions)

    def enrollments(self, first_class: int = 0, classes: int | None = None) -> LazyList:
        """The enrollments of all classes, or of a run of classes: a teacher and the cohort of each."""
        start, count = first_class * ENROLLED, (classes or 0) * ENROLLED
        some = None if classes is None else range(start, start + count)
        every = self._list("enrollment", "enrollment-", self.records.enrollments, some)
        # Where a fault changes or adds some, only the records themselves tell their roles.
        if not len(every) or "enrollment" in self.planted.changes:
            return every
        count = len(every)

        def lookup(field: str, value: str) -> Positions | None:
            slots = {"teacher": (0,), "student": tuple(range(1, ENROLLED))}.get(value, ())
            return PatternRange(start, count, Pattern(slots, ENROLLED)) if field == "role" else None

        return LazyList("enrollment", every.positions, every.source, every.locate, lookup)


def _among(position: int | None, positions: list[int]) -> int | None:
    return position if position in positions else None
