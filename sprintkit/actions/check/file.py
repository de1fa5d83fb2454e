"""One file under the rules, as a charter or draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final

from sprintkit.actions.check.report import RECORD, Examined
from sprintkit.actions.check.serialise import agreed, told
from sprintkit.charter import rules
from sprintkit.charter.findings import ERROR, Finding
from sprintkit.charter.lexicon import ENGLISH, WordLists
from sprintkit.charter.parsing import ParsedCharter, as_problems, parse_lenient
from sprintkit.charter.settings import DEFAULTS, Settings
from sprintkit.errors import InputError
from sprintkit.store import files
from sprintkit.store.toml import codec

Judge = Callable[[ParsedCharter], list[Finding]]

_IDS: Final = (("plan", "milestones"), ("success_metric", "guardrails"), ("process", "questions"))


def file(
    path: str, settings: Settings, words: WordLists, shown: str | None = None, slug: str | None = None
) -> Examined:
    """One file that the user named, as a charter; `shown` is its path in the workspace, where it lies in one."""
    judge = partial(rules.run_rules, settings=settings, words=words)
    made = Examined([], [], [], 1, None)
    try:
        document = codec.parse(files.read_bytes(None, path), path)
    except InputError as error:
        made.problems.extend(tuple(problem._replace(path=shown or path)) for problem in error.problems)
        return made
    return judged(made, parse_lenient(document), shown or path, slug, judge)


def judged(made: Examined, reading: ParsedCharter, path: str, slug: str | None, judge: Judge) -> Examined:
    """A charter or draft: its findings, or its unknown keys."""
    if reading.unknown_keys:
        made.problems.extend(tuple(problem) for problem in as_problems(reading.unknown_keys, path))
        return made
    findings = [*judge(reading), *doubles(reading.document)]
    made.entries.append(entry_of(path, slug, reading.charter.depth, findings))
    figures = agreed(reading.charter)
    agreement = None if figures is None else {"path": path, "slug": slug, **figures}
    return made._replace(id=reading.charter.charter.id, agreement=agreement)


def entry_of(path: str, slug: str | None, depth: str | None, findings: Iterable[Finding]) -> dict[str, Any]:
    return {"path": path, "slug": slug, "depth": depth, **told(findings)}


def doubles(document: Mapping[str, Any]) -> list[Finding]:
    """Items of one list that have one id: what two people added, and Git merged without a word."""
    found = []
    for root, name in _IDS:
        table = document.get(root)
        items = table.get(name) if isinstance(table, Mapping) else None
        seen: dict[str, int] = {}
        for at, item in enumerate(items if isinstance(items, list) else ()):
            key = item.get("id") if isinstance(item, Mapping) else None
            if not isinstance(key, str) or not key.strip():
                continue
            if key in seen:
                path = f"{root}.{name}[{at}].id"
                told = (
                    f"{path} is '{key}', the id of {root}.{name}[{seen[key]}] too. Give one of them another."
                )
                found.append(Finding(RECORD, ERROR, path, told))
            seen.setdefault(key, at)
    return found


__all__ = ["DEFAULTS", "ENGLISH", "Judge", "doubles", "entry_of", "file", "judged"]
