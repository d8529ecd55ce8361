"""Causes in the scope of the token request."""

from __future__ import annotations

from .model import Cause, Point, district, you
from .steps import AGAIN, AWAIT, CAMPUS, STANDARD, on_connection, where_known

SECTION = "Token (OAuth 2)"

_SCOPE = you(
    "[[Put this in the scope field: {scope}]]",
    general="Put the scope that worked in the scope field.",
    line="[[?scope|Put the scope that worked in the scope field.]]",
)
_OTHER_SCOPE = you(
    "[[Put this in the scope field; it was accepted in this run: {suggestion}]]",
    uses_suggestion=True,
    general="If another scope was accepted, put that one in the scope field.",
    line="[[?suggestion|Put the scope that was accepted in the scope field.]]",
)
_NO_SCOPE = you("[[?without_scope|Clear the scope field: a token was issued without a scope.]]")
_SPELLING = you(
    "[[?typed_scope|Check the spelling in the scope field; scopes are separated by one space.]]",
    line="[[?typed_scope|Check the spelling and the spaces in the scope field.]]",
)
_GRANTED_SCOPES = where_known(
    "none_accepted", you("Put the scopes that the connection has in the scope field.")
)
_VERACROSS_SCOPES = you(
    "In the scope field, name the scope of every operation that you use: Veracross has one for each.",
    line="In the scope field, name the scope of every operation you use.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="token.invalid-scope",
        title="Scope refused",
        summary="The token URL on {host} refused the [[?scope|scope {scope_names}]][[-scope|token request because of "
        "its scope, although none was sent]][[?key_known|; the key and secret are right, since a made-up secret is "
        "refused in another way]].",
        why="The scope is misspelled, not known to this provider, or not granted to this connection.",
        because="Our connection may not have the permission that we ask for.",
        detection="The server answers invalid_scope, and another scope, and none, changed nothing; or it issues a "
        "token for the same key with another scope than the one in the scope field, or with none. When a scope that "
        "the tool tried was accepted and nobody had named one, it is token.scope-required.",
        fix=(
            _OTHER_SCOPE,
            _NO_SCOPE,
            _SPELLING,
            where_known(
                "none_accepted",
                district(
                    "Tell {vendor} which scopes the connection has, or grant the missing ones.",
                    reply="the scopes of the connection",
                    line="Send the connection's scopes, or grant the missing ones.",
                ),
            ),
            _GRANTED_SCOPES,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _OTHER_SCOPE,
                _NO_SCOPE,
                _SPELLING,
                where_known(
                    "none_accepted",
                    on_connection(
                        "under Data to Share, make sure that Rostering is on, then click Save.",
                        line="On the connection, make sure that Rostering is on.",
                    ),
                ),
                AWAIT,
            ),
            "aeries": (
                _OTHER_SCOPE,
                where_known(
                    "none_accepted",
                    district(
                        "Look up which scopes {vendor_own} key has in Aeries and tell {vendor}.",
                        reply="the scopes of the key",
                        line="Look up which scopes {vendor_own} key has in Aeries.",
                    ),
                ),
                you(
                    "[[?none_accepted|Name these in the scope field, as the scopes of OneRoster 1.1: Aeries issues no "
                    "token without one.]]",
                    line="[[?none_accepted|Name these in the scope field, as scopes of OneRoster 1.1.]]",
                ),
                AWAIT,
            ),
            "veracross": (
                _VERACROSS_SCOPES,
                district(
                    "Add the missing scopes to {vendor_own} application in Veracross.",
                    line="Add the missing scopes to {vendor_own} Veracross application.",
                ),
                AWAIT,
            ),
            "ed-fi": (
                _OTHER_SCOPE,
                where_known(
                    "none_accepted",
                    district(
                        "Look up which OneRoster scopes {vendor_own} key has in the ODS/API and tell {vendor}.",
                        reply="the scopes of the key",
                        line="Look up which scopes {vendor_own} key has in the ODS/API.",
                    ),
                ),
                _GRANTED_SCOPES,
                AWAIT,
            ),
        },
        source="RFC 6749, section 5.2",
        fields=("scope",),
        disproves=(Point.CREDENTIALS_CORRECT,),
    ),
    Cause(
        code="token.scope-required",
        title="Scope required",
        headline="[[-opened|Token issued only with a scope]][[?opened|Data returned only with a scope]]",
        summary="{host} [[-opened|issued a token only after a scope was sent]][[?opened|issued a token without a "
        "scope, but returned data only after one was asked for]][[: {scope_names}]].",
        why="Some providers require a scope, although OAuth makes it optional. The scope that worked was sent "
        "for the rest of the run.",
        detection="The same key and secret are refused without a scope and accepted with one, or the token without a "
        "scope opens no data and the one with a scope does.",
        fix=(
            _SCOPE,
            you("Have your software send this scope in its token request."),
            AGAIN,
        ),
        fix_for={
            "aeries": (
                _SCOPE,
                you(
                    "Have your software send at least one scope: Aeries requires it.",
                    line="Have your software send at least one scope.",
                ),
                AGAIN,
            ),
            "blackbaud": (
                _SCOPE,
                you(
                    "Have your software send it with the Basic header: Blackbaud requires both.",
                    line="Have your software send it with the Basic header.",
                ),
                AGAIN,
            ),
            "veracross": (_VERACROSS_SCOPES, AGAIN),
            "ed-fi": (
                _SCOPE,
                you(
                    "Have your software send the scopes, with the one for demographics if you read them.",
                    line="Send the scopes, with that for demographics if you read them.",
                ),
                AGAIN,
            ),
        },
        source="RFC 6749, section 3.3",
        fields=("scope",),
    ),
    Cause(
        code="token.write-scope-refused",
        title="Scopes to write grades are not granted",
        summary="{host} does not grant the scopes to write grades, {scopes_needed}[[ ({status})]][[: {error}]].",
        why="A token may read the grade book, but software that sends grades needs further scopes, which the key does "
        "not have.",
        because="Software that sends grades back needs a permission of its own.",
        detection="A token request with the scopes to read is granted, and one with the scopes to write as well is "
        "refused for its scope or granted without them. Nothing is written.",
        fix=(
            you("If your software only reads grades, change nothing."),
            district(
                "If grades are to be sent back, grant {vendor_own} key the scopes {scopes_needed}.",
                general="If grades are to be sent back, grant the vendor's key the scopes to write them.",
                line="If grades are to be sent back, grant the scopes to write them.",
            ),
            AWAIT,
        ),
        source=f"RFC 6749, section 3.3; {STANDARD}",
        told_last=1,
    ),
)
