"""The verdict on the Checklist: what changed since the connection last worked, and what ends soon, stand in it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from oneroster_checks.changes.model import Changed, Difference, DifferenceKind, Ending, EndingKind
from oneroster_checks.connection import Connection
from oneroster_checks.finding import Status
from oneroster_checks.result import Result, Verdict
from oneroster_wizard.widgets.verdict_banner import verdict_words

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
