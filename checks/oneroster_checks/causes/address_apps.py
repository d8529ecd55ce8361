"""Causes in the app and the host that the two URLs name, and in old URLs of Campus."""

from __future__ import annotations

from .model import Cause, Point, district, you
from .steps import AWAIT, BOTH_URLS_IN_CAMPUS, CAMPUS, CAMPUS_HELP, PARTNERS_HELP, SUGGESTION, copy_in_campus

SECTION = "Address"

_CREDENTIALS = (Point.CREDENTIALS_CORRECT,)
_FOUND = you(
    "[[Put this in the {field} field; it returned data in this run: {suggestion}]]",
    uses_suggestion=True,
    general="Put the suggested address in its field.",
    line="[[?suggestion|Put the address that returned data in the {field} field.]]",
)
_NEW_URLS = you("Put both new URLs in their fields, then run the checks again.")
_BOTH_AGAIN = district(
    "Copy the base URL and the token URL of one connection and send both to {vendor}.",
    reply="the base URL and the token URL",
    line="Send {vendor} the base URL and token URL of one connection.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="address.legacy",
        suggestion_suffices=True,
        title="Old Campus base URL",
        summary="The {field}[[ {that_we_have}]] is an old one, from before Campus.2235.",
        why="All base URLs changed with Campus.2235. Campus still shows a connection's old one under Legacy "
        "Configuration.",
        because="All base URLs changed with Campus.2235.",
        ours="the {field} that we had entered is an old one",
        detection="The path has the old form. It is a warning while requests succeed, and the root cause when nothing "
        "is found there, or a web page comes in place of data.",
        fix=(
            _FOUND,
            district(
                "Copy the current base URL of the connection and send it to {vendor} as text.",
                reply="the base URL",
                line="Copy the connection's current base URL and send it.",
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _FOUND,
                copy_in_campus(
                    "the current Base URL",
                    but=" (not the one under Legacy Configuration)",
                    line="On the connection, copy and send the current Base URL.",
                ),
                you("Put the new base URL in its field, then run the checks again."),
            )
        },
        source=CAMPUS_HELP,
        explains=("access.base-url-wrong", "access.login-page"),
        strength=3,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.app-name-missing",
        suggestion_suffices=True,
        title="Token URL without an app name",
        summary="The {field}[[ {that_we_have}]] does not end in ?appName= and the name of the app.",
        why="Campus serves many apps from one host, often for many districts, and needs the name to choose "
        'one. Without it, Campus has been seen to answer "No Campus Application selected".',
        because="Campus needs the name of the app to find the right connection.",
        ours="the token URL that we had entered lacked the name of the app",
        detection="The token URL has no appName. With a name that Campus does not know, the cause is "
        "token.app-not-selected.",
        fix=(
            SUGGESTION,
            you("Add ?appName= and the app's name to the end of the token URL."),
            district(
                "Copy the whole token URL, with appName, and send it to {vendor} as text.",
                reply="the token URL",
                line="Copy the whole token URL, with appName, and send it.",
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                SUGGESTION,
                you(
                    "Add ?appName= to the end of the token URL, followed by the name that comes before "
                    "/ims/oneroster in the base URL.",
                    line="Add ?appName= and the app's name to the end of the token URL.",
                ),
                copy_in_campus("the Token URL", but=", with ?appName= and the name after it,"),
                AWAIT,
            )
        },
        source=PARTNERS_HELP,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.app-name-mismatch",
        title="Different app names in the two URLs",
        summary='The token URL[[ {that_we_have}]] names the app "{token_app}", but the base URL names "{app}".',
        why="The two are usually the same. Different names suggest that one URL comes from another "
        "district or another connection.",
        because="Both usually name the same app, so one of them may belong to another connection.",
        detection="The appName of the token URL is not the app in the path of the base URL.",
        fix=(SUGGESTION, _BOTH_AGAIN, AWAIT),
        fix_for={CAMPUS: (SUGGESTION, BOTH_URLS_IN_CAMPUS, _NEW_URLS)},
        source=PARTNERS_HELP,
        explains=(
            "token.invalid-client",
            "token.unauthorized-client",
            "access.token-rejected",
            "access.forbidden",
            "access.base-url-wrong",
            "access.login-page",
            "access.not-json",
            "payload.not-oneroster",
            "token.app-not-selected",
        ),
        strength=5,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.host-mismatch",
        title="Token URL and base URL on different hosts",
        summary="The token URL[[ {that_we_have}]] is on {token_host}, but the base URL is on {base_host}.",
        why="With this provider both are usually on one host. Different hosts suggest that one URL comes "
        "from another district, or from a test system.",
        because="Both are usually on one host, so one of them may belong to another connection.",
        detection="The host names differ. It is a warning while everything works, and the root cause when the "
        "token or the data is refused.",
        fix=(_BOTH_AGAIN, AWAIT),
        fix_for={CAMPUS: (BOTH_URLS_IN_CAMPUS, _NEW_URLS)},
        source=PARTNERS_HELP,
        explains=(
            "token.invalid-client",
            "token.unauthorized-client",
            "access.token-rejected",
            "access.forbidden",
            "token.not-an-endpoint",
            "access.base-url-wrong",
            "access.login-page",
            "access.not-json",
            "payload.not-oneroster",
            "token.malformed",
            "token.request-form",
        ),
        strength=4,
        disproves=_CREDENTIALS,
    ),
)
