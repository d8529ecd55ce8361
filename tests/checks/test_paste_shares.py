"""Which parts of the data a pasted text says are shared."""

from __future__ import annotations

import pytest

from oneroster_checks.paste import read_block

FOUR = """Key: InfiniteCampus_12345
Secret: b5a1-0c2d3e4f5a6b
Base URL: https://elm.infinitecampus.org/campus/api/oneroster/v1p2/elm/ims/oneroster
Token URL: https://elm.infinitecampus.org/campus/oauth2/token?appName=elm
"""
MENTIONED = "mentions the grade book"


@pytest.mark.parametrize(
    ("more", "share", "mentioned"),
    [
        ("", (), False),
        ("Data to Share: Rostering, Grade Book", ("rostering", "gradebook"), False),
        ("- data you expect: Rostering; Demographics; Gradebook", ("rostering", "demographics", "gradebook"), False),
        ("| Data to Share | Rostering, Assessments |", ("rostering", "assessments"), False),
        ("Shared data = resources", ("resources",), False),
        ("Data to Share: Rostering, but not Grade Book", (), False),
        ("Vendor key: ourpair-123456\nVendor secret: ours-123456", ("gradebook",), False),
        ("Data to Share: Assessments\nVendor key: ourpair-123456\nVendor secret: ours-123456",
         ("assessments",), False),
        ("We share rostering and the grade book with you.", (), True),
        ("Gradebook URL: https://elm.infinitecampus.org/campus/ims/oneroster/gradebook/v1p2", (), False),
        ("Data to Share:", (), False),
    ],
)  # fmt: skip
def test_what_a_text_says_is_shared(more: str, share: tuple[str, ...], mentioned: bool) -> None:
    pasted = read_block(FOUR + more)
    assert pasted.share == share
    assert any(MENTIONED in note for note in pasted.notes) is mentioned
    assert set(pasted.fields) == {"base_url", "token_url", "client_id"}
