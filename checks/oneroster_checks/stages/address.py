"""The checks of the addresses and keys: they need no request, so a form can ask them at each key."""

from __future__ import annotations

from collections.abc import Callable

from ..connection import SECRET_FIELDS
from ..finding import Finding, Stage
from ..target import Target
from . import address_rules, key_rules
from .address_forms import form_outcome
from .context import RunContext
from .model import Check, Outcome, Precondition, always


def _no_token_url(target: Target) -> str | None:
    if target.connection.requests_token:
        return None
    return "a fixed token needs no token URL" if target.connection.fixed_token else "OAuth 1 has no token URL"


def _no_app(target: Target) -> str | None:
    return None if target.provider.app_in_address else "this provider's URLs name no app"


def _no_app_in_token_url(target: Target) -> str | None:
    return _no_token_url(target) or _no_app(target)


def _other_hosts(target: Target) -> str | None:
    if not target.provider.same_host:
        return "this provider may use two hosts"
    return _no_token_url(target)


def _no_key_prefix(target: Target) -> str | None:
    if target.connection.fixed_token:
        return "a fixed token needs no key"
    return None if target.provider.client_id_prefix else "this provider's key format is not known"


def _check(
    id: str,
    title: str,
    description: str,
    rule: Callable[[Target], Outcome],
    *,
    fields: tuple[str, ...],
    requires: tuple[str, ...] = (),
    establishes: Precondition | None = None,
    applies: Callable[[Target], str | None] = always,
    in_order: str = "",
) -> Check:
    async def run(context: RunContext) -> Outcome:
        return rule(context.target)

    return Check(
        id, title, description, Stage.ADDRESS, run, requires, establishes=establishes, applies=applies, fields=fields,
        in_order=in_order, rule=rule,
    )  # fmt: skip


def _base_form(target: Target) -> Outcome:
    return form_outcome("base_url", target.connection.base_url, target)


def _token_form(target: Target) -> Outcome:
    return form_outcome("token_url", target.connection.token_url, target)


_URLS = ("base_url", "token_url")

CHECKS: tuple[Check, ...] = (
    _check(
        "address.combination", "OAuth and OneRoster versions",
        "Whether this OneRoster version can be used with this OAuth version.",
        address_rules.combination_outcome, fields=("oauth", "oneroster"), establishes=Precondition.ADDRESS,
    ),
    _check(
        "address.fields", "Values in the right fields",
        "Whether a URL is in a key field, a key is in a URL field, or two fields are swapped.",
        address_rules.fields_outcome, fields=(*_URLS, "client_id", "client_secret"), establishes=Precondition.ADDRESS,
    ),
    _check(
        "address.base-url", "Base URL",
        "Whether the base URL is a complete web address that is safe to use.",
        _base_form, fields=("base_url",), requires=("address.fields",), establishes=Precondition.ADDRESS,
    ),
    _check(
        "address.token-url", "Token URL",
        "Whether the token URL is a complete web address that is safe to use.",
        _token_form, fields=("token_url",), requires=("address.fields",), establishes=Precondition.ADDRESS,
        applies=_no_token_url,
    ),
    _check(
        "address.path", "URL paths",
        "Whether a part of a path, such as /campus or /ims/oneroster, is repeated.",
        address_rules.doubled_outcome, fields=_URLS, requires=("address.base-url", "address.token-url"),
        establishes=Precondition.ADDRESS,
    ),
    _check(
        "address.version", "Version in the base URL",
        "Whether v1p1 or v1p2 in the base URL is the OneRoster version you chose.",
        address_rules.version_outcome, fields=("base_url",), requires=("address.base-url",),
        establishes=Precondition.ADDRESS,
    ),
    _check(
        "address.endpoint", "End of the base URL",
        "Whether the base URL ends before the name of an endpoint, such as /orgs, and has no query.",
        address_rules.endpoint_outcome, fields=("base_url",), requires=("address.base-url",),
    ),
    _check(
        "address.legacy", "Base URL format",
        "Whether the base URL has the old path of Infinite Campus.",
        address_rules.legacy_outcome, fields=("base_url",), requires=("address.base-url",), applies=_no_app,
    ),
    _check(
        "address.app-name", "App name in the token URL",
        "Whether the token URL ends with ?appName= and a name.",
        address_rules.app_name_outcome, fields=("token_url",), requires=("address.token-url",),
        establishes=Precondition.ADDRESS, applies=_no_app_in_token_url,
        in_order="[[The app name is {token_app}.]]",
    ),
    _check(
        "address.app-name-match", "App name in both URLs",
        "Whether the token URL and the base URL name the same app.",
        address_rules.app_match_outcome, fields=_URLS, requires=("address.app-name", "address.base-url"),
        applies=_no_app_in_token_url,
        in_order='[[Both name the app "{app}".]]',
    ),
    _check(
        "address.hosts", "Hosts of both URLs",
        "Whether the token URL and the base URL are on the same host.",
        address_rules.hosts_outcome, fields=_URLS, requires=("address.base-url", "address.token-url"),
        applies=_other_hosts,
        in_order="[[Both are on {host}.]]",
    ),
    _check(
        "key.present", "Key and secret",
        "Whether there is a client id and a client secret, or a fixed token.",
        key_rules.missing_key_outcome, fields=("client_id", "client_secret"), requires=("address.fields",),
        establishes=Precondition.ADDRESS,
    ),
    _check(
        "key.format", "Key format",
        "Whether the client id begins the way this provider's keys do.",
        key_rules.key_format_outcome, fields=("client_id",), requires=("address.fields",), applies=_no_key_prefix,
    ),
    _check(
        "key.characters", "Characters in keys and secrets",
        "Whether spaces, quotes, or invisible characters were pasted along with a key or a secret.",
        key_rules.key_characters_outcome, fields=("client_id", *SECRET_FIELDS), requires=("address.fields",),
    ),
)  # fmt: skip


def address_findings(target: Target, *, filled_only: bool = False) -> tuple[Finding, ...]:
    """The findings that a run would make on the addresses and the keys, without a request.

    A finding that is not in order has a cause, the fact `field` (the field's id) and, where one is known,
    `suggestion` with the exact text to put there. Checks whose requirement failed are left out; with
    `filled_only` also those of a field that is still empty, as a form needs it while a person types.
    """
    findings: list[Finding] = []
    stopped: set[str] = set()
    for check in CHECKS:
        if check.rule is None or check.applies(target) is not None:
            continue
        if filled_only and not _filled(check, target):
            continue
        if stopped.intersection(check.requires):
            # What requires this one cannot be judged either.
            stopped.add(check.id)
            continue
        outcome = check.rule(target)
        finding = Finding(
            check.id, check.title, check.stage, outcome.status, outcome.cause, outcome.facts, outcome.reason
        )
        if not filled_only or not _is_empty(str(outcome.facts.get("field", "")), target):
            findings.append(finding)
        if finding.failed:
            stopped.add(check.id)
    return tuple(findings)


def _filled(check: Check, target: Target) -> bool:
    """Whether anything of what a check looks at is there."""
    return not all(_is_empty(field, target) for field in check.fields)


def _is_empty(field: str, target: Target) -> bool:
    """Whether nothing stands in a field of the addresses and keys."""
    if field in target.keys:
        return not target.keys[field].text
    return field in _URLS and not getattr(target, field)
