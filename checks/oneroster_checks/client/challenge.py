"""The challenge of a WWW-Authenticate header as words, without what is of use to a program only."""

from __future__ import annotations

from collections.abc import Collection, Mapping

_KEYS = ("realm", "error", "error_description", "oauth_problem", "oauth_problem_advice")
# The schemes that are named behind the first one; any other word there may be anything.
_SCHEMES = frozenset({"bearer", "basic", "digest", "oauth", "negotiate", "ntlm"})
_LONGEST_SCHEME = 20
# How a scheme is written, where that is not its first letter large.
_WRITTEN = {"oauth": "OAuth", "ntlm": "NTLM"}


def challenge_words(challenges: Mapping[str, Mapping[str, str]], said: Collection[str] = ()) -> list[str]:
    """The schemes of a challenge with realm and error, as one text; none without a challenge.

    What was `said` already is not said again.
    """
    parts: list[str] = []
    for place, (scheme, parameters) in enumerate(challenges.items()):
        if scheme not in _SCHEMES and (place > 0 or len(scheme) > _LONGEST_SCHEME):
            continue
        parts.append(_WRITTEN.get(scheme, scheme.capitalize()))
        parts += [
            f'{key}="{value}"'
            for key, value in parameters.items()
            if key in _KEYS and value and value not in said
        ]
    return [f"WWW-Authenticate: {' '.join(parts)}"] if parts else []
