"""Depth full: whether the token may have the scopes to write grades, without writing anything."""

from __future__ import annotations

from ..finding import Stage
from ..standard.operations import SCOPE_PREFIX
from ..standard.scopes import short_scope, write_scopes
from ..target import Target
from .context import RunContext
from .model import Check, Depth, Outcome, known, passed, skipped, warned
from .token_search import ask_for_token


def _not_asked(target: Target) -> str | None:
    if not target.connection.requests_token:
        return "no token is requested"
    return None if target.connection.shares("gradebook") else "you do not expect the grade book"


async def _write_scope(run: RunContext) -> Outcome:
    from ..client.token_meaning import TokenMeaning

    token = run.token
    if token is None:
        return skipped("no token was issued")
    wanted = write_scopes(run.connection.oneroster)
    if not token.asked_scope and not token.scope:
        # It was issued without a scope, and says nothing of what it may be used for.
        return passed(*run.story.evidence[-1:])
    prefix = SCOPE_PREFIX[run.connection.oneroster]
    asked = " ".join(dict.fromkeys([*token.asked_scope.split(), *(prefix + name for name in wanted)]))
    answer = await ask_for_token(run, token.form, asked)
    facts = known({"host": run.target.token_place.host, "status": answer.answer.status})
    if answer.token is None:
        if answer.meaning is not TokenMeaning.BAD_SCOPE:
            return skipped("the token request with the scopes to write failed", answer.evidence)
        if not token.asked_scope:
            return skipped("this server issues tokens without a scope", answer.evidence)
        return warned(
            "token.write-scope-refused", answer.evidence, **facts, error=answer.error or "invalid_scope",
            scope_needed=" ".join(prefix + name for name in wanted),
        )  # fmt: skip
    granted = {short_scope(scope).lower() for scope in (answer.token.scope or "").split()}
    if not any(name.startswith(("roster", "gradebook")) for name in granted):
        return passed(answer.evidence)
    lacking = tuple(name for name in wanted if name not in granted)
    if not lacking:
        return passed(answer.evidence, scope_needed=" ".join(wanted))
    needed = " ".join(prefix + name for name in lacking)
    return warned("token.write-scope-refused", answer.evidence, **facts, scope_needed=needed)


CHECKS: tuple[Check, ...] = (
    Check(
        "token.write-scope", "Scopes for writing grades",
        "Whether a token with the scopes to write grades would be issued. The token is not used.",
        Stage.GRADEBOOK, _write_scope, requires=("token.issue", "gradebook.read"),
        after=("gradebook.content",), depth=Depth.FULL, applies=_not_asked,
        in_order="[[The scopes {scopes_needed} were granted.]]",
    ),
)  # fmt: skip
