"""Every mutation by its name, and how often each is drawn."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from . import bodies, codings, framing, headers, lines, planted, redirects, shapes, tokens, values
from .sent import Asked, Sent

Mutation = Callable[[Random, Sent, Asked], None]

MUTATIONS: dict[str, Mutation] = {
    name: mutation
    for module in (lines, headers, framing, codings, bodies, values, shapes, tokens, redirects, planted)
    for name, mutation in module.MUTATIONS.items()
}
# Those that make a client wait or compute cost time: a few are enough.
RARE = frozenset({"framing.stall", "framing.trickle", "framing.interim", "codings.bomb", "bodies.crowd"})
# Those that make sense for a token only.
FOR_TOKENS = frozenset(name for name in MUTATIONS if name.startswith("tokens.")) | {"planted.granted"}
# How often one of a group is drawn: what leaves the run alive shows more of it.
_WEIGHTS = {"values": 10, "shapes": 8, "planted": 10, "headers": 8, "redirects": 6, "tokens": 6}
_OTHERS = 4
DRAWN = tuple(
    name
    for name in MUTATIONS
    for _ in range(1 if name in RARE else _WEIGHTS.get(name.partition(".")[0], _OTHERS))
)
