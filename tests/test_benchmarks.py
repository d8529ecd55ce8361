"""BENCHMARKS.md keeps up with the bench, and the bench measures what it says that it measures."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from oneroster_checks.standard.fields import problems
from oneroster_practice import PracticeDistrict
from oneroster_practice.site import Site
from oneroster_practice.sizes import SIZES

from .bench.line import Name
from .bench.processes import static_pages
from .bench.spoiled import broken, sound
from .bench.static_pages import Pages

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", Name)
def test_the_page_has_every_line_of_the_bench(name: Name) -> None:
    assert f"| {name} |" in (ROOT / "BENCHMARKS.md").read_text("utf-8")


def test_the_bare_reader_reads_the_pages_of_the_full_read_and_none_is_made_again() -> None:
    with static_pages("small") as pages:
        engine = pages.engine()
        assert engine["status"] == "pass"
        assert engine["urls"]
        pages.counts()
        read = pages.bare(engine["urls"], "sync")
        assert pages.bare(engine["urls"], "async")["records"] == read["records"] > 900
        counts = pages.counts()
        assert counts["requests"] == 2 * (len(engine["urls"]) + 1)
        assert counts["made"] == 0


def test_a_page_that_is_kept_is_the_one_of_the_practice_district_and_needs_a_token() -> None:
    with static_pages("small") as pages, PracticeDistrict() as district:
        given, there = pages.given, district.connection
        where = "/rostering/v1p2/enrollments?limit=50&offset=100"
        token = {
            url: httpx.post(
                url, auth=(quote(name), quote(secret, safe="")), data={"grant_type": "client_credentials"}
            ).json()
            for url, name, secret in (
                (given["token_url"], given["client_id"], given["client_secret"]),
                (there.token_url, there.client_id, district.credentials.client_secret.reveal()),
            )
        }
        mine, theirs = ({"Authorization": f"Bearer {each['access_token']}"} for each in token.values())
        first, second = (httpx.get(given["base_url"] + where, headers=mine) for _ in range(2))
        live = httpx.get(there.base_url + where, headers=theirs)
        assert first.content == second.content
        assert json.loads(first.content) == json.loads(
            live.content.replace(there.base_url.encode(), given["base_url"].encode())
        )
        assert (
            first.headers["X-Total-Count"] == second.headers["X-Total-Count"] == live.headers["X-Total-Count"]
        )
        assert 'rel="next"' in second.headers["Link"]
        assert httpx.get(given["base_url"] + where, headers=theirs).status_code == 401


@pytest.mark.parametrize("entity", ["enrollment", "user"])
def test_what_the_decoders_are_asked_to_find_breaks_the_standard_and_the_rest_does_not(entity: str) -> None:
    pages = Pages(SIZES["small"], Site("http", "127.0.0.1", 1, "1.2"))
    envelope = f"{entity}s"
    record = json.loads(pages.body_of(f"/{envelope}?limit=1"))[envelope][0]
    assert [each for each in broken(record, entity) if not list(problems(each, "1.2", entity))] == []
    assert [each for each in sound(record, entity) if list(problems(each, "1.2", entity))] == []
