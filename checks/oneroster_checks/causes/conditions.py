"""When a step is taken that depends on a fact, in words for whoever reads about a cause without a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CLAUSE = re.compile(r"\[\[(?:([?-])([a-z_]++)\|)?((?:(?!\[\[|\]\]).)*+)\]\]", re.DOTALL)

# By the name of the fact: when it is known, and when it is not; "" where no step asks, or the step itself says it.
CONDITIONS: Mapping[str, tuple[str, str]] = {
    "address_unproven": ("If nothing shows that the base URL is there", ""),
    "client_certificate": ("If a client certificate is required", "If no client certificate is required"),
    "disk": ("If this computer's disk was full or not writable", "For any other limit"),
    "fixed_token": ("With a fixed token", "Without a fixed token"),
    "followed": ("If data came from there", "If no data came from there"),
    "grade_book": ("If the grade book is not known to be shared", ""),
    "grant": (
        "If the server says that the grant is not allowed",
        "If the server says nothing about the grant",
    ),
    "minutes": ("", ""),
    "needs_account": ("With OneRoster 1.1", ""),
    "none_accepted": ("If no scope was accepted", ""),
    "oauth": ("With OAuth 2", ""),
    "login": ("If it asks for a user name and password", "If it asks for a key"),
    "maintenance": ("If a maintenance page came back", "If no maintenance page came back"),
    "partly": ("", "If all requests are blocked"),
    "post": ("If a new record is refused with 404 or 405 in OneRoster 1.2", ""),
    "root": ("If data came back at an address of the other version", "If the path alone shows it"),
    "roles_gone": ("If a whole role is missing", ""),
    "scope": ("If a scope was entered", ""),
    "scope_asked": ("", "If it was not asked for"),
    "seconds": ("If the time was used up", ""),
    "student_enrollments": ("If no student is enrolled", ""),
    "teacher_enrollments": ("If no teacher is enrolled", ""),
    "typed_scope": ("If one was entered and no scope was accepted", ""),
    "unconnected": ("If it happened before the connection was made", "If it happened after that"),
    "unexpected": ("If the new profile does not expect it", "If it was requested"),
    "unused": ("If it is the token URL", "If it is the base URL"),
    "wanted": ("", "If OAuth 1 and OneRoster 1.2 were chosen"),
    "wants_token_url": ("If the server asked for OAuth 2 and no token URL is entered", ""),
    "who": ("", "If nobody at all is enrolled"),
    "without_scope": ("If none is needed", ""),
    "worker": ("If the checks ran on a cluster", "If the checks ran on this computer"),
}


def spelled_out(template: str) -> str:
    """The template of a step with its conditions in words where it is nothing but optional clauses, else as it is."""
    if _CLAUSE.sub("", template).strip():
        return template
    clauses = [found.groups("") for found in _CLAUSE.finditer(template)]
    # A sentence that is added where a fact is known, and is no step, says nothing without it.
    told = [(sign, fact, text) for sign, fact, text in clauses if sign or not text.startswith(" ")]
    return " ".join(_sentence(*each) for each in told)


def _sentence(sign: str, fact: str, text: str) -> str:
    when = CONDITIONS.get(fact, ("", ""))[sign == "-"]
    text = text.strip()
    if not when:
        return text
    if text.startswith("If ") and when.startswith("If "):
        return f"{when} and {text.removeprefix('If ')}"
    return f"{when}, {text[:1].lower()}{text[1:]}"
