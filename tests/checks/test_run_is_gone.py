"""A run is gone with its end, all that it read with it: nothing waits for Python to look for garbage."""

from __future__ import annotations

import gc
from collections.abc import Generator

import pytest

from oneroster_checks.client.reading import Reading
from oneroster_checks.diagnosis.garbage import collected_rarely
from oneroster_checks.diagnosis.many import run_many
from oneroster_checks.http.answer import Answer
from oneroster_checks.http.session import Session
from oneroster_checks.redaction import Redactor
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict

from .engine import outcome
from .test_many import job


@pytest.fixture
def without_collecting() -> Generator[None]:
    """Garbage is not collected meanwhile."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def left() -> list[str]:
    """What there is of runs."""
    kinds = (Session, Reading, Answer, Redactor)
    return [type(each).__name__ for each in gc.get_objects() if isinstance(each, kinds)]


@pytest.mark.parametrize(
    "code", [None, "oauth1.rejected", "token.invalid-client", "sharing.demographics-off"]
)
@pytest.mark.usefixtures("without_collecting")
async def test_nothing_of_a_run_is_left(code: str | None) -> None:
    with PracticeDistrict(code, oauth=1 if code == "oauth1.rejected" else 2) as district:
        before = left()
        result = await outcome(district.connection, district.credentials)
        assert result.requests > 0
        assert left() == before


@pytest.mark.usefixtures("without_collecting")
async def test_nothing_of_a_full_read_is_left() -> None:
    with PracticeDistrict() as district:
        before = left()
        result = await outcome(district.connection, district.credentials, depth=Depth.FULL)
        assert result.read
        assert left() == before


@pytest.mark.usefixtures("without_collecting")
async def test_nothing_of_many_runs_is_left_with_their_results() -> None:
    with PracticeDistrict() as district:
        before = left()
        jobs = [job(district.connection, district.credentials, name) for name in "abc"]
        ended = [each async for each in run_many(jobs, 2)]
        assert len(ended) == 3
        assert left() == before


@pytest.mark.parametrize("before", [(700, 10, 10), (0, 10, 10), (900_000, 5, 5)])
def test_garbage_is_collected_rarely_and_then_as_before(before: tuple[int, int, int]) -> None:
    usual = gc.get_threshold()
    try:
        gc.set_threshold(*before)
        with collected_rarely():
            meanwhile = gc.get_threshold()
        assert gc.get_threshold() == before
    finally:
        gc.set_threshold(*usual)
    assert meanwhile == (200_000 if before[0] == 700 else before[0], *before[1:])


def test_who_ends_first_leaves_the_others_as_they_are() -> None:
    usual = gc.get_threshold()
    first, second = collected_rarely(), collected_rarely()
    with first:
        second.__enter__()
    meanwhile = gc.get_threshold()
    second.__exit__(None, None, None)
    assert gc.get_threshold() == usual
    assert meanwhile[0] == 200_000
