"""The cause that this tool owns: a check that broke."""

from __future__ import annotations

from .model import Cause, you

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="tool.fault",
        title="A check of this tool broke",
        summary="The check {check} stopped because of a fault in this tool ({error}).",
        why="It is a fault of this tool and says nothing about the district. The other checks went on.",
        detection="The check raised an error of its own. What a server does never shows as this cause.",
        fix=(
            you("Copy the ticket summary: it holds the tool's version and no secret."),
            you("Report it with that summary to the makers of oneroster-wizard, naming {check} and {error}."),
            you("Update oneroster-wizard if there is a newer version, then run the checks again."),
        ),
        source="this tool",
    ),
)
