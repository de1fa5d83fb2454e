"""What the rules find: in sprints with their records, and in files anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ..charter import rules
from ..charter.findings import ERROR, Finding
from ..charter.reading import Reading, as_problems, read
from ..charter.settings import DEFAULTS, Settings
from ..charter.words import ENGLISH, WordLists
from ..errors import ExitCode, Problem, SprintkitError, Unusable
from ..store import files
from .audit import audit, doubles
from .desk import Desk
from .result import Result
from .sprint import Sprint, load
from .verdict import told
from .view import one_a_file


def check(desk: Desk, targets: Sequence[str] = ()) -> Result:
    """Findings of sprints and files, of all sprints if none is named; exit 1 with an error among them.

    Reads leniently, as a draft. Exit 2 where a file cannot be read or has an unknown key: `data` is None then,
    or holds the rest where there is more than one file. Raises Unusable for what is neither sprint nor file.
    """
    slugs = desk.workspace.slugs()
    named = list(targets) or slugs
    pile = _Pile(desk.settings, desk.words)
    for target in named:
        if target in slugs:
            pile.sprint(load(desk, target))
        elif _is_file(target):
            pile.file(target)
        else:
            desk.workspace.known(target)
    pile.ids(desk, slugs, named)
    return pile.result()


def check_files(targets: Sequence[str]) -> Result:
    """As `check`, for files that lie in no workspace."""
    pile = _Pile(DEFAULTS, ENGLISH)
    for target in targets:
        if not _is_file(target):
            raise Unusable(
                f"{target} is no file, and there is no workspace here",
                code="not_found",
                hint="Check the name.",
            )
        pile.file(target)
    return pile.result()


def explain(rule_id: str) -> Result:
    """One rule: condition, reason, strong and weak answer, source. Raises Unusable for an unknown one."""
    rule = rules.explain(rule_id)
    data = {
        "rule": rule.id,
        "severity": rule.severity,
        "condition": rule.when,
        "message": rule.says,
        "reason": rule.because,
        "weak": rule.weak,
        "strong": rule.strong,
        "source": rule.source,
        "reads": list(rule.reads),
    }
    return Result("check", data)


def _is_file(target: str) -> bool:
    try:
        return "/" in target or target.endswith(".toml") or Path(target).exists()
    except (OSError, ValueError):
        return True


class _Pile:
    """What was found so far."""

    def __init__(self, settings: Settings, words: WordLists) -> None:
        self.settings = settings
        self.words = words
        self.entries: list[dict[str, Any]] = []
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.read = 0
        self.charters: dict[str, str] = {}
        """Entries of charters by the id they have."""

    def sprint(self, sprint: Sprint) -> None:
        """The draft, else the charter, and every record of a sprint."""
        found = sprint.files
        self.read += sprint.file_count
        main = found.draft or found.charter
        if sprint.draft_pending:
            self.notes.append(f"{sprint.slug}: the draft is checked; the charter counts until it is saved.")
        broken = {problem.path for problem in sprint.problems}
        charter_path = f"sprints/{sprint.slug}/charter.toml"
        if main is not None:
            self.reading(sprint.draft or read(main.document), main.path, sprint.slug)
        elif charter_path not in broken and f"sprints/{sprint.slug}/draft.toml" not in broken:
            self.reading(read({}), f"sprints/{sprint.slug}/draft.toml", sprint.slug)
        told_already = () if main is None else (main.path,)
        # A charter read leniently is told by its findings; while a draft is checked it still has to load.
        self.problems.extend(problem for problem in sprint.problems if problem.path not in told_already)
        for path, findings in audit(sprint, self.rules).items():
            self.entry(path, sprint.slug, None, findings)

    def file(self, path: str) -> None:
        """One file that the user named, as a charter."""
        self.read += 1
        try:
            document = files.read(None, path).document
        except Unusable as error:
            self.problems.extend(error.problems)
            return
        self.reading(read(document), path, None)

    def reading(self, reading: Reading, path: str, slug: str | None) -> None:
        """A charter or draft: its findings, or its unknown keys."""
        if reading.unknown_keys:
            self.problems.extend(as_problems(reading.unknown_keys, path))
            return
        found = self.rules(reading)
        self.entry(path, slug, reading.charter.depth, [*found, *doubles(reading.document)])
        if reading.charter.charter.id:
            self.charters[path] = reading.charter.charter.id

    def rules(self, reading: Reading) -> list[Finding]:
        """All findings of the rules on one charter."""
        return rules.check(reading, settings=self.settings, words=self.words)

    def entry(self, path: str, slug: str | None, depth: str | None, findings: Iterable[Finding]) -> None:
        """An entry of `data.files`."""
        self.entries.append({"path": path, "slug": slug, "depth": depth, **told(findings)})

    def ids(self, desk: Desk, slugs: Sequence[str], named: Sequence[str]) -> None:
        """Tell where two sprints have one id."""
        if len(named) < 2:
            return
        first: dict[str, str] = {}
        for path, name in self.charters.items():
            other = first.setdefault(name, path)
            if other != path:
                finding = Finding(
                    "RECORD",
                    ERROR,
                    "charter.id",
                    f"charter.id is '{name}', which {other} has too. Give one another.",
                )
                entry = next(entry for entry in self.entries if entry["path"] == path)
                entry["findings"].append(finding._asdict())
                entry["errors"] += 1

    def result(self) -> Result:
        """All of it."""
        has_errors = any(entry["errors"] for entry in self.entries)
        data: dict[str, Any] | None = {"files": self.entries}
        if not self.problems:
            return Result("check", data, (), ExitCode.NO if has_errors else ExitCode.OK, tuple(self.notes))
        if self.read > 1:
            return Result("check", data, one_a_file(tuple(self.problems)), ExitCode.USAGE, tuple(self.notes))
        return Result("check", None, tuple(self.problems), ExitCode.USAGE, tuple(self.notes))


__all__ = ["SprintkitError", "check", "check_files", "explain"]
