"""Looks for the form and the scope in which a token is granted, and judges what the attempts said together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote_plus
from uuid import uuid4

from ..authorized import TokenForm
from ..client.token_answer import TokenAnswer
from ..client.token_meaning import TokenMeaning
from ..connection import Secret
from ..limits import REQUESTS_OF_A_RETRY, SCOPES_AFTER_A_CODE, SCOPES_AFTER_A_STATUS, TOKEN_REQUESTS
from ..standard.scopes import described

if TYPE_CHECKING:
    from .context import RunContext

_FORM_WORDS = {
    TokenForm.HEADER: "credentials in the header",
    TokenForm.BODY: "credentials in the body",
    TokenForm.PLAIN_HEADER: "credentials in the header, not form-encoded",
}
# Another scope may change these.
_OPEN = frozenset(
    {
        TokenMeaning.BAD_SCOPE, TokenMeaning.REFUSED, TokenMeaning.NOT_ALLOWED, TokenMeaning.NOT_A_TOKEN_URL,
        TokenMeaning.BROKEN,
    }
)  # fmt: skip
# What tells most comes first: a word about the client beats a refusal, a refusal beats an unknown page.
_TELLING = (
    TokenMeaning.NO_APP,
    TokenMeaning.THROTTLED,
    TokenMeaning.REDIRECTED,
    TokenMeaning.NOT_ALLOWED,
    TokenMeaning.BAD_SCOPE,
    TokenMeaning.REFUSED,
    TokenMeaning.NO_TOKEN,
    TokenMeaning.TOO_LARGE,
    TokenMeaning.WRONG_FORM,
    TokenMeaning.NOT_A_TOKEN_URL,
    TokenMeaning.BROKEN,
    TokenMeaning.NO_ANSWER,
)

# Codes that servers also use for a wrong key, and what they mean where another secret is refused as a client.
_OF_A_KNOWN_CLIENT = {
    "invalid_request": TokenMeaning.WRONG_FORM,
    "invalid_grant": TokenMeaning.NOT_ALLOWED,
}


class TokenSearch:
    """The token requests of one run, each other than the ones before, at most `TOKEN_REQUESTS` until one is granted.

    `tries` are the attempts in order, `first_scope` the scope of the first ("" for none).
    """

    def __init__(self, run: RunContext, first_scope: str) -> None:
        self._run = run
        self._already = run.session.requests
        self.first_scope = first_scope
        self.tries: list[TokenAnswer] = []
        self._made_up: TokenAnswer | None = None

    @property
    def granted(self) -> TokenAnswer | None:
        """The last attempt that brought a token, None while there is none."""
        return next((each for each in reversed(self.tries) if each.token is not None), None)

    async def search(self, scopes: Iterable[str]) -> None:
        """Try the forms with the first scope, then `scopes` in turn, until a token is granted or nothing can change."""
        if await self._ends(TokenForm.HEADER, self.first_scope) or self.tries[0].nothing_there:
            return
        form = TokenForm.HEADER
        # A server that speaks of the scope has taken the form.
        if self.tries[0].meaning is not TokenMeaning.BAD_SCOPE:
            if await self._ends(TokenForm.BODY, self.first_scope):
                return
            if self._changed_by_encoding() and await self._ends(TokenForm.PLAIN_HEADER, self.first_scope):
                return
            form = self._nearest_form()
        await self._with_scopes(form, scopes)

    async def _with_scopes(self, form: TokenForm, scopes: Iterable[str]) -> None:
        coded = uncoded = 0
        for scope in scopes:
            if scope == self.first_scope:
                continue
            if not any(each.meaning in _OPEN for each in self.tries) or await self._ends(form, scope):
                return
            last = self.tries[-1]
            # The scope is right at last; perhaps the credentials belong in the body.
            in_header = form is TokenForm.HEADER and self._only_header_was_tried()
            refused = last.meaning is TokenMeaning.REFUSED and in_header
            if refused and await self._ends(TokenForm.BODY, scope):
                return
            if last.meaning is not TokenMeaning.BAD_SCOPE:
                coded += bool(last.error)
                uncoded += not last.error
            if coded >= SCOPES_AFTER_A_CODE or uncoded >= SCOPES_AFTER_A_STATUS:
                return

    async def ask(self, form: TokenForm, scope: str) -> TokenAnswer:
        """One more attempt, whatever came before."""
        answer = await ask_for_token(self._run, form, scope)
        self.tries.append(answer)
        return answer

    async def _ends(self, form: TokenForm, scope: str) -> bool:
        """Whether this attempt ends the search."""
        # The last request is kept for the secret made up.
        if self.tries and (self._run.is_late or self._spent + self._may_cost >= TOKEN_REQUESTS):
            return True
        return (await self.ask(form, scope)).final

    @property
    def _spent(self) -> int:
        """The requests so far."""
        return self._run.session.requests - self._already

    @property
    def _may_cost(self) -> int:
        """The requests that one more attempt may take: a broken server is asked again."""
        return REQUESTS_OF_A_RETRY if self.tries[-1].meaning is TokenMeaning.BROKEN else 1

    def _changed_by_encoding(self) -> bool:
        """Whether the form-encoding that the standard asks for changes the id or the secret."""
        return any(quote_plus(text) != text for text in (self._run.key, self._run.secret.reveal()))

    def _only_header_was_tried(self) -> bool:
        return all(each.form is TokenForm.HEADER for each in self.tries)

    def _nearest_form(self) -> TokenForm:
        """The form whose answer spoke of the scope, else the one whose answer tells most, else the header."""
        spoke = (each.form for each in self.tries if each.meaning is TokenMeaning.BAD_SCOPE)
        return next(spoke, min(self.tries, key=_rank).form)

    async def knows_the_key(self, telling: TokenAnswer) -> bool:
        """Whether a refusal for the scope proves the key and secret right: a made-up secret is refused as a client."""
        if telling.meaning is not TokenMeaning.BAD_SCOPE:
            return False
        made_up = self._made_up or await self._with_made_up_secret(telling)
        return made_up is not None and made_up.meaning is TokenMeaning.REFUSED

    async def most_telling(self) -> TokenAnswer:
        """The attempt that came nearest to success, which names the cause.

        Where a scope that only this tool added was refused as a scope, and without it the client was refused, the
        order in which the server judges both decides; one request with a secret made up shows it.
        """
        added = [each for each in self.tries if each.asked_scope != self.first_scope]
        bad = [each for each in added if each.meaning is TokenMeaning.BAD_SCOPE]
        refused = [each for each in added if each.meaning is TokenMeaning.REFUSED and each.asked_scope]
        spoke_of_scope = any(each.meaning is TokenMeaning.BAD_SCOPE for each in self.tries)
        if refused and spoke_of_scope:
            # Past the scope at last, and refused as a client.
            return refused[-1]
        own = [each for each in self.tries if each not in bad]
        telling = min(own, key=_rank)
        if telling.meaning is not TokenMeaning.REFUSED:
            return telling
        named = [each for each in refused if each.error == "invalid_client"]
        if telling.error == "invalid_request" and named:
            # The request lacked a scope, and with one the client itself was refused.
            return named[-1]
        if bad:
            made_up = await self._with_made_up_secret(bad[-1])
            if made_up is not None and made_up.meaning is TokenMeaning.REFUSED:
                return bad[-1]
        known = _OF_A_KNOWN_CLIENT.get(telling.error)
        if known is not None:
            made_up = await self._with_made_up_secret(telling)
            if made_up is not None and made_up.error == "invalid_client":
                return replace(telling, meaning=known)
        return telling

    async def _with_made_up_secret(self, like: TokenAnswer) -> TokenAnswer | None:
        """What an attempt gets with a secret made up for it, None where no request, or no time, is left.

        A secret that is refused as such, where the real one is refused for something else, shows the real one right.
        """
        if self._spent >= TOKEN_REQUESTS or self._run.is_late:
            return None
        self._made_up = await ask_for_token(self._run, like.form, like.asked_scope, forged=True)
        self.tries.append(self._made_up)
        return self._made_up


def _rank(answer: TokenAnswer) -> int:
    """The place of an answer among those that tell most, which come first."""
    return _TELLING.index(answer.meaning)


async def ask_for_token(run: RunContext, form: TokenForm, scope: str, *, forged: bool = False) -> TokenAnswer:
    """One token request; its evidence says the form and the scope. `forged` sends a secret made up for it."""
    from ..client.oauth2 import TokenClient

    client = TokenClient(
        run.session, run.target, lambda error, evidence: run.transient_errors.append((error, evidence))
    )
    note = _FORM_WORDS[form] + (f", with the scope {described(scope)}" if scope else "")
    if forged:
        return await client.ask(
            form, scope, note=f"{note}, with a made-up secret", secret=Secret(uuid4().hex)
        )
    return await client.ask(form, scope, note=note)


def accept(run: RunContext, granted: TokenAnswer, tries: Iterable[TokenAnswer], *, needed_scope: str) -> None:
    """Send the requests to come with a token that was granted, and renew it the way it was granted.

    `tries` are the attempts that led to it, `needed_scope` the scope that nobody named and that it took, "" for none.
    """
    from ..client.authorization import Bearer

    token = granted.token
    assert token is not None, "the attempt was granted"
    run.token, run.token_answer = token, granted.answer
    run.story.needed_scope = needed_scope
    run.story.evidence = tuple(item.evidence for item in tries)

    async def renew() -> Secret | None:
        fresh = (await ask_for_token(run, token.form, token.asked_scope)).token
        return fresh.text if fresh else None

    run.data.authorizer = Bearer(token.text, renew)
