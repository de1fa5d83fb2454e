"""The signs that draw the lines of pictures: fine ones where the terminal shows them, else blocks.

No terminal says which signs its font has, so a setting and a key decide, and the environment only where it is sure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class PictureStyle(NamedTuple):
    """How lines are drawn: plotext's marker, the dots that a cell has from top to bottom, and a sample to judge by."""

    marker: str
    dots: int
    sample: str


STYLES: Final = {
    "braille": PictureStyle("braille", 4, "⣀⠤⠒⠉"),
    "sextants": PictureStyle("fhd", 3, "🬭🬋🬂"),
    "blocks": PictureStyle("hd", 2, "▄▀"),
}
"""From fine to coarse."""
PLAIN_TERMINALS: Final = ("linux", "dumb", "vt100", "vt220")
"""Values of TERM whose fonts have blocks at most."""


def choose_pictures(name: str | None, environment: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the style called `name`, and a sentence if there is none of that name.

    Without a name it is braille; blocks where the terminal cannot show it.
    """
    usual = "blocks" if _has_only_blocks(environment) else "braille"
    if name is None:
        return usual, None
    normalised = name.strip().casefold()
    if normalised in STYLES:
        return normalised, None
    import difflib  # only for a name that is unknown

    matches = difflib.get_close_matches(normalised, STYLES, 1, 0.5)
    hint = f"Did you mean {matches[0]}?" if matches else f"Available: {', '.join(STYLES)}."
    return usual, f"There is no way to draw pictures of that name. {hint}"


def next_style(name: str) -> str:
    """Return the name of the style after this one."""
    names = list(STYLES)
    return names[(names.index(name) + 1) % len(names)]


def _has_only_blocks(environment: Mapping[str, str]) -> bool:
    locale = environment.get("LC_ALL") or environment.get("LC_CTYPE") or environment.get("LANG") or ""
    _, _, charset = locale.partition(".")
    is_unicode = not charset or charset.casefold().replace("-", "").startswith("utf8")
    return environment.get("TERM", "") in PLAIN_TERMINALS or not is_unicode
