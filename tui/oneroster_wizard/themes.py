"""The colors of the wizard: dark and light, and both again in black and white for NO_COLOR.

Every text has a contrast of at least 4.5:1 to what it stands on (WCAG 2.1, success criterion 1.4.3); a test holds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.theme import Theme


@dataclass(frozen=True, slots=True)
class Palette:
    """The colors of one theme. Texts stand on `background`, `surface`, or `panel`; `on_primary` on `primary`."""

    background: str
    surface: str
    panel: str
    foreground: str
    muted: str
    primary: str
    on_primary: str
    frame: str
    success: str
    warning: str
    error: str
    accent: str
    link: str
    cursor: str
    on_cursor: str
    is_dark: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """Every color in which a text is written on a background of the screen."""
        return (
            self.foreground,
            self.muted,
            self.success,
            self.warning,
            self.error,
            self.accent,
            self.link,
        )

    @property
    def grounds(self) -> tuple[str, ...]:
        """The backgrounds of the screen."""
        return self.background, self.surface, self.panel


DARK = Palette(
    background="#0f141b",
    surface="#151c26",
    panel="#1e2836",
    foreground="#e8eef5",
    muted="#a3b3c5",
    primary="#2f81f7",
    on_primary="#04101f",
    frame="#3b4b60",
    success="#5fd97a",
    warning="#f0c046",
    error="#ff8a80",
    accent="#c5a6ff",
    link="#7cc0ff",
    cursor="#203c5e",
    on_cursor="#ffffff",
    is_dark=True,
)
LIGHT = Palette(
    background="#f5f7fa",
    surface="#ffffff",
    panel="#e4eaf1",
    foreground="#1b222b",
    muted="#4a5665",
    primary="#0b5cc0",
    on_primary="#ffffff",
    frame="#a9b6c5",
    success="#12622b",
    warning="#7a4a00",
    error="#a9131b",
    accent="#5b30a8",
    link="#0a4fa8",
    cursor="#cfe1f8",
    on_cursor="#0b1a2b",
    is_dark=False,
)


def _without_color(ink: str, paper: str, *, is_dark: bool) -> Palette:
    return Palette(
        *(paper, paper, paper, ink, ink, ink, paper, ink, ink, ink, ink, ink, ink, ink, paper),
        is_dark=is_dark,
    )


# What is kept of a choice, which holds with color and without.
DARK_THEME, LIGHT_THEME = "dark", "light"

# By whether color is wanted, and whether the theme is dark.
PALETTES = {
    (True, True): DARK,
    (True, False): LIGHT,
    (False, True): _without_color("#ffffff", "#000000", is_dark=True),
    (False, False): _without_color("#000000", "#ffffff", is_dark=False),
}


def theme_name(*, color: bool, dark: bool) -> str:
    """The name under which a theme is known to the app."""
    return f"oneroster-{'dark' if dark else 'light'}{'' if color else '-no-color'}"


def themes() -> list[Theme]:
    """All of them."""
    return [
        _theme(theme_name(color=color, dark=dark), palette) for (color, dark), palette in PALETTES.items()
    ]


def _theme(name: str, palette: Palette) -> Theme:
    return Theme(
        name=name,
        primary=palette.primary,
        secondary=palette.link,
        accent=palette.accent,
        warning=palette.warning,
        error=palette.error,
        success=palette.success,
        foreground=palette.foreground,
        background=palette.background,
        surface=palette.surface,
        panel=palette.panel,
        dark=palette.is_dark,
        variables={
            "text": palette.foreground,
            "text-muted": palette.muted,
            "text-disabled": palette.muted,
            "text-success": palette.success,
            "text-warning": palette.warning,
            "text-error": palette.error,
            "text-accent": palette.accent,
            "text-primary": palette.link,
            "text-secondary": palette.link,
            "foreground-muted": palette.muted,
            "foreground-disabled": palette.muted,
            "frame": palette.frame,
            "border": palette.primary,
            "border-blurred": palette.frame,
            "primary-muted": palette.cursor,
            "block-cursor-background": palette.cursor,
            "block-cursor-foreground": palette.on_cursor,
            "block-cursor-blurred-background": palette.panel,
            "block-cursor-blurred-foreground": palette.foreground,
            "block-cursor-text-style": "bold",
            "button-foreground": palette.foreground,
            "button-color-foreground": palette.on_primary,
            "button-focus-text-style": "bold underline",
            "input-selection-background": palette.cursor,
            "input-selection-foreground": palette.on_cursor,
            "input-cursor-background": palette.foreground,
            "input-cursor-foreground": palette.background,
            "footer-key-foreground": palette.link,
            "link-color": palette.link,
            "scrollbar": palette.frame,
            "scrollbar-hover": palette.muted,
            "scrollbar-active": palette.primary,
            "scrollbar-background": palette.background,
            "scrollbar-background-hover": palette.background,
            "scrollbar-background-active": palette.background,
            "scrollbar-corner-color": palette.background,
        },
    )
