"""The message to the district: polite, and only what the district must do, with the exact screens."""

from __future__ import annotations

from collections.abc import Iterator

from ..causes import entry_of
from ..causes.answers import steps_for_point
from ..causes.remaining import to_fix
from ..causes.template import Audience
from ..causes.words import filled, steps_for_district, summary_for_district
from ..evidence import EvidenceKind
from ..finding import Facts, Finding, Status
from ..points import Point
from ..providers import provider
from ..result import Result, Step, Verdict
from .changes import ending_for_district, last_worked_for_district
from .records import examples_of
from .words import moment, request_line, said_lines, telling

_HELP = "Could you please help us with the following?"
_NOTHING_TO_DO = "There is nothing for you to do."
_NOTHING = {
    Status.PASS: ", and everything that we can see works.",
    Status.WARN: ", and it works.",
    Status.FAIL: ", and found something that we can fix ourselves, so there is nothing for you to do.",
}
# The same where something ends soon, which the district is told below.
_NOTHING_YET = {**_NOTHING, Status.FAIL: ", and found something that we can fix ourselves."}
_NOT_ALL = ", and what we checked works. Our test did not check everything: it reached a limit of our own."


def district_message(result: Result) -> str:
    """The text of a mail to the district, ending in a line break."""
    connection, status = result.connection, result.verdict.status
    system = provider(connection.provider).name_in_sentence
    between = f"the OneRoster {connection.oneroster} connection between {system} and our product"
    concerned = _concerning_the_district(result)
    steps = _steps(result, concerned)
    ending = ending_for_district(result)
    if status is Status.ERROR:
        # What went wrong on this computer is no matter of the district.
        opening = [f"We are preparing a test of {between}."]
        opening[0] += "" if steps else f" {_NOTHING_TO_DO}"
    elif steps:
        sentences = [_sentence(result, each) for each in concerned]
        opening = _found(f"We tested {between} today", sentences, works=status is not Status.FAIL)
        opening += _said(result, concerned)
        opening += _cited(result, concerned)
        worked = last_worked_for_district(result)
        opening += ["", *worked] if worked else []
    else:
        opening = [f"We tested {between} today{_nothing(result.verdict, ends_soon=bool(ending))}"]
    lines = ["Hello,", "", *opening]
    if steps:
        lines += ["", _HELP, ""]
        lines += [f"{number}. {step.text}" for number, step in enumerate(steps, 1)]
        lines += ["", "Please tell us when it is done; we will then run the test again."]
    if ending:
        lines += [
            "",
            "Please also note:" if steps else "Please note:",
            *(f"- {sentence}" for sentence in ending),
        ]
    secret = any(step.sends_secret for step in steps)
    return "\n".join([*lines, "", *_closing(result, secret=secret)])


def _nothing(verdict: Verdict, *, ends_soon: bool) -> str:
    """How the sentence on the test ends where the district is asked for nothing."""
    # Only a run that this tool did not bring to its end has words of its own for the whole of it.
    unfinished = any(entry_of(code).verdict for code in (verdict.cause, *verdict.then))
    words = (_NOTHING_YET if ends_soon else _NOTHING)[verdict.status]
    words = _NOT_ALL if unfinished and verdict.status is Status.WARN else words
    return words if ends_soon or verdict.status is Status.FAIL else f"{words} {_NOTHING_TO_DO}"


def _concerning_the_district(result: Result) -> list[Finding]:
    """The findings of which at least one step is the district's, the root cause first."""
    if result.verdict.status not in (Status.FAIL, Status.WARN):
        return []
    system = result.connection.provider
    found = (each.finding for each in to_fix(result))
    return [
        each
        for each in found
        if any(filled(((step, each.facts) for step in steps_for_district(each, system)), Audience.DISTRICT))
    ]


def _sentence(result: Result, finding: Finding) -> str:
    """What was found, with the records to look up where the sentence of a full read does not name them itself."""
    sentence = summary_for_district(finding)
    named = examples_of(finding) if result.read else ()
    return sentence if not named or named[0] in sentence else f"{sentence} Examples: {', '.join(named)}."


def _found(tested: str, found: list[str], *, works: bool) -> list[str]:
    sentences = list(dict.fromkeys(found))
    if not sentences:
        return [f"{tested}, and as far as we can see, it works." if works else f"{tested}."]
    if len(sentences) == 1:
        return [f"{tested}, and found this: {sentences[0]}"]
    return [f"{tested}, and found this:", "", *(f"- {sentence}" for sentence in sentences)]


def _said(result: Result, concerned: list[Finding]) -> list[str]:
    """The server's words about the root cause, where that is the district's to fix."""
    root = next((each for each in to_fix(result)), None)
    if root is None or root.finding not in concerned:
        return []
    lines = said_lines(root)
    return ["", *lines] if lines else []


def _cited(result: Result, concerned: list[Finding]) -> list[str]:
    """A request with its time, where a step says to give one: only we know it."""
    system = result.connection.provider
    for each in concerned:
        asked = filled(((step, each.facts) for step in steps_for_district(each, system)), Audience.DISTRICT)
        requests = [seen for seen in telling(each) if seen.kind is EvidenceKind.REQUEST]
        if requests and any(step.cites_request for step in asked):
            when = "" if requests[0].server_date else f" · {moment(result)}"
            return ["", f"One of the requests: {request_line(requests[0])}{when}"]
    return []


def _steps(result: Result, findings: list[Finding]) -> list[Step]:
    """The district's steps: of the findings in order, then of what it has answered with no."""
    return list(filled(_templates(result, findings), Audience.DISTRICT))


def _templates(result: Result, findings: list[Finding]) -> Iterator[tuple[Step, Facts]]:
    for finding in findings:
        for step in steps_for_district(finding, result.connection.provider):
            yield step, finding.facts
    spoken_of = {point for each in to_fix(result) for point in entry_of(each.finding.cause).disproves}
    for item in result.checklist:
        point = Point(item.item)
        if item.status is Status.FAIL and point not in spoken_of:
            for step in steps_for_point(point, provider(result.connection.provider)):
                yield step, {}


def _closing(result: Result, *, secret: bool = False) -> list[str]:
    connection = result.connection
    lines = ["Our connection is the one with these values:", f"- Base URL: {connection.base_url}"]
    if connection.requests_token:
        lines.append(f"- Token URL: {connection.token_url}")
    if not connection.fixed_token:
        lines.append(f"- Key (client id): {connection.client_id}")
    lines.append("")
    if secret:
        lines += ["Please do not send the secret by ordinary email.", ""]
    return [*lines, "Thank you.", ""]
