"""What the rules find: in sprints with their records, and in files anywhere.

What was found is kept in the user's cache folder as long as no file of it changes: of every sprint, as `status` does,
and of files where many are named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sprintkit import __version__
from sprintkit.actions.check.report import RECORD, Examined
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.result import Result
from sprintkit.errors import ExitCode, InputError, Problem
from sprintkit.store.cache.listing import Index
from sprintkit.store.targets import TargetResolver, is_file
from sprintkit.store.workspace import SETTINGS

if TYPE_CHECKING:
    from sprintkit.store.cache.findings import Kept

    Examine = Callable[[str], Examined]

MANY = 100
"""Files from which it pays to keep what was found in them."""


def check(desk: WorkspaceContext, targets: Sequence[str] = ()) -> Result:
    """Findings of sprints and files, of all sprints if none is named; exit 1 with an error among them.

    Reads leniently, as a draft. Exit 2 where a file cannot be read or has an unknown key: `data` is None then,
    or holds the rest where there is more than one file. Raises InputError for what is neither sprint nor file.
    """
    if not targets:
        return _result(_all(desk))
    names = TargetResolver(desk.workspace, targets)

    def prepared() -> Examine:
        from sprintkit.actions.check.file import file

        settings, words = desk.settings, desk.words

        def examine(target: str) -> Examined:
            named = names.of(target)
            if named.is_charter:
                return file(target, settings, words, named.path, named.slug)
            from sprintkit.actions.check.sprint import record, sprint

            slug = named.slug or ""
            return sprint(desk, slug) if named.path is None else record(desk, slug, named.path)

        return examine

    def is_alone(target: str) -> bool:
        return names.of(target).is_charter

    return _result(_named(targets, prepared, desk.root, is_alone))


def check_files(targets: Sequence[str]) -> Result:
    """As `check`, for files that lie in no workspace."""
    for target in targets:
        if not is_file(target):
            raise InputError(
                f"{target} is no file, and there is no workspace here",
                code="not_found",
                hint="Check the name.",
            )

    def prepared() -> Examine:
        from sprintkit.actions.check.file import DEFAULTS, ENGLISH, file

        return partial(file, settings=DEFAULTS, words=ENGLISH)

    return _result(_named(targets, prepared))


def explain(code: str) -> Result:
    """One rule: condition, reason, strong and weak answer, source, word lists; or one reason of the health.

    Raises InputError for a code that is neither.
    """
    if _REASON.fullmatch(code.strip().upper()) and (found := _health(code.strip().upper())):
        return Result("check", found)
    from sprintkit.charter import rules

    rule = rules.explain(code)
    data = {
        "rule": rule.id,
        "severity": rule.severity,
        "condition": rule.condition,
        "message": rule.message,
        "reason": rule.rationale,
        "weak": rule.weak,
        "strong": rule.strong,
        "source": rule.source,
        "reads": list(rule.reads),
        "lists": list(rule.lists),
    }
    return Result("check", data)


_REASON: Final = re.compile(r"[HS]\d")


def _health(code: str) -> dict[str, Any] | None:
    """One reason why a sprint is at risk or off track, in the shape of a rule; None for a code that is none."""
    from sprintkit.actions.status.attention import HEALTH_MEANS
    from sprintkit.progress.health import REASONS

    kind = next((kind for kind in REASONS if kind.code == code), None)
    if kind is None:
        return None
    severity = "off_track" if kind.is_off_track else "at_risk"
    data = dict.fromkeys(("message", "weak", "strong", "source"))
    return {
        "rule": code,
        "severity": severity,
        "condition": kind.rule,
        **data,
        "reason": f"While it holds, the sprint {HEALTH_MEANS[severity]}. "
        "`sprintkit status SPRINT` shows each reason that holds, with its numbers and what would clear it.",
        "reads": [],
        "lists": [],
    }


def _all(desk: WorkspaceContext) -> list[Examined]:
    """Every sprint, from the index where nothing changed."""
    index = Index.open(desk.workspace)

    def prepared() -> Examine:
        from sprintkit.actions.check.sprint import sprint

        _ = desk.settings, desk.words  # read once, before the work is shared out
        return partial(sprint, desk, listed=True)

    key = f"check and agreement {index.stamp(SETTINGS)} {__version__}"
    return _each(index, index.slugs, key, prepared)


def _named(
    targets: Sequence[str],
    prepared: Callable[[], Examine],
    root: str | None = None,
    is_alone: Callable[[str], bool] | None = None,
) -> list[Examined]:
    """Whatever was named, in the workspace `root` or in none; where that is much, kept as `_each` does."""
    names = list(dict.fromkeys(targets))
    if len(names) < MANY:
        return list(map(prepared(), names))
    from sprintkit.store.cache.findings import Kept

    kept = Kept(root)
    settings = "" if root is None else f"{root} {kept.stamp(f'{root}/{SETTINGS}')} "
    return _each(kept, names, f"check {settings}{__version__}", prepared, is_alone)


def _each(
    kept: Index | Kept,
    names: Sequence[str],
    key: str,
    prepared: Callable[[], Examine],
    is_alone: Callable[[str], bool] | None = None,
) -> list[Examined]:
    """What was found in each of `names`: what was kept, and what is examined now in the others.

    Kept is what depends on nothing else: `is_alone` says so where it is given.
    """
    stored = {name: kept.get(name, key) for name in names}
    found = {name: Examined(*one) for name, one in stored.items() if one is not None}
    changed = [name for name in stored if name not in found]
    if changed:
        from sprintkit.actions.check.parallel import examined

        for name, one in zip(changed, examined(changed, prepared()), strict=True):
            found[name] = one
            # What a changed right to read mends leaves no trace in a file's time.
            if not one.problems and (is_alone is None or is_alone(name)):
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
