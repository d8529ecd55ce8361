"""The checks of the token: is one granted, in which way, with which scope, for how long."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote_plus

from ..client.token_answer import Token, TokenAnswer, TokenForm, TokenMeaning
from ..connection import Connection, Secret
from ..evidence import Evidence
from ..finding import FactDict, Stage
from ..redaction import shown_target
from ..standard.addresses import app_name, read_base, service_roots
from ..standard.scopes import scope_for
from ..urls import host_of
from . import gates
from .context import Run
from .failures import cause_of, facts_of
from .model import Check, Outcome, failed, passed, skipped, warned

# A refused token costs a district at most this many requests.
MOST_REQUESTS = 4
SHORTEST_LIFE_S = 60

_FORM_WORDS: Mapping[TokenForm, str] = {
    TokenForm.HEADER: "secret in the header",
    TokenForm.BODY: "secret in the body",
    TokenForm.PLAIN_HEADER: "secret in the header, not form-encoded",
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
}


def _not_oauth2(connection: Connection) -> str | None:
    return None if connection.oauth == 2 else "OAuth 1 has no token"


def _first_scope(run: Run) -> str:
    """The scope sent at first: the user's, or the standard's where this provider wants one."""
    if run.connection.scope.strip():
        return " ".join(run.connection.scope.split())
    if run.provider.scope_needed:
        return scope_for(run.connection.oneroster, run.connection.share)
    return ""


async def _ask(run: Run, form: TokenForm, scope: str) -> TokenAnswer:
    from ..client.oauth2 import TokenClient

    client = TokenClient(
        run.session, run.target, lambda error, evidence: run.transient_errors.append((error, evidence))
    )
    return await client.ask(form, scope, note=_FORM_WORDS[form] + (", with a scope" if scope else ""))


async def _issue(run: Run) -> Outcome:
    scope = _first_scope(run)
    already = run.session.requests
    tries: list[TokenAnswer] = []

    async def attempt(form: TokenForm, scope: str) -> bool:
        """Whether this try ends the search."""
        if tries and run.session.requests - already >= MOST_REQUESTS:
            return True
        tries.append(await _ask(run, form, scope))
        if tries[-1].token is not None:
            _accept(run, tries[-1].token, tries)
        return tries[-1].final

    standard = scope_for(run.connection.oneroster, run.connection.share)
    other = standard if not scope else ""
    ended = await attempt(TokenForm.HEADER, scope)
    if not ended and not _hopeless(tries[0]):
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
        return _granted(run, scope, proof)
    return _refused(run, tries, proof)


def _changed_by_encoding(run: Run) -> bool:
    """Whether the form-encoding that the standard asks for changes the id or the secret."""
    return any(quote_plus(text) != text for text in (run.key, run.secret.reveal()))


def _hopeless(first: TokenAnswer) -> bool:
    """A page that is not there does not come back for another form of the same request."""
    status = first.answer.status
    return status in (404, 405, 410) or (
        first.meaning is TokenMeaning.NOT_A_TOKEN_URL and status is not None and status < 400
    )


def _accept(run: Run, token: Token, tries: list[TokenAnswer]) -> None:
    from ..client.authorization import Bearer

    run.token = token
    run.story.refused_in_header = token.form is TokenForm.BODY
    first_scope = tries[0].asked_scope
    run.story.needed_scope = token.asked_scope if not first_scope else ""
    run.story.evidence = tuple(item.evidence for item in tries)

    async def renew() -> Secret | None:
        fresh = (await _ask(run, token.form, token.asked_scope)).token
        return fresh.text if fresh else None

    run.data.authorizer = Bearer(token.text, renew)
    if not run.roots:
        base = read_base(run.connection.base_url, run.connection.oneroster)
        run.roots = run.data.roots = service_roots(base.root, run.connection.oneroster)


def _granted(run: Run, scope: str, proof: tuple[Evidence, ...]) -> Outcome:
    token = run.token
    assert token is not None
    if scope and not token.asked_scope:
        # The scope that was sent is what was refused; without it the same credentials are good.
        return failed(
            "token.invalid-scope", *proof, **_facts(run, "", scope=scope), tried="with and without the scope"
        )
    return passed(*proof, seconds=_whole(token.expires_in), host=host_of(run.connection.token_url))


def _refused(run: Run, tries: list[TokenAnswer], proof: tuple[Evidence, ...]) -> Outcome:
    telling = _most_telling(tries)
    answer = telling.answer
    facts = _facts(run, answer.status, scope=telling.asked_scope)
    facts |= {"error": telling.error, "detail": telling.detail, "tried": _tried(tries)}
    if answer.failure is not None:
        facts |= facts_of(answer.failure)
        facts |= {
            "seconds": round(telling.evidence.elapsed_ms / 1000, 1),
            "port": run.target.token_place.port,
        }
        return failed(cause_of(answer.failure), *proof, **facts)
    if telling.meaning is TokenMeaning.REDIRECTED:
        facts["location"] = run.redactor.server_text(shown_target(answer.redirect_target))[:200]
    if telling.meaning is TokenMeaning.THROTTLED:
        facts["retry_after"] = "" if answer.retry_after is None else f"{answer.retry_after:g}"
    if telling.meaning is TokenMeaning.NO_APP:
        facts["app"] = app_name(run.connection.token_url)
    return failed(_CAUSES[telling.meaning], *proof, **facts)


# What tells most comes first: a word about the client beats a refusal, a refusal beats an unknown page.
_TELLING = (
    TokenMeaning.NO_APP,
    TokenMeaning.THROTTLED,
    TokenMeaning.REDIRECTED,
    TokenMeaning.NOT_ALLOWED,
    TokenMeaning.BAD_SCOPE,
    TokenMeaning.REFUSED,
    TokenMeaning.NO_TOKEN,
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
    in_body = any(item.form is TokenForm.BODY for item in tries)
    words = "in the header and in the body" if in_body else "in the header"
    return (
        f"{words}, with and without a scope"
        if len({bool(item.asked_scope) for item in tries}) == 2
        else words
    )


def _facts(run: Run, status: int | str | None, *, scope: str) -> FactDict:
    words = "no answer" if status is None else str(status)
    return {
        "host": host_of(run.connection.token_url),
        "status": words,
        "error": "",
        "detail": "",
        "scope": scope,
    }


def _whole(seconds: float | None) -> str | int:
    return "" if seconds is None else round(seconds)


async def _method(run: Run) -> Outcome:
    if run.story.refused_in_header:
        return warned("token.body-only", *run.story.evidence, host=host_of(run.connection.token_url))
    return passed()


async def _scope(run: Run) -> Outcome:
    needed = run.story.needed_scope
    if needed:
        return warned(
            "token.scope-required", *run.story.evidence, host=host_of(run.connection.token_url), scope=needed
        )
    token = run.token
    return passed(scope=(token.scope or token.asked_scope) if token else "")


async def _lifetime(run: Run) -> Outcome:
    token = run.token
    if token is None or token.expires_in is None:
        return skipped("the answer does not say how long the token lasts")
    if token.expires_in < SHORTEST_LIFE_S:
        host = host_of(run.connection.token_url)
        return warned(
            "token.short-lived", *run.story.evidence[-1:], host=host, seconds=_whole(token.expires_in)
        )
    return passed(seconds=_whole(token.expires_in))


CHECKS: tuple[Check, ...] = (
    Check(
        "token.issue", "Token is granted",
        "Whether the key and the secret are exchanged for a token.",
        Stage.TOKEN, _issue, requires=(*gates.ADDRESS, *gates.NETWORK), applies=_not_oauth2,
    ),
    Check(
        "token.method", "Secret is taken in the header",
        "Whether the credentials are taken in the Basic header, as the standard wants.",
        Stage.TOKEN, _method, requires=("token.issue",), applies=_not_oauth2,
    ),
    Check(
        "token.scope", "Token needs no unexpected scope",
        "Whether a token is granted with the scope that this provider expects.",
        Stage.TOKEN, _scope, requires=("token.issue",), applies=_not_oauth2,
    ),
    Check(
        "token.lifetime", "Token lasts long enough",
        "Whether the token lasts at least a minute.",
        Stage.TOKEN, _lifetime, requires=("token.issue",), applies=_not_oauth2,
    ),
)  # fmt: skip
