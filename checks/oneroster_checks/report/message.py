"""The messages to the district: polite, and only what the district must do, with the exact screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..causes import entry_of
from ..causes.answers import steps_for_point
from ..causes.derived import joined
from ..causes.remaining import causes_of, root_of, to_fix
from ..causes.template import Audience, fill
from ..causes.words import (
    filled,
    further_steps_for_district,
    reason_for_district,
    steps_for_district,
    summary_for_district,
    title,
)
from ..evidence import EvidenceKind
from ..finding import Facts, Finding, Status
from ..points import Point
from ..providers import provider
from ..result import ReportedFinding, Result, Step
from .changes import ending_for_district, last_worked_for_district
from .letterhead import Letterhead
from .mail import DistrictMessage
from .records import examples_of
from .words import moment, request_line, said_lines, telling

_HELP = "Could you please help us with the following?"
_NEXT = "Could you please try the following next?"
_DONE = "Please reply when it is done; we will then run the test again."
_NOTHING_TO_DO = "There is nothing for you to do."
_NOTHING = {
    Status.PASS: ", and everything that we can see works.",
    Status.WARN: ", and it works.",
    Status.FAIL: ", and found something that we can fix ourselves, so there is nothing for you to do.",
}
# The same where something ends soon, which the district is told below.
_NOTHING_YET = {**_NOTHING, Status.FAIL: ", and found something that we can fix ourselves."}
_ALL_OURS = "There is no message to send: the problem is on this computer, not at the district."
_NOT_ALL = ", and what we checked works. Our test did not check everything: it reached a limit of our own."

# The templates of the steps that a message asks for about a finding, by the provider's id.
_StepsFor = Callable[[Finding, str], tuple[Step, ...]]


def first_message(result: Result, letterhead: Letterhead) -> DistrictMessage:
    """The first message: what was found, why it is so, and what the district does about it."""
    names, status = letterhead.clean(), result.verdict.status
    concerned = _concerning_the_district(result, _first_steps)
    steps = list(filled(_templates(result, concerned), Audience.DISTRICT))
    ending = ending_for_district(result)
    if status is Status.ERROR and not (steps or ending):
        return DistrictMessage(unneeded=_ALL_OURS)
    tested = f"We tested {_between(result, names)} today"
    if status is Status.ERROR:
        opening = [f"We are preparing a test of {_between(result, names)}."]
    elif steps:
        opening = _found(result, tested, concerned, _first_steps)
    else:
        opening = [f"{tested}{_nothing(result, ends_soon=bool(ending))}"]
    lines = [*opening, *_asked(_HELP, steps)]
    if ending:
        lines += [
            "",
            "Please also note:" if steps else "Please note:",
            *(f"- {sentence}" for sentence in ending),
        ]
    return _message(result, names, concerned, [*lines, "", *_connection(result, steps)])


def second_message(result: Result, letterhead: Letterhead) -> DistrictMessage:
    """The message for when the first one did not help: what the catalogue knows beyond it."""
    names, system = letterhead.clean(), result.connection.provider
    root = root_of(result)
    gone = entry_of(root.finding.cause).explains if root else ()

    def further(finding: Finding, system: str) -> tuple[Step, ...]:
        # What a hint explained was not asked for before.
        hidden = finding.cause in gone
        return steps_for_district(finding, system) if hidden else further_steps_for_district(finding, system)

    explained = [each for each in result.findings if each.finding.failed and each.finding.cause in gone]
    concerned = _concerning_the_district(result, further, explained)
    before = _templates(result, _concerning_the_district(result, _first_steps))
    asked = {fill(step.text, facts, Audience.DISTRICT) for step, facts in before}
    found = [each.finding for each in concerned]
    templates = ((step, each.facts) for each in found for step in further(each, system))
    new = [each for each in templates if fill(each[0].text, each[1], Audience.DISTRICT) not in asked]
    steps = list(filled(new, Audience.DISTRICT))
    if not steps:
        return DistrictMessage(unneeded=_no_second(result))
    thanks = "Thank you for your help so far. " if asked else ""
    tested = f"{thanks}We tested {_between(result, names)} again today"
    lines = [*_found(result, tested, concerned, further), *_asked(_NEXT, steps)]
    return _message(result, names, concerned, [*lines, "", *_connection(result, steps)], again=True)


def _no_second(result: Result) -> str:
    cause = next((title(each.finding) for each in to_fix(result)), "")
    if not cause:
        return "There is no second message to send: there is no problem to fix."
    return (
        f"There is no second message to send: nothing more is known for the district to do about “{cause}”."
    )


def _between(result: Result, names: Letterhead) -> str:
    connection = result.connection
    system = provider(connection.provider).name_in_sentence
    return f"the OneRoster {connection.oneroster} connection between {system} and {names.our_product}"


def _message(
    result: Result,
    names: Letterhead,
    concerned: list[ReportedFinding],
    lines: list[str],
    *,
    again: bool = False,
) -> DistrictMessage:
    about = f"OneRoster connection with {names.product}" if names.product else "OneRoster connection"
    titles = list(dict.fromkeys(title(each.finding, Audience.DISTRICT) for each in concerned))
    first = titles[0] if titles else "test result"
    more = f", and {len(titles) - 1} more" if len(titles) > 1 else ""
    subject = f"{about}: {first}{more}{' (next steps)' if again else ''}"
    return DistrictMessage(subject, "\n".join([names.greeting, "", *lines, *names.closing, ""]))


def _nothing(result: Result, *, ends_soon: bool) -> str:
    """How the sentence on the test ends where the district is asked for nothing."""
    verdict = result.verdict
    ours = _ours(result) if verdict.status is Status.FAIL else ""
    if ours:
        return f"{ours}{'' if ends_soon else f' {_NOTHING_TO_DO}'}"
    # Only a run that this tool did not bring to its end has words of its own for the whole of it.
    unfinished = any(entry_of(code).verdict for code in (verdict.cause, *verdict.then))
    words = (_NOTHING_YET if ends_soon else _NOTHING)[verdict.status]
    words = _NOT_ALL if unfinished and verdict.status is Status.WARN else words
    return words if ends_soon or verdict.status is Status.FAIL else f"{words} {_NOTHING_TO_DO}"


def _ours(result: Result) -> str:
    """What happened at the vendor's side, as the end of a sentence; "" where the catalogue has no words for it."""
    root = next(iter(to_fix(result)), None)
    words = fill(entry_of(root.finding.cause).ours, root.finding.facts, Audience.DISTRICT) if root else ""
    if root is None or not words:
        return ""
    # What may be the district's after all is no more than looked at first.
    system = result.connection.provider
    unsure = any(step.later for step in further_steps_for_district(root.finding, system))
    found = "we will look at on our side first" if unsure else "we can fix ourselves"
    return f", and found something that {found}: {words}."


