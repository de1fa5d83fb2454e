"""The themes: dark, light and high contrast. `theme` in sprintkit.toml names one of them."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DEFAULT: Final = "dark"

THEMES: Final = {
    "dark": Theme(
        name="dark",
        primary="#7aa2f7",
        secondary="#9aa5ce",
        accent="#7dcfff",
        foreground="#e0e0e0",
        background="#121212",
        surface="#1c1d22",
        panel="#282a32",
        success="#8fce6a",
        warning="#f0b45a",
        error="#ff7b8a",
        dark=True,
        variables={
            "row": "#21345a",
            "faint": "#9a9fae",
            "rule": "#44464f",
            "key": "#7dcfff",
            "frame": "#7aa2f7",
        },
    ),
    "light": Theme(
        name="light",
        primary="#1f4fb4",
        secondary="#4a5678",
        accent="#0b5fa5",
        foreground="#1b2030",
        background="#fbfbfd",
        surface="#f1f3f8",
        panel="#e3e7f0",
        success="#1c6b2c",
        warning="#8a5200",
        error="#b3142c",
        dark=False,
        variables={
            "row": "#d6e2f9",
            "faint": "#565f76",
            "rule": "#b9c1d3",
            "key": "#0b5fa5",
            "frame": "#1f4fb4",
        },
    ),
    "high-contrast": Theme(
        name="high-contrast",
        primary="#ffff00",
        secondary="#ffffff",
        accent="#00ffff",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1a1a1a",
        success="#7dff7d",
        warning="#ffd500",
        error="#ff8080",
        dark=True,
        text_alpha=1.0,
        variables={
            "row": "#0000a8",
            "faint": "#e0e0e0",
            "rule": "#ffffff",
            "key": "#00ffff",
            "frame": "#ffff00",
        },
    ),
}
"""The themes by name. Screens name colours, such as `row` (the line in focus) and `frame` (the border of a dialog)."""


PLAIN: Final = {
    "no-colour": Theme(
        name="no-colour",
        primary="#ffffff",
        secondary="#ffffff",
        accent="#ffffff",
        foreground="#f0f0f0",
        background="#101010",
        surface="#1c1c1c",
        panel="#2a2a2a",
        success="#ffffff",
        warning="#ffffff",
        error="#ffffff",
        dark=True,
        variables={
            "row": "#4a4a4a",
            "faint": "#bcbcbc",
            "rule": "#606060",
            "key": "#ffffff",
            "frame": "#8c8c8c",
        },
    ),
    "no-colour-light": Theme(
        name="no-colour-light",
        primary="#000000",
        secondary="#000000",
        accent="#000000",
        foreground="#101010",
        background="#fcfcfc",
        surface="#f0f0f0",
        panel="#e2e2e2",
        success="#000000",
        warning="#000000",
        error="#000000",
        dark=False,
        variables={
            "row": "#c8c8c8",
            "faint": "#525252",
            "rule": "#a8a8a8",
            "key": "#000000",
            "frame": "#7a7a7a",
        },
    ),
}
"""The themes that replace the others under NO_COLOR, where colours turned into grey would dim what matters."""


def without_colour(name: str) -> str:
    """Return the name of the theme that replaces `name` under NO_COLOR."""
    return "no-colour-light" if name in ("light", "no-colour-light") else "no-colour"


def choose_theme(name: str | None) -> tuple[str, str | None]:
    """Return the name of the theme called `name` (or of the default), and a sentence if `name` is unknown."""
    if name is None:
        return DEFAULT, None
    normalised = name.strip().casefold().replace(" ", "-")
    if normalised in THEMES:
        return normalised, None
    import difflib

    matches = difflib.get_close_matches(normalised, THEMES, 1, 0.5)
    hint = f"Did you mean {matches[0]}?" if matches else f"Available: {', '.join(THEMES)}."
    return DEFAULT, f"There is no theme of that name. {hint}"
