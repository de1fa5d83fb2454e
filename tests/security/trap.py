"""How a trap is declared, and the workspace that it is laid in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import tomli_w

from tests.conftest import example

CANARY_COMMAND: Final = "canary-command"
SECRET: Final = "the-secret-outside"
"""A text in every file of `outside/`. Whatever prints it has read there."""
INVISIBLE: Final = "\x1b[31m\x1b]0;t\x07\x9b2J \u202egpj.exe\u2066 \u200b\u2028 \x00 \x7f"
MARKUP: Final = (
    "[/] [TODO] [b +x] [@click=app.quit]go[/] {{ 7*7 }} {% raw %} <script>alert(1)</script> </td><img src=x> "
    '#read("/etc/passwd") $x$ `#panic()` @ref *b* _i_ | x | [l](javascript:alert(1)) ![i](http://127.0.0.1/x) --> \\'
)
SHELL_NAMES: Final = (
    f"$({CANARY_COMMAND})",
    f"`{CANARY_COMMAND}`",
    f";{CANARY_COMMAND};",
    f"|{CANARY_COMMAND}",
    f"&{CANARY_COMMAND}&",
    f"x\n{CANARY_COMMAND}\n",
    f"'$({CANARY_COMMAND})'",
    f'"$({CANARY_COMMAND})"',
    f"a[$({CANARY_COMMAND})]",
    f"({CANARY_COMMAND})",
    f"lead$({CANARY_COMMAND})",
)
"""Names that a shell would run."""


class Trap(NamedTuple):
    """One thing that could do harm."""

    name: str
    harm: str
    """What it would do to a program that is not careful."""
    lay: Callable[[Place], None]
    is_single: bool
    """Whether it takes a place that a workspace has once, and so gets a workspace of its own."""


class Place:
    """The workspace that a trap is laid in."""

    def __init__(self, root: Path, outside: Path) -> None:
        self.root = root
        self.outside = outside

    def path(self, name: str) -> Path:
        """A path in the workspace whose folders are there."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, name: str, content: str | bytes | dict[str, Any]) -> Path:
        """Write a file: text, bytes, or a TOML document."""
        path = self.path(name)
        if isinstance(content, dict):
            content = tomli_w.dumps(content)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return path

    def link(self, name: str, target: str | Path) -> None:
        """Make a link."""
        self.path(name).symlink_to(target)

    def add_charter(self, slug: str, source: str = "lead", *, checkins: int = 0) -> dict[str, Any]:
        """Add the sprint of an example with its first check-ins. Returns its document."""
        document = example(source)
        document["charter"]["id"] = slug if slug.isascii() and slug.isalnum() else "lead"
        self.write(f"sprints/{slug}/charter.toml", document)
        for record in example(f"{source}.records")["checkins"][:checkins]:
            self.write(f"sprints/{slug}/checkins/week-{record['week']:02}.toml", {"schema": 1, **record})
        return document


TRAPS: Final[list[Trap]] = []


def trap(lay: Callable[[Place], None]) -> Callable[[Place], None]:
    """Declare a trap in the common workspace."""
    TRAPS.append(Trap(lay.__name__, (lay.__doc__ or "").strip(), lay, False))
    return lay


def single(lay: Callable[[Place], None]) -> Callable[[Place], None]:
    """Declare a trap in a workspace of its own, which has the good sprint `lead`."""
    TRAPS.append(Trap(lay.__name__, (lay.__doc__ or "").strip(), lay, True))
    return lay
