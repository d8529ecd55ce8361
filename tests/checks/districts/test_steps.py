"""The steps of a root cause ask for nothing that the run has tried, proved right, or that nobody can do."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.report import district_message
from oneroster_checks.result import Result

from ...servers import Reply, Request, html_reply, json_reply
from .between import FIREWALL_PAGE
from .district import District, data_says
from .policies import CORE_12, Scopes, only
from .replies import bare, leads_to
from .row import Row, Typed, fails, holds, run
from .shapes import BLACKBAUD, CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1
from .versions import OTHER_OAUTH, OTHER_ONEROSTER, asks_for

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)
SIGNED = Typed(oauth=1, token="")


async def steps_of(district: District, typed: Typed, folder: Path) -> tuple[Result, list[str]]:
    """The result of a run, and the steps of its root cause as text."""
    result, _ = await run(Row("", district, fails("address.malformed"), typed), folder)
    return result, [str(step) for step in result.verdict.fix]


async def test_a_version_that_was_found_is_chosen_and_nobody_is_asked(tmp_path: Path) -> None:
    row = Row("1.1 chosen, a server of 1.2", generic, OTHER_ONEROSTER, Typed(oneroster="1.1"))
    result = await holds(row, tmp_path)
    assert [str(step) for step in result.verdict.fix] == [
        "You: Choose OneRoster 1.2.",
        "You: Run the checks again.",
    ]
    assert "nothing for you to do" in district_message(result)


async def test_a_base_url_that_names_the_chosen_version_is_replaced_as_well(tmp_path: Path) -> None:
    typed = Typed(base="{origin}/api/ims/oneroster/v1p1", oneroster="1.1")
    result, served = await run(Row("", generic, OTHER_ONEROSTER, typed), tmp_path)
    assert result.verdict.cause == "address.version-mismatch"
    base = served.fill("{origin}/api/ims/oneroster")
    assert result.verdict.fix[1].text == f"Put this in the base URL field: {base}"
    again, _ = await run(Row("", generic, OTHER_ONEROSTER, Typed(base=base, oneroster="1.2")), tmp_path)
    assert again.verdict.cause != "address.version-mismatch"


async def test_a_version_that_cannot_be_chosen_is_not_chosen(tmp_path: Path) -> None:
    typed = Typed(base="{origin}/campus/oneroster/elm/learningdata/v1")
    result, steps = await steps_of(District(CAMPUS_1_1), typed, tmp_path)
    assert result.verdict.cause == "address.version-mismatch"
    assert "for OneRoster 1.0" in result.verdict.summary
    assert not any("hoose OneRoster 1.0" in step for step in steps)
    assert (
        steps[2]
        == "You: Choose the version that the district names: these checks read OneRoster 1.1 and 1.2 only."
    )


async def test_the_token_url_alone_is_missing_where_oauth_2_is_asked_for(tmp_path: Path) -> None:
    row = Row("Bearer", District(CAMPUS_1_1).where(data_says(asks_for("Bearer"))), OTHER_OAUTH, SIGNED)
    result = await holds(row, tmp_path)
    asked = [step.text for step in result.verdict.fix]
    assert asked[0] == "Choose OAuth 2 as the OAuth version."
    assert not any("Look up its OneRoster version" in text for text in asked)
    assert sum("copy the Token URL" in text for text in asked) == 1


async def test_a_scope_that_nobody_needs_is_taken_out(tmp_path: Path) -> None:
    district = generic.where(scopes=Scopes(may_have=frozenset({CORE_12})))
    result, steps = await steps_of(district, Typed(scope="sis.nonsense"), tmp_path)
    assert result.verdict.cause == "token.invalid-scope"
    assert steps == [
        "You: Clear the scope field: a token was issued without a scope.",
        "You: Run the checks again.",
    ]


@pytest.mark.parametrize("shape", [CAMPUS, GENERIC], ids=["Campus", "generic"])
async def test_a_scope_field_is_not_cleared_where_none_was_refused_as_well(
    shape: object, tmp_path: Path
) -> None:
    district = District(shape).where(scopes=only("sis.rostering"))  # type: ignore[arg-type]
    result, steps = await steps_of(district, Typed(scope="sis.nonsense"), tmp_path)
    assert result.verdict.cause == "token.invalid-scope"
    assert not any("Clear" in step or "fewer" in step for step in steps)
    assert any("spelling" in step for step in steps)
    assert any(step.startswith("District: ") for step in steps)


async def test_a_scope_that_nobody_typed_is_not_misspelled(tmp_path: Path) -> None:
    _, steps = await steps_of(generic.where(scopes=only("sis.rostering")), Typed(), tmp_path)
    assert not any("spelling" in step for step in steps)


async def test_a_scope_that_was_sent_is_not_asked_for(tmp_path: Path) -> None:
    result, steps = await steps_of(District(BLACKBAUD).where(data_says(bare(403))), Typed(), tmp_path)
    assert result.verdict.cause == "access.forbidden"
    assert not any("scope field" in step for step in steps)


async def test_a_strange_vendor_secret_is_not_why_a_token_is_refused(tmp_path: Path) -> None:
    typed = Typed(secret="of-another-district", vendor=("vendor-key-5521", "vendor secret 8812"))
    await holds(Row("", generic, fails("token.invalid-client"), typed), tmp_path)


async def test_a_strange_secret_still_is(tmp_path: Path) -> None:
    await holds(
        Row("", generic, fails("key.stray-characters", most=8), Typed(secret="of another district")), tmp_path
    )


async def test_rostering_is_not_said_to_work_where_nobody_asked(tmp_path: Path) -> None:
    result, _ = await steps_of(campus, Typed(share=("gradebook",)), tmp_path)
    assert result.verdict.summary == (
        "Grade-book requests are refused (HTTP 401; 3 of 3 requests), and no vendor key is entered."
    )
    result, _ = await steps_of(campus, Typed(share=("rostering", "gradebook")), tmp_path)
    assert result.verdict.summary.startswith("Rostering works, but grade-book requests are refused")


async def test_the_district_reads_no_step_of_the_vendor(tmp_path: Path) -> None:
    result, steps = await steps_of(campus.where(data_says(FIREWALL_PAGE)), Typed(), tmp_path)
    assert result.verdict.cause == "access.blocked"
    allowed = "let our public IP address through to the OneRoster service on 127.0.0.1.\n"
    assert allowed in district_message(result)
    assert any(step.startswith("You: Look up the public IP") and "send it" in step for step in steps)


async def test_a_firewall_that_dislikes_parameters_is_told_of_parameters(tmp_path: Path) -> None:
    page = html_reply(403, "<h1>Forbidden</h1>")
    district = generic.where(data_says(page, when=lambda request: "?" in request.target))
    result, steps = await steps_of(district, Typed(), tmp_path)
    assert result.verdict.cause == "access.blocked"
    assert not any("IP address" in step for step in steps)
    assert "let requests with parameters, such as ?limit=100, through" in steps[0]


async def test_a_redirect_says_once_where_it_leads_and_whether_it_was_followed(tmp_path: Path) -> None:
    away = generic.where(
        data_says(lambda request, reply: leads_to(302, f"https://sis.elm.example{request.path}"))
    )
    result, _ = await steps_of(away, Typed(), tmp_path)
    assert result.verdict.cause == "access.redirected"
    assert result.verdict.summary.count("sis.elm.example") == 1
    assert result.verdict.summary.endswith("; the credentials were not sent there.")
    gone = generic.where(data_says(_to_nowhere, when=lambda request: not request.path.startswith("/gone")),
                         data_says(bare(404), when=lambda request: request.path.startswith("/gone")))  # fmt: skip
    result, _ = await steps_of(gone, Typed(), tmp_path)
    assert result.verdict.cause == "access.redirected"
    assert result.verdict.summary.endswith("; this run followed the redirect once, and no data came.")


def _to_nowhere(request: Request, reply: Reply) -> Reply:
    return leads_to(302, "/gone/for/good")


async def test_a_web_page_is_called_a_login_only_where_one_was_seen(tmp_path: Path) -> None:
    welcome = html_reply(200, "<h1>Welcome to nginx!</h1>")
    result, _ = await steps_of(generic.where(data_says(welcome)), Typed(), tmp_path)
    assert result.verdict.cause == "access.login-page"
    assert "login" not in result.verdict.summary
    to_login = generic.where(data_says(lambda request, reply: leads_to(302, "/login")))
    result, _ = await steps_of(to_login, Typed(), tmp_path)
    assert result.verdict.cause == "access.login-page"
    assert "/login" in result.verdict.summary


@pytest.mark.parametrize(
    ("reply", "cause", "summary"),
    [
        (
            leads_to(302, "https://new.elm.example/"),
            "access.redirected",
            "redirects data requests at /students to",
        ),
        (
            json_reply(400, {"error": "License expired"}),
            "access.error-answer",
            "data requests at /students with an",
        ),
        (
            json_reply(200, {"error": {"text": "Over"}}),
            "access.error-answer",
            "data requests at /students with an",
        ),
    ],
    ids=["redirected", "400", "an error inside a 200"],
)
async def test_what_happens_to_all_data_after_the_first_list(
    reply: Reply, cause: str, summary: str, tmp_path: Path
) -> None:
    district = generic.where(data_says(reply, when=lambda request: "/orgs?limit=100" not in request.target))
    result, _ = await steps_of(district, Typed(), tmp_path)
    assert result.verdict.cause == cause
    assert summary in result.verdict.summary


async def test_a_time_limit_while_waiting_blames_no_firewall(tmp_path: Path) -> None:
    from .row import Port

    row = Row("", generic, fails("network.timeout"), Typed(timeout=0.3), Port(mute=True, patient=True))
    result, _ = await run(row, tmp_path)
    steps = [str(step) for step in result.verdict.fix]
    assert result.verdict.cause == "network.timeout"
    assert steps[0] == "You: Try later with a longer time limit."
    assert not any("firewall" in step for step in steps)


async def test_a_base_url_that_cannot_be_read_does_not_change_the_oauth_version(tmp_path: Path) -> None:
    typed = Typed(base="not an address", provider="classlink", oauth=1, oneroster="1.1", token="")
    result, steps = await steps_of(older, typed, tmp_path)
    assert result.verdict.cause == "address.malformed"
    assert not any("OAuth" in step for step in steps)
    typed = Typed(provider="classlink", oauth=2, oneroster="1.1", token="")
    result, steps = await steps_of(older, typed, tmp_path)
    assert result.verdict.cause == "address.malformed"
    assert steps[0].startswith("You: Choose OAuth 1, or a fixed token")
