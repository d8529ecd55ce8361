"""The checks of user accounts: people who are enrolled and not among the users, and users who are disabled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..finding import Stage
from ..limits import FEW_ABSENT, LOOK_UPS, RECORDS_SHOWN
from ..points import Point
from ..standard.envelopes import Record, reference
from .context import RunContext
from .data_rules import found
from .model import Check, Outcome, failed, known, passed, skipped, warned
from .part_outcomes import expects_rostering, first_of
from .people import LISTS, is_enabled, listed, look_up, needs_accounts, records
from .samples import enrollment_samples
from .sizes import is_whole

if TYPE_CHECKING:
    from ..records.full_read import FullRead


async def _enrolled(run: RunContext, role: str, path: str, cause: str) -> Outcome:
    if run.full is not None and run.full.has_all_of("users", "enrollments"):
        return await _of_all(run, run.full, role, cause)
    samples = await enrollment_samples(run)
    people = await run.reading(path)
    seen_in = [_users(sample.rows, role) for sample in samples]
    times = Counter(chain(*seen_in))
    proof: tuple[Evidence, ...] = first_of(*samples, people)
    if not times:
        rows = sum(len(sample.rows) for sample in samples)
        first = "the first " if len(samples) == 1 else ""
        return skipped(f"none of {first}{rows} enrollments is a {role}'s", *proof)
    shared = listed(run)
    unseen = [user for user in times if user not in shared]
    seen = len(times) - len(unseen)
    whole = not unseen or await is_whole(run, people)
    missing, looked = list[str](), list[Evidence]()
    if not whole or not people.rows:
        # The samples take turns, the last one first: what is wrong may be anywhere.
        turns = dict.fromkeys(user for user in _in_turns(seen_in[::-1]) if user not in shared)
        missing, looked = await look_up(run, turns, LOOK_UPS[role])
        proof += tuple(looked)
    if people.good and not people.rows and looked and not missing:
        return skipped(f"{path} is empty, although users can be looked up one by one", *proof)
    if whole:
        return _comparison(
            run, cause, len(unseen), len(times), tuple(unseen), *proof, estimate=_share(unseen, times)
        )
    if not seen and not looked:
        return skipped("the server does not let users be looked up one by one", *proof)
    # Those who were looked up speak for everybody who was not on the first page.
    rate = len(missing) / len(looked) if looked else 0.0
    estimate = rate * _share(unseen, times)
    return _comparison(
        run, cause, len(missing), seen + len(looked), tuple(missing), *proof, estimate=estimate
    )


def _share(users: list[str], times: Counter[str]) -> float:
    """The part of the enrollments that name these users."""
    return sum(times[user] for user in users) / times.total()


def _users(rows: tuple[Record, ...], role: str) -> list[str]:
    """Whom the active enrollments of a role name."""
    active = (
        row for row in rows if str(row.get("role")).lower() == role and row.get("status") != "tobedeleted"
    )
    return [user for row in active if (user := reference(row, "user"))]


def _in_turns(lists: list[list[str]]) -> Iterator[str]:
    """One of each list, then the second of each."""
    return (user for turn in zip_longest(*lists) for user in turn if user is not None)


async def _of_all(run: RunContext, full: FullRead, role: str, cause: str) -> Outcome:
    """The same over every record, which depth full has read."""
    times = (await full.judge.numbers("enrollments")).get(role, 0)
    missing = await found(run, cause)
    if not missing.of:
        return skipped(f"there are no {role} enrollments")
    absent = (await full.judge.numbers("enrollments of absent people")).get(role, 0)
    return _comparison(run, cause, missing.count, missing.of, missing.examples, estimate=absent / times)


def _comparison(
    run: RunContext,
    cause: str,
    missing: int,
    compared: int,
    who: tuple[str, ...],
    *proof: Evidence,
    estimate: float,
) -> Outcome:
    """The outcome for those who are missing of those who were compared, with some of `who` they are; `estimate` is
    the share of all enrollments that name such people."""
    facts = known({
        "count": missing, "of": compared, "share": round(100 * missing / compared),
        "examples": who[:RECORDS_SHOWN] or None,
        # Connections may be limited to schools with OAuth 2.
        "oauth": 2 if missing and run.connection.oauth == 2 else None,
    })  # fmt: skip
    if not missing:
        return passed(*proof, **facts)
    if estimate < FEW_ABSENT:
        return warned(cause, *proof, **facts)
    return failed(cause, *proof, **facts)


async def _students(run: RunContext) -> Outcome:
    return await _enrolled(run, "student", "/students", "accounts.students-missing")


async def _staff(run: RunContext) -> Outcome:
    return await _enrolled(run, "teacher", "/teachers", "accounts.staff-missing")


async def _enabled(run: RunContext) -> Outcome:
    proof = first_of(*(run.readings[path] for path in LISTS if run.rows(path)))
    if run.full is not None and run.full.has_all_of("users"):
        what = await found(run, "accounts.disabled")
        enabled, disabled, of = (await run.full.judge.numbers("people"))["enabled"], what.count, what.of
    else:
        states = [is_enabled(row) for row in records(run)]
        enabled, disabled, of = states.count(True), states.count(False), len(states)
    if enabled:
        return passed(*proof)
    if not of or disabled < of:
        return skipped("not every user record says whether the user is enabled", *proof)
    return warned("accounts.disabled", *proof, count=disabled, of=of)


CHECKS: tuple[Check, ...] = (
    Check(
        "accounts.students", "Student accounts",
        "Whether enrolled students are among the users. With OneRoster 1.1, students without a user account are not.",
        Stage.ACCOUNTS, _students, requires=("sharing.rostering",),
        after=("paging.whole", "payload.usable"), applies=needs_accounts,
        proves=(Point.USER_ACCOUNTS,),
        in_order="[[Enrolled students compared: {of}. None is missing.]]",
    ),
    Check(
        "accounts.staff", "Teacher accounts",
        "Whether teachers with classes are among the users. With OneRoster 1.1, staff without a user account are not.",
        Stage.ACCOUNTS, _staff, requires=("sharing.rostering",),
        after=("paging.whole", "payload.usable"), applies=needs_accounts,
        proves=(Point.USER_ACCOUNTS,),
        in_order="[[Teachers compared: {of}. None is missing.]]",
    ),
    Check(
        "accounts.enabled", "Enabled users",
        "Whether any shared user is enabled.",
        Stage.ACCOUNTS, _enabled, requires=("sharing.rostering",),
        after=("paging.whole", "accounts.staff", "accounts.guardians"), applies=expects_rostering,
    ),
)  # fmt: skip
