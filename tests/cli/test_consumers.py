"""`check --as`: the steps of a consumer on the command line."""

from __future__ import annotations

import json

from .command import call, district, options_of, secrets_of
from .contract import hold_document


def test_the_steps_of_a_consumer_are_findings_of_a_full_run() -> None:
    with district(oneroster="1.1") as ready:
        ended = call(
            "check", *options_of(ready), "--as", "certification", "--format", "json", more=secrets_of(ready)
        )
    assert ended.returncode == 0
    document = json.loads(ended.stdout)
    hold_document(document)
    (run,) = document["runs"]
    steps = {
        each["check"]: each["status"]
        for each in run["findings"]
        if each["check"].startswith("certification.")
    }
    assert len(steps) == 26
    assert set(steps.values()) == {"pass"}
    assert "paging.whole" in {each["check"] for each in run["findings"]}
    assert {each["operation"] for each in run["times"]} >= {
        "/orgs",
        "/users/{id}",
        "/classes/{class_id}/students",
    }


def test_the_demo_of_what_a_consumer_stumbles_over_takes_its_steps() -> None:
    ended = call("demo", "--problem", "consumer.usernames", "--format", "json")
    assert ended.returncode == 1
    (run,) = json.loads(ended.stdout)["runs"]
    assert run["verdict"]["cause"] == "consumer.usernames"


def test_a_consumer_that_nobody_knows_is_refused() -> None:
    ended = call("check", "--as", "nobody", "--base-url", "http://127.0.0.1:9")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "google-classroom" in ended.stderr
