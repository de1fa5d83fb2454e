"""What every use case needs: the workspace, today's date, and the workspace's settings.

`status` on warm caches opens a context but reads no settings, so the modules that parse them are imported on first use.
"""

from __future__ import annotations

import os
from functools import cached_property

from sprintkit.errors import InputError, Problem
from sprintkit.store.workspace import SETTINGS_FILE, find_workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from typing import Any, TypeVar

    from sprintkit.charter.judge_setting import JudgeSetting
    from sprintkit.charter.lexicon import Lexicon
    from sprintkit.charter.settings import Settings
    from sprintkit.signoff.ssh import AllowedSigners
    from sprintkit.store.workspace import Workspace

    T = TypeVar("T")

KNOWN_SETTINGS = ("schema", "thresholds", "words", "judge", "theme", "pictures", "keys", "paper", "signing")
SIGNING_FILES = ("allowed_signers", "revoked_keys")
"""The settings of `[signing]`: each the path of a file, by default the file of the same name in the workspace."""


class WorkspaceContext:
    """A workspace on one day. Settings and word lists are read on first use.

    `raw_settings`, `settings` and `lexicon` raise InputError if `sprintkit.toml` is not valid.
    """

    def __init__(self, workspace: Workspace, today: date) -> None:
        self.workspace = workspace
        self.today = today

    @property
    def root(self) -> str:
        """Absolute path of the workspace."""
        return self.workspace.root

    def on_day(self, day: date) -> WorkspaceContext:
        """The same workspace on another day; its settings are not read again."""
        from copy import copy

        context = copy(self)
        context.today = day
        return context

    def fingerprint(self, slug: str | None = None) -> int:
        """A number that changes whenever a sprint file or the settings file is added, removed or modified.

        With `slug`, only that sprint's files count.
        """
        from sprintkit.store.fingerprint import workspace_fingerprint

        return workspace_fingerprint(self.workspace, slug)

    @cached_property
    def raw_settings(self) -> Mapping[str, Any]:
        """The document of `sprintkit.toml`; empty if there is none."""
        from sprintkit.store import house_files

        file = house_files.load_settings(self.workspace)
        if file is None:
            return {}
        from sprintkit.charter.judge_setting import judge_settings_in_words

        unknown = [key for key in file.document if key not in KNOWN_SETTINGS]
        if unknown:
            known = ", ".join(KNOWN_SETTINGS[1:])
            raise InputError.from_problems(
                Problem("unknown_key", f"{key} is not a setting. Known: {known}.", SETTINGS_FILE)
                for key in unknown
            )
        wrong_types = [
            Problem("wrong_type", f"{key} must be {expected}.", SETTINGS_FILE)
            for key, kind, expected in (
                ("thresholds", dict, "a table"),
                ("words", dict, "a table of languages"),
                ("judge", str, judge_settings_in_words()),
                ("theme", str, "the name of a theme"),
                ("pictures", str, '"braille", "sextants" or "blocks"'),
                ("keys", dict, "a table"),
                ("paper", str, '"a4" or "letter"'),
                ("signing", dict, "a table"),
            )
            if not isinstance(file.document.get(key, kind()), kind)
        ]
        wrong_types = wrong_types or _signing_problems(file.document.get("signing", {}))
        if wrong_types:
            raise InputError.from_problems(wrong_types)
        return file.document

    def ignore_settings_file(self) -> None:
        """Use the built-in settings, because `sprintkit.toml` is not valid and that has been reported."""
        self.raw_settings = {}

    @cached_property
    def settings(self) -> Settings:
        """All thresholds, including those that the workspace overrides."""
        from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings

        thresholds = self.raw_settings.get("thresholds")
        if not thresholds:
            return DEFAULT_SETTINGS
        return _name_settings_file(lambda: Settings.from_mapping(thresholds))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The word lists of the rules, with the entries that the workspace adds."""
        from sprintkit.charter.lexicon import build_lexicon, built_in_lexicon

        words = self.raw_settings.get("words")
        return _name_settings_file(lambda: build_lexicon(words)) if words else built_in_lexicon()

    @cached_property
    def judge(self) -> JudgeSetting:
        """How strictly the judge comments on answers. Raises InputError, as `settings` does."""
        from sprintkit.charter.judge_setting import (
            DEFAULT_JUDGE_SETTING,
            JUDGE_SETTINGS,
            judge_settings_in_words,
        )

        typed = self.raw_settings.get("judge", DEFAULT_JUDGE_SETTING)
        for setting in JUDGE_SETTINGS:
            if setting == typed:
                return setting
        raise InputError.from_problems(
            [Problem("wrong_choice", f"judge must be {judge_settings_in_words()}.", SETTINGS_FILE)]
        )

    @cached_property
    def signing_files(self) -> tuple[str, bytes | None, bytes | None]:
        """The path of the file of allowed signers, its bytes, and the bytes of the revoked keys; None for an absent file.

        Raises InputError if one of them cannot be read.
        """
        from sprintkit.store import house_files

        signing = self.raw_settings.get("signing", {})
        paths = [signing.get(name, name) for name in SIGNING_FILES]
        allowed, revoked = (house_files.load_signing_file(self.workspace, path) for path in paths)
        if revoked is None and "revoked_keys" in signing:
            raise InputError("there is no such file", code="not_found", path=paths[1])
        return paths[0], allowed, revoked

    @property
    def allowed_signers(self) -> AllowedSigners:
        """The people whose SSH keys count. Raises InputError as `signing_files` does."""
        from sprintkit.signoff.ssh import AllowedSigners

        return AllowedSigners(*self.signing_files)


def _signing_problems(signing: Mapping[str, Any]) -> list[Problem]:
    """The problems of the table `[signing]`."""
    known = ", ".join(SIGNING_FILES)
    return [
        Problem("unknown_key", f"signing.{key} is not a setting. Known: {known}.", SETTINGS_FILE)
        for key in signing
        if key not in SIGNING_FILES
    ] + [
        Problem("wrong_type", f"signing.{key} must be the path of a file.", SETTINGS_FILE)
        for key in SIGNING_FILES
        if not isinstance(signing.get(key, ""), str) or signing.get(key, key) == ""
    ]


def _name_settings_file(make: Callable[[], T]) -> T:
    """Call `make`, and attribute its problems to `sprintkit.toml`."""
    try:
        return make()
    except InputError as error:
        problems = [problem._replace(path=SETTINGS_FILE) for problem in error.problems]
        raise InputError.from_problems(problems) from None


def open_context(start: str | os.PathLike[str] | None, today: date) -> WorkspaceContext:
    """The context of the workspace that contains `start` (None: the current folder). Raises InputError."""
    return WorkspaceContext(find_workspace("." if start is None else start), today)
