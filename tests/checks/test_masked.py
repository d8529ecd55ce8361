"""JSON that a person asked for: who may not see people sees none, and a secret nobody sees."""

from __future__ import annotations

import json

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.diagnosis.get_shape import shape_of
from oneroster_checks.redaction import Redactor
from oneroster_checks.redaction.masked import masked
from oneroster_checks.redaction.outline import NAME_KEYS
from oneroster_checks.standard.fields import ENTITY, fields

SECRET = "s3cret-of-the-test"
PERSONAL = {
    "user": NAME_KEYS | {"grades", "metadata"},
    "demographics": frozenset(
        {"birthDate", "birthdate", "sex", "asian", "white", "cityOfBirth", "countryOfBirthCode"}
    ),
    "result": frozenset({"score", "comment", "scoreDate"}),
}


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("entity", sorted({*ENTITY.values()}))
def test_only_what_is_known_to_be_harmless_is_shown(version: OneRosterVersion, entity: str) -> None:
    record = {each.name: f"Zyprexia {each.name}" for each in fields(version, entity)}
    shown = masked(record)
    assert "Zyprexia" not in json.dumps(shown)
    assert isinstance(shown, dict)
    assert list(shown) == list(record)


@pytest.mark.parametrize("value", ["female", "true", True, 7, 1.5, "2011-02-03", "09"])
def test_personal_fields_are_masked_whatever_they_hold(value: object) -> None:
    for names in PERSONAL.values():
        for name in names - {"metadata"}:
            assert masked({name: value}) in ({name: "[hidden]"}, {"[another field]": "[hidden]"})


def test_a_record_keeps_what_an_engineer_needs() -> None:
    record = {
        "sourcedId": "org-2", "status": "active", "dateLastModified": "2026-11-26T06:00:00.000Z",
        "enabledUser": "true", "roles": [{"role": "student", "roleType": "primary", "beginDate": "2026-07-01"}],
        "orgs": [{"sourcedId": 7, "type": "org", "href": "https://d.example/orgs/7"}],
        "schoolYear": 2027, "resultValueMax": 100.0, "email": "", "sms": None, "agents": [],
    }  # fmt: skip
    kept = {**record, "orgs": [{"sourcedId": 7, "type": "org", "href": "[hidden]"}]}
    assert masked({"users": [record]}) == {"users": [kept]}


def test_no_value_slips_through_in_a_harmless_field() -> None:
    for name in (
        "sourcedId",
        "status",
        "role",
        "type",
        "classType",
        "dateLastModified",
        "schoolYear",
        "count",
    ):
        for value in ("Jane Doe", "jane.doe@d.example", "Doe, Jane", "555-123-4567"):
            shown = json.dumps(masked({name: value}))
            assert value not in shown
            assert "Jane" not in shown


def test_names_of_fields_may_be_names_too() -> None:
    shown = masked({"Jane Doe": {"John": 1}, "Jim": 2, "status": "active"})
    assert shown == {
        "[another field]": {"[another field]": "[hidden]"},
        "[another field 2]": "[hidden]",
        "status": "active",
    }


def test_who_may_see_people_sees_no_password_and_no_secret() -> None:
    redactor = Redactor([SECRET])
    document = {
        "users": [
            {"givenName": "Jane", "email": "jane@d.example", "password": "hunter2", "x": f"<{SECRET}>"}
        ],
        "note": SECRET,
        SECRET: 1,
        f"{SECRET}": float("nan"),
    }
    shown = shape_of(redactor, shows_people=True).document(document)
    assert shown == {
        "users": [
            {"givenName": "Jane", "email": "jane@d.example", "password": "[hidden]", "x": "<[hidden]>"}
        ],
        "note": "[hidden]",
        "[hidden]": "nan",
    }


@pytest.mark.parametrize("document", [None, [], {}, 7, "x", [{"sourcedId": "1"}], {"orgs": []}, [[1]]])
def test_a_document_of_any_form_has_a_shape(document: object) -> None:
    for shows_people in (True, False):
        json.dumps(shape_of(Redactor([SECRET]), shows_people=shows_people).document(document))


@pytest.mark.parametrize("people", [True, False], ids=["people", "masked"])
@pytest.mark.parametrize(
    "secret", ["s3cret-of-the-test", "48151623421234", "0a1b2c3d4e5f60718293a4b5c6d7e8f9"]
)
def test_a_secret_is_shown_nowhere_whatever_its_form(secret: str, people: bool) -> None:
    shape = shape_of(Redactor([secret]), shows_people=people)
    forms = [secret, int(secret)] if secret.isdigit() else [secret]
    for form in forms:
        record = {"sourcedId": form, "count": form, "schoolYear": form, "x": [form], secret: {"status": form}}
        assert secret not in json.dumps(shape.record(record))
        assert secret not in json.dumps(shape.document({"users": [record], "count": form}))


def test_masking_takes_time_in_proportion_to_the_keys() -> None:
    shape = shape_of(Redactor([]), shows_people=False)
    whole = shape.record({f"pupil {number}": 1 for number in range(100_000)})
    assert isinstance(whole, dict)
    assert len(whole) == 100_000
    assert list(whole)[:2] == ["[another field]", "[another field 2]"]
