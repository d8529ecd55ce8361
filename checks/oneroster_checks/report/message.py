"""The message to the district: polite, and only what the district must do, with the exact screens."""

from __future__ import annotations

from ..causes.words import steps_for_district
from ..finding import Status
from ..providers import provider
from ..result import Result, Step


def district_message(result: Result) -> str:
    """The text of a mail to the district, ending in a line break."""
    connection, verdict = result.connection, result.verdict
    system = provider(connection.provider).name_in_sentence
    lines = ["Hello,", ""]
    lines.append(
        f"we tested the OneRoster {connection.oneroster} connection between {system} and our product today"
    )
    steps = _steps(result)
    if verdict.status is Status.PASS:
        lines[-1] += " and everything that we can see works. There is nothing for you to do."
        return "\n".join([*lines, "", *_closing(result)])
    lines[-1] += "." if not verdict.cause else f", and found this: {verdict.summary}"
    if steps:
        lines += ["", "Could you please help us with the following?", ""]
        lines += [f"{number}. {step.text}" for number, step in enumerate(steps, 1)]
        lines += ["", "Please tell us when it is done; we will run the test again."]
    else:
        lines += ["", "We can fix this ourselves, so there is nothing for you to do."]
    secret = any(step.sends_secret for step in steps)
    return "\n".join([*lines, "", *_closing(result, secret=secret)])


def _steps(result: Result) -> list[Step]:
    """The district's steps of the root cause first, then of whatever else failed."""
    steps: list[Step] = []
    verdict = result.verdict
    causes = [verdict.cause, *verdict.then] if verdict.status in (Status.FAIL, Status.WARN) else []
    for code in dict.fromkeys(causes):
        if code is None:
            continue
        facts = next(
            (reported.finding.facts for reported in result.findings if reported.finding.cause == code), {}
        )
        steps += steps_for_district(code, result.connection.provider, facts)
    return list(dict.fromkeys(steps))


def _closing(result: Result, *, secret: bool = False) -> list[str]:
    connection = result.connection
    lines = ["Our connection is the one with these values:", f"- Base URL: {connection.base_url}"]
    if connection.oauth == 2:
        lines.append(f"- Token URL: {connection.token_url}")
    lines += [f"- Key (client id): {connection.client_id}", ""]
    if secret:
        lines += ["Please do not send the secret by ordinary email.", ""]
    return [*lines, "Thank you.", ""]
