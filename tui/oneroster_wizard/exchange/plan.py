"""What an import would do to the profiles that there are: each line judged before the first is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..storage.keyring_hosts import hosts_of
from ..storage.profile_file import file_stem
from ..storage.profiles import BrokenProfile, Profile
from .candidate import Candidate, ReadFile
from .judged import problems_of
from .noted import notes_of
from .problem import Remark

_ELSEWHERE = (
    "Its host is not the existing profile's, and that profile's secrets would go there. Add the client "
    "secret to the "
    "line, or delete the profile first."
)
_BROKEN = "The file of the profile with this name cannot be read. Correct that file or delete it, then import again."


@dataclass(frozen=True, slots=True)
class Planned:
    """One profile that an import would write, and the one that it replaces."""

    candidate: Candidate
    profile: Profile
    before: Profile | None = None

    @property
    def takes_secrets_along(self) -> bool:
        """Whether the secrets that are kept would go to another host."""
        kept = self.before is not None and self.before.remember
        return kept and self.is_elsewhere and not self.candidate.credentials.client_secret

    @property
    def is_elsewhere(self) -> bool:
        """Whether it replaces none that leads to the same hosts, so that kept secrets of its name are not for it."""
        if self.before is None:
            return True
        return hosts_of(self.before.connection) != hosts_of(self.profile.connection)


@dataclass(slots=True)
class Plan:
    """What an import would do: the profiles to write, the names that stay as they are, and what is wrong.

    `notes` are on what is saved as it is, and `file_has_secrets` says that the file may not be left lying about.
    """

    new: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    troubles: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    file_has_secrets: bool = False

    @property
    def lines_in_trouble(self) -> int:
        """How many lines have to be corrected."""
        return len({trouble.place.line for trouble in self.troubles})

    @property
    def every(self) -> list[Planned]:
        """All that is to be written."""
        return [*self.new, *self.changed]

    @property
    def with_secrets(self) -> int:
        """How many of those bring secrets."""
        return sum(each.candidate.has_secrets for each in self.every)


def plan_of(read: ReadFile, found: Iterable[Profile], broken: Iterable[BrokenProfile]) -> Plan:
    """The plan for the lines of a file; `found` are the profiles that exist, `broken` the files that are none."""
    there = {profile.name: profile for profile in found}
    unreadable = {entry.path.stem for entry in broken}
    plan = Plan(troubles=list(read.troubles))
    plan.file_has_secrets = bool(read.like_secrets) or any(each.has_secrets for each in read.candidates)
    first: dict[str, Candidate] = {}
    for candidate in read.candidates:
        other = first.setdefault(candidate.name, candidate) if candidate.name else candidate
        if other is not candidate:
            sentence = f"{other.place.line} has the same name. Rename or remove one."
            plan.troubles.append(Remark(candidate.place, "name", sentence))
            continue
        before = there.get(candidate.name)
        planned = Planned(candidate, candidate.profile(before), before)
        every = problems_of(planned.profile, candidate.credentials)
        wrong = [each for each in every if each[0] not in candidate.wrong]
        if not wrong and not candidate.wrong and planned.takes_secrets_along:
            wrong.append(("base_url", _ELSEWHERE))
        if candidate.name and before is None and file_stem(candidate.name) in unreadable:
            wrong.append(("name", _BROKEN))
        plan.troubles += [Remark(candidate.place, name, sentence) for name, sentence in wrong]
        if not wrong and not candidate.wrong:
            _place(plan, planned)
    for planned in plan.every:
        place = planned.candidate.place
        plan.notes += [Remark(place, *note) for note in notes_of(planned.profile.connection)]
    plan.troubles.sort(key=lambda trouble: trouble.place.number)
    return plan


def _place(plan: Plan, planned: Planned) -> None:
    if planned.before is None:
        plan.new.append(planned)
    elif planned.candidate.has_secrets or planned.profile != planned.before:
        plan.changed.append(planned)
    else:
        plan.same.append(planned.profile.name)
