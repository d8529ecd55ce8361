"""Input of another program that cannot be: refused before the first request, in one sentence, by its own error."""

from __future__ import annotations

from typing import Any

import pytest

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.diagnosis.checklist import answered
from oneroster_checks.diagnosis.plan import touched_by
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.diagnosis.unable import unable_to_run
from oneroster_checks.diagnosis.watch import watch
from oneroster_checks.errors import InputError, InvalidConnection, InvalidOption
from oneroster_checks.limits import LONGEST_REQUEST_S

from .engine import campus, outcome, secrets

NOWHERE = campus("http://127.0.0.1:9")
# What a program without a type checker can hand over.
ANYTHING: Any = "pa55word-of-the-test"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"oneroster": "1.3"}, "The OneRoster version must be one of 1.1, 1.2."),
        ({"oauth": 3}, "The OAuth version must be one of 1, 2."),
        ({"oauth": True}, "The OAuth version must be one of 1, 2."),
        ({"share": ("roster",)}, "The data you expect is not a tuple of rostering, "),
        ({"share": ["rostering"]}, "The data you expect is not a tuple of rostering, "),
        ({"timeout": "30"}, "The time limit must be a number of seconds from 0.1 to 600."),
        ({"timeout": 0.01}, "The time limit must be a number of seconds from 0.1 to 600."),
        ({"timeout": -1}, "The time limit must be a number of seconds from 0.1 to 600."),
        ({"timeout": float("nan")}, "The time limit must be a number of seconds from 0.1 to 600."),
        ({"timeout": LONGEST_REQUEST_S + 1}, "The time limit must be a number of seconds from 0.1 to 600."),
        ({"base_url": None}, "The base URL is not text."),
        ({"created": "2026-01-01"}, "The creation date is not a date."),
        ({"share": ([],)}, "The data you expect is not a tuple of rostering, "),
        ({"provider": []}, "The provider is not text."),
        ({"oauth": 2.0}, "The OAuth version must be one of 1, 2."),
        ({"oneroster": []}, "The OneRoster version must be one of 1.1, 1.2."),
        ({"allow_plain_http": "no"}, "The permission for plain HTTP must be one of True, False."),
    ],
)
async def test_a_connection_that_cannot_be_is_refused_in_one_sentence(
    changes: dict[str, object], words: str
) -> None:
    connection: Connection = campus("http://127.0.0.1:9").but(**changes)
    with pytest.raises(InvalidConnection) as caught:
        await outcome(connection, secrets())
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize(
    ("credentials", "words"),
    [
        (None, "The credentials must be given as Credentials(…)."),
        (ANYTHING, "The credentials must be given as Credentials(…)."),
        (Credentials(ANYTHING), "The client secret must be a Secret with text."),
        (Credentials(Secret(), ANYTHING), "The vendor key must be a Secret with text."),
        (Credentials(vendor_secret=Secret([ANYTHING])), "The vendor secret must be a Secret with text."),  # type: ignore[arg-type]
    ],
)
async def test_credentials_that_cannot_be_are_refused_and_not_repeated(credentials: Any, words: str) -> None:
    with pytest.raises(InvalidConnection) as caught:
        await run(NOWHERE, credentials)
    assert str(caught.value) == words
    with pytest.raises(InvalidConnection):
        touched_by({"vendor_key"}, NOWHERE, credentials)


async def test_a_connection_of_another_kind_is_refused() -> None:
    with pytest.raises(InvalidConnection, match=r"must be given as Connection\(…\)\."):
        await run(ANYTHING, secrets())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"only": "token.issue"}, "The option “only” must be a collection of check ids"),
        ({"only": (1,)}, "The option “only” must be a collection of check ids"),
        ({"only": 1}, "The option “only” must be a collection of check ids"),
        ({"depth": "x"}, "The option “depth” must be Depth.QUICK or Depth.FULL."),
        ({"depth": None}, "The option “depth” must be Depth.QUICK or Depth.FULL."),
        ({"answers": ["yes"]}, "The option “answers” must map the ids of questions to yes, no, or unknown."),
        ({"answers": {"connection-active": True}}, "The option “answers” must map the ids of questions"),
        (
            {"answers": {"connection-active": "maybe"}},
            "The answer to “connection-active” must be one of yes, no, unknown.",
        ),
        ({"previous": {}}, "The option “previous” must be the Result of an earlier run."),
        ({"profile": 1}, "The option “profile” must be a text."),
        ({"https_proxy": 1}, "The option “https_proxy” must be a text."),
        (
            {"consumer": "google"},
            "The option “consumer” must be one of google-classroom, microsoft-sds, certif",
        ),
        ({"consumer": ["certification"]}, "The option “consumer” must be one of google-classroom"),
        ({"clock": 1}, "The option “clock” must be a Clock."),
    ],
)
async def test_an_option_that_cannot_be_is_refused_in_one_sentence(
    options: dict[str, Any], words: str
) -> None:
    with pytest.raises(InvalidOption) as caught:
        await run(NOWHERE, secrets(), **options)
    assert str(caught.value).startswith(words)


async def test_an_unknown_option_is_refused_as_any_unknown_keyword() -> None:
    options: dict[str, Any] = {"dept": "full"}
    with pytest.raises(TypeError, match="unexpected keyword argument 'dept'"):
        await run(NOWHERE, secrets(), **options)


def test_an_answer_after_the_run_is_checked_too() -> None:
    result = unable_to_run(NOWHERE, "tool.proxy", profile=None, facts={})
    answers: Any = {"connection-active": "maybe"}
    with pytest.raises(InvalidOption, match="must be one of yes, no, unknown"):
        answered(result, answers)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"connection": NOWHERE.but(oauth=3)}, "The OAuth version must be one of 1, 2."),
        ({"credentials": None}, "The credentials must be given as Credentials(…)."),
        ({"check": ["token.issue"]}, "The option “only” must be a collection of check ids"),
        ({"previous": None}, "The option “previous” must be the Result of an earlier run."),
        ({"answers": {"connection-active": 1}}, "The option “answers” must map the ids of questions"),
        ({"every_s": "5"}, "The option “every_s” must be a number of seconds."),
        ({"every_s": float("nan")}, "The option “every_s” must be a number of seconds."),
    ],
)
async def test_a_watch_checks_its_input_before_the_first_try(changes: dict[str, Any], words: str) -> None:
    given: dict[str, Any] = {
        "connection": NOWHERE,
        "credentials": secrets(),
        "check": "token.issue",
        "previous": unable_to_run(NOWHERE, "tool.proxy", profile=None, facts={}),
    }
    with pytest.raises(InputError) as caught:
        await anext(watch(**{**given, **changes}))
    assert str(caught.value).startswith(words)
