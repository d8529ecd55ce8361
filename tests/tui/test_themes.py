"""The colors of the wizard: every text can be read on whatever it stands on, with color and without."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from textual.color import Color

from oneroster_wizard.app import WizardApp
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.themes import PALETTES, Palette, theme_name

from ..pictures.settled import settled_draft
from .wizard_driver import driving

# The least contrast of a text that is not large, by WCAG 2.1.
LEAST = 4.5


def luminance(color: Color) -> float:
    parts = (part / 255 for part in (color.r, color.g, color.b))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colors, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_the_one_of_the_standard() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda each: "dark" if each.is_dark else "light")
def test_every_text_can_be_read_on_every_ground(palette: Palette) -> None:
    pairs = [*product(palette.texts, palette.grounds)]
    pairs += [(palette.on_primary, palette.primary), (palette.on_cursor, palette.cursor)]
    # A button that has the focus is turned around.
    pairs.append((palette.background, palette.foreground))
    for text, ground in pairs:
        assert contrast(Color.parse(text), Color.parse(ground)) >= LEAST, (text, ground)


@pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
@pytest.mark.parametrize("step", list(WizardStep), ids=lambda step: step.title)
async def test_what_is_drawn_can_be_read(step: WizardStep, light: bool, tmp_path: Path) -> None:
    """Every cell with a letter in it, as the terminal gets it."""
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        if light:
            wizard.app.action_light_or_dark()
        await wizard.app.go(step, await settled_draft("token.invalid-client"))
        await wizard.step(step)
        faint = {
            (segment.text.strip(), segment.style.color.name, segment.style.bgcolor.name)
            for strip in wizard.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style is not None
            and segment.style.color is not None
            and segment.style.bgcolor is not None
            and any(char.isalnum() for char in segment.text)
            and contrast(
                Color.from_rich_color(segment.style.color), Color.from_rich_color(segment.style.bgcolor)
            )
            < LEAST
        }
    assert faint == set()


async def test_without_color_everything_is_black_or_white(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        assert wizard.app.theme == theme_name(color=False, dark=True)
        await wizard.app.go(WizardStep.CHECKLIST, await settled_draft("token.invalid-client"))
        await wizard.step(WizardStep.CHECKLIST)
        found = {
            part.triplet.hex
            for strip in wizard.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style is not None and segment.text.strip()
            for part in (segment.style.color, segment.style.bgcolor)
            if part is not None and part.triplet is not None
        }
    assert found == {"#000000", "#ffffff"}


@pytest.mark.parametrize("key", ["1", "2"])
async def test_without_color_the_words_under_the_cursor_are_seen(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.app.go(WizardStep.CHECKLIST, await settled_draft("token.invalid-client"))
        await wizard.step(WizardStep.CHECKLIST)
        await wizard.press(key)
        await wizard.until(lambda: wizard.focused in ("points", "rows"))
        hidden = [
            segment.text
            for strip in wizard.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style is not None
            and segment.text.strip()
            and segment.style.color is not None
            and segment.style.color == segment.style.bgcolor
        ]
    assert hidden == []
