"""Arguments that several commands share. It imports nothing."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser

SPRINT = "SPRINT"
SPRINT_OR_FILE = "SPRINT or FILE"
FILE = "FILE"
PATH = "PATH"
DIR = "DIR"
SOURCE = "SOURCE"
"""Placeholders of arguments; shell completion offers slugs, files, folders or the data sources of the sprint for them."""


def add_sprint(parser: ArgumentParser, *, is_optional: bool = False) -> None:
    """Add the argument SPRINT, as `sprint`."""
    parser.add_argument(
        "sprint", metavar=SPRINT, nargs="?" if is_optional else None, help="the name of its folder"
    )


def add_from(parser: ArgumentParser, content: str) -> None:
    """Add the option `--from FILE`, as `source`; `content` says what the file holds."""
    parser.add_argument("--from", dest="source", metavar=FILE, help=f"{content}, as TOML; - reads from stdin")
