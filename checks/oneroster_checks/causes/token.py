"""Causes that make the token endpoint of OAuth 2 refuse."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import (
    ACTIVE_IN_CAMPUS,
    AGAIN,
    AWAIT,
    CAMPUS,
    SCREEN,
    copy_in_campus,
    copy_secret_in_campus,
)

_VERACROSS_SCOPES = you(
    "Name in the scope field the scope of every operation that you use: Veracross has one for each."
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="token.not-an-endpoint",
        title="The token URL is not a token endpoint",
        summary="The token URL on {host} did not answer as a token endpoint does ({status})[[: {detail}]].",
        why="The path is wrong or incomplete, so a web page or nothing at all answers there. Usually it was "
        "guessed, or cut when it was copied.",
        detection="The answer is 404 or 405, a page, or an error without an OAuth code. An endpoint that "
        "judges the key answers with an OAuth code.",
        fix=(
            you("Compare the token URL field with what the district sent; do not put the base URL there."),
            district("Copy the token URL again, whole and as text, and send it to {vendor}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Compare the token URL with its usual form: https://, the district's host, "
                    "/campus/oauth2/token?appName= and the application's name."
                ),
                copy_in_campus("the Token URL"),
                AWAIT,
            ),
            "classlink": (
                you(
                    "Choose OAuth 1 and leave the token URL empty: ClassLink Roster Server has no token URL."
                ),
                AGAIN,
            ),
            "aeries": (
                you(
                    "Use the address of the district's Aeries, up to the part before /ims, with /token added."
                ),
                district("Confirm that address and send it to {vendor}."),
                AWAIT,
            ),
            "powerschool": (
                you(
                    "Use the district's PowerSchool address; its token URL usually ends in "
                    "/oauth/access_token."
                ),
                district("Confirm the address of the PowerSchool server and send it to {vendor}."),
                AWAIT,
            ),
            "blackbaud": (
                you("Put this into the token URL field: https://oauth2.sky.blackbaud.com/token"),
                AGAIN,
            ),
            "veracross": (
                you(
                    "Use https://accounts.veracross.com/, the school's short name and /oauth/oneroster "
                    "as token URL."
                ),
                district("Confirm the school's short name in Veracross addresses."),
                AWAIT,
            ),
        },
        source="RFC 6749 section 5.2",
        fields=("token_url",),
    ),
    Cause(
        code="token.app-not-selected",
        title="Campus does not know the appName",
        summary="Campus does not know the application that the token URL names in appName[[ ({token_app})]].",
        why="The name after appName= is misspelt or belongs to another district. Campus has been seen to "
        "answer "
        '"No Campus Application selected" for it.',
        detection="The answer says that no Campus application is selected, although appName is there. "
        "Without it the cause is address.app-name-missing.",
        fix=(
            you("Compare the name after appName= with the one in the base URL; they usually are the same."),
            district("Copy the token URL again, with appName, and send it to {vendor}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Compare the name after appName= with the name in the base URL in front of "
                    "/ims/oneroster; they usually are the same."
                ),
                copy_in_campus("the Token URL, with ?appName= and what follows it,"),
                AWAIT,
            )
        },
        source="partners' help pages (C)",
        fields=("token_url",),
    ),
    Cause(
        code="token.invalid-client",
        title="Key or secret is refused",
        summary="The token endpoint on {host} refuses the key and secret ({status}[[, {error}]]).",
        why="Key or secret is wrong or incomplete, or the connection was deleted, or made again with new "
        "credentials.",
        detection="The endpoint does not accept the client, whichever way the credentials are sent. A "
        "client that is known but not allowed shows as token.unauthorized-client.",
        fix=(
            you("Paste key and secret again, whole, from what the district sent last."),
            you("Check that both belong to this district and to this connection."),
            district(
                "Check that the connection still exists and was not made again with a new key and secret."
            ),
            district("Send {vendor} the current key and secret in the way used for passwords."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you("Paste Key and Secret again, whole, from what the district sent last."),
                district(
                    f"{SCREEN} and look for {{vendor_own}} connection. If it is not there, it was deleted: "
                    "make it again. If it was made again, its Key and Secret are new."
                ),
                copy_secret_in_campus("Key and Secret"),
                ACTIVE_IN_CAMPUS,
                you(
                    "Put the Key and Secret that the district sent into their fields, then run the "
                    "checks again."
                ),
            ),
            "classlink": (
                you(
                    "Choose OAuth 1 and leave the token URL empty: ClassLink Roster Server has no token URL."
                ),
                you("Paste key and secret again, whole, from what the district sent last."),
                AGAIN,
            ),
        },
        source="RFC 6749 section 5.2",
        fields=("client_secret", "client_id"),
    ),
    Cause(
        code="token.unauthorized-client",
        title="The key is known but not allowed",
        summary="The token endpoint on {host} knows the key but gives it no token ({status}[[, {error}]]).",
        why="Usually the connection is inactive or disabled in the district's system.",
        detection="The answer is unauthorized_client, access_denied or 403. A wrong key or secret shows as "
        "token.invalid-client.",
        fix=(
            district("Check in the student information system that the connection is active and enabled."),
            district("Check that it may use the client credentials grant of OAuth 2."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                ACTIVE_IN_CAMPUS,
                district("In the same place, check that the connection was made with OAuth 2, not OAuth 1."),
                AWAIT,
            )
        },
        source="RFC 6749 section 5.2",
    ),
    Cause(
        code="token.invalid-scope",
        title="The scope is refused",
        summary="The token endpoint on {host} refuses the scope that was sent[[: {scope}]].",
        why="The scope is misspelt, not known to this provider, or not granted to this connection.",
        detection="The endpoint answers invalid_scope: key and secret were accepted, the scope was not.",
        fix=(
            you("Check the scope field for spelling; several scopes are separated by one space."),
            you("Ask for fewer scopes, first the rostering one alone."),
            district("Tell {vendor} which scopes the connection is granted, or grant the missing ones."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you("Empty the scope field: Campus usually needs no scope."),
                AGAIN,
            ),
            "aeries": (
                you(
                    "Name at least one scope of OneRoster 1.1 that the district granted: Aeries gives no "
                    "token without one."
                ),
                district("Check which scopes {vendor_own} key has in Aeries and tell {vendor}."),
                AWAIT,
            ),
            "veracross": (
                _VERACROSS_SCOPES,
                district(
                    "Check which scopes {vendor_own} application has in Veracross, and add the missing ones."
                ),
                AWAIT,
            ),
            "ed-fi": (
                you("Use the scopes of OneRoster 1.2; demographics has its own."),
                district("Check which OneRoster scopes {vendor_own} key has in the ODS/API."),
                AWAIT,
            ),
        },
        source="RFC 6749 section 5.2",
        fields=("scope",),
    ),
    Cause(
        code="token.scope-required",
        title="A token is given only with a scope",
        summary="{host} gave a token only after a scope was sent[[: {scope}]].",
        why="Some providers demand a scope although the client credentials grant leaves it open. The "
        "scope that worked was sent for the rest of the run.",
        detection="The same key and secret are refused without a scope and accepted with one.",
        fix=(
            you("[[Put this into the scope field: {scope}]]"),
            you("Make sure that your own software sends this scope in its token request."),
            AGAIN,
        ),
        fix_for={
            CAMPUS: (
                you("[[Put this into the scope field: {scope}]]"),
                you(
                    "Make sure that your own software sends this scope; Campus usually needs none, so "
                    "also check that the token URL is the district's own."
                ),
                AGAIN,
            ),
            "aeries": (
                you("[[Put this into the scope field: {scope}]]"),
                you("Have your software send at least one scope: Aeries requires it."),
                AGAIN,
            ),
            "blackbaud": (
                you("[[Put this into the scope field: {scope}]]"),
                you("Have your software send the scope with the Basic header: Blackbaud requires both."),
                AGAIN,
            ),
            "veracross": (_VERACROSS_SCOPES, AGAIN),
            "ed-fi": (
                you("[[Put this into the scope field: {scope}]]"),
                you("Have your software send the scopes, with the one for demographics where you read them."),
                AGAIN,
            ),
        },
        source="RFC 6749 section 3.3",
        fields=("scope",),
    ),
)
