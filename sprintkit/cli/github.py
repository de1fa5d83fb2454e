"""Formats findings as workflow commands of GitHub Actions, which shows them as annotations on the lines of files.

The syntax is `::error file=F,line=N,title=T::message`, with %, CR and LF escaped everywhere, and in properties also the
colon and the comma.
"""

from __future__ import annotations

import os
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sprintkit.actions.check.places import PlacedFinding


def annotation_lines(findings: Iterable[PlacedFinding]) -> Iterator[str]:
    """One workflow command per finding. Files inside the repository are named relative to its root, as on GitHub."""
    repository = Path(os.path.realpath(os.environ.get("GITHUB_WORKSPACE") or "."))
    for finding in findings:
        properties = {"title": finding.rule}
        if finding.file is not None:
            properties = {
                "file": _name_in(repository, finding.file),
                "line": str(finding.line),
                **properties,
            }
        listed = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
        yield f"::{finding.severity} {listed}::{_escape_data(finding.message)}"


def notice_lines(notes: Iterable[str]) -> Iterator[str]:
    """One workflow command per note."""
    return (f"::notice::{_escape_data(note)}" for note in notes)


def _name_in(folder: Path, path: str) -> str:
    """The path relative to `folder`, with slashes, if it is inside it; otherwise the path itself."""
    real_path = Path(os.path.realpath(Path(path).parent), Path(path).name)
    return real_path.relative_to(folder).as_posix() if real_path.is_relative_to(folder) else path


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
