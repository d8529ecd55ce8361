"""Steps that many causes share, with the names of Infinite Campus's screens in one place."""

from __future__ import annotations

from .model import Step, district, you

CAMPUS = "infinite-campus"

# Infinite Campus help (A) for the new menu, partners' help pages (B) for the classic one.
SCREEN = (
    "Open Instruction > Settings > Digital Learning Applications Configuration (in the classic menu: "
    "System Administration > Learning Interoperability)"
)
CONNECTION = f"{SCREEN} and choose Edit on {{vendor_own}} connection"
# For a second step on the same screen.
SAME_CONNECTION = "Stay in Edit of {vendor_own} connection"
SHARED_BLOCK = "the part usually headed Information to Share"
SWAGGER = (
    "Troubleshooting Documentation > OneRoster API Documentation (for OAuth 1: the REST Documentation Client)"
)
SCHOOL_YEARS = "System Administration > Calendar > School Years"
USERS = "System Administration > User Security > Users"

AGAIN = you("Then run the checks again.")
AWAIT = you("Wait for the district's answer, then run the checks again.")
SUGGESTION = you("[[Put this into the {field} field: {suggestion}]]")


def copy_in_campus(what: str) -> Step:
    """The district copies a value from the connection in Campus and sends it."""
    return district(
        f"{CONNECTION}. Copy {what} from {SHARED_BLOCK}, whole and as text, and send that to {{vendor}}."
    )


def copy_secret_in_campus(what: str) -> Step:
    """The same for a value that ordinary mail should not carry."""
    return district(
        f"{CONNECTION}. Copy {what} from {SHARED_BLOCK}, whole and as text, and send that to {{vendor}} "
        "in the way that the district uses for passwords."
    )


def prove_in_campus(path: str) -> Step:
    """The district's own proof (A); Campus warns not to write there in production (A)."""
    return district(
        f"{CONNECTION}, then {SWAGGER}. Call GET {path} there and tell {{vendor}} what it answers. "
        "Do not use POST, PUT or DELETE there."
    )


def share_in_campus(part: str) -> Step:
    """The district turns on one part of Data to Share."""
    return district(f"{CONNECTION}. Under Data to Share, turn on {part}, then Save.")


ACTIVE_IN_CAMPUS = district(f"{CONNECTION}. Check that Status says Active (or Enabled), then Save.")
