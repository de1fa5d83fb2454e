"""The characters that draw the lines of charts: braille dots where the terminal can show them, else blocks.

No terminal says which characters its font has. So a setting and a key decide, and the environment only if it is certain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class PictureStyle(NamedTuple):
    """How the lines of a chart are drawn."""

    marker: str
    """plotext's name of the style."""
    dots: int
    """Dots in a cell from top to bottom."""
    sample: str
    """A few of its characters, to see whether the terminal shows them."""


STYLES: Final = {
    "braille": PictureStyle("braille", 4, "⣀⠤⠒⠉"),
    "sextants": PictureStyle("fhd", 3, "🬭🬋🬂"),
    "blocks": PictureStyle("hd", 2, "▄▀"),
}
"""The styles by name, from fine to coarse."""
PLAIN_TERMINALS: Final = ("linux", "dumb", "vt100", "vt220")
"""Values of TERM whose fonts have blocks at most."""


def choose_pictures(name: str | None, environment: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the name of the style called `name`, and None.

    Without a name, or with an unknown one, it is the default for the terminal that `environment` describes: braille, or
    blocks if it cannot show braille. An unknown name is explained by the sentence in the second place.
    """
    default = "blocks" if _has_only_blocks(environment) else "braille"
    if name is None:
        return default, None
    normalised = name.strip().casefold()
    if normalised in STYLES:
        return normalised, None
    import difflib  # needed only for an unknown name

    matches = difflib.get_close_matches(normalised, STYLES, 1, 0.5)
    hint = f"Did you mean {matches[0]}?" if matches else f"Available: {', '.join(STYLES)}."
    return default, f"There is no style of pictures of that name. {hint}"


def next_style(name: str) -> str:
    """Return the name of the style after the one called `name`; after the last one, the first."""
    names = list(STYLES)
    return names[(names.index(name) + 1) % len(names)]


def _has_only_blocks(environment: Mapping[str, str]) -> bool:
    locale = environment.get("LC_ALL") or environment.get("LC_CTYPE") or environment.get("LANG") or ""
    _, _, charset = locale.partition(".")
    is_unicode = not charset or charset.casefold().replace("-", "").startswith("utf8")
    return environment.get("TERM", "") in PLAIN_TERMINALS or not is_unicode
