"""What a run sees of the server beside its data, from real servers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from oneroster_checks.changes.limits import SOON_DAYS
from oneroster_checks.changes.model import EndingKind
from oneroster_checks.http.certificates import Certificate, certificate_of
from oneroster_checks.limits import YEAR_BREAK_DAYS
from oneroster_checks.report import render
from oneroster_checks.result import Result
from oneroster_practice import PracticeDistrict

from ...servers import Reply, Request, certificates
from ..districts.district import District, Override, is_data, is_token
from ..districts.records import Data, Edit
from ..districts.row import Port, Row, healthy, run
from ..districts.shapes import GENERIC
from ..engine import outcome
from .weeks import healthy as result_of_a_healthy_district


def _named(*headers: str) -> Override:
    """Each data answer has the next of these in its Server header, the last one for all others."""
    left = list(headers)

    def named(request: Request, reply: Reply) -> Reply:
        return reply.but(("Server", left.pop(0) if len(left) > 1 else left[0]))

    return Override(is_data, named)


async def _run(district: District, folder: Path, port: Port | None = None) -> Result:
    result, _ = await run(Row("", district, healthy(), port=port or Port()), folder)
    return result


def _sessions_in(*spans: tuple[int, int]) -> Edit:
    """The sessions are those between these days, counted from today: one each, made of the first there is."""

    def edit(data: Data) -> None:
        today, (first, *_) = date.today(), data["academicSessions"]
        data["academicSessions"] = [
            {
                **first,
                "sourcedId": f"{first['sourcedId']}-{number}",
                "startDate": (today + timedelta(days=start)).isoformat(),
                "endDate": (today + timedelta(days=end)).isoformat(),
            }
            for number, (start, end) in enumerate(spans)
        ]

    return edit


def test_a_run_sees_the_year_the_scopes_and_the_times() -> None:
    seen = result_of_a_healthy_district().observed
    assert seen.year_ends is not None
    assert seen.year_ends > date.today()
    assert all("/scope/" in scope for scope in seen.scopes)
    assert len(seen.scopes) > 1
    assert list(seen.scopes) == sorted(seen.scopes)
    assert seen.median_ms is not None
    assert (seen.certificate, seen.certificate_ends) == ("", None)


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        # Terms with holidays between them, in any order.
        ([(17 + 38, 200), (-99, 21)], 21),
        ([(38, 200), (-99, 21)], 200),
        ([(230, 300), (38, 200), (-99, 21)], 300),
        # One that begins before the current one ends, and one within it.
        ([(-99, 21), (10, 90)], 90),
        ([(-99, 200), (38, 60)], 200),
        # After a summer there is another year; what is over is no part of this one.
        ([(-99, 21), (21 + YEAR_BREAK_DAYS + 1, 300)], 21),
        ([(-99, 21), (21 + YEAR_BREAK_DAYS, 300)], 300),
        ([(-300, -120), (-99, 21)], 21),
    ],
)
async def test_a_year_goes_on_after_holidays(tmp_path: Path, spans: list[tuple[int, int]], days: int) -> None:
    result = await _run(District(GENERIC).where(_sessions_in(*spans)), tmp_path)
    assert result.observed.year_ends == date.today() + timedelta(days=days)
    (check,) = [each.finding for each in result.findings if each.finding.check == "year.active"]
    # What the check says is of the sessions that contain today.
    now = max(end for start, end in spans if start <= 0 <= end)
    assert check.facts["latest_end"] == (date.today() + timedelta(days=now)).isoformat()
    warned = [each.soon for each in result.endings if each.kind is EndingKind.YEAR]
    assert warned == [days <= SOON_DAYS[EndingKind.YEAR]]


async def test_the_certificate_is_that_of_the_verified_connection(tmp_path: Path) -> None:
    result = await _run(District(GENERIC), tmp_path, Port(certificates.good))
    assert result.observed.certificate.startswith("trustme")
    assert result.observed.certificate_ends is not None
    assert EndingKind.CERTIFICATE in [each.kind for each in result.endings]
    refused = await _run(District(GENERIC), tmp_path, Port(certificates.expired))
    assert (refused.observed.certificate, refused.observed.certificate_ends) == ("", None)


async def test_a_certificate_that_ends_in_two_weeks_is_told_beforehand(tmp_path: Path) -> None:
    def ends_soon(folder: Path) -> certificates.Tls:
        return certificates.good(folder, not_after=datetime.now(UTC) + timedelta(days=14))

    result = await _run(District(GENERIC), tmp_path, Port(ends_soon))
    (ending,) = [each for each in result.endings if each.kind is EndingKind.CERTIFICATE]
    assert ending.soon
    assert 13 <= ending.days <= 14
    assert ending.summary in " ".join(render([result], "text").split())


@pytest.mark.parametrize(
    ("header", "product"),
    [
        ("nginx/1.24.0 (Ubuntu)", "nginx/1"),
        ("Microsoft-IIS/10.0", "Microsoft-IIS/10"),
        ("cloudflare", "cloudflare"),
        ("Apache/2.4.57 (Debian) OpenSSL/3.0.11", "Apache/2"),
        ("(nobody)", ""),
        ("x" * 300, ""),
        ("jane.doe@elm.example", ""),
        ("Maplewood", ""),
    ],
)
async def test_the_product_has_its_major_version(header: str, product: str, tmp_path: Path) -> None:
    result = await _run(District(GENERIC).where(_named(header)), tmp_path)
    assert result.observed.server == product


async def test_no_secret_is_seen_as_a_product_or_a_scope(tmp_path: Path) -> None:
    from ..districts.district import SECRET

    word = SECRET.partition("/")[0]
    result = await _run(District(GENERIC).where(_named(SECRET)), tmp_path)
    assert word not in repr(result.observed)


async def test_of_several_products_the_one_that_answers_with_data_counts(tmp_path: Path) -> None:
    def blocked(request: Request, reply: Reply) -> Reply:
        return Reply(403, b"", (("Server", "BigIP/3.1"),))

    district = District(GENERIC).where(Override(is_data, blocked))
    assert (await _run(district, tmp_path)).observed.server == "BigIP/3"
    late = District(GENERIC).where(_named("nginx/1.1"), Override(is_data, blocked, first=4))
    assert (await _run(late, tmp_path)).observed.server == "nginx/1"


async def test_a_run_without_a_token_sees_no_scope(tmp_path: Path) -> None:
    refusing = District(GENERIC).where(Override(is_token, lambda request, reply: Reply(401)))
    result = await _run(refusing, tmp_path)
    assert (result.observed.scopes, result.observed.median_ms) == ((), None)


async def test_a_run_on_top_of_another_keeps_what_it_does_not_see() -> None:
    from oneroster_checks.diagnosis.runner import run as run_checks

    with PracticeDistrict() as district:
        whole = await outcome(district.connection, district.credentials)
        part = await run_checks(
            district.connection, district.credentials, only=("network.base-host",), previous=whole
        )
    assert part.observed == whole.observed
    assert part.endings == whole.endings


def test_a_certificate_with_odd_fields_is_read_as_far_as_it_can_be() -> None:
    assert certificate_of({}) == Certificate()
    odd = {"issuer": ((("organizationName", 3),), 4, (("commonName", "Elm CA"),)), "notAfter": "someday"}
    assert certificate_of(odd) == Certificate("Elm CA")
    named = {"issuer": ((("commonName", "R11"),), (("organizationName", "Elm Trust"),)),
             "notAfter": "Dec  9 12:00:00 2026 GMT"}  # fmt: skip
    assert certificate_of(named) == Certificate("Elm Trust", date(2026, 12, 9))
