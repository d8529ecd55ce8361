"""Servers that are particular about scopes: what they grant, when they look at it, and what they want it for."""

from __future__ import annotations

from collections.abc import Mapping

from ...servers import Reply, Request
from .district import Change
from .replies import oauth_says
from .shapes import V11, V12

CORE_1_1, CORE_1_2 = f"{V11}roster-core.readonly", f"{V12}roster-core.readonly"
ROSTER_1_1, ROSTER_1_2 = f"{V11}roster.readonly", f"{V12}roster.readonly"
DEMOGRAPHICS_1_1, DEMOGRAPHICS_1_2 = (
    f"{V11}roster-demographics.readonly",
    f"{V12}roster-demographics.readonly",
)
GRADES_1_1, GRADES_1_2 = f"{V11}gradebook.readonly", f"{V12}gradebook.readonly"
_ROSTER = """orgs schools academicSessions terms gradingPeriods courses classes users students teachers
    enrollments""".split()
_INVALID = oauth_says(400, "invalid_scope")


def roster_needs(scope: str) -> Mapping[str, str]:
    """The whole roster wants this scope, and a token without it is good for nothing."""
    return dict.fromkeys(_ROSTER, scope)


def only_scope(
    scope: str, *, other: Reply = _INVALID, none: Reply = _INVALID, before_the_key: bool = False
) -> Change:
    """A client that may have one scope and no other: `other` and `none` say so of another scope and of none.

    With `before_the_key` the scope is judged first, and the credentials of a right scope only.
    """

    def change(request: Request, honest: Reply) -> Reply:
        asked = request.form.get("scope", "")
        if asked == scope or (honest.status != 200 and not before_the_key):
            return honest
        return other if asked else none

    return change
