"""Causes that the first data requests show, with a token or a signature in hand."""

from __future__ import annotations

from .model import Cause, Point, district, later, you
from .shared_words import COMPARE_COPIED, OTHER_NETWORK, SELECT_SCHOOLS, SEND_BASE_URL
from .steps import (
    ACTIVE_IN_CAMPUS,
    AGAIN,
    AWAIT,
    BOTH_URLS_IN_CAMPUS,
    CAMPUS,
    CAMPUS_HELP,
    COMPARE_BASE_URL,
    MAKE_ACTIVE,
    STANDARD,
    copy_in_campus,
    share_in_campus,
    where_absent,
)

SECTION = "Access"

_CREDENTIALS = (Point.CREDENTIALS_CORRECT,)
_SUGGESTION = you(
    "[[Put this in the base URL field; it returned data in this run: {suggestion}]]",
    uses_suggestion=True,
    general="If another base URL returned data, put that one in the base URL field.",
    line="[[?suggestion|Put the address that returned data in the base URL field.]]",
)
_LIKELY = you(
    "[[Put this in the base URL field, then run the checks again: {likely}]]",
    general="If another base URL only answered, put that one in the base URL field, then run the checks again.",
    line="[[?likely|Put in the base URL that answered, then run the checks again.]]",
)
_COMPARE_TOKEN = you(
    "[[?fixed_token|Compare the fixed token with the one that the district sent, from its first to its last "
    "character.]]"
    "[[?address_unproven| Compare the base URL field too: both come from one connection.]]",
    line="[[?fixed_token|Compare the fixed token]][[?address_unproven| and base URL]]"
    "[[?fixed_token| with what was sent.]]",
)
_SEND_TOKEN = district(
    "[[?fixed_token|Look up the bearer token of {vendor_own} connection, or reset it, and send it to {vendor} over a "
    "channel that is safe for passwords.]][[?address_unproven| Send the base URL that belongs to it, too.]]",
    sends_secret=True,
    line="[[?fixed_token|Look up or reset the token; send it]][[?address_unproven| and its base URL]]"
    "[[?fixed_token| safely.]]",
)

