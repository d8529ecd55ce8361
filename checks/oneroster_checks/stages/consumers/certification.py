"""What certification requires of a server that provides rosters: every required operation, and the queries."""

from __future__ import annotations

import re

from ...standard.operations import Operation, operation_of, reading
from ..asked import ask_known
from ..context import RunContext
from ..judged_order import sorted_by_id, two_fields
from ..judged_pages import two_small_pages
from ..judged_queries import by_status
from ..model import Check, Consumer, Outcome, passed, skipped
from ..part_outcomes import expects_rostering
from ..verified import Judging
from .steps import not_working, over_lists, step

CERTIFICATION: Consumer = "certification"
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _presence(operation: Operation) -> Check:
    async def run(context: RunContext) -> Outcome:
        own = operation_of(context.connection.oneroster, operation.name)
        answer = await ask_known(context, own)
        if answer is None:
            return skipped("no such record was found to ask about")
        outcome = not_working(CERTIFICATION, answer)
        return outcome or passed(answer.evidence)

    name = "-".join(_WORD.split(operation.name)).lower()
    return step(
        CERTIFICATION, f"certification.{name}", f"Certification: {operation.name}",
        f"Whether {operation.path} works as the standard says.", run, applies=expects_rostering,
    )  # fmt: skip


def _paths(run: RunContext) -> list[str]:
    """The collections that certification requires."""
    return [each.path for each in reading(run.connection.oneroster) if each.certified and not each.parents]


def _of_queries(id: str, title: str, description: str, judge: Judging, *causes: str) -> Check:
    return over_lists(
        CERTIFICATION, id, title, description, judge, *causes, paths=_paths, applies=expects_rostering
    )


def _required() -> list[Operation]:
    """The operations that certification requires in both versions, in the order of the table."""
    return [each for each in reading("1.2") if each.certified]


CHECKS: tuple[Check, ...] = (
    *map(_presence, _required()),
    _of_queries("certification.paging", "Certification: limit and offset",
                "Whether limit and offset give each page of every required collection.", two_small_pages,
                "paging.offset-ignored", "paging.duplicates", "paging.limit-ignored"),
    _of_queries("certification.filter", "Certification: filter",
                "Whether a filter returns only the records that match, in every required collection.", by_status,
                "query.filter-ignored", "query.filter-unsupported"),
    _of_queries("certification.sort", "Certification: sort",
                "Whether sort and orderBy are followed in every required collection.", sorted_by_id,
                "query.sort-ignored"),
    _of_queries("certification.fields", "Certification: fields",
                "Whether the fields parameter is followed in every required collection.", two_fields,
                "query.fields-ignored"),
)  # fmt: skip
