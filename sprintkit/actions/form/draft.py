"""What stands in a form, kept on disk until its record is: a killed form opens where it was."""

from __future__ import annotations

from collections.abc import Mapping

from ...store import drafts
from ..desk import Desk


class Draft:
    """The draft of one form of a workspace, by its name."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.root = desk.root
        self.name = name

    def load(self) -> dict[str, str]:
        """The answers that stood in the form; none where there is no draft, or none that can be read."""
        found = (drafts.load_form(self.root, self.name) or {}).get("answers")
        if not isinstance(found, dict):
            return {}
        return {key: value for key, value in found.items() if isinstance(value, str)}

    def save(self, answers: Mapping[str, str]) -> None:
        """Keeps the answers. Raises NotWritten."""
        drafts.save_form(self.root, self.name, {"answers": dict(answers)})

    def forget(self) -> None:
        """Removes the draft, if there is one. Raises NotWritten."""
        drafts.delete_form(self.root, self.name)
