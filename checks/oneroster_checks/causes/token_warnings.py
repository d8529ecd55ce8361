"""Further causes of the token endpoint: answers that are late, elsewhere or odd."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import AGAIN, AWAIT, CAMPUS, copy_in_campus

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="token.redirected",
        title="The token URL points to another place",
        summary="The token URL on {host} redirects to another place[[, {location}]], and key and secret "
        "were not sent there.",
        why="A token request is not forwarded with its secret to a place that nobody confirmed. Usually the "
        "service moved, or the address lacks a part.",
        detection="The answer is a redirect to another host, or from https to http. A redirect to a login page "
        "after the token is access.login-page.",
        fix=(
            you("Do not take over the new address unless the district confirms it."),
            district("Confirm the current token URL and send it to {vendor}."),
            you("Put the confirmed address into the token URL field, then run the checks again."),
        ),
        fix_for={
            CAMPUS: (
                you("Do not take over the new address unless the district confirms it."),
                copy_in_campus("the current Token URL"),
                you("Put the confirmed address into the token URL field, then run the checks again."),
            )
        },
        source="RFC 9700 section 4.11",
    ),
    Cause(
        code="token.server-error",
        title="The token endpoint has a fault of its own",
        summary="The token endpoint on {host} answers with a fault of its own ({status})[[: {detail}]].",
        why="The server fails or is under maintenance. Key and secret were not judged.",
        detection="The answer is a 5xx status or a maintenance page.",
        fix=(
            you("Wait some minutes, then try again; maintenance is usually at night or at weekends."),
            district("Check whether the student information system is under maintenance."),
            district("If it lasts, open a support case with the provider, with the time of the request."),
            AWAIT,
        ),
        source="RFC 9110 section 15.6",
    ),
    Cause(
        code="token.throttled",
        title="Too many token requests",
        summary="{host} refuses further token requests for now (HTTP 429)[[ and asks to wait {retry_after} "
        "seconds]].",
        why="A limit on token requests was reached, usually because another program asks for a new token "
        "before each call.",
        detection="The answer is 429, whatever the key and secret are.",
        fix=(
            you("Wait[[ {retry_after} seconds]] before the next try."),
            you(
                "Have your software keep a token until it expires, instead of asking for one before each "
                "call."
            ),
            AGAIN,
        ),
        source="RFC 6585 section 4",
    ),
    Cause(
        code="token.malformed",
        title="The answer holds no usable token",
        summary="{host} answered the token request with success, but without a usable access token"
        "[[: {detail}]].",
        why="The address may belong to another service, or the provider's token endpoint is faulty.",
        detection="The answer is 200 and JSON, and access_token is missing or empty. A page instead of JSON is "
        "token.not-an-endpoint.",
        fix=(
            you("Compare the token URL field with what the district sent."),
            district("Confirm the token URL; if it is right, open a support case with the provider."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                copy_in_campus("the Token URL"),
                you("Compare it with the token URL field, replace it where it differs."),
                AWAIT,
            )
        },
        source="RFC 6749 section 5.1",
    ),
    Cause(
        code="token.body-only",
        title="Key and secret work only in the body",
        summary="{host} accepts key and secret in the body of the token request, but not in the Basic "
        "header.",
        why="The standard asks servers to take the header; taking the body is optional. The body was "
        "used for the rest of the run.",
        detection="The same key and secret are refused in the header and accepted in the body, so they are "
        "right.",
        fix=(
            you("Have your software send client_id and client_secret in the form body for this connection."),
            you("Check that your software form-encodes key and secret before it builds a Basic header."),
            AGAIN,
        ),
        source="RFC 6749 section 2.3.1",
    ),
    Cause(
        code="token.short-lived",
        title="The token expires very soon",
        summary="The token from {host} expires after {seconds} seconds.",
        why="A token should outlive the calls it is for. With less than a minute, a long read needs several.",
        detection="expires_in of the token answer is below 60 seconds.",
        fix=(
            you(
                "Have your software ask for a new token when the old one expires, in the middle of a "
                "read too."
            ),
            district("Ask the provider whether a longer lifetime can be set."),
            AGAIN,
        ),
        source="RFC 6749 section 5.1",
    ),
)
