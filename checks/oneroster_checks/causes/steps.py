"""Steps that many causes share, with the names of Infinite Campus's screens in one place."""

from __future__ import annotations

from .model import Step, district, you

CAMPUS = "infinite-campus"

# The new menu by Infinite Campus's own help, the classic one by its partners' help pages.
SCREEN = (
    "Open Instruction > Settings > Digital Learning Applications Configuration (in the classic menu: "
    "System Administration > Learning Interoperability)"
)
CONNECTION = f"{SCREEN} and click Edit on {{vendor_own}} connection"
# For a further step on a screen whose click path was given already.
SAME_SCREEN = "On the same screen"
SAME_CONNECTION = "On the same connection"
SCHOOL_YEARS = "System Administration > Calendar > School Years"
TERMS = "System Administration > Calendar > Calendar > Terms"
USERS = "System Administration > User Security > Users"

# Where people look the facts up.
CAMPUS_HELP = "Infinite Campus help: OneRoster Connections"
PARTNERS_HELP = "OneRoster help pages of Infinite Campus partners"
STANDARD = "1EdTech OneRoster 1.1 and 1.2"

AGAIN = you("Run the checks again.")
AWAIT = you("When the district has answered, run the checks again.")
SUPPORT = district(
    "Open a support case with the provider, with the full address and the time of the request."
)
SUGGESTION = you("[[Put this in the {field} field: {suggestion}]]")


def on_connection(text: str, *, sends_secret: bool = False) -> Step:
    """The district does something in the connection's own settings. `text` begins with a capital letter."""
    return district(f"{CONNECTION}. {text}", sends_secret=sends_secret)


def copy_in_campus(what: str, it: str = "it") -> Step:
    """The district copies a value from the connection in Campus and sends it."""
    return on_connection(f"Under Information to Share, copy {what} and send {it} to {{vendor}} as text.")


def copy_secret_in_campus(what: str) -> Step:
    """The same for values that ordinary mail should not carry."""
    return on_connection(
        f"Under Information to Share, copy {what} and send them to {{vendor}} over a channel that is safe "
        "for passwords.",
        sends_secret=True,
    )


def version_in_campus(what: str = "OneRoster version") -> Step:
    """The district looks up what kind of connection it has."""
    return on_connection(f"Look up its {what} and tell {{vendor}}.")


def share_in_campus(part: str) -> Step:
    """The district turns on one part of Data to Share."""
    return on_connection(f"Under Data to Share, turn on {part}, then click Save.")


ACTIVE_IN_CAMPUS = on_connection("Make sure that Status is Active (or Enabled), then click Save.")
ACTIVE_YEAR_IN_CAMPUS = district(f"Open {SCHOOL_YEARS} and make sure that the current year is marked active.")
# Only spoken of where the credentials are known to end: they belong to OneRoster 1.1, whatever the OAuth version.
RENEW_IF_OLD_IN_CAMPUS = district(
    f"[[{SCREEN} and find {{vendor_own}} connection. If it was created or last renewed more than {{lifetime}} "
    "ago, choose Renew: OneRoster 1.1 credentials expire, and Renew keeps the same key and secret.]]"
    "[[ By the creation date, they expire on {expires}.]]"
)


def open_users(whom: str) -> Step:
    """The district looks somebody up among the users of Campus."""
    return district(
        f"Open {USERS} and search for {whom}. A person with a user account has a username below the name in "
        "the results."
    )
