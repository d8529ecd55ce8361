"""The checks of the token: is one issued, in which form of the request, with which scope, for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..authorized import TokenForm
from ..client.token_answer import TokenAnswer
from ..client.token_meaning import TokenMeaning, speaks_of_grant
from ..evidence import Evidence
from ..finding import FactDict, Stage
from ..http.json_bounds import over_limit
from ..limits import SHORTEST_TOKEN_S
from ..points import Point
from ..standard.scopes import covers_all, scope_for, scope_tries
from ..target import Target
from ..urls import adds_a_slash, place_of
from .between import before_the_token
from .context import RunContext
from .failures import failed_by, shown_location, throttle_facts
from .lifetime import lifetime_facts
from .model import Check, Outcome, Precondition, failed, known, passed, skipped, warned
from .other_oauth import signed_instead
from .token_search import TokenSearch, accept

if TYPE_CHECKING:
    from ..http.answer import Answer

# What a token URL said, as the cause that is named for it.
_CAUSES: Mapping[TokenMeaning, str] = {
    TokenMeaning.REDIRECTED: "token.redirected",
    TokenMeaning.NO_APP: "token.app-not-selected",
    TokenMeaning.THROTTLED: "token.throttled",
    TokenMeaning.BROKEN: "token.server-error",
    TokenMeaning.BAD_SCOPE: "token.invalid-scope",
    TokenMeaning.NOT_ALLOWED: "token.unauthorized-client",
    TokenMeaning.REFUSED: "token.invalid-client",
    TokenMeaning.NO_TOKEN: "token.malformed",
    TokenMeaning.NOT_A_TOKEN_URL: "token.not-an-endpoint",
    TokenMeaning.WRONG_FORM: "token.request-form",
    TokenMeaning.TOO_LARGE: "access.answer-too-large",
}
# How the credentials were sent, in the order in which sentences name it.
_FORMS: Mapping[TokenForm, str] = {
    TokenForm.HEADER: "in the header",
    TokenForm.BODY: "in the body",
    TokenForm.PLAIN_HEADER: "in the header without form-encoding",
}
# What a product in between may say in place of the token URL.
_MAY_STAND_BETWEEN = frozenset(
    {
        TokenMeaning.NOT_ALLOWED, TokenMeaning.REFUSED, TokenMeaning.NOT_A_TOKEN_URL, TokenMeaning.BROKEN,
        TokenMeaning.WRONG_FORM,
    }
)  # fmt: skip


def _not_oauth2(target: Target) -> str | None:
    if target.connection.fixed_token:
        return "the token is fixed, so none is requested"
    return None if target.connection.oauth == 2 else "OAuth 1 uses no token"


def _first_scope(run: RunContext) -> str:
    """The scope sent at first: the user's, or the standard's where this provider wants one."""
    if run.target.scope:
        return run.target.scope
    if run.provider.scope_needed:
        return scope_for(run.connection.oneroster, run.connection.share)
    return ""


async def _issue(run: RunContext) -> Outcome:
    first = _first_scope(run)
    version, share = run.connection.oneroster, run.connection.share
    search = TokenSearch(run, first)
    # What was typed, or what this provider wants, may be the very thing that is refused.
    await search.search((*([""] if first else []), *scope_tries(version, share)))
    granted = search.granted
    if granted is None:
        return await _refused(run, search)
    if granted.asked_scope != first and not covers_all(granted.asked_scope, version, share):
        await _widen(run, search)
    granted = search.granted or granted
    # Of a scope that somebody typed and that was refused, token.issue tells.
    unasked = not run.target.scope and granted.asked_scope != first
    accept(run, granted, search.tries, needed_scope=granted.asked_scope if unasked else "")
    return _granted(run, search)


async def _widen(run: RunContext, search: TokenSearch) -> None:
    """Ask once for the scopes of all parts, where the scope that was granted leaves some out."""
    scope = scope_for(run.connection.oneroster, run.connection.share)
    if search.granted is not None and all(each.asked_scope != scope for each in search.tries):
        await search.ask(search.granted.form, scope)


def _granted(run: RunContext, search: TokenSearch) -> Outcome:
    host, token = run.target.token_place.host, run.token
    proof = tuple(item.evidence for item in search.tries)
    if run.target.scope and token is not None and token.asked_scope != run.target.scope:
        # The scope that was sent is what was refused; with another, or none, the same credentials are good.
        return failed(
            "token.invalid-scope", *proof, host=host, scope=run.target.scope, tried=_tried(search.tries),
            suggestion=token.asked_scope or None, without_scope=None if token.asked_scope else True,
        )  # fmt: skip
    return passed(*proof, host=host)


async def _refused(run: RunContext, search: TokenSearch) -> Outcome:
    telling = await search.most_telling()
    key_known = await search.knows_the_key(telling)
    tries, place, answer = search.tries, run.target.token_place, telling.answer
    proof = tuple(item.evidence for item in tries)
    if answer.failure is not None:
        return failed_by(
            answer.failure,
            telling.evidence,
            place,
            *_without(proof, telling.evidence),
            field="token_url",
            typed=run.connection.token_url,
        )
    if telling.meaning in _MAY_STAND_BETWEEN and not telling.error:
        between = await before_the_token(run, telling.answer)
        if between is not None:
            return replace(between, evidence=(*proof, *between.evidence))
    if telling.meaning is TokenMeaning.NOT_A_TOKEN_URL:
        signed = await signed_instead(run)
        if signed is not None:
            return replace(signed, evidence=(*proof, *signed.evidence))
    # Of what is broken, only a page for people comes as a success.
    maintenance = telling.meaning is TokenMeaning.BROKEN and answer.succeeded and answer.looks_like_html
    facts: FactDict = known(
        {
            "host": place.host,
            "status": answer.status,
            "scope": telling.asked_scope,
            "error": telling.error,
            "detail": None if maintenance else telling.detail,
            "maintenance": True if maintenance else None,
            "tried": _tried(tries),
            "token_app": run.target.token_app,
            "key_known": "by a made-up secret" if key_known else None,
            "grant": "client credentials" if _is_about_grant(telling) else None,
            **throttle_facts(answer),
        }
    )
    if telling.meaning is TokenMeaning.REDIRECTED:
        slashed = _with_slash(run, answer)
        facts |= {"suggestion": slashed} if slashed else {"location": shown_location(run, answer)}
    if telling.meaning is TokenMeaning.TOO_LARGE:
        facts |= {"field": "token_url", "token_answer": True, "reason": over_limit(answer.content.undecoded)}
    if telling.meaning is TokenMeaning.BAD_SCOPE:
        facts |= known({"none_accepted": True, "typed_scope": True if run.target.scope else None})
    if telling.meaning is TokenMeaning.REFUSED:
        facts |= lifetime_facts(run)
    outcome = failed(_CAUSES[telling.meaning], *proof, **facts)
    return replace(outcome, proves=(Point.CREDENTIALS_CORRECT,)) if key_known else outcome


def _with_slash(run: RunContext, answer: Answer) -> str:
    """The token URL with a slash at the end of its path where a redirect adds just that, else ""."""
    target = answer.redirect_target
    if place_of(target) != place_of(answer.url) or not adds_a_slash(answer.url, target):
        return ""
    before, mark, query = run.connection.token_url.strip().partition("?")
    return f"{before}/{mark}{query}"


def _is_about_grant(telling: TokenAnswer) -> bool:
    """Whether a client is refused for the grant that it asks by, and not for being inactive."""
    return telling.meaning is TokenMeaning.NOT_ALLOWED and speaks_of_grant(telling.answer)


def _without(proof: tuple[Evidence, ...], last: Evidence) -> tuple[Evidence, ...]:
    return tuple(each for each in proof if each is not last)


def _tried(tries: list[TokenAnswer]) -> str:
    """The forms that were tried, in words."""
    forms = {item.form for item in tries}
    *rest, last = (words for form, words in _FORMS.items() if form in forms)
    words = f"{', '.join(rest)}{',' if len(rest) > 1 else ''} and {last}" if rest else last
    both = len({bool(item.asked_scope) for item in tries}) == 2
    return f"{words}, with and without a scope" if both else words


async def _method(run: RunContext) -> Outcome:
    form = run.token.form if run.token else TokenForm.HEADER
    if form is TokenForm.BODY:
        return warned("token.body-only", *run.story.evidence, host=run.target.token_place.host)
    if form is TokenForm.PLAIN_HEADER:
        return passed(*run.story.evidence, host=run.target.token_place.host)
    return passed()


async def _scope(run: RunContext) -> Outcome:
    needed = run.story.needed_scope
    if needed:
        host = run.target.token_place.host
        return warned("token.scope-required", *run.story.evidence, host=host, scope=needed)
    return passed(scope=(run.token.scope or run.token.asked_scope) if run.token else None)


async def _lifetime(run: RunContext) -> Outcome:
    if run.token is None or run.token.expires_in is None:
        return skipped("the token answer does not say how long the token lasts")
    seconds = round(run.token.expires_in)
    if run.token.expires_in < SHORTEST_TOKEN_S:
        host = run.target.token_place.host
        return warned("token.short-lived", *run.story.evidence[-1:], host=host, seconds=seconds)
    return passed(seconds=seconds)


CHECKS: tuple[Check, ...] = (
    Check(
        "token.issue", "Access token",
        "Whether the token URL issues an access token for the key and secret.",
        Stage.TOKEN, _issue, requires=(Precondition.ADDRESS, Precondition.NETWORK),
        establishes=Precondition.AUTHORIZED, applies=_not_oauth2,
        fields=("token_url", "client_id", "client_secret", "scope"),
        in_order="The key and secret were accepted[[ by {host}]].",
    ),
    Check(
        "token.method", "Credentials in the header",
        "Whether the key and secret are accepted in the Basic header.",
        Stage.TOKEN, _method, requires=("token.issue",), applies=_not_oauth2,
        in_order="[[{host} accepts the header only without form-encoding, although the standard asks for it.]]",
    ),
    Check(
        "token.scope", "Token scope",
        "Whether the token is issued with the scope that this provider normally expects.",
        Stage.TOKEN, _scope, requires=("token.issue",), applies=_not_oauth2,
        in_order="[[The token's scope is {scope}.]]",
    ),
    Check(
        "token.lifetime", "Token lifetime",
        "Whether the token lasts at least a minute.",
        Stage.TOKEN, _lifetime, requires=("token.issue",), applies=_not_oauth2,
        in_order="[[The token lasts {seconds} seconds.]]",
    ),
)  # fmt: skip
