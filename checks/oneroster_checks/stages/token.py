"""The checks of the token: is one granted, in which way, with which scope, for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlsplit

from ..client.token_answer import Meaning, TokenMeaning, read_meaning
from ..connection import Connection, Secret
from ..evidence import Evidence
from ..finding import FactDict, Stage
from ..limits import SHORTEST_TOKEN_S, TOKEN_REQUESTS
from ..redaction import shown_target
from ..standard.scopes import scope_for
from .context import RunContext
from .model import Check, Gate, Outcome, failed, passed, skipped, warned

if TYPE_CHECKING:
    from ..client.oauth2 import Method, Token
    from ..http.answer import Answer

# A refused token costs a district at most this many requests.

_METHOD_WORDS = {
    "header": "credentials in the header",
    "body": "credentials in the body",
    "plain header": "credentials in the header, not form-encoded",
}


def _not_oauth2(connection: Connection) -> str | None:
    return None if connection.oauth == 2 else "OAuth 1 uses no token"


def _first_scope(run: RunContext) -> str:
    """The scope sent at first: the user's, or the standard's where this provider wants one."""
    if run.target.scope:
        return run.target.scope
    if run.provider.scope_needed:
        return scope_for(run.connection.oneroster, run.connection.share)
    return ""


async def _ask(run: RunContext, method: Method, scope: str) -> tuple[Answer, Token | None, Meaning]:
    from ..client.oauth2 import oauth_error, read_token, token_request
    from ..http.retry import send_with_retries

    headers, content = token_request(method, run.key, run.secret, scope)
    note = _METHOD_WORDS[method] + (", with a scope" if scope else "")
    url = run.target.token_url
    answer = await send_with_retries(
        lambda: run.session.send("POST", url, headers=headers, content=content, note=note),
        run.session.retry_budget,
    )
    token = read_token(answer, method, scope)
    if token is not None:
        run.redactor.learn(token.text.reveal())
        if answer.retried:
            run.transient_errors.append(("; ".join(answer.retried), answer.evidence))
    return answer, token, read_meaning(answer, token is not None, oauth_error(answer))


async def _issue(run: RunContext) -> Outcome:
    scope = _first_scope(run)
    already = run.session.requests
    tries: list[tuple[Answer, Meaning, Method, str]] = []

    async def attempt(method: Method, scope: str) -> bool:
        """Whether this try ends the search."""
        if tries and run.session.requests - already >= TOKEN_REQUESTS:
            return True
        answer, token, meaning = await _ask(run, method, scope)
        tries.append((answer, meaning, method, scope))
        if token is not None:
            _accept(run, token, tries)
        return token is not None or meaning.final

    standard = scope_for(run.connection.oneroster, run.connection.share)
    other = standard if not scope else ""
    ended = await attempt("header", scope)
    if not ended and not _hopeless(tries[0]):
        ended = await attempt("body", scope)
        if not ended and _changed_by_encoding(run):
            ended = await attempt("plain header", scope)
        # Refused both ways: perhaps a scope is wanted, or the one that was sent is not.
        if not ended:
            ended = await attempt("header", other)
        if not ended and tries[1][1].kind != tries[0][1].kind:
            await attempt("body", other)
    proof = tuple(item[0].evidence for item in tries)
    if run.token is not None:
        return _granted(run, scope, proof)
    return _refused(run, tries, proof)


def _changed_by_encoding(run: RunContext) -> bool:
    """Whether the form-encoding that the standard asks for changes the id or the secret."""
    return any(quote_plus(text) != text for text in (run.key, run.secret.reveal()))


def _hopeless(first: tuple[Answer, Meaning, Method, str]) -> bool:
    """A page that is not there does not come back for another form of the same request."""
    status = first[0].status
    return status in (404, 405, 410) or (
        first[1].kind is TokenMeaning.NOT_A_TOKEN_URL and status is not None and status < 400
    )


def _accept(run: RunContext, token: Token, tries: list[tuple[Answer, Meaning, Method, str]]) -> None:
    from ..client.data import Bearer

    run.token = token
    run.story.refused_in_header = token.method == "body"
    first_scope = tries[0][3]
    run.story.needed_scope = token.asked_scope if not first_scope else ""
    run.story.evidence = tuple(item[0].evidence for item in tries)

    async def renew() -> Secret | None:
        _, fresh, _ = await _ask(run, token.method, token.asked_scope)
        return fresh.text if fresh else None

    run.data.authorizer = Bearer(token.text, renew)


def _granted(run: RunContext, scope: str, proof: tuple[Evidence, ...]) -> Outcome:
    token = run.token
    assert token is not None
    if scope and not token.asked_scope:
        # The scope that was sent is what was refused; without it the same credentials are good.
        return failed(
            "token.invalid-scope", *proof, **_facts(run, "", scope=scope), tried="with and without the scope"
        )
    return passed(*proof, seconds=_whole(token.expires_in), host=run.target.token_place.host)


def _refused(
    run: RunContext, tries: list[tuple[Answer, Meaning, Method, str]], proof: tuple[Evidence, ...]
) -> Outcome:
    answer, meaning, _, scope = _most_telling(tries)
    facts = _facts(run, answer.evidence.status, scope=scope)
    facts |= {"error": meaning.error, "detail": meaning.detail, "tried": _tried(tries)}
    if meaning.kind is TokenMeaning.NO_ANSWER and answer.failure is not None:
        failure = answer.failure
        parts = urlsplit(run.target.token_url)
        facts |= {"phase": failure.phase, "detail": failure.detail, **failure.facts}
        facts |= {"seconds": round(answer.evidence.elapsed_ms / 1000, 1), "port": parts.port or 443}
        return failed(failure.cause, *proof, **facts)
    if meaning.kind is TokenMeaning.REDIRECTED:
        facts["location"] = run.redactor.server_text(shown_target(answer.redirect_target))[:200]
    if meaning.kind is TokenMeaning.THROTTLED:
        facts["retry_after"] = "" if answer.retry_after is None else f"{answer.retry_after:g}"
    if meaning.kind is TokenMeaning.NO_APP:
        facts["app"] = run.target.token_app
    return failed(str(meaning.kind), *proof, **facts)


# What tells most comes first: a word about the client beats a refusal, a refusal beats an unknown page.
_TELLING = (
    TokenMeaning.NO_APP, TokenMeaning.THROTTLED, TokenMeaning.REDIRECTED, TokenMeaning.NOT_ALLOWED, TokenMeaning.BAD_SCOPE, TokenMeaning.REFUSED, TokenMeaning.NO_TOKEN,
    TokenMeaning.NOT_A_TOKEN_URL, TokenMeaning.BROKEN, TokenMeaning.NO_ANSWER,
)  # fmt: skip


def _most_telling(
    tries: list[tuple[Answer, Meaning, Method, str]],
) -> tuple[Answer, Meaning, Method, str]:
    # A scope that only this tool added proves nothing by being refused.
    first_scope = tries[0][3]
    own = [item for item in tries if not (item[3] != first_scope and item[1].kind is TokenMeaning.BAD_SCOPE)]
    # A server that is down for the first request is down, whatever it answers to the next.
    return min(own, key=lambda item: _TELLING.index(item[1].kind))


def _tried(tries: list[tuple[Answer, Meaning, Method, str]]) -> str:
    methods = {item[2] for item in tries}
    words = "in the header and in the body" if "body" in methods else "in the header"
    return f"{words}, with and without a scope" if len({bool(item[3]) for item in tries}) == 2 else words


def _facts(run: RunContext, status: int | str | None, *, scope: str) -> FactDict:
    words = "no answer" if status is None else str(status)
    return {
        "host": run.target.token_place.host,
        "status": words,
        "error": "",
        "detail": "",
        "scope": scope,
    }


def _whole(seconds: float | None) -> str | int:
    return "" if seconds is None else round(seconds)


async def _method(run: RunContext) -> Outcome:
    if run.story.refused_in_header:
        return warned("token.body-only", *run.story.evidence, host=run.target.token_place.host)
    return passed()


async def _scope(run: RunContext) -> Outcome:
    needed = run.story.needed_scope
    if needed:
        return warned(
            "token.scope-required", *run.story.evidence, host=run.target.token_place.host, scope=needed
        )
    token = run.token
    return passed(scope=(token.scope or token.asked_scope) if token else "")


async def _lifetime(run: RunContext) -> Outcome:
    token = run.token
    if token is None or token.expires_in is None:
        return skipped("the token answer does not say how long the token lasts")
    if token.expires_in < SHORTEST_TOKEN_S:
        host = run.target.token_place.host
        return warned(
            "token.short-lived", *run.story.evidence[-1:], host=host, seconds=_whole(token.expires_in)
        )
    return passed(seconds=_whole(token.expires_in))


CHECKS: tuple[Check, ...] = (
    Check(
        "token.issue", "Access token",
        "Whether the token URL issues an access token for the key and secret.",
        Stage.TOKEN, _issue, requires=(Gate.ADDRESS, Gate.NETWORK), opens=Gate.AUTHORIZED, applies=_not_oauth2,
        fields=("token_url", "client_id", "client_secret", "scope"),
        in_order="The key and secret were accepted[[ by {host}]].",
    ),
    Check(
        "token.method", "Credentials in the header",
        "Whether the key and secret are accepted in the Basic header, as the standard asks.",
        Stage.TOKEN, _method, requires=("token.issue",), applies=_not_oauth2,
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
