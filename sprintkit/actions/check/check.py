"""Checking sprints with their records, and files anywhere.

Reports are cached until a file changes: of every sprint when the whole workspace is checked, and of files if many are
named. Rules and validators are imported inside functions, because cached reports need none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from sprintkit.actions.check.report import RECORD_RULE, CheckData, CheckedFile, CheckReport
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.result import Result
from sprintkit.charter.judge import judge_version
from sprintkit.errors import ExitCode, InputError, Problem, limit_by_file, merge_by_file
from sprintkit.store.cache.listing import SprintIndex
from sprintkit.store.files import refuse_link_out
from sprintkit.store.odd_folders import merging_folders
from sprintkit.store.targets import TargetResolver, is_file_argument
from sprintkit.store.workspace import SETTINGS_FILE

if TYPE_CHECKING:
    from sprintkit.store.cache.findings import FindingsCache

    Check = Callable[[str], CheckReport]
    """Checks one target."""

CACHE_THRESHOLD = 100
"""Number of files from which caching their reports pays."""


def check(context: WorkspaceContext, targets: Sequence[str] = ()) -> Result[CheckData]:
    """Check sprints and files; all sprints if none is named.

    Files are read leniently, as drafts. Exit 1 if there is an error. Exit 2 if a file cannot be read or has an unknown
    key: `data` then holds the other files, and is None if there are none. Raises InputError for a name that is neither
    a sprint nor a file.
    """
    if not targets:
        reports = _check_all_sprints(context)
        _add_merging_folders(context, reports)
        return _combine(reports)
    resolver = TargetResolver(context.workspace, targets)

    def prepare() -> Check:
        from sprintkit.actions.check.file import check_file

        settings, lexicon, judge = context.settings, context.lexicon, context.judge

        def check_target(name: str) -> CheckReport:
            target = resolver.resolve(name)
            if target.path is None and target.slug is None:
                try:
                    refuse_link_out(context.root, name)
                except InputError as error:
                    return CheckReport([], [tuple(problem) for problem in error.problems], [], 1, None)
            if target.is_charter:
                return check_file(
                    name, target.path, target.slug, settings=settings, lexicon=lexicon, judge=judge
                )
            from sprintkit.actions.check.sprint import check_record, check_sprint

            slug = target.slug or ""
            if target.path is None:
                return check_sprint(context, slug)
            return check_record(context, slug, target.path)

        return check_target

    def is_independent(name: str) -> bool:
        return resolver.resolve(name).is_charter

    return _combine(_check_targets(targets, prepare, context.root, is_independent))


def check_files(targets: Sequence[str]) -> Result[CheckData]:
    """As `check`, for files outside any workspace."""
    for target in targets:
        if not is_file_argument(target):
            raise InputError(
                f"there is no file {target}, and no workspace here", code="not_found", hint="Check the name."
            )

    def prepare() -> Check:
        from sprintkit.actions.check.file import check_file

        return check_file

    return _combine(_check_targets(targets, prepare))


def _check_all_sprints(context: WorkspaceContext) -> list[CheckReport]:
    index = SprintIndex.open(context.workspace)

    def prepare() -> Check:
        from sprintkit.actions.check.sprint import check_sprint

        _ = (
            context.settings,
            context.lexicon,
            context.judge,
        )  # read once, before the work is split between processes
        return partial(check_sprint, context, is_known=True)

    key = f"check and agreement {index.file_stamp(SETTINGS_FILE)} {judge_version()}"
    return _check_uncached(index, index.slugs, key, prepare)


def _check_targets(
    targets: Sequence[str],
    prepare: Callable[[], Check],
    root: str | None = None,
    is_independent: Callable[[str], bool] | None = None,
) -> list[CheckReport]:
    """Check what was named, in the workspace `root` or in none; with a cache if there are many."""
    names = list(dict.fromkeys(targets))
    if len(names) < CACHE_THRESHOLD:
        return list(map(prepare(), names))
    from sprintkit.store.cache.findings import FindingsCache

    cache = FindingsCache(root)
    settings = "" if root is None else f"{root} {cache.file_stamp(f'{root}/{SETTINGS_FILE}')} "
    return _check_uncached(cache, names, f"check {settings}{judge_version()}", prepare, is_independent)


def _check_uncached(
    cache: SprintIndex | FindingsCache,
    names: Sequence[str],
    key: str,
    prepare: Callable[[], Check],
    is_independent: Callable[[str], bool] | None = None,
) -> list[CheckReport]:
    """The report of each name, from the cache or checked now.

    A report is cached if it depends on no other file: `is_independent` says so, and all are without it. A report with
    problems is not cached: restoring the permission to read a file does not change its time.
    """
    cached = {name: cache.get(name, key) for name in names}
    reports = {name: CheckReport(*values) for name, values in cached.items() if _is_report(values)}
    changed = [name for name in cached if name not in reports]
    if changed:
        from sprintkit.actions.check.parallel import check_in_parallel

        for name, report in zip(changed, check_in_parallel(changed, prepare()), strict=True):
            reports[name] = report
            if not report.problems and (is_independent is None or is_independent(name)):
                cache.put(name, key, list(report))
    cache.close()
    return [reports[name] for name in names]


def _is_report(values: object) -> bool:
    """Whether a cached value has the shape of a report."""
    return (
        isinstance(values, list) and len(values) == len(CheckReport._fields) and isinstance(values[0], list)
    )


def _combine(reports: list[CheckReport]) -> Result[CheckData]:
    """All reports as one result."""
    _add_duplicate_charter_ids(reports)
    data: CheckData = {
        "files": [file for report in reports for file in report.files],
        "agreement": [report.agreement for report in reports if report.agreement is not None],
        "judge_version": judge_version(),
    }
    notes = tuple(note for report in reports for note in report.notes)
    problems = [Problem(*fields) for report in reports for fields in report.problems]  # type: ignore[arg-type]
    if not problems:
        has_errors = any(file["errors"] for file in data["files"])
        return Result(data, (), ExitCode.NO if has_errors else ExitCode.OK, notes)
    if sum(report.file_count for report in reports) > 1:
        return Result(data, merge_by_file(problems), ExitCode.USAGE, notes)
    return Result(None, tuple(limit_by_file(problems)), ExitCode.USAGE, notes)


def _add_duplicate_charter_ids(reports: Iterable[CheckReport]) -> None:
    """Add a finding for each sprint whose charter has the id of an earlier one; ids are unique in a workspace."""
    first_with_id: dict[str, CheckedFile] = {}
    for report in reports:
        if report.charter_id is None or not report.files or report.files[0]["slug"] is None:
            continue
        file = report.files[0]
        other = first_with_id.setdefault(report.charter_id, file)
        if other["slug"] != file["slug"]:
            message = (
                f"charter.id is '{report.charter_id}', which {other['path']} also has. Change one of them."
            )
            _add_error(file, "charter.id", message)


def _add_merging_folders(context: WorkspaceContext, reports: Iterable[CheckReport]) -> None:
    """Add a finding for each sprint whose folder is the same as an earlier one on macOS or Windows."""
    first_file = {report.files[0]["slug"]: report.files[0] for report in reports if report.files}
    for first, *others in merging_folders(context.workspace):
        for slug in others:
            if slug in first_file:
                message = (
                    f"The folder {slug} is the same as {first} on macOS and Windows. Rename one of them."
                )
                _add_error(first_file[slug], "", message)


def _add_error(file: CheckedFile, path: str, message: str) -> None:
    file["findings"].append(
        {"rule": RECORD_RULE, "severity": "error", "path": path, "message": message, "waived": False}
    )
    file["errors"] += 1
