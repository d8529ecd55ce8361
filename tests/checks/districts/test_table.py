"""The table as a whole: how much it holds, and that no cause hangs on one row."""

from __future__ import annotations

from collections import Counter
from types import ModuleType

from oneroster_checks.causes import codes

from . import (
    test_access,
    test_accounts,
    test_address,
    test_campus,
    test_gradebook,
    test_healthy,
    test_network,
    test_oauth1,
    test_pairs,
    test_protocol,
    test_providers,
    test_redirects,
    test_sharing,
    test_signatures,
    test_token,
    test_unsteady,
)
from .row import Row

_TABLES = (
    test_access,
    test_accounts,
    test_address,
    test_campus,
    test_gradebook,
    test_healthy,
    test_network,
    test_oauth1,
    test_pairs,
    test_protocol,
    test_providers,
    test_redirects,
    test_sharing,
    test_signatures,
    test_token,
    test_unsteady,
)
# A write test is not part of a quick run, a slow answer would take half a minute, the data needs every page.
_ELSEWHERE = frozenset(
    "gradebook.write-refused gradebook.write-not-kept gradebook.cleanup-failed load.slow".split()
)


def rows_of(table: ModuleType) -> list[Row]:
    """The rows of one file."""
    found = [value for value in vars(table).values() if isinstance(value, tuple) and value]
    return [row for value in found for row in value if isinstance(row, Row)]


ROWS = [row for table in _TABLES for row in rows_of(table)]


def test_the_table_is_long_enough() -> None:
    healthy = [row for row in ROWS if row.expected.status in ("healthy", "pass")]
    assert len(ROWS) - len(healthy) >= 120
    assert len(healthy) >= 30
    assert len(rows_of(test_pairs)) >= 15


def test_every_name_stands_once_in_its_file() -> None:
    for table in _TABLES:
        names = Counter(row.name for row in rows_of(table))
        assert names.most_common(1)[0][1] == 1, (table.__name__, names.most_common(1))


def test_every_cause_has_two_rows() -> None:
    told = Counter(cause for row in ROWS for cause in (row.expected.cause, row.expected.noting) if cause)
    wanted = [code for code in codes() if code not in _ELSEWHERE and not code.startswith(("data.", "tool."))]
    assert [code for code in wanted if told[code] < 2] == []


def test_no_row_allows_more_requests_than_its_kind() -> None:
    for row in ROWS:
        if (row.expected.cause or "").startswith("token.") and row.expected.status == "fail":
            assert row.expected.most <= 8, row.name
        assert row.expected.most <= 30, row.name
