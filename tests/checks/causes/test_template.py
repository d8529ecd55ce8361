"""How a template is filled: optional clauses, conditions, one of a thing, and the names for each reader."""

from __future__ import annotations

import pytest

from oneroster_checks.causes.template import Audience, facts_used, fill
from oneroster_checks.finding import Facts

from ..required_facts import facts_required


def test_an_optional_clause_falls_when_a_fact_is_missing_or_empty() -> None:
    template = "It is wrong[[; use {suggestion}]][[ ({detail}, {error})]]."
    assert fill(template, {}) == "It is wrong."
    assert fill(template, {"suggestion": "", "detail": "a", "error": ""}) == "It is wrong."
    assert fill(template, {"suggestion": "x", "detail": "a", "error": "b"}) == "It is wrong; use x (a, b)."
    assert fill(template, {"suggestion": 0}) == "It is wrong; use 0."


def test_a_condition_on_a_fact_need_not_show_it() -> None:
    template = "[[?scope|with]][[-scope|without]]"
    assert fill(template, {"scope": "x"}) == "with"
    assert fill(template, {"scope": ""}) == fill(template, {}) == "without"
    assert facts_used(template) == {"scope"}
    assert facts_required(template) == frozenset()


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("The district shares {count} people.", "The district shares 1 person."),
        ("{count} classes and {other} classes", "1 class and 21 classes"),
        ("{count} assessment line items", "1 assessment line item"),
        ("OAuth {count} requests", "OAuth 1 requests"),
        ("OneRoster 1.{count} classes", "OneRoster 1.1 classes"),
    ],
)
def test_one_of_a_thing_is_singular(template: str, text: str) -> None:
    assert fill(template, {"count": 1, "other": 21}) == text


def test_the_vendor_has_another_name_for_each_reader() -> None:
    template = "Send it to {vendor} for {vendor_own} connection."
    assert fill(template, {}, Audience.VENDOR) == "Send it to the vendor for the vendor's connection."
    assert fill(template, {}, Audience.DISTRICT) == "Send it to us for our connection."


def test_numbers_have_thousands_set_apart_and_texts_do_not() -> None:
    facts: Facts = {
        "count": 7, "of": 304312, "kinds": {"enrollment.user": 1234}, "class_id": "12345",
        "status": "401", "rows": 4000, "lower_bounds": ("rows",), "rows_at_most": 5000,
    }  # fmt: skip
    text = fill("{count} of {of}, {kinds}, {class_id}, {status}, {rows}.", facts)
    assert text == "7 of 304,312, enrollment.user (1,234), 12345, HTTP 401, 4,000 to 5,000."


def test_a_port_is_no_number_of_things() -> None:
    assert (
        fill("{count} requests on port {port}", {"count": 44967, "port": 44967})
        == "44,967 requests on port 44967"
    )


def test_a_clause_can_be_for_the_district_alone() -> None:
    template = "The URL[[ {that_we_have}]] is short[[-that_we_have|, and so is the field]]."
    assert fill(template, {}) == "The URL is short, and so is the field."
    assert fill(template, {}, Audience.DISTRICT) == "The URL that we have is short."
    assert facts_used(template) == frozenset()
