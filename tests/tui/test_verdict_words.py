"""The verdict on the Checklist: what changed since the connection last worked, and what ends soon, stand in it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from oneroster_checks.changes.model import Changed, Difference, DifferenceKind, Ending, EndingKind
from oneroster_checks.connection import Connection
from oneroster_checks.finding import Status
from oneroster_checks.result import Result, Verdict
from oneroster_wizard.widgets.verdict_banner import verdict_words

from ..fits import COLUMNS
from ..pictures.settled import settled_draft

WORKED, FAILED = datetime(2026, 11, 14, 6, tzinfo=UTC), datetime(2026, 11, 15, 6, tzinfo=UTC)


def test_the_verdict_says_what_changed_and_what_ends_soon() -> None:
    result = Result(
        connection=Connection(),
        started=FAILED,
        duration_ms=1,
        requests=1,
        verdict=Verdict(Status.FAIL, "token.invalid-client", "The key was refused."),
        findings=(),
        checklist=(),
        endings=(Ending(EndingKind.CERTIFICATE, date(2026, 11, 20), 5, True, "The certificate ends soon."),),
        changed=Changed(
            WORKED, FAILED, (Difference(DifferenceKind.SECRET, "The client secret was changed."),)
        ),
    )
    lines = verdict_words(result, 80).plain.splitlines()
    (worked,) = (line for line in lines if line.startswith("Last worked: "))
    assert "First run that did not work: " in worked
    assert lines.index("- The client secret was changed.") > lines.index(worked)
    assert "- The certificate ends soon." in lines


def test_a_first_run_says_nothing_of_others() -> None:
    result = Result(Connection(), WORKED, 1, 1, Verdict(Status.PASS, None, "It works."), (), ())
    assert verdict_words(result, 80).plain.splitlines() == ["It works."]


async def test_in_a_line_each_with_the_click_path_once() -> None:
    draft = await settled_draft("gradebook.not-enabled")
    assert draft.result is not None
    fix = draft.result.verdict.fix
    rows = verdict_words(draft.result, COLUMNS, whole=False).plain.splitlines()
    steps = [row for row in rows if re.match(r"\d (You|District) ", row)]
    assert [row[0] for row in steps] == [str(number) for number in range(1, len(fix) + 1)]
    assert steps[0] == "1 District  On the connection, turn on Grade Book under Data to Share."
    at = rows.index(steps[0])
    assert rows[at + 1].strip() == "Instruction > Settings > Digital Learning Applications Configuration"
    assert rows[at + 2].strip().startswith("in the classic menu: System Administration")
    assert sum("Settings >" in row for row in rows) == 1
    whole = verdict_words(draft.result, 500, whole=False).plain
    assert all((step.apart or step.text) in whole for step in fix)
    assert whole.count("Settings >") == 1
