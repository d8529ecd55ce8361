"""A whole session as one picture that moves: from the block that a district sent to the message that goes back."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from oneroster_wizard.steps import WizardStep

from ..tui.wizard_driver import Driver
from .scenes import CHECKLIST, GOING, PASTE, SCENES, START_EMPTY, Scene, draw

NAME = "session"
SIZE = (96, 30)
_STEPS = {scene.step: scene for scene in SCENES}


async def _copy(driver: Driver) -> None:
    await driver.press("s")
    await driver.until(lambda: "opied" in driver.words())
    # Where the copy was put is a folder of its own each time.
    driver.app.screen.say("Copied. If nothing pastes, the same text is in a file.")  # type: ignore[attr-defined]


async def _fill_in(driver: Driver) -> None:
    assert PASTE.act is not None
    await PASTE.act(driver)
    await driver.press("ctrl+n")


# Each scene with the seconds for which it stands.
FRAMES: tuple[tuple[Scene, float], ...] = (
    (START_EMPTY, 1.2),
    (PASTE, 1.8),
    (replace(PASTE, name="filled", act=_fill_in), 1.4),
    (_STEPS[WizardStep.SECRETS], 1.0),
    (GOING, 1.0),
    (_STEPS[WizardStep.RUN], 1.6),
    (CHECKLIST, 2.2),
    (replace(CHECKLIST, name="copied", act=_copy), 1.8),
)
_OPENING = re.compile(r"<svg [^>]*viewBox=\"0 0 ([0-9.]+) ([0-9.]+)\"[^>]*>")
# The fonts of a picture are the same in each.
_FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)


async def draw_session(folder: Path) -> str:
    """The moving picture, as SVG with CSS animations; who wants no motion sees its last frame."""
    whole = sum(seconds for _, seconds in FRAMES)
    parts, rules, begins = [], [], 0.0
    width = height = ""
    for number, (scene, seconds) in enumerate(FRAMES):
        svg = await draw(scene, folder / str(number), SIZE)
        opening = _OPENING.match(svg)
        assert opening is not None
        width, height = opening.groups()
        fonts = _FONTS.findall(svg) if number == 0 else []
        body = _FONTS.sub("", svg[opening.end() : svg.rindex("</svg>")])
        parts.append(f'<g class="frame" id="frame-{number}"><style>{"".join(fonts)}</style>{body}</g>')
        first, last = (100 * moment / whole for moment in (begins, begins + seconds))
        rules.append(_rule(number, first, last))
        begins += seconds
    style = (
        f".frame {{ visibility: hidden; animation: {whole:g}s step-end infinite; }}\n"
        + "\n".join(rules)
        + "\n@media (prefers-reduced-motion: reduce) { .frame { animation: none; } "
        + f"#frame-{len(FRAMES) - 1} {{ visibility: visible; }} }}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><style>{style}</style>'
        + "".join(parts)
        + "</svg>\n"
    )


def _rule(number: int, first: float, last: float) -> str:
    """When a frame is seen, in hundredths of the whole."""
    moments = [f"{first:.2f}% {{ visibility: visible; }}"]
    if first > 0:
        moments.insert(0, "0% { visibility: hidden; }")
    if last < 100:
        moments.append(f"{last:.2f}% {{ visibility: hidden; }}")
    return (
        f"@keyframes show-{number} {{ {' '.join(moments)} }} "
        f"#frame-{number} {{ animation-name: show-{number}; }}"
    )
