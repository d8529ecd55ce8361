"""The scope policies of the table do what their rows say, seen without the tool."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote, urlencode

import pytest

from ...servers import Reply, Request
from .district import SECRET, District, Living
from .policies import CORE_11, CORE_12, ROSTER_12, Scopes, only, opened_by
from .shapes import GENERIC

RIGHT = f"{GENERIC.client_id}:{quote(SECRET, safe='')}"


def asked(living: Living, *scopes: str, pair: str = RIGHT) -> Reply:
    """The answer of the token endpoint to who asks for these scopes."""
    form = {"grant_type": "client_credentials"} | ({"scope": " ".join(scopes)} if scopes else {})
    header = {"authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    return living(Request("POST", GENERIC.token, header, urlencode(form).encode()))


def read(living: Living, reply: Reply, collection: str = "orgs") -> int:
    """The status of a data call with the token of an answer."""
    header = {"authorization": f"Bearer {json.loads(reply.body)['access_token']}"}
    return living(Request("GET", f"{GENERIC.roots[0]}/{collection}", header)).status


def living_by(scopes: Scopes) -> Living:
    """A district under this policy."""
    return Living(District(GENERIC).where(scopes=scopes), lambda: 0.0)


def test_a_client_that_may_have_one_scope_only() -> None:
    living = living_by(only(CORE_12))
    refused = [
        asked(living),
        asked(living, ROSTER_12),
        asked(living, CORE_12, ROSTER_12),
        asked(living, CORE_11),
    ]
    assert [(reply.status, json.loads(reply.body)["error"]) for reply in refused] == [
        (400, "invalid_scope")
    ] * 4
    assert read(living, asked(living, CORE_12)) == 200


def test_unknown_scopes_are_dropped() -> None:
    living = living_by(opened_by(CORE_12, may_have=frozenset({CORE_12}), unknown="dropped"))
    assert "scope" not in json.loads(asked(living, CORE_11).body)
    both = asked(living, CORE_11, CORE_12)
    assert json.loads(both.body)["scope"] == CORE_12
    assert [read(living, asked(living)), read(living, asked(living, CORE_11)), read(living, both)] == [
        403,
        403,
        200,
    ]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("scope", ["invalid_scope", "invalid_client"]),
        ("credentials", ["invalid_client", "invalid_client"]),
    ],
)
def test_the_order_of_judging(first: str, expected: list[str]) -> None:
    living = living_by(only(CORE_12, first=first))
    told = [
        asked(living, pair=f"{GENERIC.client_id}:wrong"),
        asked(living, CORE_12, pair=f"{GENERIC.client_id}:wrong"),
    ]
    assert [json.loads(reply.body)["error"] for reply in told] == expected


def test_one_at_a_time_and_only_together() -> None:
    apart = living_by(Scopes(one_at_a_time=True))
    assert [asked(apart, CORE_12).status, asked(apart, CORE_12, ROSTER_12).status] == [200, 400]
    together = living_by(Scopes(opens=frozenset({CORE_12, ROSTER_12}), all_of_them=True))
    found = [
        read(together, asked(together, *scopes))
        for scopes in ((CORE_12,), (ROSTER_12,), (CORE_12, ROSTER_12))
    ]
    assert found == [403, 403, 200]


def test_parts_have_their_own_scope_and_names_may_be_short() -> None:
    living = living_by(Scopes(parts={"demographics": frozenset({CORE_12})}, tells="short names"))
    without, with_it = asked(living), asked(living, CORE_12)
    assert json.loads(with_it.body)["scope"] == "roster-core.readonly"
    assert [
        read(living, without),
        read(living, without, "demographics"),
        read(living, with_it, "demographics"),
    ] == [
        200,
        403,
        200,
    ]
