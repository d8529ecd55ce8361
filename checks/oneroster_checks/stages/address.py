"""The checks of the address: told without any request."""

from __future__ import annotations

from collections.abc import Callable

from ..connection import Connection, Credentials
from ..finding import Finding, Stage
from ..providers import Provider, provider
from . import address_rules as rules
from .context import Run
from .model import Check, Outcome, always, failed, passed

Rule = Callable[[Connection, Credentials, Provider], Outcome]


def _not_oauth2(connection: Connection) -> str | None:
    return None if connection.oauth == 2 else "OAuth 1 has no token URL"


def _not_campus(connection: Connection) -> str | None:
    return None if provider(connection.provider).app_in_address else "only Infinite Campus has an app name"


def _not_campus_oauth2(connection: Connection) -> str | None:
    return _not_oauth2(connection) or _not_campus(connection)


def _other_hosts(connection: Connection) -> str | None:
    if not provider(connection.provider).same_host:
        return "this provider may use two hosts"
    return _not_oauth2(connection)


def _no_key_prefix(connection: Connection) -> str | None:
    return None if provider(connection.provider).client_id_prefix else "no form of the key is known"


def _combination(connection: Connection, credentials: Credentials, known: Provider) -> Outcome:
    if connection.oauth == 1 and connection.oneroster == "1.2":
        return failed("address.unsupported-combination", field="oauth", suggestion="2", chosen_version="1.2")
    return passed()


# One row a check: id, title, what it asks, the rule, where it applies, what it requires.
_RULES: tuple[tuple[str, str, str, Rule, Callable[[Connection], str | None], tuple[str, ...]], ...] = (
    (
        "address.combination", "OAuth and OneRoster version go together",
        "Whether this OAuth version exists for this OneRoster version.",
        _combination, always, (),
    ),
    (
        "address.fields", "Every value stands in its own field",
        "Whether an address stands in a key field, a key in an address field, or two fields are exchanged.",
        rules.judge_fields, always, (),
    ),
    (
        "address.base-url", "Base URL can be read",
        "Whether the base URL is a web address that may be used safely.",
        lambda c, s, p: rules.judge_form("base_url", c.base_url, c), always, ("address.fields",),
    ),
    (
        "address.token-url", "Token URL can be read",
        "Whether the token URL is a web address that may be used safely.",
        lambda c, s, p: rules.judge_form("token_url", c.token_url, c), _not_oauth2, ("address.fields",),
    ),
    (
        "address.path", "No part of the path is doubled",
        "Whether /campus or /ims/oneroster stands twice in an address.",
        lambda c, s, p: rules.judge_doubled(c), always, ("address.base-url", "address.token-url"),
    ),
    (
        "address.version", "Base URL is of the chosen version",
        "Whether v1p1 or v1p2 in the base URL is the OneRoster version that was chosen.",
        lambda c, s, p: rules.judge_version(c), always, ("address.base-url",),
    ),
    (
        "address.endpoint", "Base URL ends where it should",
        "Whether the base URL goes on to one endpoint, such as /orgs, or carries a query.",
        lambda c, s, p: rules.judge_endpoint(c), always, ("address.base-url",),
    ),
    (
        "address.legacy", "Base URL has the current form",
        "Whether the base URL has the old path of Infinite Campus.",
        lambda c, s, p: rules.judge_legacy(c), _not_campus, ("address.base-url",),
    ),
    (
        "address.app-name", "Token URL names the app",
        "Whether the token URL ends in appName=….",
        lambda c, s, p: rules.judge_app_name(c), _not_campus_oauth2, ("address.token-url",),
    ),
    (
        "address.app-name-match", "Both addresses name the same app",
        "Whether appName in the token URL is the app in the base URL.",
        lambda c, s, p: rules.judge_app_match(c), _not_campus_oauth2,
        ("address.app-name", "address.base-url"),
    ),
    (
        "address.hosts", "Both addresses are on the same host",
        "Whether token URL and base URL lead to the same host.",
        lambda c, s, p: rules.judge_hosts(c), _other_hosts, ("address.base-url", "address.token-url"),
    ),
    (
        "key.format", "Key has the provider's form",
        "Whether the client id begins as this provider's keys do.",
        lambda c, s, p: rules.judge_key_format(c, p), _no_key_prefix, ("address.fields",),
    ),
    (
        "key.characters", "Keys were pasted cleanly",
        "Whether spaces, quotes or invisible characters came along with a key or a secret.",
        lambda c, s, p: rules.judge_key_characters(c, s), always, ("address.fields",),
    ),
)  # fmt: skip


def _check(row: tuple[str, str, str, Rule, Callable[[Connection], str | None], tuple[str, ...]]) -> Check:
    id, title, asks, rule, applies, requires = row

    async def run(context: Run) -> Outcome:
        return rule(context.connection, context.credentials, context.provider)

    return Check(id, title, asks, Stage.ADDRESS, run, requires=requires, applies=applies)


CHECKS: tuple[Check, ...] = tuple(_check(row) for row in _RULES)


def judge(connection: Connection, credentials: Credentials) -> tuple[Finding, ...]:
    """The findings that a run would make on the address and the keys, without a request.

    A finding that is not in order has a cause, the fact `field` (the field's id) and, where one is known,
    `mended` with the exact text to put there. Checks whose requirement failed are left out.
    """
    findings: list[Finding] = []
    stopped: set[str] = set()
    known = provider(connection.provider)
    for row in _RULES:
        id, title, _, rule, applies, requires = row
        if applies(connection) is not None:
            continue
        if stopped.intersection(requires):
            # What requires this one has no ground to stand on either.
            stopped.add(id)
            continue
        outcome = rule(connection, credentials, known)
        finding = Finding(
            id, title, Stage.ADDRESS, outcome.status, outcome.cause, outcome.facts, outcome.reason
        )
        findings.append(finding)
        if finding.failed:
            stopped.add(id)
    return tuple(findings)
