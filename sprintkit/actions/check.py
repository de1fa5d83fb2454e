"""What the rules find: in sprints with their records, and in files anywhere.

What was found is kept in the user's cache folder as long as no file of it changes: of every sprint, as `status` does,
and of files in no workspace where there are many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..errors import ExitCode, Problem, Unusable
from ..store.index import Index
from .desk import Desk
from .examined import RECORD, Examined
from .result import Result

if TYPE_CHECKING:
    from ..store.kept import Kept

MANY = 100
"""Files in no workspace from which it pays to keep what was found in them."""


def check(desk: Desk, targets: Sequence[str] = ()) -> Result:
    """Findings of sprints and files, of all sprints if none is named; exit 1 with an error among them.

    Reads leniently, as a draft. Exit 2 where a file cannot be read or has an unknown key: `data` is None then,
    or holds the rest where there is more than one file. Raises Unusable for what is neither sprint nor file.
    """
    if not targets:
        return _result(_all(desk))
    slugs = desk.workspace.slugs()
    for target in targets:
        if target not in slugs and not _is_file(target):
            desk.workspace.known(target)  # raises, naming the nearest one

    from .examine import file_of, sprint

    return _result(
        [
            sprint(desk, target) if target in slugs else file_of(desk, target)
            for target in dict.fromkeys(targets)
        ]
    )


def check_files(targets: Sequence[str]) -> Result:
    """As `check`, for files that lie in no workspace."""
    for target in targets:
        if not _is_file(target):
            raise Unusable(
                f"{target} is no file, and there is no workspace here",
                code="not_found",
                hint="Check the name.",
            )

    def examine(target: str) -> Examined:
        from .examine import DEFAULTS, ENGLISH, file

        return file(target, DEFAULTS, ENGLISH)

    if len(targets) < MANY:
        return _result([examine(target) for target in targets])
    from ..store.kept import Kept

    return _result(_each(Kept(), targets, f"check {__version__}", examine))


def explain(rule_id: str) -> Result:
    """One rule: condition, reason, strong and weak answer, source. Raises Unusable for an unknown one."""
    from ..charter import rules

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


def _all(desk: Desk) -> list[Examined]:
    """Every sprint, from the index where nothing changed."""
    index = Index.open(desk.workspace)

    def examine(slug: str) -> Examined:
        from .examine import sprint

        return sprint(desk, slug, listed=True)

    return _each(
        index, index.slugs, f"check and agreement {index.stamp('sprintkit.toml')} {__version__}", examine
    )


def _each(
    kept: Index | Kept, names: Sequence[str], key: str, examine: Callable[[str], Examined]
) -> list[Examined]:
    """What was found in each of `names`: what was kept, and what `examine` finds in the others."""
    stored = {name: kept.get(name, key) for name in names}
    found = {name: Examined(*one) for name, one in stored.items() if one is not None}
    changed = [name for name in stored if name not in found]
    if changed:
        from . import examine as _  # noqa: F401  # the rules are loaded once, before the work is shared out
        from .shared_out import examined

        for name, one in zip(changed, examined(changed, examine), strict=True):
            found[name] = one
            if not one.problems:  # what a changed right to read mends leaves no trace in a file's time
                kept.put(name, key, list(one))
    kept.close()
    return [found[name] for name in names]


def _result(found: list[Examined]) -> Result:
    """All that was examined, together."""
    entries = [entry for one in found for entry in one.entries]
    problems = [Problem(*problem) for one in found for problem in one.problems]  # type: ignore[arg-type]
    notes = tuple(note for one in found for note in one.notes)
    _tell_ids(found)
    data = {"files": entries, "agreement": [one.agreement for one in found if one.agreement is not None]}
    if not problems:
        code = ExitCode.NO if any(entry["errors"] for entry in entries) else ExitCode.OK
        return Result("check", data, (), code, notes)
    if sum(one.files for one in found) > 1:
        return Result("check", data, one_a_file(problems), ExitCode.USAGE, notes)
    return Result("check", None, tuple(problems), ExitCode.USAGE, notes)


def _tell_ids(found: Iterable[Examined]) -> None:
    """Tell where two sprints have one id, which is to be unique in a workspace."""
    first: dict[str, dict[str, Any]] = {}
    for one in found:
        if one.id is None or not one.entries or one.entries[0]["slug"] is None:
            continue
        entry = one.entries[0]
        other = first.setdefault(one.id, entry)
        if other["slug"] != entry["slug"]:
            told = f"charter.id is '{one.id}', which {other['path']} has too. Give one of them another."
            entry["findings"].append(
                {"rule": RECORD, "severity": "error", "path": "charter.id", "message": told, "waived": False}
            )
            entry["errors"] += 1


def one_a_file(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems with all that is wrong in one file in one entry."""
    by_path: dict[str | None, list[Problem]] = {}
    for problem in problems:
        by_path.setdefault(problem.path, []).append(problem)
    return tuple(
        same[0]._replace(
            message=" ".join(problem.message for problem in same),
            hint=next((problem.hint for problem in same if problem.hint), None),
        )
        for same in by_path.values()
    )
