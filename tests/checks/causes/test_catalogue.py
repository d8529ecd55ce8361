"""The entries of the catalogue are complete: words that people can use, steps to take, and consistent links."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from oneroster_checks.causes import Cause, Who, cause, codes
from oneroster_checks.causes.steps import SCREEN
from oneroster_checks.causes.template import Audience, facts_used, fill
from oneroster_checks.causes.words import ONLY_THEN, filled, steps_for_district
from oneroster_checks.finding import Facts, Finding, Stage, Status
from oneroster_checks.providers import providers

from ..required_facts import facts_required

CODES = codes()
FAMILIES = sorted({code.partition(".")[0] for code in CODES})

# What Campus's own article sends the district to, by the words of the screen.
SCREENS = {
    "token.invalid-client": ("Digital Learning Applications Configuration", "Information to Share", "Renew"),
    "token.unauthorized-client": ("Digital Learning Applications Configuration", "Status"),
    "token.not-an-endpoint": ("Information to Share",),
    "access.forbidden": ("Status", "Data to Share"),
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
    "gradebook.not-enabled": ("Data to Share", "Grade Book", "Campus Learning license"),
}

FORBIDDEN = re.compile(
    r"verify=False|turn off verification|--insecure|\b(simply|just|easily|obviously|please|TODO)\b|!",
    re.IGNORECASE,
)
# Words that the vocabulary replaces by others, and the grades of a source, which stay in the reference.
REPLACED = re.compile(
    r"\b(mend(s|ed|ing)?|told by|is told|hiccups?|patience|is answered|are answered|stands|holds|calls?|licence|"
    r"exchanged|what was chosen)\b|\([A-D](/[A-D])*\)",
    re.IGNORECASE,
)
# An API request is nothing that an administrator does.
REQUEST = re.compile(r"\b(GET|PUT|POST|DELETE|Swagger|REST|endpoint|API Documentation)\b|(?<=\s)/[a-z]")


def _step_lists(entry: Cause) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "general", tuple(step.text for step in entry.fix)
    for provider, steps in entry.fix_for.items():
        yield provider, tuple(step.text for step in steps)


def _templates(entry: Cause) -> tuple[str, ...]:
    steps = tuple(text for _, texts in _step_lists(entry) for text in texts)
    return (entry.summary, entry.why, *steps)


def _facts(entry: Cause) -> Facts:
    return dict.fromkeys({name for template in _templates(entry) for name in facts_used(template)}, "VALUE")


@pytest.mark.parametrize("code", CODES)
def test_why_and_detection_need_no_fact(code: str) -> None:
    entry = cause(code)
    assert not facts_used(entry.why)
    assert not facts_used(entry.detection)
    assert "{" not in entry.title


@pytest.mark.parametrize("code", CODES)
def test_what_may_be_unknown_is_in_an_optional_clause(code: str) -> None:
    optional = {
        "suggestion", "scope", "detail", "error", "location", "retry_after", "examples",
        "share", "lifetime", "profile", "expires",
    }  # fmt: skip
    # These speak of the day itself, and are made only where it is known.
    optional -= {"expires"} if code in ("oauth1.expired", "oauth1.expires-soon") else set()
    optional -= {"error"} if code == "tool.fault" else set()
    for template in _templates(cause(code)):
        assert not facts_required(template) & optional, template


@pytest.mark.parametrize("code", CODES)
def test_steps_need_no_fact_beyond_those_of_the_summary(code: str) -> None:
    entry = cause(code)
    known = facts_required(entry.summary)
    for template in _templates(entry)[1:]:
        assert facts_required(template) <= known, template


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("audience", Audience)
def test_every_template_fills_with_facts_and_without(code: str, audience: Audience) -> None:
    entry = cause(code)
    full = _facts(entry)
    for template in _templates(entry):
        for facts in (full, {}):
            text = fill(template, facts, audience)
            assert not re.search(r"[{}]|\[\[|\]\]", text), text
            for odd in ("  ", " ,", " .", " :", "..", "()", "( "):
                assert odd not in text, text
    assert "unknown" not in fill(entry.summary, full, audience)


@pytest.mark.parametrize("code", CODES)
def test_words_are_plain(code: str) -> None:
    entry = cause(code)
    assert 0 < len(entry.title) <= 60
    assert not entry.title.endswith(".")
    for facts in (_facts(entry), {}):
        summary = fill(entry.summary, facts)
        assert summary.endswith(".")
        assert len(re.findall(r"[.?](?= [A-Z])", summary)) == 0, "one sentence only"
    assert 1 <= len(re.findall(r"\.(?= |$)", entry.why)) <= 3
    assert entry.why.endswith(".")
    assert entry.detection.endswith(".")
    for text in (entry.title, entry.detection, entry.source, *_templates(entry)):
        found = FORBIDDEN.search(text) or REPLACED.search(text)
        assert found is None, (found, text)
        assert "  " not in text
        assert text.isascii()


@pytest.mark.parametrize("code", CODES)
def test_a_source_is_named_as_a_person_looks_it_up(code: str) -> None:
    source = cause(code).source
    assert source
    assert not source.endswith(".")
    assert not re.search(r"\([A-D]\b|\breference\b|\.md\b|section\b(?! \d)|\d section", source)


@pytest.mark.parametrize("code", CODES)
def test_a_summary_speaks_to_nobody(code: str) -> None:
    """It stands in the vendor's report and in the message to the district alike."""
    summary = cause(code).summary
    assert not re.search(r"\b(you|your|we|our|us)\b|\{vendor(_own)?\}", summary, re.IGNORECASE)


