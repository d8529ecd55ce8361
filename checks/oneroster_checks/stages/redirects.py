"""The check of redirects: data that is found only by following one, and the address to use instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding import Stage
from .context import RunContext
from .failures import shown_location
from .model import Check, Outcome, passed, warned

if TYPE_CHECKING:
    from ..client.redirects import Redirect


async def _redirects(run: RunContext) -> Outcome:
    followed = run.data.redirects
    if not followed:
        return passed()
    # A base that moved can be put in its field; a slash that is missing cannot.
    telling = next((each for each in followed if each.root), followed[0])
    return warned(
        "access.redirected",
        *dict.fromkeys(answer.evidence for each in followed[:2] for answer in (each.answer, each.behind)),
        host=run.target.base_place.host,
        path=telling.path,
        status=telling.answer.status,
        location=None if telling.slash else shown_location(run, telling.answer),
        followed=len(followed),
        suggestion=_new_base(run, telling),
        detail="a slash at the end of the path is missing" if telling.slash else None,
        field="base_url",
    )


def _new_base(run: RunContext, redirect: Redirect) -> str:
    """The base URL with which nothing is redirected, "" where no other base explains the redirect."""
    if not redirect.root:
        return ""
    typed = run.target.base.root
    # What the checks add behind a base URL does not go into its field.
    added = next(
        (root.removeprefix(typed) for root in run.target.roots.values() if root.startswith(typed)), ""
    )
    return run.redactor.server_text(redirect.root.removesuffix(added))


CHECKS: tuple[Check, ...] = (
    Check(
        "access.redirects", "Redirects",
        "Whether data is at the requested address, with no redirect to follow.",
        Stage.ACCESS, _redirects, requires=("access.data",), fields=("base_url",),
        # One collection alone may have moved.
        after=("sharing.rostering", "gradebook.read"),
    ),
)  # fmt: skip
