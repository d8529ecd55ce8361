"""Healthy districts that the tests of a module share, each with its caller."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_practice import PracticeDistrict

from .caller import Caller


@pytest.fixture(scope="module", params=["1.1", "1.2"])
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    version: OneRosterVersion = request.param
    district = PracticeDistrict(oneroster=version, share=["rostering", "demographics", "resources"])
    with district, Caller(district) as caller:
        yield caller


@pytest.fixture(scope="module")
def caller_1p1() -> Iterator[Caller]:
    with PracticeDistrict(oneroster="1.1") as district, Caller(district) as caller:
        yield caller


@pytest.fixture(scope="module")
def caller_1p2() -> Iterator[Caller]:
    with PracticeDistrict(oneroster="1.2") as district, Caller(district) as caller:
        yield caller
