"""The secrets of the environment: they never are arguments."""

from __future__ import annotations

import os
from collections.abc import Mapping

from oneroster_checks.connection import SECRET_FIELDS, Credentials, Secret

# The variable of each secret: ONEROSTER_CLIENT_SECRET, ONEROSTER_VENDOR_KEY and ONEROSTER_VENDOR_SECRET.
SECRET_VARIABLES = {name: f"ONEROSTER_{name.upper()}" for name in SECRET_FIELDS}


def secrets_of(environment: Mapping[str, str] = os.environ) -> Credentials:
    """The secrets of the environment; those that are not set are empty."""
    values = {field: Secret(environment.get(name, "")) for field, name in SECRET_VARIABLES.items()}
    return Credentials(**values)


def before(first: Credentials, other: Credentials) -> Credentials:
    """Secrets of two places: those of the first, and where it has none, of the other."""
    every = {field: getattr(first, field) or getattr(other, field) for field in SECRET_FIELDS}
    return Credentials(**every)


def missing_secret(credentials: Credentials) -> str | None:
    """The field of a secret that has to be there and is not, None when nothing is missing.

    The client secret always has to be, and each half of the vendor's pair where the other half is.
    """
    if not credentials.client_secret:
        return "client_secret"
    if bool(credentials.vendor_key) != bool(credentials.vendor_secret):
        return "vendor_secret" if credentials.vendor_key else "vendor_key"
    return None
