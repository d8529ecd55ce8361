"""Causes that the addresses show before any request is sent."""

from __future__ import annotations

from dataclasses import replace

from .model import Cause, Point, district, you
from .steps import (
    AGAIN,
    AWAIT,
    CAMPUS,
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
_COMPARE = you(
    "Compare the {field} field with what the district sent, from https:// to the last character.",
    line="Compare the [[{field} ]]field with what the district sent.",
)
_COPY = district(
    "Copy the {field} and send it to {vendor} as text.",
    reply="the {field}",
    line="Copy the [[{field}]][[-field|address]] and send it to {vendor} as text.",
)
_COPY_IN_CAMPUS = copy_in_campus(
    "the {field}", line="On the connection, copy the [[{field}]][[-field|address]] and send it."
)
_ADD_S = you("Change http:// to https:// in the {field} field.")
# Shown by a request, the choice is what is wrong, and nothing is left to ask; shown by the path alone, either may be.
_OTHER_VERSION = you(
    "[[?root|Choose OneRoster {found_version}.]]",
    general="If data came back at an address of the other version, choose that version.",
)
_OTHER_BASE = you(
    "[[Put this in the base URL field: {other_base}]]",
    general="If data came back there, put that address in the base URL field.",
    line="[[?other_base|Put the base URL of the other version in its field.]]",
)
_IF_FOUND = you(
    "[[?choosable|If the version is {found_version}, choose OneRoster {found_version}.]]"
    "[[?unread|Choose the version that the district names: these checks read OneRoster 1.1 and 1.2 only.]]",
    general="If the district names another version, choose it; these checks read OneRoster 1.1 and 1.2 only.",
    line="[[?choosable|If the version is {found_version}, choose OneRoster {found_version}.]]"
    "[[?unread|Choose the OneRoster version that the district names.]]",
)
_URL_OF_CHOSEN = you(
    "[[If the version is {chosen_version}, put this in the {field} field: {suggestion}]]",
    uses_suggestion=True,
    general="If the version that you chose is right, put its base URL in the base URL field.",
    line="[[?suggestion|If the version is {chosen_version}, use the suggested {field}.]]",
)
_DELETE_ONE = you("Delete one of the two equal parts from the {field} field.")

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="address.malformed",
        suggestion_suffices=True,
        title="Invalid web address",
        summary="The {field}[[ {that_we_have}]] {reason}.",
        why="A web address needs https://, a host name, and a path. Parts get lost when it is copied by hand or "
        "broken over two lines of an email.",
        because="Our copy of it may have been cut off on the way.",
        ours="the {field} that we had entered was not a complete web address",
        detection="The text cannot be read as a web address, or no request can be made of it, so nothing was sent "
        "there. A key in a URL field is address.fields-swapped where keys of this provider are known.",
        fix=(
            SUGGESTION,
            _COMPARE,
            _COPY,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (SUGGESTION, _COMPARE, _COPY_IN_CAMPUS, AWAIT),
            "classlink": (
                SUGGESTION,
                where_known("unused", NO_TOKEN_URL_AT_CLASSLINK),
                where_absent(
                    "unused", replace(_COMPARE, line="Compare the {field} field with what the district sent.")
                ),
                where_absent(
                    "unused",
                    replace(_COPY, line="Copy the {field} and send it to {vendor} as text."),
                ),
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
        summary="The {field}[[ {that_we_have}]] begins with http://, so credentials and data would travel to {host} "
        "unencrypted.",
        why="Anyone on the way could read credentials and data. Providers publish https addresses.",
        because="Without encryption, others could read the credentials and the data on the way.",
        ours="the {field} that we had entered began with http:// instead of https://",
        detection="The address begins with http://, and its host is not this computer. It is a warning where you "
        "allowed it.",
        fix=(
            SUGGESTION,
            _ADD_S,
            district(
                "Send {vendor} the https address of {host}.",
                reply="the https address",
                line="Send {vendor} the https address of that server.",
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (SUGGESTION, _ADD_S, _COPY_IN_CAMPUS, AWAIT),
            "veracross": (
                you(
                    "Change http:// to https:// in the {field} field: Veracross accepts https only.",
                    line="Change http:// to https:// in the [[{field} ]]field.",
                ),
                AGAIN,
            ),
        },
        source="RFC 6749, section 3.2",
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.credentials-in-url",
        title="User name or password in an address",
        summary="The {field}[[ {that_we_have}]] contains a user name or password before the host {host}.",
        why="Addresses end up in logs and reports, and a secret inside one spreads with them. OneRoster sends "
        "the key and secret separately from the address.",
        because="A password in an address ends up in logs and emails.",
        detection="There is text and an @ sign between https:// and the host name.",
        fix=(
            SUGGESTION,
            you(
                "If the deleted text was the key and secret, put them in the client id and client secret fields.",
                line="If you deleted the key and secret, put them in their fields.",
            ),
            district(
                "If the address was sent by email, create a new secret and send it to {vendor}.",
                sends_secret=True,
                line="If the address was emailed, create and send a new secret.",
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
        summary="The {field}[[ {that_we_have}]] repeats {what}.",
        why="This happens when a path such as /campus or /ims/oneroster is added to an address that already "
        "includes it.",
        because="This happens when an address is put together from two parts.",
        ours="the {field} that we had entered repeated a part",
        detection="/campus, /ims/oneroster, /oauth2/token, the version, or a service with its version comes twice in a "
        "row in the path.",
        fix=(
            SUGGESTION,
            _DELETE_ONE,
            AGAIN,
        ),
        fix_for={
            CAMPUS: (
                SUGGESTION,
                _DELETE_ONE,
                _COPY_IN_CAMPUS,
                AGAIN,
            )
        },
        source=PARTNERS_HELP,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.endpoint-pasted",
        suggestion_suffices=True,
        title="Base URL with something after it",
        summary="The {field} ends in {what}, which is not part of a base URL and was left out for this run.",
        why="A base URL ends before /orgs, /users, and the like; the checks add those.",
        ours="the base URL that we had entered had something after it",
        detection="The path goes on to the name of a OneRoster endpoint, or a query follows it.",
        fix=(
            SUGGESTION,
            you(
                "Delete {what} from the end of the {field} field.",
                general="Delete what follows the base URL in its field.",
            ),
            AGAIN,
        ),
        source=PARTNERS_HELP,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.version-mismatch",
        title="Address of another OneRoster version",
        summary="What was found[[ at {root}]] is for OneRoster {found_version}[[-root|, judging by the {field}]], but "
        "{this_side} is set to OneRoster {chosen_version}.",
        why="Each version has its own base URL. A connection belongs to one version, so one of the two is "
        "wrong.",
        because="Each OneRoster version has its own base URL.",
        detection="The path names a OneRoster version, such as v1p1, that is not the one that was chosen; or nothing "
        "is found for the chosen version, and an address of the other one returns data.",
        fix=(
            _OTHER_VERSION,
            _OTHER_BASE,
            where_absent(
                "root",
                district(
                    "Tell {vendor} which OneRoster version the connection was created with.",
                    reply="the OneRoster version",
                    line="Tell {vendor} the OneRoster version of the connection.",
                ),
            ),
            _IF_FOUND,
            _URL_OF_CHOSEN,
            where_absent(
                "root",
                district(
                    "If the version is {chosen_version}, send {vendor} the base URL for OneRoster {chosen_version}.",
                    reply="the base URL",
                    general="If the path alone shows it and the version that you chose is right, send the vendor the "
                    "base URL for it.",
                    line="If the version is {chosen_version}, send the base URL for it.",
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
)
