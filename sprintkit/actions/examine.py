"""One sprint or one file under the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from ..charter import rules
from ..charter.findings import Finding
from ..charter.reading import Reading, as_problems, read
from ..charter.settings import DEFAULTS, Settings
from ..charter.words import ENGLISH, WordLists
from ..errors import Unusable
from ..store import files
from .audit import audit, doubles
from .check import Examined
from .desk import Desk
from .sprint import load
from .verdict import told

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
        made = _charter(made, found.draft or read(main.document), main.path, slug, judge)
    elif not {place, desk.workspace.charter(slug)} & found.files.broken:
        made = _charter(made, read({}), place, slug, judge)
    # A charter read leniently is told by its findings; beside a draft it still has to load.
    read_so = main.path if main is not None else None
    made.problems.extend(tuple(problem) for problem in found.problems if problem.path != read_so)
    for path, findings in audit(found, judge).items():
        made.entries.append(_entry(path, slug, None, findings))
    return made


def file(path: str, settings: Settings, words: WordLists) -> Examined:
    """One file that the user named, as a charter."""
    made = Examined([], [], [], 1, None)
    try:
        document = files.read(None, path).document
    except Unusable as error:
        made.problems.extend(tuple(problem) for problem in error.problems)
        return made
    return _charter(made, read(document), path, None, partial(rules.check, settings=settings, words=words))


def _charter(made: Examined, reading: Reading, path: str, slug: str | None, judge: Judge) -> Examined:
    """A charter or draft: its findings, or its unknown keys."""
    if reading.unknown_keys:
        made.problems.extend(tuple(problem) for problem in as_problems(reading.unknown_keys, path))
        return made
    findings = [*judge(reading), *doubles(reading.document)]
    made.entries.append(_entry(path, slug, reading.charter.depth, findings))
    return made._replace(id=reading.charter.charter.id)


def _entry(path: str, slug: str | None, depth: str | None, findings: Iterable[Finding]) -> dict[str, Any]:
    return {"path": path, "slug": slug, "depth": depth, **told(findings)}


__all__ = ["DEFAULTS", "ENGLISH", "file", "sprint"]
