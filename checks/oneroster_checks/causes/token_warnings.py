"""Further causes of the token endpoint: answers that are late, elsewhere, or odd."""

from __future__ import annotations

from .model import Cause, Point, district, you
from .steps import AGAIN, AWAIT, CAMPUS, copy_in_campus

SECTION = "Token (OAuth 2)"

_CREDENTIALS = (Point.CREDENTIALS_CORRECT,)
_CONFIRMED = you(
    "When the district confirms the new token URL, put it in the token URL field, then run the checks again."
)
_WITH_SLASH = you("[[Put this in the token URL field: {suggestion}]]", uses_suggestion=True)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="token.redirected",
        title="Token URL redirects elsewhere",
        suggestion_suffices=True,
        headline="[[?suggestion|Token URL lacks a slash at its end]]",
        summary="The token URL on {host} redirects [[-suggestion|elsewhere]][[?suggestion|to the same address with a "
        "slash at its end]][[ ({location})]], so the key and secret were not sent on.",
        why="A secret is not sent on to a place that nobody confirmed. Usually the service moved, or the "
        "address lacks a part.",
        detection="The answer is a redirect to another host, from https to http, or to another path: a token "
        "request is never redirected. A redirect to a login page "
        "after the token is access.login-page.",
        fix=(
            _WITH_SLASH,
            district("Copy the current token URL and send it to {vendor} as text."),
            _CONFIRMED,
        ),
        fix_for={CAMPUS: (_WITH_SLASH, copy_in_campus("the current Token URL"), _CONFIRMED)},
        source="RFC 9700, section 4.11",
        fields=("token_url",),
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="token.server-error",
        title="Server error at the token URL",
        summary="The token URL on {host} returned a server error ({status}[[, {tries} times in a row]])[[: {detail}]]"
        "[[ and asks to wait {retry_after} seconds]][[; this tool waits at most {longest_wait_s} seconds for one "
        "answer]].",
        why="The server fails or is under maintenance. The key and secret were not judged.",
        detection="The answer is a 5xx status or a maintenance page.",
        fix=(
            you("Wait some minutes and try again."),
            district("Check whether the student information system is under maintenance."),
            district("If it lasts, open a support case with the provider, with the time of the request."),
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
        detection="The answer is 429, whatever the key and secret are.",
        fix=(
            you("Wait[[ {retry_after} seconds]] before the next try."),
            you("Have your software keep a token until it expires, instead of asking for one each time."),
            AGAIN,
        ),
        source="RFC 6585, section 4",
    ),
    Cause(
        code="token.malformed",
        title="Answer without a usable token",
        summary="{host} answered the token request with success, but without a usable access token"
        "[[: {detail}]].",
        why="The address may belong to another service, or the provider's token endpoint is faulty.",
        detection="The answer is 200 and JSON, and access_token is missing or empty. A page instead of JSON is "
        "token.not-an-endpoint.",
        fix=(
            you("Compare the token URL field with what the district sent."),
            district("Copy the token URL and send it to {vendor} as text."),
            district("If {vendor_own} token URL is the same, open a support case with the provider."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                copy_in_campus("the Token URL"),
                you("Compare it with the token URL field, and replace it where it differs."),
                AGAIN,
            )
        },
        source="RFC 6749, section 5.1",
        fields=("token_url",),
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
            you("Have your software send client_id and client_secret in the form body for this connection."),
            you("If it sends a Basic header, have it form-encode the key and secret first."),
            AGAIN,
        ),
        source="RFC 6749, section 2.3.1",
    ),
    Cause(
        code="token.short-lived",
        title="Short-lived token",
        summary="The token from {host} expires after {seconds} seconds.",
        why="A token should outlive the requests it is for. With less than a minute, a long read needs several.",
        detection="expires_in of the token answer is below 60 seconds.",
        fix=(
            you(
                "Have your software ask for a new token when the old one expires, even in the middle of a read."
            ),
            district("Ask the provider whether a longer lifetime can be set."),
            AGAIN,
        ),
        source="RFC 6749, section 5.1",
    ),
)