@pytest.mark.parametrize("code", CODES)
def test_every_list_of_steps_ends_with_another_run(code: str) -> None:
    for provider, texts in _step_lists(cause(code)):
        # Some are taken only with a fact, or only without it.
        assert 2 <= len(texts) <= 7, provider
        again = {"trace": "trace it again.", "migrate": "compare both again."}
        assert texts[-1].lower().endswith(again.get(code.partition(".")[0], "run the checks again.")), (
            provider
        )


@pytest.mark.parametrize("code", CODES)
def test_steps_are_for_known_providers(code: str) -> None:
    assert set(cause(code).fix_for) <= {entry.id for entry in providers()}


@pytest.mark.parametrize("code", CODES)
def test_steps_are_sentences(code: str) -> None:
    entry = cause(code)
    for _, texts in _step_lists(entry):
        for template in texts:
            # A step may be there only with a fact, or only without it.
            facts = _facts(entry)
            without = {name: value for name, value in facts.items() if f"[[-{name}|" not in template}
            text = fill(template, facts) or fill(template, without)
            assert text[:1].isupper(), text
            # A step that ends in the text to put somewhere must not add a period to it.
            assert text.endswith((".", "VALUE", "https://oauth2.sky.blackbaud.com/token")), text


@pytest.mark.parametrize("code", CODES)
def test_causes_named_as_neighbors_exist(code: str) -> None:
    named = re.findall(r"\b(?:" + "|".join(FAMILIES) + r")\.[a-z][a-z-]+", cause(code).detection)
    assert set(named) <= set(CODES)
    assert code not in named


@pytest.mark.parametrize("code", SCREENS)
def test_the_steps_for_campus_name_the_screen(code: str) -> None:
    text = " ".join(step.text for step in cause(code).fix_for["infinite-campus"])
    for screen in SCREENS[code]:
        assert screen in text


@pytest.mark.parametrize("code", CODES)
def test_an_administrator_makes_no_request(code: str) -> None:
    entry = cause(code)
    for steps in (entry.fix, *entry.fix_for.values()):
        for step in steps:
            if step.who is not Who.VENDOR:
                assert not REQUEST.search(step.text), step.text


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
        assert not {"value", "suggestion"} & set(_facts(cause(code))), "these fields may hold a secret"


@pytest.mark.parametrize("code", [code for code in CODES if code.startswith("data.")])
def test_a_rule_over_records_says_how_many_of_how_many(code: str) -> None:
    summary = cause(code).summary
    assert {"count", "of"} == facts_required(summary)
    assert "examples" in facts_used(summary)


@pytest.mark.parametrize("provider", [entry.id for entry in providers()])
def test_the_message_to_the_district_has_its_steps_only(provider: str) -> None:
    for code in CODES:
        entry = cause(code)
        # With the suggested text of a cause that it fixes alone, the district has nothing to do.
        facts: Facts = {**_facts(entry), "suggestion": ""}
        finding = Finding("a.check", "A check", Stage.DATA, Status.FAIL, code, facts)
        wanted = steps_for_district(finding, provider)
        assert wanted == tuple(step for step in entry.steps(provider) if step.who is Who.DISTRICT)
        texts = [step.text for step in filled(((step, facts) for step in wanted), Audience.DISTRICT)]
        assert len(texts) == len([step for step in wanted if not step.text.startswith("[[-")])
        assert sum(SCREEN in text for text in texts) <= 1, "the click path is given once"
        for text in texts:
            assert "the vendor" not in text
            # "us" is no subject and has no verb: "so us needs", "that us should see".
            assert not re.search(
                r"\bus (is|are|has|have|needs?|should|can|may|must|will|sees?|gets?|uses?|sends?)\b", text
            )
            assert not text.startswith(("us ", "our ", ONLY_THEN))
