"""The check of a fixed bearer token, which takes the place of the token that is requested."""

from __future__ import annotations

from ..finding import Stage
from ..target import Target
from .context import RunContext
from .model import Check, Outcome, Precondition, passed


def _not_fixed(target: Target) -> str | None:
    return None if target.connection.fixed_token else "the token is not fixed"


async def _take(run: RunContext) -> Outcome:
    from ..authorized import Authorized, AuthorizedBy
    from ..client.authorization import Bearer

    run.data.authorizer = Bearer(run.secret, authorized=Authorized(AuthorizedBy.FIXED_TOKEN))
    return passed()


CHECKS: tuple[Check, ...] = (
    Check(
        "token.fixed", "Fixed token",
        "Whether there is a fixed token to send; the first data request shows whether it is accepted.",
        Stage.TOKEN, _take, requires=(Precondition.ADDRESS, Precondition.NETWORK),
        establishes=Precondition.AUTHORIZED, applies=_not_fixed, fields=("client_secret",),
        in_order="It is sent with the data requests, which show whether it is accepted.",
    ),
)  # fmt: skip
