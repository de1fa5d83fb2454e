"""What every use case is given: the workspace, the day, and what the workspace sets for itself."""

from __future__ import annotations

import os
from functools import cached_property

from sprintkit.errors import InputError, Problem
from sprintkit.store import workspace as places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from typing import Any, TypeVar

    from sprintkit.charter.lexicon import WordLists
    from sprintkit.charter.settings import Settings
    from sprintkit.store.workspace import Workspace

    T = TypeVar("T")

_KNOWN = ("schema", "thresholds", "words", "theme", "keys", "paper")


class WorkspaceContext:
    """A workspace on one day. Settings and word lists are read when they are first asked for.

    `custom`, `settings` and `words` raise InputError where `sprintkit.toml` cannot be read as what it should be.
    """

    def __init__(self, workspace: Workspace, today: date) -> None:
        self.workspace = workspace
        self.today = today

    @property
    def root(self) -> str:
        """Full path of the workspace."""
        return self.workspace.root

    @cached_property
    def custom(self) -> Mapping[str, Any]:
        """The document of `sprintkit.toml`; empty where there is none."""
        from sprintkit.store import house_files  # the parser is not needed where the index answers

        stored = house_files.load_settings(self.workspace)
        if stored is None:
            return {}
        unknown = [key for key in stored.document if key not in _KNOWN]
        if unknown:
            raise InputError.of(
                Problem(
                    "unknown_key", f"{key} is no setting. Known: {', '.join(_KNOWN[1:])}.", places.SETTINGS
                )
                for key in unknown
            )
        wrong = [
            Problem("wrong_type", f"{key} must be {wanted}.", places.SETTINGS)
            for key, kind, wanted in (
                ("thresholds", dict, "a table"),
                ("words", dict, "a table of languages"),
                ("theme", str, "the name of a theme"),
                ("keys", dict, "a table"),
                ("paper", str, '"a4" or "letter"'),
            )
            if not isinstance(stored.document.get(key, kind()), kind)
        ]
        if wrong:
            raise InputError.of(wrong)
        return stored.document

    @cached_property
    def settings(self) -> Settings:
        """Every threshold, with what the workspace changes."""
        from sprintkit.charter.settings import DEFAULTS, Settings

        own = self.custom.get("thresholds")
        return _of_settings(lambda: Settings.from_mapping(own)) if own else DEFAULTS

    @cached_property
    def words(self) -> WordLists:
        """The word lists of the rules, with what the workspace adds."""
        from sprintkit.charter.lexicon import ENGLISH, word_lists

        own = self.custom.get("words")
        return _of_settings(lambda: word_lists(own)) if own else ENGLISH


def _of_settings(make: Callable[[], T]) -> T:
    try:
        return make()
    except InputError as error:
        raise InputError.of(problem._replace(path=places.SETTINGS) for problem in error.problems) from None


def open_context(start: str | os.PathLike[str] | None, today: date) -> WorkspaceContext:
    """The desk of the workspace that `start` (None: the current folder) lies in. Raises InputError."""
    return WorkspaceContext(places.find("." if start is None else start), today)
