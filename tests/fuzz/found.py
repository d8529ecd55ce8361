"""Cases that fuzzing has found: each failed once, and runs in the test suite ever after."""

from __future__ import annotations

from .case import Case, Step

FOUND: dict[str, Case] = {
    "a person in the filter of a query": Case((Step("planted.person", "some", 1),)),
    "a person in the address of a followed redirect": Case((Step("planted.person", "some", 12),)),
    "all of a person in the address of a followed redirect": Case((Step("planted.person", "some", 14),)),
    "a check of a full read that runs again": Case((Step("line.status", "every", 1),), full=True, again=True),
}
