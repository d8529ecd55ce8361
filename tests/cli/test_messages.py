"""The message to the district on the command line: its names from options, profile and settings, and its two forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.settings import Settings, SettingsFile

from .command import call, district, secrets_of

PROBLEM = ("demo", "--problem", "sharing.demographics-off")
NAMES = ("--district", "Elm County Schools", "--product", "Acme Reading", "--sender", "Ann Lee")


def test_the_message_has_the_names_of_the_options() -> None:
    ended = call(*PROBLEM, "--format", "message", *NAMES)
    assert ended.returncode == 1
    assert ended.stdout.startswith(
        "Subject: OneRoster connection with Acme Reading: Demographics are not shared\n\nHello Elm County Schools team,"
    )
    assert ended.stdout.endswith("\nThank you,\nAnn Lee\nAcme Reading\n")


def test_without_names_it_still_reads_well() -> None:
    ended = call(*PROBLEM, "--format", "message")
    assert ended.stderr == ""
    assert (
        "\n\nHello,\n\nWe tested the OneRoster 1.2 connection between Infinite Campus and our product"
        in ended.stdout
    )
    assert ended.stdout.endswith("\nThank you.\n")


def test_what_is_settled_once_is_the_default_and_an_option_wins() -> None:
    SettingsFile().save(Settings("Acme Reading", "Ann Lee"))
    settled = call(*PROBLEM, "--format", "message").stdout
    assert settled.endswith("\nThank you,\nAnn Lee\nAcme Reading\n")
    other = call(*PROBLEM, "--format", "message", "--sender", "Bo Ek").stdout
    assert other.endswith("\nThank you,\nBo Ek\nAcme Reading\n")
    none = call(*PROBLEM, "--format", "message", "--sender", "", "--product", "").stdout
    assert none.endswith("\nThank you.\n")


def test_settings_that_cannot_be_read_cost_no_message() -> None:
    path = SettingsFile().path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("product = [")
    ended = call(*PROBLEM, "--format", "message")
    assert "The settings in " in ended.stderr
    assert ended.stdout.startswith("Subject: OneRoster connection: ")
    # Where no message is written, nobody asks for them.
    assert call(*PROBLEM, "--format", "json").stderr == ""


@pytest.mark.parametrize("form", ["message", "html"])
def test_each_profile_writes_to_its_own_district(form: str) -> None:
    with district("sharing.demographics-off") as ready:
        store = ProfileStore()
        for name, school in (("elm", "Elm County Schools"), ("oak", "Oak Valley ISD"), ("ash", "")):
            connection = Connection(
                base_url=ready["base_url"], token_url=ready["token_url"], client_id=ready["client_id"],
                share=("rostering", "demographics"),
            )  # fmt: skip
            store.save(Profile(name, connection, district=school))
        every = call("check", "--all", "--format", form, more=secrets_of(ready)).stdout
        one = call("check", "oak", "--format", form, more=secrets_of(ready)).stdout
        other = call(
            "check", "oak", "--format", form, "--district", "Fir Schools", more=secrets_of(ready)
        ).stdout
    shown = {"Elm County Schools", "Oak Valley ISD"}
    assert {name for name in shown if _greets(name) in every or f"Hello {name} team," in every} == shown
    assert _greets("Oak Valley ISD") in one or "Hello Oak Valley ISD team," in one
    assert "Oak Valley" not in other.replace("%20", " ")
    assert "District: Oak Valley ISD" in call("profiles", "show", "oak").stdout


def _greets(name: str) -> str:
    return f"Hello {name} team".replace(" ", "%20")


def test_the_second_message_is_a_form_of_its_own() -> None:
    ended = call("demo", "--problem", "gradebook.not-enabled", "--format", "second-message", *NAMES)
    assert "Could you please try the following next?" in ended.stdout
    nothing = call("demo", "--problem", "sharing.resources-off", "--format", "second-message")
    assert nothing.stdout.startswith("There is no second message to send: ")


def test_messages_go_to_a_file_as_reports_do(tmp_path: Path) -> None:
    place = tmp_path / "mail.txt"
    call(*PROBLEM, "--format", "message", "--output", str(place), *NAMES)
    assert place.read_text().startswith("Subject: OneRoster connection with Acme Reading")


def test_json_has_the_problems_of_a_run() -> None:
    (run,) = json.loads(call(*PROBLEM, "--format", "json").stdout)["runs"]
    (problem,) = run["verdict"]["problems"]
    assert problem["cause"] == run["verdict"]["cause"]
    assert problem["fix"] == run["verdict"]["fix"]
