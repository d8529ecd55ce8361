"""The rules of the fuzzing find what breaks them: without this, two thousand quiet runs would show nothing."""

from __future__ import annotations

import socket
import time

import pytest
from hypothesis import find, settings

from ..canaries import GIVEN, SECRET
from .batch import template
from .case import Case, Step, drawn
from .found import FOUND
from .mutations import MUTATIONS
from .outputs import canaries_in, faults_of, rendered
from .pages import faults_of as faults_of_page
from .planted import WHOLE
from .reach import reached
from .run import run_case
from .sent import Sent, as_it_is, twice
from .strategies import cases
from .watchdog import Hung, watched


@pytest.fixture(scope="module")
def outputs() -> dict[str, str]:
    """The reports of a run in which nothing was changed."""
    result = run_case(Case(()), template()).result
    assert result is not None
    return rendered(result)


def test_an_honest_district_breaks_no_rule() -> None:
    ran = run_case(Case((), share=("rostering", "gradebook"), again=True), template())
    assert ran.wrong == []
    assert len(ran.heard) > 10


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_stays_fixed(name: str) -> None:
    assert run_case(FOUND[name], template()).wrong == []


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<p>x", "never closed"),
        ("<p>x</b></p>", "closes nothing"),
        ("<p onclick='x'>x</p>", "onclick"),
        ("<p><a href='javascript:x'>x</a></p>", "javascript"),
        ("<p><a href='mailto:x@example.org'>x</a></p>", "mailto"),
        ("<p><a href='mailto:?subject=a&body=b&bcc=x@example.org'>x</a></p>", "mailto"),
        ("<p><img src='mailto:?subject=a&body=b'></p>", "mailto"),
        ("<p><script>x</script></p>", "script"),
        ("<p><svg><use></use></svg></p>", "use"),
        ("<p><!-- x --></p>", "comment"),
        ("<p><i>x</i></p>", "not of the template"),
    ],
)
def test_a_page_of_a_strangers_making_is_found(page: str, why: str) -> None:
    assert any(why in fault for fault in faults_of_page(page, frozenset({("p", "")})))
    assert faults_of_page("<p>&lt;script&gt;</p>", frozenset({("p", "")})) == []


@pytest.mark.parametrize("char", ["\x1b", "\x07", "\x9b", "\u202e", "\u200b", "\u2028", "\ud800", "\x7f"])
def test_a_raw_character_is_found(outputs: dict[str, str], char: str) -> None:
    assert faults_of(outputs, template()) == []
    assert any("a raw" in fault for fault in faults_of(outputs | {"text": f"a{char}b"}, template()))


def test_broken_reports_are_found(outputs: dict[str, str]) -> None:
    for name, broken in {
        "json": outputs["json"].replace('"runs"', '"ran"'),
        "junit": outputs["junit"].replace("</testsuites>", ""),
        "html": outputs["html"].replace("</h1>", "<blink></h1>"),
    }.items():
        assert any(fault.startswith(name) for fault in faults_of(outputs | {name: broken}, template())), name


@pytest.mark.parametrize("said", [SECRET, SECRET[::-1], GIVEN.upper(), SECRET.encode().hex()])
def test_a_canary_is_found(outputs: dict[str, str], said: str) -> None:
    assert canaries_in(outputs, [], [], set()) == []
    assert canaries_in(outputs, [], [f"a line with {said} in it"], set()) != []
    assert canaries_in(outputs, [], ["a-token"], {"a-token"}) != []


def test_what_is_looked_up_and_connected_to_is_known() -> None:
    with reached() as found, socket.socket() as listening, socket.socket() as calling:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        calling.connect(listening.getsockname())
        with pytest.raises(socket.gaierror):
            socket.getaddrinfo("stranger.invalid", 80)
        port = listening.getsockname()[1]
    assert found == {f"127.0.0.1:{port}", "stranger.invalid:80"}


def test_what_hangs_is_ended() -> None:
    with pytest.raises(Hung), watched(0.05):
        time.sleep(30)


def test_a_seed_is_a_case_for_ever() -> None:
    assert drawn(7) == drawn(7)
    assert len({drawn(seed) for seed in range(200)}) == 200
    kinds = {step.kind for seed in range(1000) for step in drawn(seed).steps}
    assert kinds == set(MUTATIONS)


def test_hypothesis_finds_the_smallest_case() -> None:
    case = find(
        cases,
        lambda case: any(step.kind == "framing.cut" for step in case.steps),
        settings=settings(database=None, derandomize=True, max_examples=3000),
    )
    assert [step.kind for step in case.steps] == ["framing.cut"]
    assert (case.base, case.full, case.way) == (None, False, "oauth 2")


@pytest.mark.parametrize("kind", MUTATIONS)
def test_every_mutation_changes_an_answer_and_never_raises(kind: str) -> None:
    case = Case((Step(kind, "every", 2), Step(kind, "every", 4), Step("planted.people", "one", 0)))
    assert run_case(case, template()).mutations[kind] > 0


def test_an_answer_can_be_what_json_does_not_write() -> None:
    sent = Sent()
    sent.put({"a": as_it_is("9" * 5000), twice("a"): as_it_is("NaN")})
    assert sent.body == b'{"a": ' + b"9" * 5000 + b', "a": NaN}'


def test_the_secrets_are_planted_whole() -> None:
    assert len(WHOLE) > 30
