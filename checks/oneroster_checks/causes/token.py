"""Causes that make the token endpoint of OAuth 2 refuse."""

from __future__ import annotations

from .model import Cause, Point, district, you
from .shared_words import SEND_TOKEN_URL, STILL_THERE
from .steps import (
    ACTIVE_IN_CAMPUS,
    AGAIN,
    AWAIT,
    CAMPUS,
    MAKE_ACTIVE,
    NO_TOKEN_URL_AT_CLASSLINK,
    PARTNERS_HELP,
    PASTE_AGAIN,
    PATH,
    PUT_BOTH_IN_FIELDS,
    RENEW_IF_OLD_IN_CAMPUS,
    SEND_CURRENT_SECRET,
    copy_in_campus,
    copy_secret_in_campus,
    on_connection,
    on_screen,
    where_absent,
    where_known,
)

SECTION = "Token (OAuth 2)"

_CREDENTIALS = (Point.CREDENTIALS_CORRECT,)
_COMPARE_APP_NAME = you(
    "Compare the name after appName= in the token URL field with what the district sent.",
    line="Compare the name after appName= with what the district sent.",
)
_ALLOW_GRANT = district("[[?grant|Allow the connection the client credentials grant of OAuth 2.]]")
_MADE_FOR_OAUTH_2 = on_connection(
    "make sure that it was created with OAuth 2, not OAuth 1.",
    line="Make sure that the connection was created with OAuth 2.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="token.not-an-endpoint",
        title="Token URL issues no tokens",
        summary="The token URL on {host} did not answer the way a token URL does ({status})[[: {detail}]].",
        why="The path is wrong or incomplete, so a web page or nothing at all is there. Usually it was "
        "guessed, or cut off when it was copied.",
        because="The address may have been cut off when it was copied.",
        detection="The answer is 404, 405, or 410, a web page, a redirect to a login page on the same host, JSON of "
        "another service, a 401 in the form of a data URL, or another error without an OAuth code. Any other 401, "
        "and a 403, judges the key; a 5xx is token.server-error.",
        fix=(
            you(
                "Compare the token URL field with what the district sent; it is not the base URL.",
                line="Compare the token URL field with what the district sent.",
            ),
            SEND_TOKEN_URL,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Compare the token URL with its usual form: https://, the district's host, "
                    "/campus/oauth2/token?appName= and the name of the app.",
                    line="Compare the token URL with its usual form, appName included.",
                ),
                copy_in_campus("the Token URL"),
                AWAIT,
            ),
            "classlink": (NO_TOKEN_URL_AT_CLASSLINK, AGAIN),
            "aeries": (
                you(
                    "Use the address of the district's Aeries up to the part before /ims, followed by /token.",
                    line="Use the Aeries address before /ims, followed by /token.",
                ),
                district("Send {vendor} the token URL of Aeries.", reply="the token URL"),
                AWAIT,
            ),
            "powerschool": (
                you(
                    "Use the district's PowerSchool address; its token URL usually ends in "
                    "/oauth/access_token.",
                    line="Use the PowerSchool address, usually with /oauth/access_token.",
                ),
                district("Send {vendor} the address of the PowerSchool server.", reply="the address"),
                AWAIT,
            ),
            "blackbaud": (
                you(
                    "Put this in the token URL field: https://oauth2.sky.blackbaud.com/token",
                    line="Put the Blackbaud token URL in the token URL field.",
                ),
                AGAIN,
            ),
            "veracross": (
                you(
                    "As the token URL, use https://accounts.veracross.com/, the school's short name, and "
                    "/oauth/oneroster.",
                    line="Use the Veracross token URL with the school's short name.",
                ),
                district(
                    "Tell {vendor} the school's short name in Veracross addresses.",
                    reply="the school's short name",
                    line="Tell {vendor} the school's short name in Veracross.",
                ),
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
        because="The name after appName= may be misspelled, or belong to another connection.",
        detection="The answer says that no Campus application is selected, although appName is there. "
        "Without it the cause is address.app-name-missing.",
        fix=(
            _COMPARE_APP_NAME,
            district(
                "Copy the token URL, with appName, and send it to {vendor} as text.",
                reply="the token URL",
                line="Copy the token URL, with appName, and send it as text.",
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _COMPARE_APP_NAME,
                copy_in_campus("the Token URL", but=", with ?appName= and the name after it,"),
                AWAIT,
            )
        },
        source=PARTNERS_HELP,
        fields=("token_url",),
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="token.invalid-client",
        title="Key or secret refused",
        summary="The token URL on {host} refused the key and secret ({status}[[, {error}]]).",
        why="The key or secret is wrong or incomplete, or the connection was deleted, or created again with "
        "new credentials.",
        because="The key or secret may have changed, or the connection may have been created again.",
        detection="The answer is invalid_client, a 401, or another OAuth error code that speaks of neither the scope "
        "nor the grant, with the credentials in the header and in the body. A client that is known but not allowed "
        "shows as token.unauthorized-client.",
        fix=(
            PASTE_AGAIN,
            STILL_THERE,
            SEND_CURRENT_SECRET,
            you("Put them in their fields, then run the checks again."),
        ),
        fix_for={
            CAMPUS: (
                PASTE_AGAIN,
                on_screen(
                    f"{PATH}find {{vendor_own}} connection. If it is not there, it was deleted: create it again.",
                    line="If the connection is not there, create it again.",
                ),
                RENEW_IF_OLD_IN_CAMPUS,
                copy_secret_in_campus("the Key and Secret"),
                PUT_BOTH_IN_FIELDS,
                AGAIN,
            ),
            "classlink": (NO_TOKEN_URL_AT_CLASSLINK, PASTE_AGAIN, AGAIN),
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
        because="The connection may be inactive or disabled.",
        detection="The answer is unauthorized_client or access_denied, a 403 without a code that says otherwise, or an "
        "error that says that the grant is not for this client. A wrong key or secret shows as token.invalid-client.",
        fix=(
            _ALLOW_GRANT,
            MAKE_ACTIVE,
            where_absent("grant", district("Allow the connection the client credentials grant of OAuth 2.")),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                where_known("grant", _MADE_FOR_OAUTH_2),
                ACTIVE_IN_CAMPUS,
                where_absent("grant", _MADE_FOR_OAUTH_2),
                AWAIT,
            )
        },
        source="RFC 6749, section 5.2",
        disproves=(Point.CONNECTION_ACTIVE, Point.CONNECTION_ENABLED),
        proves=_CREDENTIALS,
    ),
)
