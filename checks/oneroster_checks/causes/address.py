"""Causes that the addresses show before any request is sent."""

from __future__ import annotations

from .model import Cause, Point, district, you
from .steps import (
    AGAIN,
    AWAIT,
    CAMPUS,
    CAMPUS_HELP,
    NO_TOKEN_URL_AT_CLASSLINK,
    PARTNERS_HELP,
    SUGGESTION,
    copy_in_campus,
    version_in_campus,
    where_absent,
    where_known,
)

SECTION = "Address"

_CREDENTIALS = (Point.CREDENTIALS_CORRECT,)
_COMPARE = you("Compare the {field} field with what the district sent, from https:// to the last character.")
_ADD_S = you("Change http:// to https:// in the {field} field.")
_FOUND = you(
    "[[Put this in the {field} field; it returned data in this run: {suggestion}]]", uses_suggestion=True
)
# Shown by a request, the choice is what is wrong, and nothing is left to ask; shown by the path alone, either may be.
_OTHER_VERSION = you("[[?root|Choose OneRoster {found_version}.]]")
_OTHER_BASE = you("[[Put this in the base URL field: {other_base}]]")
_IF_FOUND = you(
    "[[?choosable|If the version is {found_version}, choose OneRoster {found_version}.]]"
    "[[?unread|Choose the version that the district names: these checks read OneRoster 1.1 and 1.2 only.]]"
)
_URL_OF_CHOSEN = you(
    "[[If the version is {chosen_version}, put this in the {field} field: {suggestion}]]",
    uses_suggestion=True,
)
_NEW_URLS = you("Put both new URLs in their fields, then run the checks again.")
_BOTH_AGAIN = district("Copy the base URL and the token URL of one connection and send both to {vendor}.")
_BOTH_IN_CAMPUS = copy_in_campus("the Base URL and the Token URL", "both")

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="address.malformed",
        suggestion_suffices=True,
        title="Invalid web address",
        summary="The {field} {reason}.",
        why="A web address needs https://, a host name, and a path. Parts get lost when it is copied by hand or "
        "broken over two lines of a mail.",
        detection="The text cannot be read as a web address, or no request can be made of it, so nothing was sent "
        "there. A key in a URL field is address.fields-swapped where keys of this provider are known.",
        fix=(
            SUGGESTION,
            _COMPARE,
            district("Copy the {field} and send it to {vendor} as text."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (SUGGESTION, _COMPARE, copy_in_campus("the {field}"), AWAIT),
            "classlink": (
                SUGGESTION,
                where_known("unused", NO_TOKEN_URL_AT_CLASSLINK),
                where_absent("unused", _COMPARE),
                where_absent("unused", district("Copy the {field} and send it to {vendor} as text.")),
                AWAIT,
            ),
        },
        source="RFC 3986, section 3",
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.plain-http",
        suggestion_suffices=True,
        title="Unencrypted address (http)",
        summary="The {field} begins with http://, so credentials and data would travel to {host} unencrypted.",
        why="Anyone on the way could read credentials and data. Providers publish https addresses.",
        detection="The address begins with http://, and its host is not this computer. It is a warning where you "
        "allowed it.",
        fix=(SUGGESTION, _ADD_S, district("Send {vendor} the https address of {host}."), AWAIT),
        fix_for={
            CAMPUS: (SUGGESTION, _ADD_S, copy_in_campus("the {field}"), AWAIT),
            "veracross": (
                you("Change http:// to https:// in the {field} field: Veracross accepts https only."),
                AGAIN,
            ),
        },
        source="RFC 6749, section 3.2",
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.credentials-in-url",
        title="User name or password in an address",
        summary="The {field} contains a user name or password before the host {host}.",
        why="Addresses end up in logs and reports, and a secret inside one spreads with them. OneRoster sends "
        "the key and secret apart from the address.",
        detection="There is text and an @ sign between https:// and the host name.",
        fix=(
            SUGGESTION,
            you(
                "If the deleted text was the key and secret, put them in the client id and client secret fields."
            ),
            district(
                "If the address was sent by mail, create a new secret and send it to {vendor}.",
                sends_secret=True,
            ),
            AGAIN,
        ),
        source="RFC 3986, section 3.2.1",
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.doubled-path",
        suggestion_suffices=True,
        title="Repeated part in the path of an address",
        summary="The {field} repeats {what}.",
        why="This happens when a path such as /campus or /ims/oneroster is added to an address that already "
        "includes it.",
        detection="/campus, /ims/oneroster, /oauth2/token, the version, or a service with its version comes twice in a "
        "row in the path.",
        fix=(
            SUGGESTION,
            you("Delete one of the two equal parts from the {field} field."),
            AGAIN,
        ),
        fix_for={
            CAMPUS: (
                SUGGESTION,
                you("Delete one of the two equal parts from the {field} field."),
                copy_in_campus("the {field}"),
                AGAIN,
            )
        },
        source=PARTNERS_HELP,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.endpoint-pasted",
        suggestion_suffices=True,
        title="Base URL with something behind it",
        summary="The {field} ends in {what}, which is not part of a base URL and was left out for this run.",
        why="A base URL ends before /orgs, /users, and the like; the checks add those.",
        detection="The path goes on to the name of a OneRoster endpoint, or a query follows it.",
        fix=(SUGGESTION, you("Delete {what} from the end of the {field} field."), AGAIN),
        source=PARTNERS_HELP,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.version-mismatch",
        title="Address of another OneRoster version",
        summary="The connection is set to OneRoster {chosen_version}, but what was found"
        "[[ at {root}]] is for OneRoster {found_version}[[-root|, by the {field}]].",
        why="Each version has its own base URL. A connection belongs to one version, so one of the two is "
        "wrong.",
        detection="The path names a OneRoster version, such as v1p1, that is not the one that was chosen; or nothing "
        "is found for the chosen version, and an address of the other one returns data.",
        fix=(
            _OTHER_VERSION,
            _OTHER_BASE,
            where_absent(
                "root", district("Tell {vendor} which OneRoster version the connection was created with.")
            ),
            _IF_FOUND,
            _URL_OF_CHOSEN,
            where_absent(
                "root",
                district(
                    "If the version is {chosen_version}, send {vendor} the base URL for OneRoster {chosen_version}."
                ),
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _OTHER_VERSION,
                _OTHER_BASE,
                where_absent("root", version_in_campus()),
                where_absent("root", copy_in_campus("the Base URL")),
                _IF_FOUND,
                _URL_OF_CHOSEN,
                AWAIT,
            )
        },
        source="1EdTech OneRoster 1.1 and 1.2",
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.legacy",
        suggestion_suffices=True,
        title="Old Campus base URL",
        summary="The {field} is an old one, from before Campus.2235.",
        why="All base URLs changed with Campus.2235. Campus still shows a connection's old one under Legacy "
        "Configuration.",
        detection="The path has the old form. It is a warning while requests succeed, and the root cause when nothing "
        "is found there, or a web page comes in place of data.",
        fix=(
            _FOUND,
            district("Copy the current base URL of the connection and send it to {vendor} as text."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _FOUND,
                copy_in_campus("the current Base URL (not the one under Legacy Configuration)"),
                you("Put the new base URL in the {field} field, then run the checks again."),
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
        summary="The {field} does not end in ?appName= and the name of the app.",
        why="Campus serves many apps from one host, often for many districts, and needs the name to choose "
        'one. Without it, Campus has been seen to answer "No Campus Application selected".',
        detection="The token URL has no appName. With a name that Campus does not know, the cause is "
        "token.app-not-selected.",
        fix=(
            SUGGESTION,
            you("Add ?appName= and the name of the app to the end of the token URL."),
            district("Copy the whole token URL, with appName, and send it to {vendor} as text."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                SUGGESTION,
                you(
                    "Add ?appName= to the end of the token URL, followed by the name that comes before "
                    "/ims/oneroster in the base URL."
                ),
                copy_in_campus("the Token URL, with ?appName= and the name after it,"),
                AWAIT,
            )
        },
        source=PARTNERS_HELP,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.app-name-mismatch",
        title="Different app names in the two URLs",
        summary='The token URL names the app "{token_app}", but the base URL names "{app}".',
        why="The two are usually the same. Different names suggest that one URL comes from another "
        "district or another connection.",
        detection="The appName of the token URL is not the app in the path of the base URL.",
        fix=(SUGGESTION, _BOTH_AGAIN, AWAIT),
        fix_for={CAMPUS: (SUGGESTION, _BOTH_IN_CAMPUS, _NEW_URLS)},
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
        summary="The token URL is on {token_host}, but the base URL is on {base_host}.",
        why="With this provider both are usually on one host. Different hosts suggest that one URL comes "
        "from another district, or from a test system.",
        detection="The host names differ. It is a warning while everything works, and the root cause when the "
        "token or the data is refused.",
        fix=(_BOTH_AGAIN, AWAIT),
        fix_for={CAMPUS: (_BOTH_IN_CAMPUS, _NEW_URLS)},
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
