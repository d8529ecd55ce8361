"""Causes that the addresses show before any request is sent."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import AGAIN, AWAIT, CAMPUS, SUGGESTION, copy_in_campus

_PARTNERS = "partners' help pages (B)"

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="address.malformed",
        suggestion_suffices=True,
        title="The address cannot be read",
        summary="The {field} is not a complete web address ({reason})[[: {value}]].",
        why="An address needs https://, a host name and a path. Parts get lost when it is copied by hand or "
        "broken over two lines of a mail.",
        detection="The text cannot be read as an address, so nothing was sent. Every other address cause "
        "starts from text that can be read.",
        fix=(
            SUGGESTION,
            you(
                "Compare the {field} field with what the district sent: it begins with https:// and holds "
                "no spaces."
            ),
            district("Copy the {field} again, whole and as text, and send it to {vendor}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                SUGGESTION,
                you(
                    "Compare the {field} field with what the district sent: it begins with https:// and "
                    "holds no spaces."
                ),
                copy_in_campus("the {field}"),
                AWAIT,
            ),
            "classlink": (
                you("Choose OAuth 1: ClassLink Roster Server has no token URL, so that field stays empty."),
                SUGGESTION,
                district(
                    "Copy the base URL of the Roster Server, whole and as text, and send it to {vendor}."
                ),
                AWAIT,
            ),
        },
        source="RFC 3986 section 3",
    ),
    Cause(
        code="address.plain-http",
        suggestion_suffices=True,
        title="The address is not encrypted (http)",
        summary="The {field} begins with http://, so key and secret would travel to {host} unencrypted.",
        why="Anybody on the way could read the secret. Nothing was sent. Providers publish https addresses.",
        detection="The address begins with http:// and its host is not this computer.",
        fix=(
            SUGGESTION,
            you("By hand: change http:// to https:// in the {field} field."),
            district("Confirm that {host} answers over https and send {vendor} the https address."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                SUGGESTION,
                you("By hand: change http:// to https:// in the {field} field."),
                copy_in_campus("the {field}"),
                AWAIT,
            ),
            "veracross": (
                you("Change http:// to https:// in the {field} field: Veracross answers over https only."),
                AGAIN,
            ),
        },
        source="RFC 6749 section 3.2",
    ),
    Cause(
        code="address.credentials-in-url",
        title="A user name or password stands in the address",
        summary="The {field} holds a user name or password in front of the host {host}.",
        why="Addresses are written into logs and reports, so a secret in one gets around. OneRoster sends "
        "key and secret apart from the address.",
        detection="There is text and an @ sign between https:// and the host name.",
        fix=(
            SUGGESTION,
            you("By hand: delete everything between https:// and {host}, the @ sign included."),
            you("Put the key into the client id field and the secret into the client secret field."),
            district("If the address was sent around by mail, make a new secret and send it to {vendor}."),
            AGAIN,
        ),
        source="RFC 3986 section 3.2.1",
    ),
    Cause(
        code="address.doubled-path",
        suggestion_suffices=True,
        title="A part of the path stands in the address twice",
        summary="The {field} repeats a part of its path: {value}.",
        why="This happens when a path such as /campus or /ims/oneroster is added to an address that already "
        "holds it.",
        detection="The same piece, /campus or /ims/oneroster, occurs twice in the path.",
        fix=(
            SUGGESTION,
            you("By hand: delete one of the two equal parts from the {field} field."),
            AGAIN,
        ),
        fix_for={
            CAMPUS: (
                SUGGESTION,
                you("By hand: delete the second /campus or /ims/oneroster from the {field} field."),
                copy_in_campus("the {field}"),
                AGAIN,
            )
        },
        source="partners' help pages (B/C)",
    ),
    Cause(
        code="address.endpoint-pasted",
        title="The address of one endpoint instead of the base URL",
        summary="The {field} ends in the name of one endpoint: {value}.",
        why="A base URL ends before /orgs, /users and the like; the checks add those. The ending was "
        "left out for this run, so the run went on.",
        detection="The last part of the path is the name of a OneRoster endpoint.",
        fix=(
            SUGGESTION,
            you("By hand: delete the endpoint's name from the end of the {field} field."),
            AGAIN,
        ),
        source="partners' help pages (B/C)",
    ),
    Cause(
        code="address.version-mismatch",
        title="The address is for another OneRoster version",
        summary="The {field} is an address for OneRoster {found_version}, but OneRoster {chosen_version} was "
        "chosen.",
        why="Each version has its own base URL. A connection belongs to one version, so one of the two is "
        "wrong.",
        detection="The path holds v1p1 or v1p2, and it is not the version chosen.",
        fix=(
            you("Ask the district which OneRoster version the connection was made with."),
            you("If it is {found_version}, choose OneRoster {found_version} for this connection."),
            you(
                "[[If the district confirms OneRoster {chosen_version}, put this into the {field} field: "
                "{suggestion}]]"
            ),
            district(
                "If it is {chosen_version}, copy the {field} for OneRoster {chosen_version} and send it "
                "to {vendor}."
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you("If the connection was made with {found_version}, choose OneRoster {found_version}."),
                copy_in_campus("the OneRoster version and the Base URL"),
                you(
                    "[[If the district confirms OneRoster {chosen_version}, put this into the {field} field: "
                    "{suggestion}]]"
                ),
                AWAIT,
            )
        },
        source="OneRoster 1.1 and 1.2 (A)",
    ),
    Cause(
        code="address.legacy",
        title="The address has Campus's old form",
        summary="The {field} is in the form that Campus used before Campus.2235: {value}.",
        why="All base URLs changed with Campus.2235. The old one of a connection stands under Legacy "
        "Configuration and may stop working.",
        detection="The path has the old shape. It is a warning while calls succeed, and the root cause "
        "when they answer 404.",
        fix=(
            SUGGESTION,
            district("Copy the current base URL of the connection and send it to {vendor}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                SUGGESTION,
                copy_in_campus("the current Base URL (not the one under Legacy Configuration)"),
                you("Put the new base URL into the {field} field, then run the checks again."),
            )
        },
        source="Infinite Campus help (A)",
        explains=("access.base-url-wrong", "access.login-page"),
        strength=3,
    ),
    Cause(
        code="address.app-name-missing",
        suggestion_suffices=True,
        title="The token URL has no appName",
        summary="The {field} does not end in ?appName= and the application's name: {value}.",
        why="Campus serves many applications, often many districts, from one host and needs the name to "
        "choose "
        'one. Without it Campus has been seen to answer "No Campus Application selected".',
        detection="The token URL has no appName. With a name that Campus does not know, the cause is "
        "token.app-not-selected.",
        fix=(
            SUGGESTION,
            you("By hand: add ?appName= and the application's name to the end of the token URL."),
            district("Copy the whole token URL, with appName, and send it to {vendor}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                SUGGESTION,
                you(
                    "By hand: add ?appName= to the end of the token URL, and after it the name that "
                    "stands in the base URL in front of /ims/oneroster."
                ),
                copy_in_campus("the Token URL, with ?appName= and what follows it,"),
                AWAIT,
            )
        },
        source="partners' help pages (B/C)",
    ),
    Cause(
        code="address.app-name-mismatch",
        title="Token URL and base URL name different applications",
        summary="The token URL names the application {token_app}, but the base URL names {app}.",
        why="In every complete sample seen the two are the same. Different names usually mean that one "
        "address comes from another district or another connection.",
        detection="The appName of the token URL is not the application's name in the base URL's path.",
        fix=(
            SUGGESTION,
            district("Copy base URL and token URL of the same connection again and send both to {vendor}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                SUGGESTION,
                copy_in_campus("Base URL and Token URL together"),
                you("Replace both addresses by the new ones, then run the checks again."),
            )
        },
        source=_PARTNERS,
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
    ),
    Cause(
        code="address.host-mismatch",
        title="Token URL and base URL are on different hosts",
        summary="The token URL is on {token_host}, but the base URL is on {base_host}.",
        why="For this provider both usually are on one host. Different hosts usually mean that one address "
        "comes from another district, or from a test system.",
        detection="The host names differ. It is a warning while everything works, and the root cause when the "
        "token or the data is refused.",
        fix=(
            SUGGESTION,
            district("Copy base URL and token URL of the same connection again and send both to {vendor}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                SUGGESTION,
                copy_in_campus("Base URL and Token URL together"),
                you("Replace both addresses by the new ones, then run the checks again."),
            )
        },
        source=_PARTNERS,
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
        ),
        strength=4,
    ),
)
