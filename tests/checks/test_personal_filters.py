"""Values of people in filters: sent as they are, whatever signs they have, and shown nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.finding import Status
from oneroster_checks.redaction.addresses import shown_filter
from oneroster_checks.redaction.redactor import Redactor
from oneroster_checks.stages.model import Depth

from .districts.district import District
from .districts.records import Data
from .districts.row import AS_GIVEN, Port, Row, passes, run
from .districts.shapes import CAMPUS, GENERIC_1_1, GENERIC_OAUTH_1
from .districts.told import outputs

ODD = "pernilla+o&x 5%=ü"


def odd(data: Data) -> None:
    """Everybody has a username and an email with signs that an address encodes."""
    for place, row in enumerate(data["users"]):
        row["username"] = f"{ODD}{place}"
        row["email"] = f"pernilla+{place}&x=ü@elm.example"


@pytest.mark.parametrize("shape", [CAMPUS, GENERIC_1_1, GENERIC_OAUTH_1], ids=["1.2", "1.1", "OAuth 1"])
async def test_values_arrive_as_they_are_and_are_shown_nowhere(shape: object, tmp_path: Path) -> None:
    row = Row("odd", District(shape).where(odd), passes(), AS_GIVEN, Port(), Depth.FULL)  # type: ignore[arg-type]
    result, served = await run(row, tmp_path)
    finding = result.finding("verified.people")
    assert finding is not None
    assert finding.status is Status.PASS
    filters = [request.asks("filter") or "" for request in served.server.heard if "filter=" in request.target]
    assert any(text == f"username='{ODD}0'" for text in filters)
    # A raw apostrophe or plus sign is signed by some servers in another way than it is sent.
    assert not any("'" in request.target or "+" in request.target for request in served.server.heard)
    shown = [*outputs(result), *(each.url for each in result.trace)]
    for text in shown:
        assert "pernilla" not in text.lower()
        assert "%C3%BC" not in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("username='s123456'", "username='[hidden]'"),
        ("email~'anna'", "email~'[hidden]'"),
        ("status='active' AND username='x1'", "status='active' AND username='[hidden]'"),
        ("user.givenName='Anna'", "user.givenName='[hidden]'"),
        ("role='teacher'", "role='teacher'"),
        ("dateLastModified>'2025-01-15T06:30:00.000Z'", "dateLastModified>'2025-01-15T06:30:00.000Z'"),
        ("sourcedId='s1000001'", "sourcedId='s1000001'"),
    ],
)
def test_a_filter_hides_what_names_a_person(text: str, shown: str) -> None:
    assert shown_filter(text) == shown
    sent = "".join(_ENCODED.get(sign, sign) for sign in text)
    expected = "".join(_ENCODED.get(sign, sign) for sign in shown)
    address = Redactor().address(f"https://d.example/users?limit=10&filter={sent}")
    assert address == f"https://d.example/users?limit=10&filter={expected}"


_ENCODED = {"'": "%27", " ": "%20", "=": "%3D", ">": "%3E", ":": "%3A"}
