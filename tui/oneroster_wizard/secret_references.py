"""Where another machine finds the secrets of a profile: references as text, and what they lead to there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from oneroster_checks.connection import SECRET_FIELDS

from .environment import SECRET_VARIABLES
from .storage.profile_file import file_stem


def secret_variable(field: str, profile: str) -> str:
    """The variable of the environment that holds a secret of one profile, and of no other.

    It is the variable of the secret, two underscores, and the name of the profile in upper case with underscores for
    hyphens. A name that no variable can have, or that another one could be taken for, ends in a digest.
    """
    stem = file_stem(profile)
    if "_" in stem:
        stem += f"-{hashlib.sha256(profile.encode()).hexdigest()[:10]}"
    return f"{SECRET_VARIABLES[field]}__{stem.replace('-', '_').upper()}"


def references_for(profile: str) -> Mapping[str, tuple[str, ...]]:
    """The references of each secret of a profile, in the order in which they are tried.

    The plain ONEROSTER_CLIENT_SECRET is none: it would go to every district. The vendor's own pair is the same for
    all.
    """
    from oneroster_checks.diagnosis.host_task import ENVIRONMENT, KEYRING

    found: dict[str, tuple[str, ...]] = {}
    for field in SECRET_FIELDS:
        found[field] = (f"{ENVIRONMENT}{secret_variable(field, profile)}", f"{KEYRING}{profile}")
        if field != "client_secret":
            found[field] += (f"{ENVIRONMENT}{SECRET_VARIABLES[field]}",)
    return found
