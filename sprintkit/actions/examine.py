"""One sprint or one file under the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from ..charter import rules
from ..charter.findings import Finding
from ..charter.reading import Reading, as_problems, read
from ..charter.settings import DEFAULTS, Settings
from ..charter.words import ENGLISH, WordLists
from ..errors import Unusable
from ..records.testimony import not_taken_in
from ..store import files
from ..store.workspace import SPRINTS
from .audit import audit, doubles
from .desk import Desk
from .examined import Examined
from .sprint import load
from .verdict import agreed, told

Judge = Callable[[Reading], list[Finding]]


def sprint(desk: Desk, slug: str, *, listed: bool = False) -> Examined:
    """The draft of a sprint, else its charter, and every record. Raises Unusable for an unknown one."""
    found = load(desk, slug, listed=listed)
    judge = partial(rules.check, settings=desk.settings, words=desk.words)
    place = desk.workspace.draft(slug)
    made = Examined([], [], [], found.file_count, None)
    if found.draft_pending:
        made.notes.append(f"{slug}: the draft is checked; the charter counts until it is saved.")
    main = found.files.draft or found.files.charter
    if main is not None:
        made = _charter(made, found.draft or found.agreed or read(main.document), main.path, slug, judge)
    elif not {place, desk.workspace.charter(slug)} & found.files.broken:
        made = _charter(made, read({}), place, slug, judge)
    # A charter read leniently is told by its findings; beside a draft it still has to load.
    read_so = main.path if main is not None else None
    made.problems.extend(tuple(problem) for problem in found.problems if problem.path != read_so)
    sheets = [filed.record for filed in found.testimonies]
    if left := not_taken_in(sheets, found.latest.charter):
        told = "1 answer" if len(left) == 1 else f"{len(left)} answers"
        made.notes.append(
            f"{slug}: {told} given alone to be taken in: sprintkit scope {slug}, section Process."
        )
    # Against a charter that does not load, every name in every record would be wrong.
    is_lost = found.agreed is None and (
        found.files.charter is not None or desk.workspace.charter(slug) in found.files.broken
    )
    if not is_lost:
        for path, findings in audit(found, judge).items():
            made.entries.append(_entry(path, slug, None, findings))
    elif found.file_count > 1:
        made.notes.append(f"{slug}: its records are checked once its charter can be read.")
    return made


def file(
    path: str, settings: Settings, words: WordLists, shown: str | None = None, slug: str | None = None
) -> Examined:
    """One file that the user named, as a charter; `shown` is its path in the workspace, where it lies in one."""
    judge = partial(rules.check, settings=settings, words=words)
    made = Examined([], [], [], 1, None)
    try:
        document = files.read(None, path).document
    except Unusable as error:
        made.problems.extend(tuple(problem._replace(path=shown or path)) for problem in error.problems)
        return made
    return _charter(made, read(document), shown or path, slug, judge)


def file_of(desk: Desk, path: str) -> Examined:
    """One file that the user named; one of a sprint is what it is there, a record too."""
    inner = _inside(desk.root, path)
    parts = inner.split("/") if inner is not None else []
    if len(parts) < 3 or parts[0] != SPRINTS or parts[1] not in desk.workspace.slugs():
        return file(path, desk.settings, desk.words, inner)
    slug = parts[1]
    if inner in (desk.workspace.charter(slug), desk.workspace.draft(slug)):
        return file(path, desk.settings, desk.words, inner, slug)
    whole = sprint(desk, slug)
    entries = [entry for entry in whole.entries if entry["path"] == inner]
    problems = [problem for problem in whole.problems if problem[2] == inner]
    if not entries and not problems:
        files.read(desk.root, inner or path)  # raises for a file that is not there
        entries.append(_entry(inner or path, slug, None, ()))
    return Examined(entries, problems, [], 1, None)


def _inside(root: str, path: str) -> str | None:
    """The path relative to the workspace; None for a file that lies outside."""
    try:
        full = Path(path).resolve()
        return full.relative_to(root).as_posix() if full.is_relative_to(root) else None
    except (OSError, ValueError, RuntimeError):
        return None


def _charter(made: Examined, reading: Reading, path: str, slug: str | None, judge: Judge) -> Examined:
    """A charter or draft: its findings, or its unknown keys."""
    if reading.unknown_keys:
        made.problems.extend(tuple(problem) for problem in as_problems(reading.unknown_keys, path))
        return made
    findings = [*judge(reading), *doubles(reading.document)]
    made.entries.append(_entry(path, slug, reading.charter.depth, findings))
    figures = agreed(reading.charter)
    agreement = None if figures is None else {"path": path, "slug": slug, **figures}
    return made._replace(id=reading.charter.charter.id, agreement=agreement)


def _entry(path: str, slug: str | None, depth: str | None, findings: Iterable[Finding]) -> dict[str, Any]:
    return {"path": path, "slug": slug, "depth": depth, **told(findings)}


__all__ = ["DEFAULTS", "ENGLISH", "file", "file_of", "sprint"]
