"""Depth full: from a student to the guardian whom the record names, and back."""

from __future__ import annotations

from ..finding import Stage
from ..standard.envelopes import REPLACED, Record, id_of, references, roles_of
from ..standard.operations import operation_of
from .asked import ask, first_page
from .context import RunContext
from .model import Check, Depth, Outcome, passed, skipped, warned
from .operation_answers import State
from .part_outcomes import expects_rostering
from .verified import apart, left_out


async def _there_and_back(run: RunContext) -> Outcome:
    if (outcome := left_out(run)) is not None:
        return outcome
    with apart(run):
        return await _of_one(run)


async def _of_one(run: RunContext) -> Outcome:
    pages = [await first_page(run, "/students"), await first_page(run, "/users")]
    student, guardian = next(
        ((row, agent) for page in pages for row in page.rows for agent in _agents(row)), (None, "")
    )
    if student is None:
        return skipped("no student on the first page names a guardian")
    found = await ask(run, operation_of(run.connection.oneroster, "getUser"), guardian)
    proof = (pages[0].evidence, found.evidence)
    if found.state is State.ABSENT:
        if run.named & {"accounts.guardians-missing"}:
            return skipped("guardians are missing, as already found", *proof)
        return warned("accounts.guardians-missing", *proof, count=1, of=1, examples=(guardian,))
    if not found.works:
        return skipped(f"the guardian could not be read ({found.words or found.reading.kind})", *proof)
    back = _agents(found.rows[0])
    if back and id_of(student) not in back:
        return warned(
            "operation.disagrees", *proof, count=1, of=1,
            detail="the guardian whom a student names is a guardian of others",
        )  # fmt: skip
    return passed(*proof, of=1)


def _agents(row: Record) -> list[str]:
    """Whom a student or a guardian names as theirs."""
    if row.get("status") == "tobedeleted" or not roles_of(row):
        return []
    return [agent for agent in references(row, "agents") if REPLACED not in agent]


CHECKS: tuple[Check, ...] = (
    Check(
        "verified.guardians", "Guardian of a student",
        "Whether the guardian whom a student names can be read by sourcedId, and names that student, too.",
        Stage.PROTOCOL, _there_and_back, requires=("sharing.rostering",), after=("operations.agreement",),
        depth=Depth.FULL, applies=expects_rostering,
        in_order="[[?of|A guardian was found by the sourcedId that a student names.]]",
    ),
)  # fmt: skip
