"""Every screen at 80 by 24 and 120 by 36, and two of them in light and without colour, as they were agreed."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.pictures.scenes import SCENES, Scene, draw

SIZES = ((80, 24), (120, 36))
CHANGED = [scene for scene in SCENES if scene.name in ("connection", "checklist-gradebook")]


class SvgExtension(SingleFileSnapshotExtension):
    """One SVG file a snapshot."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def svg(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(SvgExtension)


def _same(picture: str, kept: SnapshotAssertion) -> bool:
    # A plain assert of two long texts would explain their difference for minutes.
    return bool(kept == picture)


@pytest.mark.usefixtures("keyring_unlocked")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_screen(scene: Scene, size: tuple[int, int], tmp_path: Path, svg: SnapshotAssertion) -> None:
    assert _same(await draw(scene, tmp_path / "profiles", size), svg)


@pytest.mark.parametrize("scene", CHANGED, ids=lambda scene: scene.name)
async def test_screen_in_light(scene: Scene, tmp_path: Path, svg: SnapshotAssertion) -> None:
    assert _same(await draw(scene, tmp_path / "profiles", (80, 24), light=True), svg)


@pytest.mark.parametrize("scene", CHANGED, ids=lambda scene: scene.name)
async def test_screen_without_colour(
    scene: Scene, tmp_path: Path, svg: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert _same(await draw(scene, tmp_path / "profiles", (80, 24)), svg)
