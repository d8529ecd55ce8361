"""Causes that the first data calls show, with a token or a signature in hand."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import ACTIVE_IN_CAMPUS, AGAIN, AWAIT, CAMPUS, copy_in_campus, prove_in_campus, share_in_campus

_SUGGESTION = you("[[Put this into the base URL field; it answered in this run: {suggestion}]]")

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="access.token-rejected",
        title="The data calls refuse a new token",
        summary="A token was issued, but {host} refuses it on every data call ({status}; {tried} tried).",
        why="Usually token URL and base URL belong to different systems or districts. A proxy that drops the "
        "Authorization header looks the same.",
        detection="Every data call answers 401 with a token that is seconds old. With access.forbidden the "
        "token is accepted and the right is missing.",
        fix=(
            you("Check that token URL and base URL come from the same connection of the same district."),
            you("If a proxy stands between, check that it passes the Authorization header on."),
            district("Send {vendor} token URL and base URL of the same connection."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you("Check that the name after appName= in the token URL also stands in the base URL."),
                copy_in_campus("Base URL and Token URL together"),
                ACTIVE_IN_CAMPUS,
                prove_in_campus("/orgs"),
                AWAIT,
            )
        },
        source="RFC 6750 section 3.1",
    ),
    Cause(
        code="access.forbidden",
        title="The connection may not read anything",
        summary="{host} accepts the credentials but forbids every data call ({status}; {tried} tried).",
        why="The connection is not active, not enabled, or shares no rostering.",
        detection="Every data call answers 403. When only one part does, the cause is one of sharing.* or "
        "gradebook.*.",
        fix=(
            district("Check that the connection is active and enabled in the student information system."),
            district("Check that rostering is shared with this connection, and that schools are chosen."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                ACTIVE_IN_CAMPUS,
                share_in_campus("Rostering"),
                prove_in_campus("/orgs"),
                AWAIT,
            ),
            "aeries": (
                you("Check the scope field: it needs at least one roster scope that the district granted."),
                district("Check in Aeries which scopes {vendor_own} key has, and add the roster scopes."),
                AWAIT,
            ),
            "veracross": (
                you("Name the scope of each operation that you use in the scope field."),
                district("Check in Veracross that {vendor_own} application has these scopes."),
                AWAIT,
            ),
            "blackbaud": (
                you("Check the scope field: Blackbaud requires a scope, and its errors come without detail."),
                district("Check that {vendor_own} application is connected and enabled in Blackbaud."),
                AWAIT,
            ),
            "ed-fi": (
                you("Check the scope field: Ed-Fi requires the OneRoster scopes, demographics separately."),
                district("Check which OneRoster scopes {vendor_own} key has in the ODS/API."),
                AWAIT,
            ),
        },
        source="RFC 9110 section 15.5.4, Infinite Campus help (A)",
    ),
    Cause(
        code="access.base-url-wrong",
        suggestion_suffices=True,
        title="The base URL is wrong",
        summary="No OneRoster data answers at the base URL on {host} ({status}; {tried} tried)"
        "[[: {detail}]][[; it answers at {suggestion}]].",
        why="The path is wrong, incomplete or of another version. Some servers answer any unknown path, "
        "so the address can look alive.",
        detection="Every data call answers 404, or with the same unrelated JSON, while the credentials are "
        "accepted.",
        fix=(
            _SUGGESTION,
            you("Compare the base URL field with what the district sent; it usually holds /ims/oneroster."),
            district("Copy the base URL again, whole and as text, and send it to {vendor}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _SUGGESTION,
                copy_in_campus("the Base URL (not the one under Legacy Configuration)"),
                prove_in_campus("/orgs"),
                AWAIT,
            )
        },
        source="RFC 9110 section 15.5.5, OneRoster 1.1 and 1.2 (A)",
        fields=("base_url",),
    ),
    Cause(
        code="access.login-page",
        title="A login page answers instead of data",
        summary="{host} answers the data calls with a login page ({status}).",
        why="The address leads to the web site for people, not to the interface for programs. A sign-on "
        "proxy in front of the server does the same.",
        detection="The answer is a page with a login, or a redirect to one. Another page is access.not-json.",
        fix=(
            you("Compare the base URL field with what the district sent."),
            district("Confirm the base URL of the OneRoster interface and send it to {vendor}."),
            district("If a sign-on proxy stands in front of {host}, let the OneRoster paths through."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                copy_in_campus("the Base URL"),
                you("Compare it with the base URL field, part by part, and replace it where it differs."),
                AWAIT,
            )
        },
        source="RFC 9110 section 15.4",
    ),
    Cause(
        code="access.not-json",
        title="The answer is not OneRoster data",
        summary="{host} answers the data calls with something that is not JSON ({status})[[: {detail}]].",
        why="Another service answers at this address, or a proxy puts its own page in between.",
        detection="The body is neither JSON nor a login page. JSON without the expected list is "
        "payload.not-oneroster.",
        fix=(
            you("Compare the base URL field with what the district sent."),
            you("Try from another network without VPN or proxy."),
            district("Confirm the base URL of the OneRoster interface and send it to {vendor}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                copy_in_campus("the Base URL"),
                prove_in_campus("/orgs"),
                AWAIT,
            )
        },
        source="OneRoster 1.1 and 1.2 (A)",
    ),
    Cause(
        code="access.server-error",
        title="The server fails on every data call",
        summary="{host} fails on every data call with a fault of its own ({status}; {tried} tried).",
        why="The server has a fault or is under maintenance. The credentials are not the reason.",
        detection="Every call answers with a 5xx status or a maintenance page.",
        fix=(
            you("Wait some minutes, then try again."),
            district("Check whether the student information system is under maintenance."),
            district("If it lasts, open a support case with the provider, with full address and time."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you("Wait some minutes, then try again."),
                prove_in_campus("/orgs"),
                you(
                    "If it lasts, open a case with Campus; it needs the full request address with the "
                    "app and parameters, and the times."
                ),
                AGAIN,
            )
        },
        source="RFC 9110 section 15.6",
    ),
    Cause(
        code="access.throttled",
        title="The server asks to slow down and does not relent",
        summary="{host} refuses data calls as too many (HTTP 429)[[ even after {retry_after} seconds]].",
        why="A limit of calls is used up, usually by another program with the same key.",
        detection="429 goes on after the time that Retry-After gives. When waiting helps, it is "
        "load.throttled.",
        fix=(
            you("Stop other programs that use the same key, and wait an hour."),
            district("Ask the provider which limit holds and who uses it up."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Stop other programs that use the same key. Campus asks for one request at a time during "
                    "school hours and at most five at once outside them."
                ),
                you("Wait an hour, then run the checks again."),
            ),
            "classlink": (
                you(
                    "Stop other programs that use the same key: ClassLink usually answers 429 with "
                    "Retry-After."
                ),
                you("Wait an hour, then run the checks again."),
            ),
        },
        source="RFC 6585 section 4",
    ),
)