def _concerning_the_district(
    result: Result, steps_for: _StepsFor, explained: Iterable[ReportedFinding] = ()
) -> list[ReportedFinding]:
    """The findings of which at least one step is the district's, the root cause first, what it has explained next."""
    if result.verdict.status not in (Status.FAIL, Status.WARN):
        return []
    system = result.connection.provider
    root, *others = to_fix(result) or (None,)
    found = [] if root is None else [root, *explained, *others]
    return [
        each
        for each in found
        if any(
            filled(
                ((step, each.finding.facts) for step in steps_for(each.finding, system)), Audience.DISTRICT
            )
        )
    ]


def _first_steps(finding: Finding, system: str) -> tuple[Step, ...]:
    return tuple(step for step in steps_for_district(finding, system) if not step.later)


def _sentence(result: Result, finding: Finding) -> str:
    """What was found, with the records to look up where the sentence of a full read does not name them itself."""
    sentence = summary_for_district(finding)
    named = examples_of(finding) if result.read else ()
    return sentence if not named or named[0] in sentence else f"{sentence} Examples: {', '.join(named)}."


def _found(result: Result, tested: str, concerned: list[ReportedFinding], steps_for: _StepsFor) -> list[str]:
    """What was found and why, with the server's words, a request to cite, and what is known of other days."""
    found = {_sentence(result, each.finding): reason_for_district(each.finding) for each in concerned}
    if not found:
        works = result.verdict.status is not Status.FAIL
        lines = [f"{tested}, and as far as we can see, it works." if works else f"{tested}."]
    elif len(found) == 1:
        ((sentence, reason),) = found.items()
        lines = [f"{tested}, and found this: {sentence}", *(("", reason) if reason else ())]
    else:
        told = [line for sentence, reason in found.items() for line in _bullet(sentence, reason)]
        lines = [f"{tested}, and found this:", "", *told]
    worked = last_worked_for_district(result)
    return [
        *lines, *_said(result, concerned), *_cited(result, concerned, steps_for), *(["", *worked] if worked else []),
    ]  # fmt: skip


