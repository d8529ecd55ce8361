"""The pairs of saved connections that the old ones name by `moves_to`, and their comparison one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .draft import Draft, MovePlan
from .nearest import did_you_mean
from .storage.profile_drafts import draft_of

if TYPE_CHECKING:
    from oneroster_checks.events import ReadProgress

    from .profile_secrets import ProfileSecrets
    from .storage.profiles import Profile

NO_PAIR = "No profile names another by moves_to. Add a line such as moves_to = “lakeside-1p2” to the old one."
_ALONE = "J on Start compares one pair, and asks for its secrets."


@dataclass(slots=True, eq=False)
class MovePair:
    """Two profiles of which the first names the second, None where there is no such one.

    `why` says why they cannot be compared, "" where they can; `now` how far the reading is, "" while it does not run;
    `plan` has what came of it.
    """

    old: Profile
    new: Profile | None = None
    why: str = ""
    now: str = ""
    plan: MovePlan | None = None

    def is_as(self, other: MovePair) -> bool:
        """Whether the other one is of the same two connections."""
        if self.new is None or other.new is None:
            return False
        mine, theirs = ((pair.old, pair.new) for pair in (self, other) if pair.new is not None)
        return all(
            one.name == another.name and one.connection == another.connection
            for one, another in zip(mine, theirs, strict=True)
        )


def pairs_of(profiles: Sequence[Profile], before: Sequence[MovePair] = ()) -> list[MovePair]:
    """Every pair; one that was compared `before`, and whose connections are the same, has what came of it."""
    by_name = {profile.name: profile for profile in profiles}
    pairs = [_pair(profile, by_name) for profile in profiles if profile.moves_to]
    for pair in pairs:
        known = next((each for each in before if pair.is_as(each)), None)
        if known is not None:
            pair.plan = known.plan
    return pairs


def _pair(old: Profile, by_name: dict[str, Profile]) -> MovePair:
    new = by_name.get(old.moves_to)
    if new is old:
        return MovePair(old, why=f"The profile “{old.name}” moves to itself.")
    if new is None:
        why = f"The profile “{old.name}” moves to “{old.moves_to}”, which does not exist."
        return MovePair(old, why=why + did_you_mean(old.moves_to, by_name))
    return MovePair(old, new)


async def compare_pairs(
    pairs: Sequence[MovePair], secrets: ProfileSecrets, changed: Callable[[], object], *, anew: bool = False
) -> None:
    """Compare those that were not compared yet, or all of them `anew`, one after the other.

    `changed` is called when one begins or ends, with what came of it before staying until then.

    Canceling it leaves nothing open; what has ended stays.
    """
    for pair in pairs:
        if pair.new is None or (pair.plan is not None and not anew):
            continue
        pair.why, pair.now = "", "Reading"
        changed()
        try:
            await _compare(pair, secrets)
        finally:
            pair.now = ""
            changed()


async def _compare(pair: MovePair, secrets: ProfileSecrets) -> None:
    from oneroster_checks.errors import InputError

    from .move_run import compare
    from .profile_secrets import Unable

    drafts: list[Draft] = []
    for profile in filter(None, (pair.old, pair.new)):
        found = await secrets.of(profile)
        if isinstance(found, Unable):
            pair.plan, pair.why = None, f"{profile.name}: {found.facts['reason']}. {_ALONE}"
            return
        draft = draft_of(profile)
        draft.credentials, draft.stored = found, True
        drafts.append(draft)
    old, new = drafts
    plan = MovePlan(old, new)
    reads: dict[str, int] = {}

    def takes(side: str, read: ReadProgress) -> None:
        reads[f"{side} {read.collection}"] = read.records
        pair.now = f"Reading: {sum(reads.values()):,} records"

    try:
        await compare(plan, takes, keeps_mapping=False)
    except InputError as error:
        pair.plan, pair.why = None, str(error)
    else:
        pair.plan = plan
