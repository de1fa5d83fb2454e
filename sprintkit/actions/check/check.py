"""Checks sprints with their records, and files anywhere; many of them in two processes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from sprintkit.actions.check.file import check_file
from sprintkit.actions.check.parallel import check_in_parallel
from sprintkit.actions.check.report import RECORD_RULE, CheckData, CheckedFile, CheckReport
from sprintkit.actions.check.sprint import check_record, check_sprint
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.result import Result
from sprintkit.charter.judge import judge_version
from sprintkit.errors import ExitCode, InputError, Problem, limit_by_file, merge_by_file
from sprintkit.store.files import refuse_link_out
from sprintkit.store.odd_folders import merging_folders
from sprintkit.store.targets import TargetResolver, is_file_argument


def check(context: WorkspaceContext, targets: Sequence[str] = ()) -> Result[CheckData]:
    """Check sprints and files; all sprints if none is named.

    Files are read leniently, as drafts. Exit 1 if there is an error. Exit 2 if a file cannot be read or has an unknown
    key: `data` then holds the other files, and is None if there are none. Raises InputError for a name that is neither
    a sprint nor a file.
    """
    # Read once, before the work is split between processes.
    settings, lexicon, judge = context.settings, context.lexicon, context.judge
    if not targets:
        reports = check_in_parallel(context.workspace.slugs(), partial(check_sprint, context, is_known=True))
        _add_merging_folders(context, reports)
        return _combine(reports)
    resolver = TargetResolver(context.workspace, targets)

    def check_target(name: str) -> CheckReport:
        target = resolver.resolve(name)
        if target.path is None and target.slug is None:
            try:
                refuse_link_out(context.root, name)
            except InputError as error:
                return CheckReport([], [tuple(problem) for problem in error.problems], [], 1, None)
        if target.is_charter:
            return check_file(name, target.path, target.slug, settings=settings, lexicon=lexicon, judge=judge)
        slug = target.slug or ""
        return (
            check_sprint(context, slug) if target.path is None else check_record(context, slug, target.path)
        )

    return _combine(check_in_parallel(_each_once(targets), check_target))


def check_files(targets: Sequence[str]) -> Result[CheckData]:
    """As `check`, for files outside any workspace."""
    for target in targets:
        if not is_file_argument(target):
            raise InputError(
                f"there is no file {target}, and no workspace here", code="not_found", hint="Check the name."
            )
    return _combine(check_in_parallel(_each_once(targets), check_file))


def _each_once(targets: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(targets))


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
