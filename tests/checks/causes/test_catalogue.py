"""The catalogue holds every published code, in order, in words that people can use."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from oneroster_checks.causes import Cause, Who, cause, codes
from oneroster_checks.causes.steps import CONNECTION
from oneroster_checks.causes.words import facts_required, facts_used, fill, steps_for_district
from oneroster_checks.finding import Facts
from oneroster_checks.providers import providers

CODES = codes()

# The names that the checks agreed to bring, by the beginning of the code.
AGREED = {
    "address": "field value mended reason host token_host base_host app token_app found_version "
    "chosen_version what",
    "key": "field value mended what",
    "network": "host port detail phase seconds",
    "tls": "host port detail phase seconds expires",
    "clock": "minutes direction server_date",
    "token": "host status error detail location scope seconds retry_after tried token_app",
    "access": "host status path tried mended detail retry_after",
    "oauth1": "created expires age_days methods_tried works refused",
    "sharing": "part status path people classes scope_needed scope_given scope_sent latest_end sessions next_start",
    "year": "part status path people classes latest_end sessions next_start",
    "accounts": "missing sampled share students guardians agents_missing agents_sampled",
    "gradebook": "status path refused calls detail count examples",
    "payload": "path expected found count sampled field share detail status",
    "paging": "path count asked received total detail",
    "query": "path count filter sort fields detail status",
    "error": "path detail status",
    "load": "path count seconds median status detail",
    "data": "count total share examples",
    "tool": "check error",
}

# What Campus's own article sends the district to, by the words of the screen.
SCREENS = {
    "token.invalid-client": ("Digital Learning Applications Configuration", "Information to Share"),
    "token.unauthorized-client": ("Digital Learning Applications Configuration", "Status"),
    "token.not-an-endpoint": ("Information to Share",),
    "access.forbidden": ("Status", "Data to Share", "OneRoster API Documentation"),
    "access.base-url-wrong": ("Base URL", "Legacy Configuration"),
    "access.token-rejected": ("Base URL", "Token URL"),
    "address.legacy": ("Legacy Configuration",),
    "address.app-name-missing": ("Token URL",),
    "oauth1.expired": ("Renew", "Digital Learning Applications Configuration"),
    "oauth1.expires-soon": ("Renew",),
    "oauth1.rejected": ("Renew", "Information to Share"),
    "oauth1.discontinued": ("Digital Learning Applications Configuration",),
    "sharing.nothing": ("Data to Share", "System Administration > Calendar > School Years"),
    "sharing.rostering-off": ("Data to Share", "Rostering"),
    "sharing.demographics-off": ("Data to Share", "Demographics"),
    "sharing.assessments-off": ("Data to Share", "Assessments"),
    "year.not-active": ("System Administration > Calendar > School Years",),
    "year.no-terms": ("System Administration > Calendar > School Years",),
    "accounts.students-missing": (
        "System Administration > User Security > Users",
        "user account batch wizard",
    ),
    "accounts.guardians-missing": ("System Administration > User Security > Users", "Portal", "Grade Book"),
    "accounts.staff-missing": ("System Administration > User Security > Users",),
    "gradebook.vendor-credentials-missing": ("x-vendor-authorization",),
    "gradebook.vendor-credentials-rejected": ("vendor secret",),
    "gradebook.not-enabled": ("Data to Share", "Grade Book", "Campus Learning licence"),
}

FORBIDDEN = re.compile(
    r"verify=False|turn off verification|--insecure|\b(simply|just|easily|obviously|please|TODO)\b|!",
    re.IGNORECASE,
)


def _step_lists(entry: Cause) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "general", tuple(step.text for step in entry.fix)
    for provider, steps in entry.fix_for.items():
        yield provider, tuple(step.text for step in steps)


def _templates(entry: Cause) -> tuple[str, ...]:
    steps = tuple(text for _, texts in _step_lists(entry) for text in texts)
    return (entry.summary, entry.why, *steps)


@pytest.mark.parametrize("code", CODES)
def test_facts_are_declared_used_and_agreed(code: str) -> None:
    entry = cause(code)
    used = {name for template in _templates(entry) for name in facts_used(template)}
    assert used == set(entry.facts)
    assert len(entry.facts) == len(set(entry.facts))
    assert used <= set(AGREED[code.split(".")[0]].split())


@pytest.mark.parametrize("code", CODES)
def test_a_step_or_summary_needs_no_optional_fact(code: str) -> None:
    entry = cause(code)
    if code == "tool.fault":
        assert facts_required(entry.summary) == {"check", "error"}
        return
    optional = {
        "suggestion",
        "scope_sent",
        "detail",
        "error",
        "location",
        "retry_after",
        "scope_given",
        "examples",
    }
    for template in _templates(entry):
        assert not facts_required(template) & optional, template


@pytest.mark.parametrize("code", CODES)
def test_steps_need_no_fact_beyond_those_of_the_summary(code: str) -> None:
    entry = cause(code)
    known = facts_required(entry.summary)
    for template in _templates(entry)[1:]:
        assert facts_required(template) <= known, template


@pytest.mark.parametrize("code", CODES)
def test_every_template_fills_with_facts_and_without(code: str) -> None:
    entry = cause(code)
    full = dict.fromkeys(entry.facts, "VALUE")
    for template in _templates(entry):
        for facts in (full, {}):
            reported = fill(template, facts)
            assert not re.search(r"[{}]|\[\[|\]\]", reported), reported
            assert "  " not in reported
            assert " ," not in reported
            assert ".." not in reported
            assert "()" not in reported
    assert "unknown" not in fill(entry.summary, full)


@pytest.mark.parametrize("code", CODES)
def test_words_are_plain(code: str) -> None:
    entry = cause(code)
    assert 0 < len(entry.title) <= 60
    assert not entry.title.endswith(".")
    for facts in (dict.fromkeys(entry.facts, "VALUE"), {}):
        summary = fill(entry.summary, facts)
        assert summary.endswith(".")
        assert len(re.findall(r"[.?](?= [A-Z])", summary)) == 0, "one sentence only"
    assert 1 <= len(re.findall(r"\.(?= |$)", entry.why)) <= 3
    assert entry.why.endswith(".")
    assert entry.detection.endswith(".")
    assert entry.source
    assert "(D)" not in entry.source
    for text in (entry.title, entry.detection, *_templates(entry)):
        found = FORBIDDEN.search(text)
        assert found is None, found
        assert "  " not in text
        assert text.isascii()


@pytest.mark.parametrize("code", CODES)
def test_every_list_of_steps_ends_with_another_run(code: str) -> None:
    for provider, texts in _step_lists(cause(code)):
        assert 1 <= len(texts) <= 6, provider
        if code.split(".")[0] != "data":
            assert len(texts) >= 2, provider
        assert texts[-1].lower().endswith("then run the checks again."), provider


@pytest.mark.parametrize("code", CODES)
def test_steps_are_for_known_providers(code: str) -> None:
    known = {entry.id for entry in providers()}
    assert set(cause(code).fix_for) <= known


@pytest.mark.parametrize("code", CODES)
def test_causes_named_as_neighbours_exist(code: str) -> None:
    named = re.findall(r"\b(?:" + "|".join(AGREED) + r")\.[a-z][a-z-]+", cause(code).detection)
    assert set(named) <= set(CODES)
    assert code not in named


@pytest.mark.parametrize("code", SCREENS)
def test_the_steps_for_campus_name_the_screen(code: str) -> None:
    text = " ".join(step.text for step in cause(code).fix_for["infinite-campus"])
    for screen in SCREENS[code]:
        assert screen in text


def test_an_unknown_provider_gets_the_general_steps() -> None:
    entry = cause("token.invalid-client")
    assert entry.steps("nonesuch") == entry.fix
    assert entry.steps("infinite-campus") != entry.fix


@pytest.mark.parametrize(
    ("provider", "code", "word"),
    [
        ("aeries", "token.scope-required", "at least one scope"),
        ("veracross", "token.invalid-scope", "one for each"),
        ("ed-fi", "sharing.demographics-off", "separately"),
        ("ed-fi", "paging.limit-capped", "500"),
        ("classlink", "token.not-an-endpoint", "no token URL"),
        ("blackbaud", "token.scope-required", "Blackbaud requires"),
        ("synergy", "gradebook.write-refused", "have been seen"),
    ],
)
def test_other_providers_have_steps_of_their_own(provider: str, code: str, word: str) -> None:
    assert word in " ".join(step.text for step in cause(code).fix_for[provider])


def test_an_untrusted_certificate_is_met_with_a_ca_file() -> None:
    text = " ".join(step.text for step in cause("tls.untrusted").fix)
    assert "--ca-file" in text
    assert "CA file field" in text


def test_secrets_are_never_among_the_facts_of_key_fields() -> None:
    for code in ("key.stray-characters", "key.unexpected-format", "address.fields-swapped"):
        assert not {"value", "suggestion"} & set(cause(code).facts), "these fields may hold a secret"


@pytest.mark.parametrize("provider", [entry.id for entry in providers()])
def test_the_message_to_the_district_holds_its_steps_only(provider: str) -> None:
    for code in CODES:
        entry = cause(code)
        # With the mended text of a cause that it mends alone, the district has nothing to do.
        facts: Facts = {**dict.fromkeys(entry.facts, "VALUE"), "suggestion": ""}
        wanted = [fill(step.text, facts) for step in entry.steps(provider) if step.who is Who.DISTRICT]
        reported = steps_for_district(code, provider, facts)
        assert [text[-40:] for text in reported] == [text[-40:] for text in wanted]
        assert sum(CONNECTION in text for text in reported) <= 1, "the way to the screen is told once"
