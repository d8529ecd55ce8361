"""The checks of the token: is one issued, in which form of the request, with which scope, for how long."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote_plus

from ..client.token_answer import Token, TokenAnswer, TokenForm, TokenMeaning
from ..connection import Secret
from ..evidence import Evidence
from ..finding import FactDict, Stage
from ..limits import SHORTEST_TOKEN_S, TOKEN_REQUESTS
from ..standard.scopes import scope_for
from ..target import Target
from .context import RunContext
from .failures import failed_by, shown_location, throttle_facts
from .lifetime import lifetime_facts
from .model import Check, Outcome, Precondition, failed, known, passed, skipped, warned

_FORM_WORDS: Mapping[TokenForm, str] = {
    TokenForm.HEADER: "credentials in the header",
    TokenForm.BODY: "credentials in the body",
    TokenForm.PLAIN_HEADER: "credentials in the header, not form-encoded",
}
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
}


def _not_oauth2(target: Target) -> str | None:
    return None if target.connection.oauth == 2 else "OAuth 1 uses no token"


def _first_scope(run: RunContext) -> str:
    """The scope sent at first: the user's, or the standard's where this provider wants one."""
    if run.target.scope:
        return run.target.scope
    if run.provider.scope_needed:
        return scope_for(run.connection.oneroster, run.connection.share)
    return ""


async def _ask(run: RunContext, form: TokenForm, scope: str) -> TokenAnswer:
    from ..client.oauth2 import TokenClient

    client = TokenClient(
        run.session, run.target, lambda error, evidence: run.transient_errors.append((error, evidence))
    )
    return await client.ask(form, scope, note=_FORM_WORDS[form] + (", with a scope" if scope else ""))


async def _issue(run: RunContext) -> Outcome:
    scope = _first_scope(run)
    already = run.session.requests
    tries: list[TokenAnswer] = []

    async def attempt(form: TokenForm, scope: str) -> bool:
        """Whether this try ends the search."""
        if tries and run.session.requests - already >= TOKEN_REQUESTS:
            return True
        tries.append(await _ask(run, form, scope))
        if tries[-1].token is not None:
            _accept(run, tries[-1].token, tries)
        return tries[-1].final

    standard = scope_for(run.connection.oneroster, run.connection.share)
    other = standard if not scope else ""
    ended = await attempt(TokenForm.HEADER, scope)
    if not ended and not tries[0].nothing_there:
        ended = await attempt(TokenForm.BODY, scope)
        if not ended and _changed_by_encoding(run):
            ended = await attempt(TokenForm.PLAIN_HEADER, scope)
        # Refused both ways: perhaps a scope is wanted, or the one that was sent is not.
        if not ended:
            ended = await attempt(TokenForm.HEADER, other)
        if not ended and tries[1].meaning is not tries[0].meaning:
            await attempt(TokenForm.BODY, other)
    proof = tuple(item.evidence for item in tries)
    if run.token is not None:
        return _granted(run, run.token, scope, proof)
    return _refused(run, tries, proof)


def _changed_by_encoding(run: RunContext) -> bool:
    """Whether the form-encoding that the standard asks for changes the id or the secret."""
    return any(quote_plus(text) != text for text in (run.key, run.secret.reveal()))


def _accept(run: RunContext, token: Token, tries: list[TokenAnswer]) -> None:
    from ..client.authorization import Bearer

    run.token = token
    run.story.needed_scope = token.asked_scope if not tries[0].asked_scope else ""
    run.story.evidence = tuple(item.evidence for item in tries)

    async def renew() -> Secret | None:
        fresh = (await _ask(run, token.form, token.asked_scope)).token
        return fresh.text if fresh else None

    run.data.authorizer = Bearer(token.text, renew)


def _granted(run: RunContext, token: Token, scope: str, proof: tuple[Evidence, ...]) -> Outcome:
    host = run.target.token_place.host
    if scope and not token.asked_scope:
        # The scope that was sent is what was refused; without it the same credentials are good.
        tried = "with and without the scope"
        return failed("token.invalid-scope", *proof, host=host, scope=scope, tried=tried)
    return passed(*proof, host=host)


def _refused(run: RunContext, tries: list[TokenAnswer], proof: tuple[Evidence, ...]) -> Outcome:
    telling = _most_telling(tries)
    answer, place = telling.answer, run.target.token_place
    if answer.failure is not None:
        return failed_by(
            answer.failure,
            telling.evidence,
            place,
            *_without(proof, telling.evidence),
            field="token_url",
            typed=run.connection.token_url,
        )
    facts: FactDict = known(
        {
            "host": place.host,
            "status": answer.status,
            "scope": telling.asked_scope,
            "error": telling.error,
            "detail": telling.detail,
            "tried": _tried(tries),
            "token_app": run.target.token_app,
            **throttle_facts(answer),
        }
    )
    if telling.meaning is TokenMeaning.REDIRECTED:
        facts["location"] = shown_location(run, answer)
    if telling.meaning is TokenMeaning.REFUSED:
        facts |= lifetime_facts(run)
    return failed(_CAUSES[telling.meaning], *proof, **facts)


def _without(proof: tuple[Evidence, ...], last: Evidence) -> tuple[Evidence, ...]:
    return tuple(each for each in proof if each is not last)


# What tells most comes first: a word about the client beats a refusal, a refusal beats an unknown page.
_TELLING = (
    TokenMeaning.NO_APP,
    TokenMeaning.THROTTLED,
    TokenMeaning.REDIRECTED,
    TokenMeaning.NOT_ALLOWED,
    TokenMeaning.BAD_SCOPE,
    TokenMeaning.REFUSED,
    TokenMeaning.NO_TOKEN,
    TokenMeaning.WRONG_FORM,
    TokenMeaning.NOT_A_TOKEN_URL,
    TokenMeaning.BROKEN,
    TokenMeaning.NO_ANSWER,
)


def _most_telling(tries: list[TokenAnswer]) -> TokenAnswer:
    # A scope that only this tool added proves nothing by being refused.
    first_scope = tries[0].asked_scope
    own = [
        item
        for item in tries
        if not (item.asked_scope != first_scope and item.meaning is TokenMeaning.BAD_SCOPE)
    ]
    # A server that is down for the first request is down, whatever it answers to the next.
    return min(own, key=lambda item: _TELLING.index(item.meaning))


def _tried(tries: list[TokenAnswer]) -> str:
    """The forms that were tried, in words."""
    in_body = any(item.form is TokenForm.BODY for item in tries)
    words = "in the header and in the body" if in_body else "in the header"
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
