"""What a server says of a signed request that it refuses, in codes that are published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from ..http.answer import Answer
from ..limits import PAGE_CHARACTERS

# The codes of the OAuth 1 extension for problem reporting; any other text is for people and is not read.
_PROBLEMS = frozenset(
    """version_rejected parameter_absent parameter_rejected timestamp_refused nonce_used signature_invalid
    signature_method_rejected consumer_key_unknown consumer_key_rejected consumer_key_refused token_used
    token_expired token_revoked token_rejected additional_authorization_required permission_unknown
    permission_denied user_refused""".split()
)
_CODE_FIELDS = ("oauth_problem", "error", "errorCode", "error_code", "code")
_RANGE = re.compile(r"([0-9]{9,11})-([0-9]{9,11})")


@dataclass(frozen=True, slots=True)
class OAuthProblem:
    """The code of a refusal, "" without one; `server_time` is what the server takes for now, None when not said."""

    code: str = ""
    server_time: int | None = None


def problem_of(answer: Answer) -> OAuthProblem:
    """The problem in an answer: in its challenge, as a form in its body, or in its JSON."""
    for fields in _sources(answer):
        code = next((fields[name] for name in _CODE_FIELDS if fields.get(name, "") in _PROBLEMS), "")
        if code:
            span = _RANGE.fullmatch(fields.get("oauth_acceptable_timestamps", ""))
            return OAuthProblem(code, (int(span[1]) + int(span[2])) // 2 if span else None)
    return OAuthProblem()


def wants_bearer(answer: Answer) -> bool:
    """Whether an answer asks for a token of OAuth 2, and not for a signature as well."""
    asked = answer.challenges
    return "bearer" in asked and "oauth" not in asked


def _sources(answer: Answer) -> Iterator[Mapping[str, str]]:
    yield answer.challenges.get("oauth", {})
    yield dict(parse_qsl(answer.text[:PAGE_CHARACTERS].strip()))
    document = answer.document
    if isinstance(document, dict):
        yield {str(name): value for name, value in document.items() if isinstance(value, str)}
