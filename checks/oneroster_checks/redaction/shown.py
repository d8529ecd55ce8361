"""A connection and a fact as they may be shown, with what is secret taken out of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial

from ..changes.model import Observed
from ..connection import Connection
from ..evidence import Evidence
from ..finding import Fact, FactDict, Facts, Finding
from .addresses import shown_filter
from .ids import CUT, HIDDEN
from .outline import SOURCED_ID
from .redactor import Redactor

# Facts that hold what a server wrote as it wrote it.
_SERVER_FACTS = frozenset({"filter", "location", "product", "said", "server", "usual_server"})
# Facts that are the sourcedId of a record, or several.
_IDS = frozenset({"examples", "record", "of_record", "of_class", "only_class"})
_SCOPES = frozenset({"scope", "scope_given"})


def shown_connection(
    connection: Connection, redactor: Redactor, *, hides_client_id: bool = True
) -> Connection:
    """A connection as typed, without what the redaction hides and without white space around its values.

    `hides_client_id` is False where the client id passed a redaction that knew the secrets: it is the user's
    own and must be found again as it is. With a fixed token it is not used, and not shown: the token may be there.
    """
    hide = redactor.text
    client_id = "" if connection.fixed_token else connection.client_id.strip()
    return connection.but(
        base_url=hide(connection.base_url.strip()),
        token_url=hide(connection.token_url.strip()),
        client_id=hide(client_id) if hides_client_id else client_id,
        scope=hide(connection.scope),
    )


def shown_observed(observed: Observed, redactor: Redactor) -> Observed:
    """What a run saw of a server, without what the redaction hides; a scope that it shortens or hides is left out."""
    shown = _redacted_scope(redactor, " ".join(observed.scopes)).split(" ")
    return replace(
        observed,
        certificate=redactor.server_text(observed.certificate),
        server=redactor.server_text(observed.server),
        scopes=tuple(scope for scope in observed.scopes if scope in shown),
    )


def redacted_facts(facts: Facts, redactor: Redactor) -> FactDict:
    """The facts without what the redaction hides in their texts; numbers stay as they are.

    What a server wrote loses the personal values of its records and parts of secrets as well.
    """
    return {name: _redacted(name, value, redactor) for name, value in facts.items()}


def shown_later(finding: Finding, redactor: Redactor) -> Finding:
    """A finding at the end of its run, without what the run has learned behind it: what passed once passes again.

    The same finding where that is nothing.
    """
    evidence = tuple(said_later(each, redactor) for each in finding.evidence)
    facts = redacted_facts(finding.facts, redactor)
    if evidence == finding.evidence and facts == finding.facts:
        return finding
    return replace(finding, facts=facts, evidence=evidence)


def said_later(evidence: Evidence, redactor: Redactor) -> Evidence:
    """The same for a request, of which only the server's words are free text."""
    return replace(evidence, said=redactor.said_later(evidence.said)) if evidence.said else evidence


def _redacted(name: str, value: Fact, redactor: Redactor) -> Fact:
    hide: Callable[[str], str] = redactor.text
    if name in _SCOPES:
        hide = partial(_redacted_scope, redactor)
    elif name in _IDS:
        hide = partial(_redacted_id, redactor)
    elif name == "filter":
        return hide(shown_filter(value)) if isinstance(value, str) else value
    elif name in _SERVER_FACTS:
        hide = redactor.server_text
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, Mapping):
        return _numbers(value, hide)
    return tuple(map(hide, value)) if isinstance(value, tuple) else value


def _numbers(value: Mapping[str, int], hide: Callable[[str], str]) -> dict[str, int]:
    """Numbers by their names; those whose names are hidden alike are one."""
    shown: dict[str, int] = {}
    for name, number in value.items():
        hidden = hide(name)
        shown[hidden] = shown.get(hidden, 0) + number
    return shown


def _redacted_id(redactor: Redactor, sourced_id: str) -> str:
    """A sourcedId that a record refers to by; what has not the form of one may be anything."""
    if not SOURCED_ID.fullmatch(sourced_id.replace(CUT, "")):
        return HIDDEN
    return redactor.id(sourced_id)


def _redacted_scope(redactor: Redactor, scope: str) -> str:
    """A scope; in those of the standard no word is a person's, though people may be called so."""
    known = _standard_scopes()
    words = scope.split(" ")
    shown = [
        redactor.text(word) if word in known or redactor.is_own(word) else redactor.id(word) for word in words
    ]
    # What is nothing word by word may be a secret as a whole.
    others = " ".join(
        each for each, word in zip(shown, words, strict=True) if each == word and word not in known
    )
    if redactor.server_text(others) != others:
        shown = [each if word in known else HIDDEN for each, word in zip(shown, words, strict=True)]
    return " ".join(shown)


@cache
def _standard_scopes() -> frozenset[str]:
    from ..standard.operations import SCOPE_PREFIX
    from ..standard.scopes import all_scopes

    return frozenset(
        prefix + name for version, prefix in SCOPE_PREFIX.items() for name in all_scopes(version)
    )
