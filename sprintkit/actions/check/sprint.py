"""One sprint under the rules, with every record it has; or one record of it."""

from __future__ import annotations

from functools import partial

from sprintkit.actions.check.file import entry_of, judged
from sprintkit.actions.check.report import Examined
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.sprint_records import load
from sprintkit.charter import rules
from sprintkit.charter.parsing import parse_lenient
from sprintkit.records.testimony import not_taken_in
from sprintkit.store import files


def sprint(desk: WorkspaceContext, slug: str, *, listed: bool = False) -> Examined:
    """The draft of a sprint, else its charter, and every record. Raises InputError for an unknown one."""
    found = load(desk, slug, listed=listed)
    judge = partial(rules.run_rules, settings=desk.settings, words=desk.words)
    place = desk.workspace.draft(slug)
    made = Examined([], [], [], found.file_count, None)
    if found.draft_pending:
        made.notes.append(f"{slug}: the draft is checked; the charter counts until it is saved.")
    main = found.files.draft or found.files.charter
    if main is not None:
        made = judged(
            made, found.draft or found.agreed or parse_lenient(main.document), main.path, slug, judge
        )
    elif not {place, desk.workspace.charter(slug)} & found.files.broken:
        made = judged(made, parse_lenient({}), place, slug, judge)
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
    has_records = found.file_count > sum(one is not None for one in (found.files.draft, found.files.charter))
    if has_records and not is_lost:
        from sprintkit.actions.check.records import audit  # a charter alone needs none of it

        for path, findings in audit(found, judge).items():
            made.entries.append(entry_of(path, slug, None, findings))
    elif is_lost and found.file_count > 1:
        made.notes.append(f"{slug}: its records are checked once its charter can be read.")
    return made


def record(desk: WorkspaceContext, slug: str, path: str) -> Examined:
    """One record of a sprint. Raises InputError for a file that is not there."""
    whole = sprint(desk, slug)
    entries = [entry for entry in whole.entries if entry["path"] == path]
    problems = [problem for problem in whole.problems if problem[2] == path]
    if not entries and not problems:
        files.read(desk.root, path)
        entries.append(entry_of(path, slug, None, ()))
    return Examined(entries, problems, [], 1, None)
