"""What is said of whole sides: whether they were read, are of one district and year, and share the same parts."""

from __future__ import annotations

from collections.abc import Sequence

from ..changes.model import EndingKind
from ..connection import Share
from ..evidence import Evidence
from ..finding import FactDict, Status
from ..labels import PARTS
from ..stages.model import failed, known, passed, skipped, warned
from ..stages.outcome import Outcome
from .model import KindCounts, SideRead

# With so small a share of its users on the other side, and of its classes and schools, a side is of another district.
_FEW = 0.05
_FEW_SCHOOLS = 0.5


def not_read(read: SideRead, side: str) -> Outcome:
    """Whether a side was read whole."""
    proof = tuple(each for some in read.proof.values() for each in some[-1:])
    if not read.is_authorized:
        # The finding of that side has the requests, and stands behind this one.
        return failed("migrate.not-read", side=side, detail=_why(read))
    if read.broken:
        told = tuple(f"{name} ({why})" for name, why in read.broken.items())
        pages = (each for name in read.broken for each in read.proof.get(name, ())[-1:])
        return failed("migrate.not-read", *pages, side=side, detail=told)
    if side == "old" and not read.records("users"):
        # With nobody to look for, nobody would be missed.
        status = read.refused.get("rostering")
        detail = "no users came" if status is None else f"users (HTTP {status})"
        return failed("migrate.not-read", *proof[:2], side=side, detail=detail)
    if side == "old" and read.refused:
        # What the old side refuses cannot be looked for on the new one.
        told = tuple(
            f"{PARTS[part]} ({f'HTTP {status}' if status is not None else 'no answer'})"
            for part, status in read.refused.items()
        )
        return failed("migrate.not-read", *proof[:2], side=side, detail=told)
    return passed(*proof[:2])


def _why(read: SideRead) -> str:
    """Why a side let nobody in, as a sentence without its full stop; "" where nothing is known."""
    verdict = read.result.verdict if read.result else None
    return verdict.summary.removesuffix(".") if verdict and verdict.cause else ""


def other_district(kinds: Sequence[KindCounts], proof: tuple[Evidence, ...]) -> Outcome:
    """Whether the two sides have hardly anything in common."""
    counted = {each.kind: each for each in kinds}
    users = counted.get("users")
    if users is None or not min(users.old, users.new):
        return skipped("one of the sides has no users to compare")
    if (
        _share(users) > _FEW
        or _share(counted.get("classes")) > _FEW
        or _share(counted.get("orgs")) > _FEW_SCHOOLS
    ):
        return passed(*proof)
    return failed("migrate.other-district", *proof, count=_matched(users), of=users.old)


def _matched(counts: KindCounts) -> int:
    return counts.old - counts.only_old


def _share(counts: KindCounts | None) -> float:
    """Which share of the smaller side is on the other one, 0 where one of them has nothing."""
    smaller = min(counts.old, counts.new) if counts else 0
    return _matched(counts) / smaller if counts and smaller else 0.0


def other_year(
    old: tuple[str, str] | None, new: tuple[str, str] | None, proof: tuple[Evidence, ...]
) -> Outcome:
    """Whether the days of the school years of both sides do not meet; an end is the day behind the last one."""
    if old is None or new is None:
        return skipped("one of the sides has no school years or terms with dates")
    if old[0] < new[1] and new[0] < old[1]:
        return passed(*proof)
    words = [f"{first} to {last}" for first, last in (old, new)]
    return failed("migrate.other-year", *proof, old_year=words[0], new_year=words[1])


def parts_missing(old: SideRead, new: SideRead) -> Outcome:
    """The parts of which records came from the old side, and nothing from the new one, which was asked for them."""
    asked: list[Share] = [part for part in _parts_of(old) if part in new.parts]
    missing: list[Share] = [part for part in asked if not _has_some(new, part)]
    if not missing:
        return passed(*_first_pages(new, asked))
    statuses = {new.refused[part] for part in missing if part in new.refused}
    facts: FactDict = known({"part": tuple(missing)})
    if len(statuses) == 1 and (status := statuses.pop()) is not None:
        facts["status"] = status
    return Outcome(Status.FAIL, "migrate.part-missing", facts, _first_pages(new, missing))


def parts_unexpected(old: SideRead, new: SideRead) -> Outcome:
    """The parts of which records came from the old side, and that the new one is not expected to share."""
    missing: list[Share] = [part for part in _parts_of(old) if part not in new.parts]
    if not missing:
        return passed()
    return failed("migrate.part-missing", *_first_pages(old, missing), part=tuple(missing), unexpected=True)


def _parts_of(read: SideRead) -> list[Share]:
    """The parts of which some record came."""
    return [part for part, names in read.parts.items() if any(map(read.records, names))]


def _has_some(read: SideRead, part: Share) -> bool:
    """Whether some record of a part came, or would have, had its collections been read whole."""
    names = read.parts[part]
    return any(map(read.records, names)) or any(name in read.broken for name in names)


def _first_pages(read: SideRead, parts: Sequence[Share]) -> tuple[Evidence, ...]:
    """The request for the first collection of each part."""
    names = (name for part in parts for name in read.parts[part][:1])
    return tuple(each for name in names for each in read.proof.get(name, ())[:1])


def ending(old: SideRead) -> Outcome:
    """Whether the credentials of the old side end soon."""
    endings = old.result.endings if old.result else ()
    found = next((each for each in endings if each.kind is EndingKind.CREDENTIALS), None)
    if found is None:
        return skipped("no day is known on which the old credentials end")
    if not found.soon or found.days < 0:
        return passed()
    return warned("migrate.expires-soon", ends=found.ends.isoformat(), days=found.days)
