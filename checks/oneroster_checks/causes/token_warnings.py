"""Further causes of the token endpoint: answers that are late, elsewhere, or odd."""

from __future__ import annotations

from .model import Cause, Point, district, later, you
from .shared_words import COMPARE_TOKEN_URL, ON_THE_SERVER, SEND_TOKEN_URL, WAIT_AND_RETRY
from .steps import (
    AGAIN,
    ASK_OF_MAINTENANCE,
    AWAIT,
    CAMPUS,
    CASE_IF_IT_LASTS,
    MAINTENANCE_ENDS,
    copy_in_campus,
)

SECTION = "Token (OAuth 2)"

_CREDENTIALS = (Point.CREDENTIALS_CORRECT,)
_CONFIRMED = you(
    "When the district confirms the new token URL, put it in the token URL field, then run the checks again.",
    line="When it is confirmed, enter it, then run the checks again.",
)
_WITH_SLASH = you(
    "[[Put this in the token URL field: {suggestion}]]",
    uses_suggestion=True,
    general="If only a slash is missing at its end, add it in the token URL field.",
    line="[[?suggestion|Put the suggested address in the token URL field.]]",
)
# Shorter than the usual line, since it can have "If not: " in front.
_COPY_IN_CAMPUS = copy_in_campus(
    "the current Token URL", line="On the connection, copy and send the Token URL."
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="token.redirected",
        title="Token URL that redirects",
        suggestion_suffices=True,
        headline="[[?suggestion|Token URL without the slash at its end]]",
        summary="The token URL on {host} redirects [[-suggestion|to another address]]"
        "[[?suggestion|to the same address with a slash at its end]][[ ({location})]], so the key and secret were not "
        "sent on.",
        why="A secret is not sent on to an address that nobody has confirmed. Usually the service has moved, or part "
        "of the token URL is missing.",
        because="We do not send a secret on to an address that nobody has confirmed.",
        ours="the token URL that we had entered lacked a slash at its end",
        detection="The answer is a redirect, and no key and secret are sent after it, not even on the same host. A "
        "redirect to a login page on the same host is token.not-an-endpoint.",
        fix=(
            _WITH_SLASH,
            district(
                "Copy the current token URL and send it to {vendor} as text.",
                reply="the token URL",
                line="Copy the current token URL and send it as text.",
            ),
            _CONFIRMED,
        ),
        fix_for={CAMPUS: (_WITH_SLASH, _COPY_IN_CAMPUS, _CONFIRMED)},
        source="RFC 9700, section 4.11",
        fields=("token_url",),
        suspects=True,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="token.server-error",
        title="Server error at the token URL",
        headline="[[?maintenance|Maintenance page at the token URL]]",
        summary="The token URL on {host} [[-maintenance|returned a server error]]"
        "[[?maintenance|answered with a maintenance page]] ({status}[[, {tries} times in a row]])[[: {detail}]]"
        "[[ and asks to wait {retry_after} seconds]][[; this tool waits at most {longest_wait_s} seconds for one "
        "answer]].",
        why="The server has a fault or is under maintenance. It never got as far as checking the key and secret.",
        because=ON_THE_SERVER,
        detection="The answer is a 5xx status, server_error, temporarily_unavailable, or a maintenance page.",
        fix=(
            WAIT_AND_RETRY,
            ASK_OF_MAINTENANCE,
            MAINTENANCE_ENDS,
            CASE_IF_IT_LASTS,
            AWAIT,
        ),
        source="RFC 9110, section 15.6",
    ),
    Cause(
        code="token.throttled",
        title="Too many token requests",
        summary="{host} refuses further token requests for now (HTTP 429[[, {tries} times in a row]])"
        "[[ and asks to wait {retry_after} seconds]][[; this tool waits at most {longest_wait_s} seconds for one "
        "answer]][[; this tool waits at most {run_wait_s} seconds in one run]].",
        why="A limit on token requests was reached, usually because another program asks for a new token "
        "before each request.",
        detection="The answer is 429, and still is after waiting, or the server asks for a longer wait than this tool "
        "makes.",
        fix=(
            you("Wait[[ {retry_after} seconds]] before the next try."),
            you(
                "Have your software keep a token until it expires, instead of asking for one each time.",
                line="Have your software keep a token until it expires.",
            ),
            AGAIN,
        ),
        source="RFC 6585, section 4",
    ),
    Cause(
        code="token.request-form",
        title="Form of the token request not accepted",
        summary="The token URL on {host} wants the token request in another form ({status}[[, {error}]]); "
        "client credentials were sent {tried}.",
        why="The address answers token requests, but not the client credentials request that the OAuth 2 standard "
        "defines. Often it is meant for people who log in, or for another version of the "
        "interface.",
        because="The address may be meant for people who log in.",
        detection="The answer is 411, 415, or unsupported_grant_type, or 406 or 422 without an OAuth code, whatever "
        "form the credentials are sent in. A refused key is token.invalid-client.",
        fix=(
            COMPARE_TOKEN_URL,
            district(
                "Send {vendor} the token URL for the client credentials grant of OAuth 2, and say in which form it "
                "wants the request.",
                reply="the token URL, and the form of the request",
                line="Send the token URL, and say in which form it wants requests.",
            ),
            AWAIT,
        ),
        source="RFC 6749, sections 4.4 and 5.2; RFC 9110, sections 15.5.12 and 15.5.16",
        fields=("token_url",),
        suspects=True,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="token.malformed",
        title="Answer without a usable token",
        summary="{host} answered the token request with success, but without a usable access token"
        "[[: {detail}]].",
        why="The address may belong to another service, or the provider's token endpoint is faulty.",
        because="The address may belong to another service.",
        detection="The answer is a success and JSON, and access_token is missing, empty, or of another type than "
        "bearer. A page, or JSON of another service, is token.not-an-endpoint.",
        fix=(
            COMPARE_TOKEN_URL,
            SEND_TOKEN_URL,
            later(
                district(
                    "If the token URL is right, open a support case with the provider, with the full address and the "
                    "time of the request.",
                    cites_request=True,
                    line="If the token URL is right, open a case with the provider.",
                )
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                copy_in_campus("the Token URL"),
                you("Compare it with the token URL field, and correct what differs."),
                AGAIN,
            )
        },
        source="RFC 6749, section 5.1",
        fields=("token_url",),
        suspects=True,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="token.body-only",
        title="Credentials accepted in the body only",
        summary="{host} accepts the key and secret in the body of the token request, but not in the Basic "
        "header.",
        why="The standard asks servers to accept the header; the body is optional. The body was used for the "
        "rest of the run.",
        detection="The same key and secret are refused in the header and accepted in the body, so they are "
        "right.",
        fix=(
            you(
                "Have your software send client_id and client_secret in the form body for this connection.",
                line="Have your software send the key and secret in the form body.",
            ),
            AGAIN,
        ),
        source="RFC 6749, section 2.3.1",
    ),
    Cause(
        code="token.short-lived",
        title="Short-lived token",
        summary="The token from {host} expires after {seconds} seconds.",
        why="A token should outlive the requests it is for. With less than a minute, a long read needs several.",
        because="A long read needs several tokens then.",
        detection="expires_in of the token answer is below 60 seconds.",
        fix=(
            you(
                "Have your software ask for a new token when the old one expires, even in the middle of a read.",
                line="Have your software get a new token when the old one expires.",
            ),
            district("Ask the provider whether tokens can last longer.", reply="the answer"),
            AGAIN,
        ),
        source="RFC 6749, section 5.1",
    ),
)
