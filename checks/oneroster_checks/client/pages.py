"""What a page that people see says, where an answer for a program belongs."""

from __future__ import annotations

import re

from ..http.answer import Answer
from ..limits import PAGE_CHARACTERS

_LOGIN = re.compile(r"(?i)log-?in|sign-?in|logon|/sso|/saml|/idp|/adfs")
# A token URL may well redirect to another place of OAuth; data that does so wants a person to log in.
_LOGIN_BEFORE_DATA = re.compile(r"(?i)/oauth|authorize|portal")
_PASSWORD = re.compile(r"(?i)<input[^<>]{0,200}\btype\s*=\s*[\"']?password")
_MAINTENANCE = re.compile(r"(?i)maintenance|temporarily unavailable|be back (soon|shortly)")


def leads_to_login(answer: Answer) -> bool:
    """Whether a redirect leads to a page where people log in."""
    return bool(_LOGIN.search(answer.location))


def sends_data_request_to_login(answer: Answer) -> bool:
    """The same for a redirect in place of data."""
    return leads_to_login(answer) or bool(_LOGIN_BEFORE_DATA.search(answer.location))


def is_login(answer: Answer) -> bool:
    """Whether an answer in place of data is a page with a login, or a redirect to one, and not another web page."""
    if answer.location:
        return sends_data_request_to_login(answer)
    return bool(_PASSWORD.search(answer.text[:PAGE_CHARACTERS]))


def speaks_of_maintenance(answer: Answer) -> bool:
    """Whether a page says that the server is under maintenance."""
    return bool(_MAINTENANCE.search(answer.text[:PAGE_CHARACTERS]))
