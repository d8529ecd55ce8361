"""What a cause says of the rest of a run: fields, what it explains, and the points of the checklist."""

from __future__ import annotations

from dataclasses import fields

import pytest

from oneroster_checks.causes import cause, codes
from oneroster_checks.causes.model import Point
from oneroster_checks.connection import Connection, Credentials
from oneroster_checks.labels import FIELDS

CODES = codes()


FIELD_NAMES = {each.name for each in (*fields(Connection), *fields(Credentials))}


@pytest.mark.parametrize("code", CODES)
def test_fields_are_fields_of_a_connection(code: str) -> None:
    named = cause(code).fields
    assert set(named) <= FIELD_NAMES & set(FIELDS)
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("code", CODES)
def test_what_a_cause_explains_is_in_the_catalogue(code: str) -> None:
    entry = cause(code)
    assert set(entry.explains) <= set(CODES) - {code}
    assert (entry.strength > 0) == bool(entry.explains), "strength chooses between causes that explain"
    assert entry.told_last >= 0


def test_no_two_causes_that_explain_the_same_are_equally_strong() -> None:
    for code in CODES:
        strengths = [cause(other).strength for other in CODES if code in cause(other).explains]
        assert len(set(strengths)) == len(strengths), code


@pytest.mark.parametrize("code", CODES)
def test_no_point_is_proved_and_disproved(code: str) -> None:
    entry = cause(code)
    assert not set(entry.proves) & set(entry.disproves)
    assert len(set(entry.proves)) == len(entry.proves)
    assert len(set(entry.disproves)) == len(entry.disproves)


def _speaking_against(point: Point) -> set[str]:
    return {code for code in CODES if point in cause(code).disproves}


def test_what_speaks_against_the_points() -> None:
    not_allowed = {"token.unauthorized-client", "access.forbidden"}
    assert _speaking_against(Point.CONNECTION_ACTIVE) == not_allowed
    assert _speaking_against(Point.CONNECTION_ENABLED) == not_allowed
    assert all(Point.CREDENTIALS_CORRECT in cause(code).proves for code in not_allowed)
    assert _speaking_against(Point.CREDENTIALS_CURRENT) == {"oauth1.expired", "oauth1.expires-soon"}
    assert _speaking_against(Point.USER_ACCOUNTS) == {code for code in CODES if code.startswith("accounts.")}
    assert _speaking_against(Point.VENDOR_CREDENTIALS) == {
        "gradebook.vendor-credentials-missing",
        "gradebook.vendor-credentials-rejected",
    }
    assert _speaking_against(Point.GRADEBOOK_ENABLED) == {"gradebook.not-enabled"}
    assert _speaking_against(Point.ROSTER_ONLY_CREDENTIALS) == {"gradebook.not-enabled"}
    # Nobody may be enrolled whatever the connection shares.
    shared = {code for code in CODES if code.startswith("sharing.")} - {"sharing.enrollments-empty"}
    assert _speaking_against(Point.DATA_TO_SHARE) == shared | {"gradebook.not-enabled"}


@pytest.mark.parametrize(
    "point", [Point.CAMPUS_LEARNING_LICENSE, Point.SCHOOLS_CHOSEN, Point.SUPPORTED_CONNECTION]
)
def test_what_only_the_district_knows_is_never_disproved(point: Point) -> None:
    assert _speaking_against(point) == set()


def test_what_speaks_against_the_credentials() -> None:
    against = _speaking_against(Point.CREDENTIALS_CORRECT)
    assert {code for code in CODES if code.startswith(("address.", "key."))} <= against
    assert {
        "token.invalid-client",
        "token.not-an-endpoint",
        "oauth1.rejected",
        "access.base-url-wrong",
    } <= against


@pytest.mark.parametrize("code", CODES)
def test_a_network_or_a_server_that_fails_speaks_against_no_point(code: str) -> None:
    family, _, name = code.partition(".")
    if family in ("network", "tls", "clock", "load", "tool") or name in ("server-error", "throttled"):
        assert not cause(code).disproves
        assert not cause(code).proves
