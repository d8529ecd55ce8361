"""The write test of the grade book: taken, refused, changed, lost, and not to be removed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ...servers import html_reply
from .district import District
from .records import nothing_in
from .replies import bare, error_1_1, error_1_2, problem_json
from .row import MOST_WITH_WRITES, VENDOR_PAIR, Row, Typed, fails, holds, ids, passes
from .shapes import CAMPUS, CAMPUS_1_1, CAMPUS_OAUTH_1, GENERIC
from .writes import delete_says, put_says, read_says

campus, older = District(CAMPUS), District(CAMPUS_1_1)
WRITES = Typed(vendor=VENDOR_PAIR, share=("rostering", "gradebook"), write_test="class-1")
REFUSED = fails("gradebook.write-refused", most=MOST_WITH_WRITES)
NOT_KEPT = fails("gradebook.write-not-kept", most=MOST_WITH_WRITES)
LEFT = fails("gradebook.cleanup-failed", most=MOST_WITH_WRITES)
UNUSABLE = fails("gradebook.write-class", most=MOST_WITH_WRITES)
TAKEN = replace(passes(), most=MOST_WITH_WRITES)

TAKING = (
    Row("every step of 1.2 is taken", campus, TAKEN, WRITES),
    Row("every step of 1.1 is taken", older, TAKEN, WRITES),
    Row("the first token reads only, which its refusal shows", campus.where(put_says(bare(403), times=1)), TAKEN,
        WRITES),
    Row("another provider without a vendor key", District(GENERIC), TAKEN,
        Typed(share=("rostering", "gradebook"), write_test="class-2")),
)  # fmt: skip
REFUSING = (
    Row("writing is forbidden, in the standard's form of 1.2", campus.where(put_says(error_1_2(403, "forbidden"))),
        REFUSED, WRITES),
    Row("writing is forbidden, in the standard's form of 1.1", older.where(put_says(error_1_1(403, "forbidden"))),
        REFUSED, WRITES),
    Row("results are refused as invalid", campus.where(put_says(problem_json(400, "Grading window is closed"),
        "results")), REFUSED, WRITES),
    Row("there is no PUT", older.where(put_says(bare(405))), REFUSED, WRITES),
    Row("a write ends in a web page", campus.where(put_says(html_reply(200, "Sign in"), "lineItems")), REFUSED,
        WRITES),
    Row("a write is refused inside a 200", campus.where(put_says(error_1_2(200, "forbidden"), "results")), REFUSED,
        WRITES),
)  # fmt: skip
KEEPING = (
    Row("a score above the maximum is capped", campus.where(read_says(lambda row: {**row, "score": 85.0},
        "results")), NOT_KEPT, WRITES),
    Row("titles are cut", older.where(read_says(lambda row: {**row, "title": str(row["title"])[:30]}, "lineItems")),
        NOT_KEPT, WRITES),
    Row("results are accepted and lost", campus.where(put_says(bare(204), "results")), NOT_KEPT, WRITES),
    Row("line items are accepted and lost", older.where(put_says(bare(200), "lineItems")), NOT_KEPT, WRITES),
)  # fmt: skip
LEAVING = (
    Row("there is no DELETE", campus.where(delete_says(bare(405))), LEFT, WRITES),
    Row("removing is forbidden, 1.1", older.where(delete_says(error_1_1(403, "forbidden"))), LEFT, WRITES),
    Row("a line item that is removed stays", campus.where(delete_says(bare(204), "lineItems")), LEFT, WRITES),
)  # fmt: skip
CLASSES = (
    Row("there is no such class", campus, UNUSABLE, replace(WRITES, write_test="class-99")),
    Row("nobody is in any class, 1.1", older.where(nothing_in("enrollments")),
        fails("sharing.enrollments-empty", most=MOST_WITH_WRITES, then=("gradebook.write-class",)), WRITES),
    Row("there is no such class, 1.1", older, UNUSABLE, replace(WRITES, write_test="class-99")),
)  # fmt: skip


@pytest.mark.parametrize("row", [*TAKING, *REFUSING, *KEEPING, *LEAVING, *CLASSES], ids=ids)
async def test_writes(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)


async def test_requests_are_signed_with_their_own_verb(tmp_path: Path) -> None:
    """OAuth 1 is discontinued at Campus, which is a warning of its own."""
    row = Row("OAuth 1", District(CAMPUS_OAUTH_1), replace(TAKEN, status="healthy"), WRITES)
    result = await holds(row, tmp_path)
    assert result.finding("gradebook.write-removal") is not None
