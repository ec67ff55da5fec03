"""The three colour themes and where the stylesheets lie.

Colours stand here and nowhere else: stylesheets and widgets name theme variables only. Every theme
keeps text, muted text and placeholders at 4.5:1 and control borders at 3:1 on each background they
stand on (WCAG 2.2, success criteria 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from pathlib import Path

from textual.theme import Theme

STYLE_NAMES = ("base", "forms", "lists", "wizard", "dialogs")


def style_paths() -> list[str | Path]:
    """Give the stylesheets in the order they are read, as absolute paths for `App.CSS_PATH`."""
    folder = Path(__file__).parent / "styles"
    return [folder / f"{name}.tcss" for name in STYLE_NAMES]


def _theme(
    name: str,
    *,
    dark: bool,
    background: str,
    surface: str,
    panel: str,
    text: str,
    muted: str,
    primary: str,
    secondary: str,
    success: str,
    error: str,
    edge: str,
    rule: str,
    selection: str,
    selection_text: str,
) -> Theme:
    """Spell one palette out into the variables Textual and the house stylesheets ask for."""
    return Theme(
        name=name,
        dark=dark,
        primary=primary,
        secondary=secondary,
        accent=primary,
        warning=primary,
        error=error,
        success=success,
        foreground=text,
        background=background,
        surface=surface,
        panel=panel,
        variables={
            "text": text,
            "text-muted": muted,
            "text-disabled": muted,
            "foreground-muted": muted,
            "foreground-disabled": muted,
            "muted": muted,
            "placeholder": muted,
            "edge": edge,
            "edge-focus": primary,
            "rule": rule,
            "on-primary": background,
            "chip": panel,
            "chip-text": text,
            "border": primary,
            "border-blurred": edge,
            "surface-active": panel,
            "block-cursor-background": primary,
            "block-cursor-foreground": background,
            "block-cursor-text-style": "none",
            "block-cursor-blurred-background": panel,
            "block-cursor-blurred-foreground": text,
            "block-cursor-blurred-text-style": "none",
            "block-hover-background": surface,
            "input-cursor-background": text,
            "input-cursor-foreground": background,
            "input-selection-background": selection,
            "input-selection-foreground": selection_text,
            "screen-selection-background": selection,
            "screen-selection-foreground": selection_text,
            "footer-background": panel,
            "footer-foreground": text,
            "footer-key-foreground": primary,
            "footer-description-foreground": text,
            "scrollbar": edge,
            "scrollbar-hover": edge,
            "scrollbar-active": primary,
            "scrollbar-background": surface,
            "scrollbar-background-hover": surface,
            "scrollbar-background-active": surface,
            "scrollbar-corner-color": surface,
            "button-foreground": text,
            "button-color-foreground": background,
            "link-color": secondary,
            "link-background-hover": panel,
            "link-color-hover": text,
        },
    )


def house_themes() -> tuple[Theme, Theme, Theme]:
    """Make the themes lamplight (dark, the default), daylight (light) and contrast."""
    lamplight = _theme(
        "lamplight",
        dark=True,
        background="#15171B",
        surface="#1C1F25",
        panel="#272B33",
        text="#ECE7DD",
        muted="#A29C90",
        primary="#E8B15D",
        secondary="#86C1C7",
        success="#9BCB8A",
        error="#EE8C70",
        edge="#7B8089",
        rule="#3A3F49",
        selection="#5A4A2C",
        selection_text="#FFFFFF",
    )
    daylight = _theme(
        "daylight",
        dark=False,
        background="#FBF8F1",
        surface="#F3EEE2",
        panel="#E6DFCF",
        text="#22201C",
        muted="#5A554B",
        primary="#7E4B00",
        secondary="#17565F",
        success="#285F24",
        error="#9C2B14",
        edge="#756D5E",
        rule="#CFC6B3",
        selection="#F2D18E",
        selection_text="#22201C",
    )
    contrast = _theme(
        "contrast",
        dark=True,
        background="#000000",
        surface="#000000",
        panel="#1A1A1A",
        text="#FFFFFF",
        muted="#D6D6D6",
        primary="#FFD34D",
        secondary="#84E9F4",
        success="#93F593",
        error="#FFA38F",
        edge="#FFFFFF",
        rule="#8A8A8A",
        selection="#FFD34D",
        selection_text="#000000",
    )
    return lamplight, daylight, contrast
