"""Tables of districts for `profiles import`, and the keyring that takes their secrets."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest

from oneroster_wizard.storage.profiles import ProfileStore

from ..tui.test_keyring_half import FailingShelf

TITLES = "Name,Base URL,Token URL,Client id,Client secret,Vendor key,Vendor secret,Data you expect,Created,Scope,Tags"
SECRET, VENDOR_KEY, VENDOR_SECRET = "canary-1secret-5f2", "canary-2key-8a1", "canary-3vendor-9c4"
# A secret as most providers make them up, where nothing says that it is one.
MADE_UP = "aB3dEfG7hIjKlMnOpQrStUvWxYz12345"
LAKESIDE = (
    "Lakeside,https://lakeside.example/campus/api/oneroster/v1p2/app/ims/oneroster,"
    "https://lakeside.example/campus/oauth2/token?appName=app,InfiniteCampus_1,"
    f'{SECRET},{VENDOR_KEY},{VENDOR_SECRET},"rostering, grade book",8/15/2025,,"texas, pilot"'
)
HILL = "Hill,https://hill.example/ims/oneroster/v1p1,https://hill.example/token,InfiniteCampus_2,,,,,,,"
FIELDS = {
    "base_url": "https://lakeside.example/campus/api/oneroster/v1p2/app/ims/oneroster",
    "token_url": "https://lakeside.example/campus/oauth2/token?appName=app",
    "client_id": "InfiniteCampus_1",
}


@pytest.fixture
def shelf() -> FailingShelf:
    """A keyring of this process."""
    shelf = FailingShelf()
    keyring.set_keyring(shelf)
    return shelf


def file_of(folder: Path, *lines: str, name: str = "districts.csv") -> str:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def no_secret_in(text: str) -> None:
    assert [each for each in (SECRET, VENDOR_KEY, VENDOR_SECRET, MADE_UP) if each in text] == []


def names() -> list[str]:
    return [profile.name for profile in ProfileStore().list()[0]]
