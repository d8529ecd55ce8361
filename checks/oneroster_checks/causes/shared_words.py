"""Steps and reasons that several causes share, beside those on the screens of Infinite Campus."""

from __future__ import annotations

from .model import district, you

# Why a part of the data is not there, for the district.
ONLY_TURNED_ON = "A connection shares only what is turned on for it."
ON_THE_SERVER = "This usually has to be fixed on the server."

WAIT_AND_RETRY = you("Wait a few minutes and try again.")
OTHER_NETWORK = you("Try from another network, without a VPN or proxy.")
COMPARE_TOKEN_URL = you("Compare the token URL field with what the district sent.")
COMPARE_COPIED = you("Compare it with the base URL field; if it differs, put it in.")
ADD_SCOPE = you(
    "[[-scope_asked|Add {scope_needed} to the scope field, separated by a space.]]",
    line="[[-scope_asked|Add what is missing to the scope field, after a space.]]",
)
CLEAR_SCOPE = you("[[?scope|Clear the scope field: Campus usually needs no scope.]]")

SELECT_SCHOOLS = district("Select the schools to share with {vendor}.")
STILL_THERE = district("Make sure that {vendor_own} connection still exists.")
SEND_BASE_URL = district(
    "Send {vendor} the base URL of the OneRoster API as text.",
    reply="the base URL of the OneRoster API",
    line="Send {vendor} the base URL of the OneRoster API.",
)
SEND_TOKEN_URL = district("Copy the token URL and send it to {vendor} as text.", reply="the token URL")
