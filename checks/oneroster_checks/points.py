"""The points that the article asks to verify with the district, by the ids of the JSON report."""

from __future__ import annotations

from enum import StrEnum


class Point(StrEnum):
    """One point of the checklist. The ids are stable: other programs read them."""

    CONNECTION_ACTIVE = "connection-active"
    CREDENTIALS_CORRECT = "credentials-correct"
    CREDENTIALS_CURRENT = "credentials-current"
    CONNECTION_ENABLED = "connection-enabled"
    DATA_TO_SHARE = "data-to-share"
    USER_ACCOUNTS = "user-accounts"
    VENDOR_CREDENTIALS = "vendor-credentials"
    ROSTER_ONLY_CREDENTIALS = "roster-only-credentials"
    GRADEBOOK_ENABLED = "gradebook-enabled"
    CAMPUS_LEARNING_LICENSE = "campus-learning-licence"
    SCHOOLS_CHOSEN = "schools-chosen"
    SUPPORTED_CONNECTION = "supported-connection"
