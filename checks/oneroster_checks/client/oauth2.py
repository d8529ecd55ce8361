"""The token request of OAuth 2 client credentials, in each of its forms.

oauthlib would build the request as well, but its reading of answers hides what a diagnosis needs.
"""

from __future__ import annotations

import base64
from urllib.parse import quote_plus, urlencode

from ..authorized import Authorized, AuthorizedBy, TokenForm
from ..connection import Secret
from ..http.session import Session
from ..target import Target
from .overcome import TransientErrorListener, report_overcome
from .said import words_in
from .token_answer import TokenAnswer, read_token_answer, secrets_in


def token_request(
    form: TokenForm, client_id: str, secret: Secret, scope: str
) -> tuple[dict[str, str], bytes]:
    """Headers and form body of a token request, with the credentials where `form` puts them.

    In the header, id and secret are form-encoded first (RFC 6749 section 2.3.1), so that ids with `:`,
    space, `+`, `%` and `/` arrive whole; some servers do not decode that, so there is the plain header too.
    No scope is sent when `scope` is "".
    """
    fields = {"grant_type": "client_credentials"}
    if scope:
        fields["scope"] = scope
    headers = {"content-type": "application/x-www-form-urlencoded"}
    if form is TokenForm.BODY:
        fields |= {"client_id": client_id, "client_secret": secret.reveal()}
    else:
        pair = f"{quote_plus(client_id)}:{quote_plus(secret.reveal())}"
        if form is TokenForm.PLAIN_HEADER:
            pair = f"{client_id}:{secret.reveal()}"
        headers["authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    return headers, urlencode(fields).encode()


class TokenClient:
    """Asks the token URL of one target for tokens, one request at a time.

    `on_transient_error` gets each transient error that was overcome before an answer, with the evidence.
    """

    def __init__(self, session: Session, target: Target, on_transient_error: TransientErrorListener) -> None:
        self._session = session
        self._target = target
        self._on_transient_error = on_transient_error

    async def ask(
        self, form: TokenForm, scope: str, *, note: str = "", secret: Secret | None = None
    ) -> TokenAnswer:
        """Send one token request in a form, retried where the error may pass, and read its answer.

        `secret` replaces that of the target, to see whether a server looks at it.
        The redaction knows a granted token before anything of the answer is shown.
        """
        headers, content = token_request(form, self._target.client_id, secret or self._target.secret, scope)
        sent = Authorized(AuthorizedBy.CLIENT, form, scope, made_up=secret is not None)
        answer = await self._session.retries.send(
            lambda: self._session.send(
                "POST",
                self._target.token_url,
                headers=headers,
                content=content,
                note=note,
                secrets_in=secrets_in,
                # Some servers want the cookie of the token with every data request.
                keeps_cookies=True,
                words_in=words_in,
                authorized=sent,
            )
        )
        report_overcome(answer, self._on_transient_error)
        app = self._target.provider.app_in_address
        return read_token_answer(answer, form, scope, names_app=app)
