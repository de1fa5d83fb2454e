"""Checks one sprint with all its records, or one of its records."""

from __future__ import annotations

from functools import partial

from sprintkit.actions.check.file import report_charter, report_file
from sprintkit.actions.check.findings import check_charter, check_charter_with_language
from sprintkit.actions.check.report import RECORD_RULE, CheckReport
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint, load_records
from sprintkit.actions.measured import rates_to_compare
from sprintkit.charter.findings import WARNING, Finding
from sprintkit.charter.parsing import parse_lenient
from sprintkit.errors import limit_by_file
from sprintkit.records.testimony import Testimony, unmerged_answers
from sprintkit.store import files
from sprintkit.text.numbers import format_count


def check_sprint(context: WorkspaceContext, slug: str, *, is_known: bool = False) -> CheckReport:
    """Check the draft of a sprint, else its charter, and every record. Raises InputError for an unknown sprint."""
    sprint = load_records(context, slug, is_known=is_known)
    report = CheckReport([], [], [], sprint.files.file_count, None)
    if sprint.draft_pending:
        report.notes.append(f"{slug}: the draft is checked; the charter counts until it is saved.")
    report = _report_answers(context, sprint, report)
    sheets = [stored.record for stored in sprint.records_of(Testimony)]
    if unmerged := unmerged_answers(sheets, sprint.latest.charter):
        answers = format_count(len(unmerged), "answer")
        report.notes.append(
            f"{slug}: {answers} given alone to be taken in: sprintkit scope {slug}, section Process."
        )
    _report_records(context, sprint, report)
    for notice in limit_by_file(sprint.files.notices):
        message = notice.message if notice.hint is None else f"{notice.message}. {notice.hint}"
        finding = Finding(RECORD_RULE, WARNING, "", message)
        report.files.append(report_file(notice.path or "", slug, None, [finding]))
    return report


def _report_answers(context: WorkspaceContext, sprint: Sprint, report: CheckReport) -> CheckReport:
    """The report with what draft or charter say, and with the problems of all other files."""
    workspace, slug = context.workspace, sprint.slug
    rules = partial(check_charter_with_language, context, measured=rates_to_compare(sprint))
    main = sprint.files.draft or sprint.files.charter
    main_path = None if main is None else main.path
    draft_path = workspace.draft_path(slug)
    if main is not None:
        parsed = sprint.draft or sprint.agreed or parse_lenient(main.document)
        report = report_charter(report, parsed, main.path, slug, rules)
    elif not {draft_path, workspace.charter_path(slug)} & sprint.files.unreadable_paths:
        report = report_charter(report, parse_lenient({}), draft_path, slug, rules)
    # The faults of the main file are among its findings. A charter next to a draft still has to load.
    report.problems.extend(tuple(problem) for problem in sprint.problems if problem.path != main_path)
    return report


def _report_records(context: WorkspaceContext, sprint: Sprint, report: CheckReport) -> None:
    """Add the findings on the records."""
    charter_path = context.workspace.charter_path(sprint.slug)
    has_charter = sprint.files.charter is not None or charter_path in sprint.files.unreadable_paths
    if has_charter and sprint.agreed is None:
        # Every name in every record would be unknown.
        if sprint.files.file_count > 1:
            report.notes.append(f"{sprint.slug}: its records are checked once its charter can be read.")
        return
    if sprint.files.file_count == sum(
        file is not None for file in (sprint.files.draft, sprint.files.charter)
    ):
        return
    from sprintkit.actions.check.records import check_records  # loads all validators

    for path, findings in check_records(sprint, partial(check_charter, context)).items():
        report.files.append(report_file(path, sprint.slug, None, findings))


def check_record(context: WorkspaceContext, slug: str, path: str) -> CheckReport:
    """Check one record of a sprint. Raises InputError if there is no such file."""
    whole = check_sprint(context, slug)
    entries = [file for file in whole.files if file["path"] == path]
    problems = [problem for problem in whole.problems if problem[2] == path]
    if not entries and not problems:
        files.load_file(context.root, path)
        entries.append(report_file(path, slug, None, ()))
    return CheckReport(entries, problems, [], 1, None)