_PASS_ON = you(
    "If there is a proxy in between, make sure that it passes the Authorization header on.",
    line="Make sure that any proxy passes on the Authorization header.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="access.token-rejected",
        title="Data requests refused as unauthorized",
        summary="{host} refused[[ all {tried}]][[ {refused} of {requests}]] data requests as unauthorized ({status})"
        "[[, although a {token} was issued]][[?fixed_token|, with the fixed token]]"
        "[[?address_found|; a path that cannot exist beside the base URL was not found there, so it is the token that "
        "is refused]].",
        why="Where a token was issued, the token URL and the base URL usually belong to different systems or "
        "districts. A fixed token was replaced or deleted, or belongs to another base URL. A proxy that drops the "
        "Authorization header looks the same.",
        because="[[-fixed_token|The token URL and the base URL may belong to different "
        "connections.]][[?fixed_token|The token may have been replaced or deleted.]]",
        detection="The first data requests, all or most of them, are refused with 401, with a token that is seconds "
        "old or a fixed one, and neither another form of the base URL nor, where no scope was sent, a scope of the "
        "standard changes that. With access.forbidden the right is missing. With a fixed token, a path that cannot "
        "exist is tried too: where it is not found, the base URL is there; where it is refused as well, the base URL "
        "may be wrong.",
        fix=(
            where_absent(
                "fixed_token",
                you(
                    "Compare both URL fields with what the district sent: both come from one connection.",
                    line="Compare both URL fields with what the district sent.",
                ),
            ),
            _COMPARE_TOKEN,
            _PASS_ON,
            where_absent(
                "fixed_token",
                district(
                    "Send {vendor} the token URL and base URL of one connection.",
                    reply="the token URL and the base URL",
                ),
            ),
            _SEND_TOKEN,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                where_absent("fixed_token", BOTH_URLS_IN_CAMPUS),
                _COMPARE_TOKEN,
                _PASS_ON,
                _SEND_TOKEN,
                later(ACTIVE_IN_CAMPUS),
                AWAIT,
            )
        },
        source="RFC 6750, section 3.1",
        fields=("base_url", "token_url"),
        suspects=True,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="access.forbidden",
        title="No access to any data",
        summary="{host}[[-fixed_token| accepted the credentials but]] forbade[[ all {tried}]]"
        "[[ {refused} of {requests}]] data requests ({status}).",
        why="The connection is not active, not enabled, or does not share rostering.",
        because="The connection may be inactive, or may not share rostering.",
        detection="The first data requests, all or most of them, are refused with 403, and neither another form of the "
        "base URL nor, where no scope was sent, a scope of the standard changes that. When other data comes, the cause "
        "is one of sharing.* or gradebook.*, or access.part-broken.",
        fix=(
            MAKE_ACTIVE,
            district("Share rostering with {vendor_own} connection."),
            SELECT_SCHOOLS,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (ACTIVE_IN_CAMPUS, share_in_campus("Rostering"), AWAIT),
            "aeries": (
                district("Add the roster scopes to {vendor_own} key in Aeries."),
                AWAIT,
            ),
            "veracross": (
                you("In the scope field, name the scope of each operation you use."),
                district("Add these scopes to {vendor_own} application in Veracross."),
                AWAIT,
            ),
            "blackbaud": (
                district("Connect and enable {vendor_own} application in Blackbaud."),
                AWAIT,
            ),
            "ed-fi": (
                district("Grant {vendor_own} key the OneRoster scopes in the ODS/API."),
                AWAIT,
            ),
        },
        source=f"RFC 9110, section 15.5.4; {CAMPUS_HELP}",
        disproves=(Point.CONNECTION_ACTIVE, Point.CONNECTION_ENABLED),
        proves=_CREDENTIALS,
    ),
    Cause(
        code="access.base-url-wrong",
        suggestion_suffices=True,
        title="Wrong base URL",
        summary="There is no OneRoster data at the base URL on {host} ({status}"
        "[[, {tried} requests]][[, {refused} of {requests} requests]])[[: {detail}]][[; there is at {suggestion}]]"
        "[[; a OneRoster service answers at {likely}, and it gave no data either]].",
        why="The path is wrong, incomplete, or for another version. Some servers answer any unknown path, "
        "so the address can look alive.",
        because="The address may be incomplete, or for another version.",
        ours="the base URL that we had entered was not the right one",
        detection="The first data requests, all or most of them, get 404 or the same unrelated JSON; or, whatever they "
        "get, another form of the base URL on the same host returns data, or answers in the form of OneRoster.",
        fix=(
            _SUGGESTION,
            _LIKELY,
            you(
                "Compare the base URL field with what the district sent; it usually contains /ims/oneroster.",
                line="Compare the base URL field with what the district sent.",
            ),
            SEND_BASE_URL,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _SUGGESTION,
                _LIKELY,
                copy_in_campus("the Base URL", but=" (not the one under Legacy Configuration)"),
                AWAIT,
            )
        },
        source=f"RFC 9110, section 15.5.5; {STANDARD}",
        fields=("base_url",),
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="access.login-page",
        title="Login page instead of data",
        headline="[[?page|Web page instead of data]]",
        summary="{host} answered with [[-page|a login page]][[?page|a {page}]] instead of data[[ at {path}]] "
        "({status})[[: {detail}]].",
        why="The address leads to the web site for people, such as its login page, not to the API. A sign-on proxy in "
        "front of the server does the same.",
        because="The address may lead to the web site for people instead of the API.",
        detection="The answer is a success and a web page, or a redirect to a login page. A page that mentions "
        "maintenance is access.server-error.",
        fix=(
            COMPARE_BASE_URL,
            SEND_BASE_URL,
            later(
                district(
                    "If there is a sign-on proxy in front of {host}, ask whoever runs it to let the OneRoster paths "
                    "through.",
                    line="If there is a sign-on proxy, have it let OneRoster through.",
                )
            ),
            AWAIT,
        ),
        fix_for={CAMPUS: (copy_in_campus("the Base URL"), COMPARE_COPIED, AGAIN)},
        source="RFC 9110, section 15.4",
        fields=("base_url",),
        suspects=True,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="access.not-json",
        title="Answer that is not OneRoster data",
        summary="{host} answered with something that is not OneRoster data[[ at {path}]][[ ({status})]][[: {detail}]].",
        why="Another service is at this address, or a proxy puts its own text in between.",
        because="Another service may be at this address.",
        detection="The answer is a success and neither JSON nor a web page, or its compressed body cannot be unpacked. "
        "JSON without the expected list is payload.not-oneroster.",
        fix=(
            COMPARE_BASE_URL,
            OTHER_NETWORK,
            SEND_BASE_URL,
            AWAIT,
        ),
        fix_for={CAMPUS: (copy_in_campus("the Base URL"), COMPARE_COPIED, AGAIN)},
        source=STANDARD,
        fields=("base_url",),
        suspects=True,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="access.answer-too-large",
        title="Answer beyond this tool's limits",
        summary="This tool did not read the answer from {host}[[ at {path}]] to the end, because of a limit of its own "
        "({reason}), and found [[?token_answer|no token]][[-token_answer|no record that it had asked for]] in what it "
        "read.",
        why="The limits keep any answer from using up this computer's memory. This tool cannot say what such an answer "
        "is: the server may send much more than was asked for, or another service is at this address.",
        detection="An answer without an error goes beyond a limit of this tool, also where fewer records were asked "
        "for, and no whole record is at its beginning. Where there are records, the run goes on with them, and more "
        "of them than the limit are paging.limit-ignored.",
        fix=(
            you("[[Compare the {field} field with what the district sent.]]"),
            you("Send the same request yourself, and look at what comes back."),
            AGAIN,
        ),
        source="This tool's own limits",
        fields=("base_url",),
        suspects=True,
    ),
)
