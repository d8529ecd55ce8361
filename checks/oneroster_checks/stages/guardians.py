"""The check of guardians in OneRoster 1.1: whom students name, and who is among the users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..finding import FactDict, Stage
from ..limits import LOOK_UPS, PAGE_ROWS, RECORDS_SHOWN
from ..points import Point
from ..standard.envelopes import id_of, references
from .context import RunContext
from .data_rules import found as found_by_rule
from .model import Check, Outcome, failed, known, passed, skipped, warned
from .part_outcomes import first_of
from .people import is_guardian, listed, look_up, needs_accounts
from .sizes import Amount, exactly, figures, is_whole, size_of

if TYPE_CHECKING:
    from ..records.full_read import FullRead


async def _guardians(run: RunContext) -> Outcome:
    if run.full is not None and run.full.has_all_of("users"):
        return await _of_all(run, run.full)
    students = await run.reading("/students")
    if not students.rows:
        return skipped("no students are shared", students.evidence)
    users = await run.reading("/users")
    named = dict.fromkeys(
        agent for row in (*students.rows, *users.rows) for agent in references(row, "agents")
    )
    shared = listed(run)
    unseen = [agent for agent in named if agent not in shared]
    every = await is_whole(run, users)
    missing, looked = unseen, list[Evidence]()
    if not every:
        missing, looked = await look_up(run, unseen, LOOK_UPS["guardian"])
    compared = len(named) if every else len(named) - len(unseen) + len(looked)
    seen = {id for row in users.rows if is_guardian(row) and (id := id_of(row))}
    found = seen | (shared & named.keys())
    proof = [*first_of(students, users), *looked]
    facts = _facts(run, size_of(run, "/students"), len(missing), compared, tuple(missing[:RECORDS_SHOWN]))
    if missing:
        # Students name their guardians: fewer than named are shared, or none of those that were compared.
        if found or len(missing) < compared:
            return warned("accounts.guardians-missing", *proof, **facts)
        return failed("accounts.guardians-missing", *proof, **facts)
    if every and found:
        return passed(*proof, guardians=len(found))
    if every:
        return warned("accounts.guardians-missing", *proof, **facts | {"guardians": 0})
    if compared:
        return passed(*proof, **facts)
    if found:
        return passed(*proof, **figures(guardians=Amount(len(found))))
    return await _filtered(run, proof, facts)


async def _of_all(run: RunContext, full: FullRead) -> Outcome:
    """The same over every record, which depth full has read."""
    people = await full.judge.numbers("people")
    if not people["students"]:
        return skipped("no students are shared")
    missing = await found_by_rule(run, "accounts.guardians-missing")
    facts = _facts(run, exactly(people["students"]), missing.count, missing.of, missing.examples)
    if missing.count and not people["guardians"]:
        return failed("accounts.guardians-missing", **facts)
    if missing.count:
        return warned("accounts.guardians-missing", **facts)
    if not people["guardians"]:
        return warned("accounts.guardians-missing", **facts | {"guardians": 0})
    return passed(guardians=people["guardians"])


def _facts(
    run: RunContext, students: Amount, missing: int, compared: int, examples: tuple[str, ...]
) -> FactDict:
    return figures(students=students) | known({
        "count": missing if compared else None, "of": compared or None,
        "examples": examples or None,
        "needs_account": run.connection.oneroster,
        "grade_book": _grade_book(run),
    })  # fmt: skip


def _grade_book(run: RunContext) -> str | None:
    """Why the grade book, with which Campus returns guardians, is not known to be shared; None when it is."""
    grades = run.readings.get("/categories")
    if grades is None:
        return "not expected"
    return None if grades.good else "not read"


async def _filtered(run: RunContext, proof: list[Evidence], facts: FactDict) -> Outcome:
    """The outcome where no page and no student shows a guardian: a filter may find some."""
    params = {"filter": "role='guardian' OR role='parent'"}
    reading = await run.page("/users", limit=PAGE_ROWS, params=params, note="filter for guardians")
    ignored = any(not is_guardian(row) for row in reading.rows)
    if not reading.good or ignored:
        reason = "the server cannot filter for guardians, and the first page of users has none"
        return skipped(reason, *proof, reading.evidence)
    if reading.rows:
        return passed(*proof, reading.evidence, **figures(guardians=Amount(len(reading.rows))))
    return warned("accounts.guardians-missing", *proof, reading.evidence, **facts | {"guardians": 0})


CHECKS: tuple[Check, ...] = (
    Check(
        "accounts.guardians", "Guardian accounts",
        "Whether students' guardians are among the users. With OneRoster 1.1, guardians without a user account are "
        "not.",
        # Whether the grade book works decides what the district does about guardians.
        Stage.ACCOUNTS, _guardians, requires=("sharing.rostering",), after=("paging.whole", "gradebook.read"),
        applies=needs_accounts, proves=(Point.USER_ACCOUNTS,),
        in_order="[[The district shares {guardians} guardians.]][[Guardians compared: {of}. None is missing.]]",
    ),
)  # fmt: skip
