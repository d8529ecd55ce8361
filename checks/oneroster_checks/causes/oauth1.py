"""Causes of OAuth 1, where every request is signed with key and secret."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import ACTIVE_IN_CAMPUS, AGAIN, AWAIT, CAMPUS, CONNECTION, copy_secret_in_campus

_RENEW = district(
    f"{CONNECTION}, then choose Renew. Key and secret stay the same, so {{vendor}} needs nothing new."
)
_NEW = (
    "a new connection with OAuth 2 in Instruction > Settings > Digital Learning Applications Configuration, "
    "send its values to {vendor}, then disable the old connection."
)
_MOVE = district(f"Make {_NEW}")
_OR_MOVE = district(f"Or make {_NEW}")

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="oauth1.expired",
        title="The OAuth 1 credentials have expired",
        summary="Every signed request is refused, and the connection was created on {created}, "
        "{age_days} days ago.",
        why="Infinite Campus ends credentials of OneRoster 1.1 one year after they are created, until the "
        "district renews them.",
        detection="Refused with every signature method while the clock is right, and the connection is a "
        "year old or more. When it is younger, the cause is oauth1.rejected.",
        fix=(
            district("Check whether the key has an end date, and renew it or make a new one."),
            district(
                "If a new key and secret were made, send them to {vendor} in the way used for passwords."
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _RENEW,
                _OR_MOVE,
                you("Change the day created to the day of the renewal, then run the checks again."),
            )
        },
        source="Infinite Campus help (A)",
    ),
    Cause(
        code="oauth1.rejected",
        title="Key or secret is refused (OAuth 1)",
        summary="Every signed request is refused, with each signature method tried ({methods_tried})"
        "[[; the connection was created on {created}]].",
        why="Key or secret is wrong or incomplete, the connection was deleted, or, where its age is not "
        "known, the credentials may have expired.",
        detection="Refused although the clock is right, and the connection is younger than a year or of "
        "unknown age. When it is older, the cause is oauth1.expired.",
        fix=(
            you("Paste key and secret again, whole, from what the district sent last."),
            district(
                "Check that the connection still exists, and send its current key and secret to {vendor}."
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you("Paste Key and Secret again, whole, from what the district sent last."),
                copy_secret_in_campus("Key and Secret"),
                district(
                    f"{CONNECTION}. If the connection was created or renewed more than a year ago, "
                    "choose Renew."
                ),
                ACTIVE_IN_CAMPUS,
                you("Put the day created into its field, then run the checks again."),
            )
        },
        source="RFC 5849 section 3.2, Infinite Campus help (A)",
        fields=("client_secret", "client_id"),
    ),
    Cause(
        code="oauth1.signature-method",
        title="Only one signature method is accepted",
        summary="The server accepts requests signed with {works}, but not with {refused}.",
        why="OneRoster 1.1 allows HMAC-SHA1 and HMAC-SHA256. The one that works was used for the rest of "
        "the run.",
        detection="The same key and secret are accepted with one method and refused with the other, so "
        "they are right.",
        fix=(
            you("Set your software to sign with {works} for this connection."),
            AGAIN,
        ),
        fix_for={
            "classlink": (
                you("Set your software to sign with {works}; ClassLink usually takes HMAC-SHA1."),
                AGAIN,
            )
        },
        source="RFC 5849 section 3.4, OneRoster 1.1 (A)",
    ),
    Cause(
        code="oauth1.query-signature",
        title="Signed requests with parameters are refused",
        summary="The server accepts signed requests without query parameters and refuses them with "
        "parameters.",
        why="The server works out another signature when the address has parameters: it leaves them out or "
        "encodes them in another way. Paging and filters then cannot be used.",
        detection="The same key and secret work without a query and fail with one, in every encoding tried.",
        fix=(
            you("Check that no proxy changes the address between this computer and the server."),
            district(
                "Open a support case with the provider: query parameters must be part of the OAuth 1 "
                "signature."
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you("Check that no proxy changes the address between this computer and the server."),
                _MOVE,
                AWAIT,
            )
        },
        source="RFC 5849 section 3.4.1.3",
    ),
    Cause(
        code="oauth1.discontinued",
        title="OAuth 1 is being given up by Campus",
        summary="This connection uses OAuth 1, and Campus has made no new OAuth 1 connections since "
        "2023-12-18.",
        why="Existing OAuth 1 connections should move to OAuth 2. A connection that is lost cannot be "
        "made again with OAuth 1.",
        detection="It follows from the choice of OAuth 1 with Infinite Campus; it says nothing about the key.",
        fix=(
            you("Plan the move of this connection to OAuth 2 with the district."),
            AGAIN,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Plan the move with the district: with OneRoster 1.2 every user's sourcedId changes, and "
                    "metadata carries ic.legacySourcedId to match them."
                ),
                _MOVE,
                you("Make a connection here with the new values, then run the checks again."),
            )
        },
        source="Infinite Campus help (A)",
        told_last=4,
    ),
    Cause(
        code="oauth1.expires-soon",
        title="The OAuth 1 credentials expire soon",
        summary="The connection was created on {created}, so its credentials expire on {expires}.",
        why="Infinite Campus ends credentials of OneRoster 1.1 one year after they are created. On that "
        "day every request will be refused.",
        detection="The day created is more than eleven months ago and less than a year.",
        fix=(
            district("Check whether the key has an end date, and renew it before {expires}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Before {{expires}}: {CONNECTION}, then choose Renew. Key and secret stay the same, "
                    "so {vendor} needs nothing new."
                ),
                _OR_MOVE,
                you("Change the day created to the day of the renewal, then run the checks again."),
            )
        },
        source="Infinite Campus help (A)",
        told_last=3,
    ),
)
