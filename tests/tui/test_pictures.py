"""The pictures of the README are those of the wizard as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pictures import FOLDER, SIZE
from tests.pictures.scenes import OTHERS, SCENES, Scene, draw
from tests.pictures.session import NAME, draw_session


@pytest.mark.usefixtures("keyring_unlocked")
@pytest.mark.parametrize("scene", [*SCENES, *OTHERS], ids=lambda scene: scene.name)
async def test_a_picture_is_up_to_date(scene: Scene, tmp_path: Path) -> None:
    kept = FOLDER / f"{scene.name}.svg"
    assert kept.exists(), "run `make screenshots`"
    # Not compared with ==, whose explanation of two long texts takes minutes.
    same = kept.read_text(encoding="utf-8") == await draw(scene, tmp_path / "profiles", SIZE)
    assert same, f"{kept.name} is out of date: run `make screenshots`"


@pytest.mark.usefixtures("keyring_unlocked")
async def test_the_session_is_up_to_date(tmp_path: Path) -> None:
    kept = FOLDER / f"{NAME}.svg"
    assert kept.exists(), "run `make screenshots`"
    same = kept.read_text(encoding="utf-8") == await draw_session(tmp_path)
    assert same, f"{kept.name} is out of date: run `make screenshots`"


def test_no_other_picture_lies_beside_them() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {scene.name for scene in (*SCENES, *OTHERS)} | {
        NAME
    }
