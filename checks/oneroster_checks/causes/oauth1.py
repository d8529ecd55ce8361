"""Causes of signed requests (OAuth 1), and of credentials that end (OneRoster 1.1, whatever the OAuth version)."""

from __future__ import annotations

from .model import Cause, Point, district, later, you
from .shared_words import STILL_THERE
from .steps import (
    AGAIN,
    AWAIT,
    CAMPUS,
    CAMPUS_HELP,
    PASTE_AGAIN,
    PATH,
    PUT_BOTH_IN_FIELDS,
    RENEW_IF_OLD_IN_CAMPUS,
    SEND_CURRENT_SECRET,
    copy_secret_in_campus,
    on_screen,
)

SECTION = "OAuth 1 and expiration"

_RENEW = on_screen(
    f"{PATH}find {{vendor_own}} connection, and choose Renew. The key and secret stay the same.",
    line="Renew the connection. The key and secret stay the same.",
)
_RENEW_IN_TIME = on_screen(
    f"{PATH}find {{vendor_own}} connection, and choose Renew before {{expires}}. The key and secret stay the same.",
    line="Renew the connection[[ before {expires}]].",
)
# One step each: to create it, to send what belongs to it, and to give up the old one.
_MOVE = (
    on_screen(f"{PATH}create a new connection with OAuth 2.", line="Create a new connection with OAuth 2."),
    on_screen(
        f"{PATH}open Information to Share of the new connection, copy the Key, Secret, Base URL, and Token URL, and "
        "send them to {vendor} over a channel that is safe for passwords.",
        line="Copy the values of the new connection and send them safely.",
        sends_secret=True,
    ),
    later(
        on_screen(
            f"{PATH}disable the old connection when the new one works.",
            line="Disable the old connection when the new one works.",
        )
    ),
)
_NEW_DATE = you("Change the creation date to the day of the renewal.")
_NO_PROXY = you(
    "Make sure that no proxy changes the address between this computer and the server.",
    line="Make sure that no proxy changes the address on the way.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="oauth1.expired",
        title="Expired credentials",
        summary="The credentials are refused; the connection was created on {created}, so they expired on "
        "{expires} unless they were renewed.",
        why="OneRoster 1.1 credentials of Infinite Campus expire one year after they are created, unless the "
        "district renews them. OneRoster 1.2 connections do not expire.",
        because="OneRoster 1.1 credentials expire one year after they are created, unless they are renewed.",
        detection="Refused as oauth1.rejected is, the clock being right, and the connection is a year old or more, "
        "where credentials expire yearly. With OAuth 2, it is token.invalid-client.",
        fix=(
            district("Renew the key, or create a new one where it cannot be renewed."),
            district(
                "If there is a new key and secret, send them to {vendor} over a channel that is safe for passwords.",
                sends_secret=True,
                line="If there is a new key and secret, send them safely.",
            ),
            AWAIT,
        ),
        fix_for={CAMPUS: (_RENEW, _NEW_DATE, AGAIN)},
        source=CAMPUS_HELP,
        fields=("created",),
        disproves=(Point.CREDENTIALS_CURRENT,),
    ),
    Cause(
        code="oauth1.rejected",
        title="Key or secret refused (OAuth 1)",
        summary="[[?every|Every signed request was refused]][[-every|Signed requests were refused]] ({methods_tried} "
        "tried)[[; the server names {problem} as the problem]][[; the connection was created on {created}]].",
        why="The key or secret is wrong or incomplete, the connection was deleted, or, where its age is not "
        "known, the credentials may have expired.",
        because="The key or secret may have changed, or the credentials may have expired.",
        detection="Refused with each signature method that the server judged, with and without parameters, with the "
        "server's time where the clocks differ, and signed for the other addresses that a server behind a proxy may "
        "believe; and the connection is younger than a year or of unknown age. When it is older, the cause is "
        "oauth1.expired.",
        fix=(
            PASTE_AGAIN,
            STILL_THERE,
            SEND_CURRENT_SECRET,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                PASTE_AGAIN,
                RENEW_IF_OLD_IN_CAMPUS,
                copy_secret_in_campus("the Key and Secret"),
                PUT_BOTH_IN_FIELDS,
                AGAIN,
            )
        },
        source=f"RFC 5849, section 3.2; {CAMPUS_HELP}",
        fields=("client_secret", "client_id"),
        disproves=(Point.CREDENTIALS_CORRECT,),
    ),
    Cause(
        code="oauth1.signature-method",
        title="Only one signature method accepted",
        summary="The server accepts requests signed with {works}, but not with {refused}.",
        why="OneRoster 1.1 allows HMAC-SHA1 and HMAC-SHA256. The one that works was used for the rest of "
        "the run.",
        detection="The same key and secret are accepted with one method, and with the other they are refused or "
        "the server fails, so they are right.",
        fix=(
            you(
                "Have your software sign with {works} for this connection.",
                general="Have your software sign with the method that works for this connection.",
            ),
            AGAIN,
        ),
        fix_for={
            "classlink": (
                you(
                    "Have your software sign with {works}; ClassLink usually takes HMAC-SHA1.",
                    general="Have your software sign with the method that works; ClassLink usually takes HMAC-SHA1.",
                    line="Have your software sign with [[{works}]][[-works|the method that works]].",
                ),
                AGAIN,
            )
        },
        source="RFC 5849, section 3.4; 1EdTech OneRoster 1.1",
    ),
    Cause(
        code="oauth1.query-signature",
        title="Signed requests with parameters refused",
        summary="The server accepts signed requests without query parameters and refuses them with "
        "parameters, so paging and filters cannot be used.",
        why="The server computes a different signature when the address has parameters: it leaves them out or "
        "encodes them differently.",
        because="Without parameters, we cannot read page by page.",
        detection="The same key, secret, and signature method work without a query and fail with one.",
        fix=(
            _NO_PROXY,
            district(
                "Open a support case with the provider: query parameters must be part of the OAuth 1 "
                "signature.",
                line="Open a support case: signatures must include query parameters.",
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _NO_PROXY,
                *_MOVE,
                AWAIT,
            )
        },
        source="RFC 5849, section 3.4.1.3",
        proves=(Point.CONNECTION_ACTIVE, Point.CONNECTION_ENABLED, Point.CREDENTIALS_CORRECT),
    ),
    Cause(
        code="oauth1.base-string",
        title="Signature checked against the wrong address",
        summary="{host} refuses requests that are signed for {asked}, the address that they are sent to, and accepts "
        "the same ones when they are signed for {signed}.",
        why="A proxy or load balancer in front of the server does not pass on the scheme, host, and port that were "
        "asked for, so the server computes each signature for the wrong address. The key and secret are right.",
        because="The server does not know the address by which we reach it.",
        detection="The same key, secret, and signature method are refused for the address that is asked and accepted "
        "for another scheme, host, or port. When no other address works, the cause is oauth1.rejected.",
        fix=(
            district(
                "Ask whoever runs the proxy or load balancer in front of {host} to pass on the scheme, host, and port "
                "that were asked for (X-Forwarded-Proto, Host, X-Forwarded-Port).",
                line="Ask whoever runs the proxy to pass on scheme, host, and port.",
            ),
            later(
                district(
                    "If that is not possible, set the public address of the OneRoster service, where it has such a "
                    "setting, to the base URL of {vendor_own} connection.",
                    line="If that is not possible, set the service's public address.",
                )
            ),
            you(
                "Until then, sign requests for {signed} and send them to {asked}.",
                general="Until then, sign requests for the address that is accepted, and send them to the base URL.",
                line="Until then, sign requests for the address that is accepted.",
            ),
            AWAIT,
        ),
        source="RFC 5849, section 3.4.1.2",
        proves=(Point.CONNECTION_ACTIVE, Point.CONNECTION_ENABLED, Point.CREDENTIALS_CORRECT),
    ),
    Cause(
        code="oauth1.discontinued",
        title="OAuth 1 is discontinued at Campus",
        summary="This connection uses OAuth 1, and since 2023-12-18 no new OAuth 1 connections can be created in "
        "Campus.",
        why="Existing OAuth 1 connections should move to OAuth 2. One that is lost cannot be created again with "
        "OAuth 1.",
        because="A lost OAuth 1 connection could not be created again.",
        detection="It follows from the choice of OAuth 1 with Infinite Campus; it says nothing about the key.",
        fix=(
            you("Plan the move of this connection to OAuth 2 with the district."),
            AGAIN,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Plan the move with the district: with OneRoster 1.2 every user's sourcedId changes, and "
                    "metadata has ic.legacySourcedId to match them.",
                    line="Plan the move with the district: with 1.2, sourcedIds change.",
                ),
                *_MOVE,
                you("Create a connection here with the new values."),
                AGAIN,
            )
        },
        source=CAMPUS_HELP,
        told_last=4,
    ),
    Cause(
        code="oauth1.expires-soon",
        title="Credentials expire soon",
        summary="The connection was created on {created}, so its credentials expire on {expires} unless they are "
        "renewed.",
        why="OneRoster 1.1 credentials of Infinite Campus expire one year after they are created. From that "
        "day on every request is refused.",
        because="From that day on, every request would be refused.",
        detection="By the creation date, the credentials end within 30 days.",
        fix=(
            district(
                "Renew the key before {expires}, or create a new one where it cannot be renewed.",
                line="Renew the key[[ before {expires}]], or create a new one.",
            ),
            AWAIT,
        ),
        fix_for={CAMPUS: (_RENEW_IN_TIME, _NEW_DATE, AGAIN)},
        source=CAMPUS_HELP,
        fields=("created",),
        told_last=3,
        disproves=(Point.CREDENTIALS_CURRENT,),
    ),
)
