"""Hypothesis' way to the same cases, so that a failing one shrinks to the few mutations that matter."""

from __future__ import annotations

from hypothesis import strategies as st

from .case import BASES, FOR_WHOM, PROVIDERS, SHARES, WAYS, WHERE, Case, Step, consistent
from .mutations import DRAWN, MUTATIONS, RARE

# Each once, simple ones first; what is drawn often stands there often.
_KINDS = (*(name for name in MUTATIONS if name not in RARE), *DRAWN)
_LARGEST_SEED = 999_999
_MOST_STEPS = 6

steps = st.builds(Step, st.sampled_from(_KINDS), st.sampled_from(WHERE), st.integers(0, _LARGEST_SEED))
cases = st.builds(
    Case,
    st.lists(steps, min_size=1, max_size=_MOST_STEPS).map(tuple),
    way=st.sampled_from(WAYS),
    oneroster=st.sampled_from(("1.2", "1.1")),
    provider=st.sampled_from(PROVIDERS),
    share=st.sampled_from(SHARES),
    base=st.none() | st.sampled_from(BASES),
    full=st.integers(0, 7).map(lambda drawn: drawn == 7),
    small=st.integers(0, 7).map(lambda drawn: drawn == 7),
    vendor=st.booleans(),
    again=st.integers(0, 7).map(lambda drawn: drawn == 7),
    consumer=st.sampled_from(FOR_WHOM),
).map(consistent)
