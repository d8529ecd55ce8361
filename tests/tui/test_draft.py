"""The draft of the wizard: who is asked for the vendor's pair, and what its repr never holds."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import Connection, OneRosterVersion, Share
from oneroster_wizard.draft import Draft


@pytest.mark.parametrize(
    ("provider", "oneroster", "share", "wanted"),
    [
        ("infinite-campus", "1.2", ("rostering",), False),
        ("infinite-campus", "1.1", ("rostering", "gradebook"), True),
        ("infinite-campus", "1.2", ("rostering", "assessments"), True),
        ("infinite-campus", "1.1", ("rostering", "assessments"), False),
        ("generic", "1.2", ("rostering", "gradebook"), False),
    ],
)
def test_the_vendor_pair_is_asked_for_where_calls_need_it(
    provider: str, oneroster: OneRosterVersion, share: tuple[Share, ...], wanted: bool
) -> None:
    draft = Draft(connection=Connection(provider=provider, oneroster=oneroster, share=share))
    assert draft.wants_vendor_pair is wanted


def test_what_was_pasted_stands_in_no_repr() -> None:
    draft = Draft(as_typed={"pasted": "Secret: canary-in-a-mail"})
    assert "canary-in-a-mail" not in repr(draft)
