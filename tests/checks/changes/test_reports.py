"""Where it is told when a connection last worked and what changed since then, and what is never told there."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from functools import cache

from oneroster_checks.changes.compare import with_changes
from oneroster_checks.changes.model import Snapshot
from oneroster_checks.changes.snapshot import snapshot
from oneroster_checks.finding import Status
from oneroster_checks.report import FORMATS, district_message, render, ticket
from oneroster_checks.result import Result, Verdict
from oneroster_practice import PracticeDistrict

from ...secret_forms import FORMS
from ..engine import outcome
from .weeks import GOOD, SCOPE, good, healthy, morning, observed

LAST = "Last worked: November 11, 2026, 6:02 AM. First run that did not work: November 12, 2026, 6:02 AM."
LOST = "The token lost the scope “roster-demographics.readonly” between November 11 and November 12, 2026."
BOTH = (f"{SCOPE}roster-core.readonly", f"{SCOPE}roster-demographics.readonly")


@cache
def _broken() -> Result:
    async def result() -> Result:
        with PracticeDistrict("sharing.demographics-off") as district:
            return await outcome(district.connection, district.credentials)

    return asyncio.run(result())


def _before(result: Result, **changes: object) -> list[Snapshot]:
    """Mornings on which the connection of a result worked, with two scopes of which it has one now."""
    works = replace(good(), connection=result.connection.but(**changes), full=False, counts={}, findings={})
    return [morning(day, works, observed(scopes=BOTH, year_ends=None)) for day in range(GOOD)]


def _compared(**changes: object) -> Result:
    now = replace(
        _broken(),
        started=morning(GOOD, good()).started,
        observed=replace(_broken().observed, scopes=BOTH[:1], median_ms=1, server=""),
        endings=(),
    )
    return with_changes(now, _before(now, **changes))


def test_every_report_for_people_tells_it_with_the_verdict() -> None:
    result = _compared()
    for text in (
        render([result], "text"),
        ticket(result),
        render([result], "markdown"),
        render([result], "html"),
    ):
        plain = " ".join(text.replace("**", "").split())
        assert LAST in plain
        assert LOST in plain
    text = render([result], "text")
    assert text.index("What to do:") < text.index("Last worked:") < text.index("Verify before")


def test_json_has_it_as_the_contract_says() -> None:
    (run,) = json.loads(render([_compared()], "json"))["runs"]
    assert run["changed"] == {
        "last_worked": "2026-11-11T06:02:00.000-06:00",
        "since": "2026-11-12T06:02:00.000-06:00",
        "cause_since": "2026-11-12T06:02:00.000-06:00",
        "differences": [LOST],
    }
    (alone,) = json.loads(render([_broken()], "json"))["runs"]
    assert "changed" not in alone
    never = with_changes(_broken(), [snapshot(_broken())])
    (run,) = json.loads(render([never], "json"))["runs"]
    assert (run["changed"]["last_worked"], run["changed"]["differences"]) == (None, [])


def test_the_district_is_told_what_changed_at_its_side() -> None:
    message = district_message(_compared())
    assert f"It last worked on Wednesday, November 11, 2026. Since then:\n\n- {LOST}\n" in message
    assert message.index(LOST) < message.index("Could you please help us")


def test_what_the_vendor_changed_is_not_told_to_the_district() -> None:
    """That it expects more now is the likeliest reason, and the district did nothing."""
    result = _compared(share=("rostering",))
    assert "The data you expect was changed" in render([result], "text")
    message = district_message(result)
    assert "It last worked on Wednesday, November 11, 2026.\n" in message
    assert "Since then" not in message


def test_a_run_that_works_says_since_when() -> None:
    result = with_changes(replace(healthy(), started=morning(GOOD, good()).started), _before(healthy()))
    assert "Working since: November 2, 2026, 6:02 AM." in render([result], "text")
    assert "last worked" not in district_message(result)


def test_one_that_never_worked_says_so_and_no_more() -> None:
    earlier = replace(morning(0, good()), status=Status.FAIL, cause="access.forbidden")
    text = render([with_changes(_broken(), [earlier])], "text")
    assert (
        "Last worked: in none of the runs that are kept. First run that did not work: November 2, 2026"
        in text
    )
    assert "What changed" not in text


def test_nothing_secret_that_was_kept_is_told() -> None:
    """Whatever lies in the history: addresses, scopes and names pass the redaction of reports."""
    secret = "hV7kQ2mZ9xT4bN6w"
    now = replace(_broken(), started=morning(GOOD, good()).started)
    kept = [
        replace(
            run,
            connection=run.connection.but(
                base_url=f"https://user:{secret}@sis.elm.example/api?token={secret}",
                token_url=f"https://sis.elm.example/token?client_secret={secret}",
            ),
            observed=replace(run.observed, scopes=(f"Bearer={secret}", "jane.doe@elm.example", BOTH[0])),
        )
        for run in _before(now)
    ]
    result = with_changes(now, kept, {"client_secret": "0f"})
    every = [render([result], form) for form in FORMATS] + [ticket(result), district_message(result)]
    assert "The base URL was changed" in every[0]
    for text in every:
        assert not any(form(secret) in text for form in FORMS.values())
        assert "jane.doe" not in text


def test_a_result_that_is_no_failure_of_the_district_says_when_it_last_worked() -> None:
    result = replace(_compared(), verdict=Verdict(Status.ERROR, "tool.fault", "A fault of this tool."))
    assert LAST in " ".join(render([result], "text").split())
    assert "last worked" not in district_message(result)
