"""The whole way through the wizard, on the practice district over real sockets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets import OptionList

from oneroster_checks.connection import Connection, Credentials
from oneroster_checks.finding import Status
from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp
from oneroster_wizard.practice_choice import PracticeChoice
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore

from .wizard_driver import Driver, driving, files_in


async def fill_connection(wizard: Driver, connection: Connection) -> None:
    """Paste the values into the fields of the Connection screen, with Tab between them."""
    await wizard.focus("base_url")
    await wizard.paste(connection.base_url)
    if connection.oauth == 2:
        await wizard.focus("token_url")
        await wizard.paste(connection.token_url)
    await wizard.focus("client_id")
    await wizard.paste(connection.client_id)
    if connection.created:
        await wizard.focus("created")
        await wizard.paste(connection.created.isoformat())
    for share in connection.share:
        if share != "rostering":
            await wizard.focus(f"share-{share}")
            await wizard.press("space")


async def fill_secrets(wizard: Driver, credentials: Credentials) -> None:
    """Paste the secrets, and keep them only until the wizard ends."""
    await wizard.focus("client_secret")
    await wizard.paste(credentials.client_secret.reveal())
    if credentials.vendor_key and wizard.app.draft.wants_vendor_pair:
        await wizard.focus("vendor_key")
        await wizard.paste(credentials.vendor_key.reveal())
        await wizard.focus("vendor_secret")
        await wizard.paste(credentials.vendor_secret.reveal())
    await wizard.focus("remember")
    await wizard.press("right", "enter")


async def test_keyboard_alone_leads_to_a_healthy_oauth_2_checklist(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            await wizard.press("enter")
            await wizard.step(WizardStep.VERSIONS)
            await wizard.next(WizardStep.CONNECTION)
            await fill_connection(wizard, district.connection)
            await wizard.next(WizardStep.SECRETS)
            await fill_secrets(wizard, district.credentials)
            await wizard.next(WizardStep.RUN)
            result = await wizard.finished()
            assert result.verdict.status is Status.PASS
            assert [item for item in result.checklist if item.status is Status.FAIL] == []
            assert wizard.focused == "next"
            await wizard.press("enter")
            await wizard.step(WizardStep.CHECKLIST)
            assert "Nothing is wrong" in wizard.words()
            await wizard.press("q")
            await wizard.until(lambda: wizard.app._exit)
    assert wizard.app.last_result is result
    assert files_in(tmp_path) == {}


async def test_oauth_1_with_expired_credentials(tmp_path: Path) -> None:
    with PracticeDistrict("oauth1.expired") as district:
        async with driving(WizardApp(folder=tmp_path), (120, 36)) as wizard:
            await wizard.press("ctrl+n")
            await wizard.step(WizardStep.VERSIONS)
            await wizard.focus("oauth")
            await wizard.press("right", "enter")
            assert "OAuth 1 and OneRoster 1.2, a pair that does not exist" in " ".join(wizard.words().split())
            await wizard.focus("oneroster")
            await wizard.press("right", "enter")
            assert "OAuth 1 and OneRoster 1.1 go together" in wizard.words()
            await wizard.next(WizardStep.CONNECTION)
            assert not wizard.app.screen.query_one("#field-token_url").display
            await fill_connection(wizard, district.connection)
            await wizard.next(WizardStep.SECRETS)
            await fill_secrets(wizard, district.credentials)
            result = await wizard.whole_way()
            assert result.verdict.cause == "oauth1.expired"
            assert result.connection.oauth == 1
            assert result.connection.oneroster == "1.1"
            words = wizard.words()
            assert "oauth1.expired" in words
            assert "Renew" in words


async def test_a_missing_app_name_is_suggested_on_the_way(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        short = district.connection.token_url.partition("?")[0]
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            await wizard.press("ctrl+n")
            await wizard.step(WizardStep.VERSIONS)
            await wizard.next(WizardStep.CONNECTION)
            await fill_connection(wizard, district.connection.but(token_url=short))
            assert "Fail: " in wizard.words()
            assert f"Suggested: {district.connection.token_url}" in wizard.words()
            # Going on says what is wrong and goes to the field; Enter there uses the suggestion.
            await wizard.press("ctrl+n")
            assert wizard.focused == "token_url"
            await wizard.press("enter")
            await wizard.until(lambda: wizard.app.draft.connection.token_url == district.connection.token_url)
            assert "Fail: " not in wizard.words()
            await wizard.next(WizardStep.SECRETS)
            await fill_secrets(wizard, district.credentials)
            result = await wizard.whole_way()
            assert result.verdict.status is Status.PASS


async def test_grade_book_without_vendor_key(tmp_path: Path) -> None:
    with PracticeDistrict("gradebook.vendor-credentials-missing") as district:
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            await wizard.press("ctrl+n")
            await wizard.step(WizardStep.VERSIONS)
            await wizard.next(WizardStep.CONNECTION)
            await fill_connection(wizard, district.connection)
            await wizard.next(WizardStep.SECRETS)
            await fill_secrets(wizard, district.credentials)
            await wizard.press("ctrl+n")
            assert "The vendor key is empty" in wizard.words()
            assert wizard.focused == "vendor_key"
            await wizard.next(WizardStep.RUN)
            result = await wizard.whole_way()
            assert result.verdict.cause == "gradebook.vendor-credentials-missing"
            item = next(item for item in result.checklist if item.item == "vendor-credentials")
            assert item.status is Status.FAIL


@pytest.mark.usefixtures("keyring_unlocked")
async def test_run_again_from_a_saved_profile(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        store = ProfileStore(tmp_path)
        store.save(Profile("Springfield", district.connection, {"connection-active": "yes"}, True))
        await SecretStore().save("Springfield", district.credentials)
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            assert "Not run yet" in wizard.picture()
            assert wizard.focused == "saved"
            await wizard.press("enter")
            await wizard.step(WizardStep.RUN)
            result = await wizard.finished()
            assert result.verdict.status is Status.PASS
            assert result.profile == "Springfield"
            last = store.last_run("Springfield")
            assert last is not None
            assert last.status == "pass"
            await wizard.next(WizardStep.CHECKLIST)
            await wizard.to_start()
            assert re.search(r"Springfield +Working .* \.$", wizard.picture(), re.MULTILINE)


@pytest.mark.usefixtures("keyring_unlocked")
async def test_a_new_connection_is_remembered_under_the_name_that_is_offered(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        async with driving(WizardApp(folder=tmp_path / "profiles")) as wizard:
            await wizard.press("ctrl+n")
            await wizard.step(WizardStep.VERSIONS)
            await wizard.next(WizardStep.CONNECTION)
            await fill_connection(wizard, district.connection)
            await wizard.next(WizardStep.SECRETS)
            await wizard.until(lambda: "GNOME Keyring / Secret Service" in wizard.words())
            await wizard.paste(district.credentials.client_secret.reveal())
            await wizard.next(WizardStep.RUN)
            assert wizard.app.draft.profile == "my-district"
            assert wizard.app.draft.stored
    assert ProfileStore(tmp_path / "profiles").load("my-district").connection == district.connection
    kept = await SecretStore().load("my-district")
    assert kept.client_secret == district.credentials.client_secret
    secret = district.credentials.client_secret.reveal()
    assert secret not in "".join(files_in(tmp_path / "profiles").values())


async def test_a_saved_profile_whose_keyring_is_missing_asks_for_the_secret(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        ProfileStore(tmp_path).save(Profile("Springfield", district.connection, {}, True))
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            await wizard.press("enter")
            await wizard.step(WizardStep.SECRETS)
            assert "This computer has no usable keyring." in wizard.words()
            await wizard.paste(district.credentials.client_secret.reveal())
            result = await wizard.whole_way()
            assert result.verdict.status is Status.PASS


async def test_the_practice_district_is_opened_with_a_chosen_problem(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.press("p")
        await wizard.until(lambda: bool(wizard.app.screen.query("#problems")))
        problems = wizard.app.screen.query_one("#problems", OptionList)
        wanted = next(
            index
            for index in range(problems.option_count)
            if "token.invalid-client" in str(problems.get_option_at_index(index).prompt)
        )
        await wizard.press(*["down"] * wanted, "enter")
        await wizard.step(WizardStep.VERSIONS)
        result = await wizard.whole_way()
        assert result.verdict.cause == "token.invalid-client"


async def test_demo_leads_through_with_enter_alone(tmp_path: Path) -> None:
    async with driving(WizardApp.for_practice(folder=tmp_path)) as wizard:
        for step in list(WizardStep)[1:4]:
            await wizard.step(step)
            await wizard.press("enter")
        await wizard.step(WizardStep.RUN)
        await wizard.until(lambda: wizard.focused == "next")
        await wizard.press("enter")
        await wizard.step(WizardStep.CHECKLIST)
        assert wizard.app.last_result is not None
        assert wizard.app.last_result.verdict.status is Status.PASS


async def test_demo_of_a_problem_in_the_records_reads_every_record(tmp_path: Path) -> None:
    choice = PracticeChoice("data.dangling-reference", oneroster="1.1", count=4)
    async with driving(WizardApp.for_practice(choice, folder=tmp_path)) as wizard:
        await wizard.step(WizardStep.VERSIONS)
        result = await wizard.whole_way()
        assert (result.connection.oneroster, result.verdict.cause) == ("1.1", "data.dangling-reference")
        found = [each.finding for each in result.findings if each.finding.check == "data.references"]
        assert [each.facts["count"] for each in found] == [4]
