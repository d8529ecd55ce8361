"""The facts that a template cannot do without."""

from __future__ import annotations

import re

from oneroster_checks.causes.template import facts_used

_CLAUSE = re.compile(r"\[\[.*?\]\]", re.DOTALL)


def facts_required(template: str) -> frozenset[str]:
    """The names of the facts that stand outside of optional clauses."""
    return facts_used(_CLAUSE.sub("", template))
