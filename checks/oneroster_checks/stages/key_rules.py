"""The rules for keys and secrets: pure functions of a target."""

from __future__ import annotations

from dataclasses import replace

from ..labels import field_label
from ..target import Target
from .model import Outcome, failed, passed, skipped, warned


def missing_key_outcome(target: Target) -> Outcome:
    """Whether the client id and the client secret are there at all; nothing can be asked without them."""
    needed = ("client_secret",) if target.connection.fixed_token else ("client_id", "client_secret")
    empty = [field for field in needed if not target.keys[field].text]
    if not empty:
        return passed()
    also = field_label(empty[1]) if len(empty) > 1 else None
    return failed("key.missing", field=empty[0], also=also, fixed_token=_fixed_token(target))


def key_format_outcome(target: Target) -> Outcome:
    """Whether the client id looks like one of this provider (infinite-campus.md, A)."""
    prefix = target.provider.client_id_prefix
    if not target.client_id:
        return skipped("there is no client id")
    if target.client_id.startswith(prefix):
        return passed()
    return warned("key.unexpected-format", field="client_id", expected=prefix)


def key_characters_outcome(target: Target) -> Outcome:
    """Whether a pasted key or secret brought characters that nobody meant."""
    found = {field: clean for field, clean in target.keys.items() if clean.strange}
    if not found:
        return passed()
    first = next(iter(found))
    if len(found) == 1:
        what = found[first].strange
    else:
        fixed = target.connection.fixed_token
        what = "; ".join(
            f"{field_label(name, fixed_token=fixed)}: {clean.strange}" for name, clean in found.items()
        )
    suggestion = found[first].text if first == "client_id" else None
    outcome = warned(
        "key.stray-characters",
        field=first,
        what=what,
        suggestion=suggestion,
        fixed_token=_fixed_token(target),
    )
    # What stood around a key was taken off before it was sent; only what is inside can be to blame. The vendor's own
    # pair is sent with the grade book alone, and a token or a signature is not refused because of it.
    to_blame = any(found[field].inside for field in ("client_id", "client_secret") if field in found)
    return replace(outcome, to_blame=to_blame)


def _fixed_token(target: Target) -> bool | None:
    """The fact that the client secret is a fixed token; None where it is not."""
    return True if target.connection.fixed_token else None