def _bullet(sentence: str, reason: str) -> list[str]:
    return [f"- {sentence}", *([f"  {reason}"] if reason else [])]


def _said(result: Result, concerned: list[ReportedFinding]) -> list[str]:
    """The server's words about the root cause, where that is the district's to fix."""
    root = next(iter(to_fix(result)), None)
    if root is None or root.finding not in [each.finding for each in concerned]:
        return []
    lines = said_lines(root)
    return ["", *lines] if lines else []


def _cited(result: Result, concerned: list[ReportedFinding], steps_for: _StepsFor) -> list[str]:
    """A request with its time, where a step says to give one: only we know it."""
    system = result.connection.provider
    for each in (reported.finding for reported in concerned):
        asked = filled(((step, each.facts) for step in steps_for(each, system)), Audience.DISTRICT)
        requests = [seen for seen in telling(each) if seen.kind is EvidenceKind.REQUEST]
        if requests and any(step.cites_request for step in asked):
            when = "" if requests[0].server_date else f" · {moment(result)}"
            return ["", f"One of the requests: {request_line(requests[0])}{when}"]
    return []


def _templates(result: Result, concerned: list[ReportedFinding]) -> Iterator[tuple[Step, Facts]]:
    """The district's steps: of the findings in order, then of what it has answered with no."""
    for each in concerned:
        for step in _first_steps(each.finding, result.connection.provider):
            yield step, each.finding.facts
    spoken_of = {
        point for each in to_fix(result) for code in causes_of(each) for point in entry_of(code).disproves
    }
    for item in result.checklist:
        point = Point(item.item)
        if item.status is Status.FAIL and point not in spoken_of:
            for step in steps_for_point(point, provider(result.connection.provider)):
                yield step, {}


def _asked(request: str, steps: list[Step]) -> list[str]:
    """The numbered steps, and what the district replies; nothing without steps."""
    if not steps:
        return []
    numbered = [f"{number}. {step.text}" for number, step in enumerate(steps, 1)]
    return ["", request, "", *numbered, "", _reply(steps)]


def _reply(steps: Iterable[Step]) -> str:
    replies = list(dict.fromkeys(step.reply for step in steps if step.reply))
    # One that names several things itself is set apart.
    wanted = ", and ".join(replies) if any(" and " in each for each in replies) else joined(replies)
    return f"Please reply with {wanted}; we will then run the test again." if wanted else _DONE


def _connection(result: Result, steps: Iterable[Step]) -> list[str]:
    """Which connection it is about, and how a secret is not sent."""
    connection = result.connection
    lines = ["Our connection is the one with these values:", f"- Base URL: {connection.base_url}"]
    if connection.requests_token:
        lines.append(f"- Token URL: {connection.token_url}")
    if not connection.fixed_token:
        lines.append(f"- Key (client id): {connection.client_id}")
    lines.append("")
    if any(step.sends_secret for step in steps):
        lines += ["Please do not send the secret by ordinary email.", ""]
    return lines
