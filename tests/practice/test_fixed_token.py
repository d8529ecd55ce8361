"""The practice district takes its secret as a fixed token too, as a provider without a token URL does."""

from __future__ import annotations

from typing import Literal

import pytest

from oneroster_practice import PracticeDistrict

from .caller import Caller


@pytest.mark.parametrize(
    ("token", "status"), [("right", 200), ("wrong", 401)], ids=["the secret itself", "another"]
)
def test_the_secret_itself_is_a_token(token: Literal["right", "wrong"], status: int) -> None:
    with PracticeDistrict() as district, Caller(district) as caller:
        text = district.credentials.client_secret.reveal() if token == "right" else "another"
        answer = caller.http.get(caller.url("orgs"), headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == status


def test_it_may_read_what_is_shared_and_no_more() -> None:
    with PracticeDistrict(share=("rostering",)) as district, Caller(district) as caller:
        headers = {"Authorization": f"Bearer {district.credentials.client_secret.reveal()}"}
        assert caller.http.get(caller.url("students"), headers=headers).status_code == 200
        assert caller.http.get(caller.url("demographics"), headers=headers).status_code == 403


def test_a_signed_connection_has_no_token() -> None:
    with PracticeDistrict(oauth=1, oneroster="1.1") as district, Caller(district) as caller:
        headers = {"Authorization": f"Bearer {district.credentials.client_secret.reveal()}"}
        assert caller.http.get(caller.url("orgs"), headers=headers).status_code == 401
