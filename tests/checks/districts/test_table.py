"""The table as a whole: how much it holds, and that no cause hangs on one row."""

from __future__ import annotations

from collections import Counter
from types import ModuleType

from oneroster_checks.causes import cause, codes

from . import (
    test_access,
    test_accounts,
    test_address,
    test_base_string,
    test_between,
    test_campus,
    test_conformance,
    test_consumers,
    test_data,
    test_empty_lists,
    test_fixed_token,
    test_full_depth,
    test_gateway_rows,
    test_gradebook,
    test_grant_rows,
    test_healthy,
    test_healthy_odd,
    test_healthy_words,
    test_inconclusive,
    test_more_pairs,
    test_network,
    test_oauth1,
    test_only_what_was_seen,
    test_paging,
    test_pairs,
    test_parts,
    test_protocol,
    test_providers,
    test_real_servers,
    test_redirects,
    test_scope_rows,
    test_sharing,
    test_signatures,
    test_token,
    test_unsteady,
    test_versions,
    test_writes,
    test_years,
)
from .row import (
    MOST_FOR_A_HEALTHY_ONE,
    MOST_FOR_A_REFUSED_TOKEN,
    MOST_FOR_ANYTHING,
    MOST_WITH_WRITES,
    TOLD_WITHOUT_A_REQUEST,
    Row,
)

_TABLES = (
    test_access,
    test_accounts,
    test_address,
    test_base_string,
    test_between,
    test_campus,
    test_conformance,
    test_consumers,
    test_data,
    test_empty_lists,
    test_fixed_token,
    test_gateway_rows,
    test_full_depth,
    test_gradebook,
    test_grant_rows,
    test_healthy,
    test_inconclusive,
    test_network,
    test_oauth1,
    test_paging,
    test_pairs,
    test_parts,
    test_protocol,
    test_providers,
    test_redirects,
    test_sharing,
    test_signatures,
    test_token,
    test_unsteady,
    test_more_pairs,
    test_healthy_odd,
    test_healthy_words,
    test_only_what_was_seen,
    test_real_servers,
    test_scope_rows,
    test_versions,
    test_writes,
    test_years,
)
# A slow answer would take half a minute, what is wrong on this computer has no district, what is between the two
# sides of a move has two, in tests/checks/moving, and what a trace names has its own, in tests/checks/tracing.
_ELSEWHERE = frozenset({
    "load.slow", *(code for code in codes() if code.startswith(("tool.", "migrate.", "trace."))),
})  # fmt: skip


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
    wanted = [code for code in codes() if cause(code).checked and code not in _ELSEWHERE]
    assert [code for code in wanted if told[code] < 2] == []


def test_no_row_allows_more_requests_than_its_kind() -> None:
    for row in ROWS:
        cause, fails = row.expected.cause or "", row.expected.status == "fail"
        limit = MOST_FOR_ANYTHING if fails else MOST_FOR_A_HEALTHY_ONE
        if fails and cause.startswith("token."):
            limit = MOST_FOR_A_REFUSED_TOKEN
        limit = MOST_WITH_WRITES if row.typed.write_test else limit
        assert row.expected.most <= limit, row.name


def test_what_is_told_from_what_was_typed_needs_no_request() -> None:
    asked = [*rows_of(test_versions), *rows_of(test_signatures)]
    # Of these causes some are told by a request, where nothing was found at the typed address.
    typed = [row for row in ROWS if row.expected.cause in TOLD_WITHOUT_A_REQUEST and row not in asked]
    assert {row.expected.most for row in typed if row.expected.status == "fail"} == {0}
