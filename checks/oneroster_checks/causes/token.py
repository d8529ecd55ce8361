"""Causes that make the token endpoint of OAuth 2 refuse."""

from __future__ import annotations

from .model import Cause, Point, district, you
from .steps import (
    ACTIVE_IN_CAMPUS,
    AGAIN,
    AWAIT,
    CAMPUS,
    PARTNERS_HELP,
    PATH,
    RENEW_IF_OLD_IN_CAMPUS,
    copy_in_campus,
    copy_secret_in_campus,
    on_connection,
    on_screen,
    share_in_campus,
    where_absent,
    where_known,
)

SECTION = "Token (OAuth 2)"

_CREDENTIALS = (Point.CREDENTIALS_CORRECT,)
_PASTE = you("Paste the key and secret again, whole, from what the district sent last.")
_SCOPE = you("[[Put this in the scope field: {scope}]]")
_OTHER_SCOPE = you(
    "[[Put this in the scope field; it was accepted in this run: {suggestion}]]", uses_suggestion=True
)
_ROSTERING_IF_NO_SCOPE = where_absent("scope", share_in_campus("Rostering"))
_ALLOW_GRANT = district("[[?grant|Allow the connection the client credentials grant of OAuth 2.]]")
_OAUTH_2_FIRST = where_known(
    "grant", on_connection("make sure that it was created with OAuth 2, not OAuth 1.")
)
_VERACROSS_SCOPES = you(
    "In the scope field, name the scope of every operation that you use: Veracross has one for each."
)
_NO_TOKEN_URL = you(
    "Choose OAuth 1 and leave the token URL field empty: ClassLink Roster Server has no token URL."
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="token.not-an-endpoint",
        title="Token URL issues no tokens",
        summary="The token URL on {host} did not answer the way a token URL does ({status})[[: {detail}]].",
        why="The path is wrong or incomplete, so a web page or nothing at all is there. Usually it was "
        "guessed, or cut off when it was copied.",
        detection="The answer is 404 or 405, a page, or an error without an OAuth code. A token URL that "
        "judges the key answers with an OAuth code.",
        fix=(
            you("Compare the token URL field with what the district sent; it is not the base URL."),
            district("Copy the token URL and send it to {vendor} as text."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Compare the token URL with its usual form: https://, the district's host, "
                    "/campus/oauth2/token?appName= and the name of the app."
                ),
                copy_in_campus("the Token URL"),
                AWAIT,
            ),
            "classlink": (_NO_TOKEN_URL, AGAIN),
            "aeries": (
                you(
                    "Use the address of the district's Aeries up to the part before /ims, followed by /token."
                ),
                district("Send {vendor} the token URL of Aeries."),
                AWAIT,
            ),
            "powerschool": (
                you(
                    "Use the district's PowerSchool address; its token URL usually ends in "
                    "/oauth/access_token."
                ),
                district("Send {vendor} the address of the PowerSchool server."),
                AWAIT,
            ),
            "blackbaud": (
                you("Put this in the token URL field: https://oauth2.sky.blackbaud.com/token"),
                AGAIN,
            ),
            "veracross": (
                you(
                    "As the token URL, use https://accounts.veracross.com/, the school's short name, and "
                    "/oauth/oneroster."
                ),
                district("Tell {vendor} the school's short name in Veracross addresses."),
                AWAIT,
            ),
        },
        source="RFC 6749, section 5.2",
        fields=("token_url",),
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="token.app-not-selected",
        title="App name unknown to Campus",
        summary="Campus does not know the app that the token URL names[[: {token_app}]].",
        why="The name after appName= is misspelled or belongs to another district. Campus has been seen to "
        'answer "No Campus Application selected" then.',
        detection="The answer says that no Campus application is selected, although appName is there. "
        "Without it the cause is address.app-name-missing.",
        fix=(
            you("Compare the name after appName= with the one in the base URL; they are usually the same."),
            district("Copy the token URL, with appName, and send it to {vendor} as text."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Compare the name after appName= with the one before /ims/oneroster in the base URL; they "
                    "are usually the same."
                ),
                copy_in_campus("the Token URL, with ?appName= and the name after it,"),
                AWAIT,
            )
        },
        source=PARTNERS_HELP,
        fields=("token_url",),
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="token.request-form",
        title="Form of the token request not accepted",
        summary="The token URL on {host} wants the token request in another form ({status}[[, {error}]]); "
        "client credentials were sent {tried}.",
        why="The address answers requests for tokens, but not those of the OAuth 2 client credentials grant as "
        "the standard writes them. Often it is meant for people who log in, or for another version of the "
        "interface.",
        detection="The answer is 411, 415, or unsupported_grant_type, or 406 or 422 without an OAuth code, whatever "
        "form the credentials are sent in. A refused key is token.invalid-client.",
        fix=(
            you("Compare the token URL field with what the district sent."),
            district("Send {vendor} the token URL for the client credentials grant of OAuth 2."),
            AWAIT,
        ),
        source="RFC 6749, sections 4.4 and 5.2; RFC 9110, sections 15.5.12 and 15.5.16",
        fields=("token_url",),
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="token.invalid-client",
        title="Key or secret refused",
        summary="The token URL on {host} refused the key and secret ({status}[[, {error}]]).",
        why="The key or secret is wrong or incomplete, or the connection was deleted, or created again with "
        "new credentials.",
        detection="The server does not accept the client, whichever way the credentials are sent. A "
        "client that is known but not allowed shows as token.unauthorized-client.",
        fix=(
            _PASTE,
            district("Make sure that {vendor_own} connection still exists."),
            district(
                "Send {vendor} the current key and secret over a channel that is safe for passwords.",
                sends_secret=True,
            ),
            you("Put them in their fields, then run the checks again."),
        ),
        fix_for={
            CAMPUS: (
                _PASTE,
                on_screen(
                    f"{PATH}look for {{vendor_own}} connection, and, if it is not there, create it again: it was "
                    "deleted."
                ),
                RENEW_IF_OLD_IN_CAMPUS,
                copy_secret_in_campus("the Key and Secret"),
                you("Put them in the client id and client secret fields, then run the checks again."),
            ),
            "classlink": (_NO_TOKEN_URL, _PASTE, AGAIN),
        },
        source="RFC 6749, section 5.2",
        fields=("client_secret", "client_id"),
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="token.unauthorized-client",
        title="Connection inactive or disabled",
        headline="[[?grant|Client credentials grant not allowed]]",
        summary="The token URL on {host} [[-grant|refused to issue a token for the key]]"
        "[[?grant|does not allow this key the client credentials grant]] ({status}[[, {error}]]).",
        why="Usually the connection is inactive or disabled in the district's system, or it was made for another way "
        "of getting tokens.",
        detection="The answer is unauthorized_client, access_denied, or 403, or an error that says that the grant is "
        "not for this client. A wrong key or secret shows as token.invalid-client.",
        fix=(
            _ALLOW_GRANT,
            district("In the student information system, make the connection active and enabled."),
            where_absent("grant", district("Allow the connection the client credentials grant of OAuth 2.")),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _OAUTH_2_FIRST,
                ACTIVE_IN_CAMPUS,
                where_absent(
                    "grant", on_connection("make sure that it was created with OAuth 2, not OAuth 1.")
                ),
                AWAIT,
            )
        },
        source="RFC 6749, section 5.2",
        disproves=(Point.CONNECTION_ACTIVE, Point.CONNECTION_ENABLED),
        proves=_CREDENTIALS,
    ),
    Cause(
        code="token.invalid-scope",
        title="Scope refused",
        summary="The token URL on {host} refused the [[?scope|scope {scope_names}]][[-scope|token request because of "
        "its scope, although none was sent]].",
        why="The scope is misspelled, not known to this provider, or not granted to this connection.",
        detection="The server answers invalid_scope to every scope that was tried, or issues a token for the same key "
        "with another scope or with none. When a scope that the tool tried was accepted and nobody had named one, it "
        "is token.scope-required.",
        fix=(
            _OTHER_SCOPE,
            you("[[?scope|Check the spelling in the scope field; scopes are separated by one space.]]"),
            you("[[?scope|Ask for fewer scopes, starting with the rostering one alone.]]"),
            district("Tell {vendor} which scopes the connection has, or grant the missing ones."),
            you("[[-scope|Put the scopes that the connection has in the scope field.]]"),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _OTHER_SCOPE,
                you("[[?scope|Clear the scope field: Campus usually needs no scope.]]"),
                _ROSTERING_IF_NO_SCOPE,
                AWAIT,
            ),
            "aeries": (
                you(
                    "In the scope field, name at least one scope of OneRoster 1.1 that the district granted: "
                    "Aeries issues no token without one."
                ),
                district("Look up which scopes {vendor_own} key has in Aeries and tell {vendor}."),
                AWAIT,
            ),
            "veracross": (
                _VERACROSS_SCOPES,
                district("Add the missing scopes to {vendor_own} application in Veracross."),
                AWAIT,
            ),
            "ed-fi": (
                you("Use the scopes of OneRoster 1.2; demographics has its own."),
                district("Look up which OneRoster scopes {vendor_own} key has in the ODS/API."),
                AWAIT,
            ),
        },
        source="RFC 6749, section 5.2",
        fields=("scope",),
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="token.scope-required",
        title="Scope required",
        headline="[[-opened|Token issued only with a scope]][[?opened|Data returned only with a scope]]",
        summary="{host} [[-opened|issued a token only after a scope was sent]][[?opened|issued a token without a "
        "scope, but returned data only after one was asked for]][[: {scope_names}]].",
        why="Some providers demand a scope, although OAuth leaves it open. The scope that worked was sent "
        "for the rest of the run.",
        detection="The same key and secret are refused without a scope and accepted with one, or the token without a "
        "scope opens no data and the one with a scope does.",
        fix=(
            _SCOPE,
            you("Have your own software send this scope in its token request."),
            AGAIN,
        ),
        fix_for={
            CAMPUS: (
                _SCOPE,
                you("Have your own software send this scope in its token request."),
                you("Compare the token URL with what the district sent: Campus usually needs no scope."),
                AGAIN,
            ),
            "aeries": (
                _SCOPE,
                you("Have your own software send at least one scope: Aeries requires it."),
                AGAIN,
            ),
            "blackbaud": (
                _SCOPE,
                you("Have your own software send it with the Basic header: Blackbaud requires both."),
                AGAIN,
            ),
            "veracross": (_VERACROSS_SCOPES, AGAIN),
            "ed-fi": (
                _SCOPE,
                you(
                    "Have your own software send the scopes, with the one for demographics if you read them."
                ),
                AGAIN,
            ),
        },
        source="RFC 6749, section 3.3",
        fields=("scope",),
    ),
)
