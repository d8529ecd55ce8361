"""Sentences of full depth, read aloud: what was received, which lists else, and one of a thing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from oneroster_checks.causes import cause, codes
from oneroster_checks.causes.template import facts_used, fill
from oneroster_checks.diagnosis.plan import every_check
from oneroster_checks.stages.model import Depth

from .district import District
from .records import Record, each, many
from .replies import bare
from .row import AS_GIVEN, Port, Row, holds, warns
from .shapes import GENERIC, GENERIC_1_1
from .test_conformance import filtered, is_empty

generic, older = District(GENERIC), District(GENERIC_1_1)
# Sentences of the engine that have a number before a noun.
TEMPLATES = [check.in_order for check in every_check() if check.in_order] + [
    cause(each).summary for each in codes()
]


async def test_the_size_of_pages_says_what_came(tmp_path: Path) -> None:
    row = Row("1.2: pages are cut to 500", generic.where(many("orgs", 1200), cap=500), warns("paging.limit-capped"),
        AS_GIVEN, Port(), Depth.FULL)  # fmt: skip
    result = await holds(row, tmp_path)
    (said,) = [each.summary for each in result.findings if each.finding.check == "load.page-size"]
    assert (
        said
        == "The server answered requests for up to 1,000 records a page; the largest page had 500 records."
    )


async def test_a_long_list_of_faults_ends_with_a_whole_one(tmp_path: Path) -> None:
    def spoiled(row: Record) -> Record:
        return {**row, "identifier": 7, "givenName": None, "familyName": None, "enabledUser": True, "username": None,
            "phone": 12, "sms": 12, "grades": "07"}  # fmt: skip

    row = Row("1.1: users with many faults", older.where(each("users", spoiled)), warns("payload.invalid"), AS_GIVEN,
        Port(), Depth.FULL)  # fmt: skip
    result = await holds(row, tmp_path)
    assert re.search(r"; and \d+ more\.$", result.verdict.summary), result.verdict.summary


async def test_further_collections_stand_beside_the_first(tmp_path: Path) -> None:
    row = Row("1.1: an empty list is a 500", older.where(filtered("sourcedId='", is_empty(bare(500)))),
        warns("query.no-match"), AS_GIVEN, Port(), Depth.FULL)  # fmt: skip
    result = await holds(row, tmp_path)
    summary = result.verdict.summary
    assert re.search(
        r"which matches no record, /\w+ \(also (/\w+, ){4}/\w+, and \d more\) did not return an empty list "
        r"\(HTTP 500\)\.$",
        summary,
    ), summary


_PLURAL = re.compile(r"\b1 (\w*[^s\W]s|data requests)\b")
# A demographics record, OAuth 1 connections, milliseconds, a path where a number is not meant, and what OneRoster 1.1
# shares.
_RIGHT = {"demographics", "connections", "ms", "works", "shares"}
_NUMBERS = frozenset(
    """count of records asked received people classes students requests works tries total seconds unclear unasked
    further minutes guardians sessions""".split()
)


@pytest.mark.parametrize("template", TEMPLATES)
def test_one_of_a_thing_is_one(template: str) -> None:
    facts = {name: 1 if name in _NUMBERS else "x" for name in facts_used(template)}
    assert {*_PLURAL.findall(fill(template, facts))} <= _RIGHT
