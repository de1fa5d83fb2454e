"""Scoping without a screen: answers from a file, from assignments, from another sprint.

What is complete becomes `charter.toml`, with the values filled in that follow; anything else is kept in
`draft.toml` exactly as it was typed. Once somebody has signed, a change needs an amendment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sprintkit.actions import save_record
from sprintkit.actions.check.serialise import findings_of, told
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.normalise import normalised
from sprintkit.actions.result import Result
from sprintkit.actions.scope import assignments, copy_from
from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.completeness import core_missing, core_parked, counts
from sprintkit.charter.model import SCHEMA_VERSION
from sprintkit.charter.parsing import ParsedCharter, parse_lenient
from sprintkit.charter.prefill import filled_in, ordered
from sprintkit.errors import ExitCode, InputError, Problem, RefusedError, WriteError
from sprintkit.signoff.canonical import digest
from sprintkit.store import files, save
from sprintkit.store.files import LoadedFile, Saved
from sprintkit.store.sprint import SprintFiles, load_sprint
from sprintkit.store.workspace import check_slug, free_slug, safe_slug

Document = Mapping[str, Any]


def scope(
    desk: WorkspaceContext,
    slug: str | None = None,
    *,
    source: Document | None = None,
    source_path: str | None = None,
    sets: Sequence[tuple[str, Any]] = (),
    like: str | None = None,
    full: bool = False,
) -> Result:
    """Take answers into a new or an existing sprint, and save what that gives.

    `source` is the document of `--from` and `source_path` its file, `sets` are paths and values in their order,
    `like` is the sprint whose people, sources and tools are taken where there are none yet. Exit 1 with what is
    missing while the core is not complete; 2 with every fault where a value is not of its type, the draft written
    all the same.
    Raises InputError where nothing can be written (an unknown key, a path that points nowhere), RefusedError once the
    sprint is signed, WriteError.
    """
    other = None if like is None else _document(load_sprint(desk.workspace, like), like)
    given = {} if source is None else normalised(source)
    if slug is None:
        slug = _derived(desk, _assigned(given, sets))
    is_new = slug not in desk.workspace.slugs()
    if is_new:
        check_slug(slug)
    now = None if is_new else load_sprint(desk.workspace, slug)
    before = {} if now is None else _changeable(now)
    document = merged(before, given)
    if is_new and source is None:
        document = merged({"charter": {"depth": "lean"}}, document)
    if other is not None:
        document = copy_from.copied_from(document, other)
    document = _assigned(document, sets)
    if full and (source is None or _depth(document) is not None):
        document = merged(document, {"charter": {"depth": "full"}})
    reading = parse_lenient({"schema": SCHEMA_VERSION, **document})
    if reading.unknown_keys:
        said = [
            Problem(fault.kind, fault.message, source_path if _holds(given, fault.path) else None)
            for fault in (
                *reading.unknown_keys,
                *(one for one in reading.faults if one.kind != "unknown_key"),
            )
        ]
        raise InputError.of(said + _missing(reading, source_path) + _parked(reading, source_path))
    return save_answers(desk, slug, document, now)


def save_answers(desk: WorkspaceContext, slug: str, document: Document, now: SprintFiles | None) -> Result:
    """Save a document that was made of the files `now` (None: there were none) as charter or as draft.

    Exit codes and errors as in `scope`.
    """
    _ = desk.settings, desk.words  # a workspace that cannot be read is told before anything is written
    place, target = desk.workspace.draft(slug), desk.workspace.charter(slug)
    document = ordered({"schema": SCHEMA_VERSION, **document})
    reading = parse_lenient(document)
    missing = _missing(reading, place)
    faults = [Problem(fault.kind, fault.message, place) for fault in reading.faults]
    if reading.unknown_keys:
        raise InputError.of(faults)
    problems = faults + missing + _parked(reading, place)
    if not problems:
        complete = filled_in(document, slug)
        faults = _without_digest(complete, place)
        problems = faults or _same_id(desk, slug, complete, target)
    if problems:
        saved = save_record.save_document(
            desk, place, document, "draft", expected=_digest(now and now.draft), like=_like(now)
        )
        if faults:
            note = f"All answers are kept as typed in {saved.path}."
            return Result("scope", None, tuple(problems), ExitCode.USAGE, (note,))
        data = _data(desk, slug, saved, reading)
        return Result("scope", data, tuple(problems), ExitCode.NO)
    complete = filled_in(document, slug)
    saved = _save_charter(desk, slug, complete, now, target)
    return Result("scope", _data(desk, slug, saved, parse_lenient(complete)))


def merged(before: Document, given: Document) -> dict[str, Any]:
    """A document with the keys that `given` has set in it, a list as a whole; the rest stays."""
    both = dict(before)
    for key, value in given.items():
        old = both.get(key)
        both[key] = merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return both


def changeable(files_now: SprintFiles) -> None:
    """Raises RefusedError once somebody has signed, InputError where what stands there cannot be read."""
    draft, charter = f"sprints/{files_now.slug}/draft.toml", f"sprints/{files_now.slug}/charter.toml"
    broken = [problem for problem in files_now.problems if problem.path in (draft, charter)]
    if broken:
        raise InputError.of(broken)
    folder = f"sprints/{files_now.slug}/signatures"
    unread = any((problem.path or "").startswith(folder) for problem in files_now.problems)
    if unread or files_now.signed or any(map(_is_approval, files_now.signatures)):
        raise RefusedError(
            f"{files_now.slug} is signed: its charter changes by amendment only",
            code="signed",
            path=charter,
            hint=f"An amendment is a file of its own in sprints/{files_now.slug}/amendments; "
            "sprintkit schema amendment tells what it holds.",
        )


def _is_approval(signature: LoadedFile) -> bool:
    return signature.document.get("decision") != "reject"


def _changeable(now: SprintFiles) -> Document:
    changeable(now)
    stored = now.draft or now.charter
    return {} if stored is None else stored.document


def _document(found: SprintFiles, slug: str) -> Document:
    """What another sprint agreed on: its charter, else its draft."""
    stored = found.charter or found.draft
    if stored is None:
        raise InputError.of(found.problems or [Problem("not_found", f"{slug} has neither charter nor draft")])
    return stored.document


def _assigned(document: Document, sets: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    changed = dict(document)
    for path, value in sets:
        changed = assignments.assign(changed, path, value)
    return changed


def _derived(desk: WorkspaceContext, document: Document) -> str:
    """The folder's name for a new sprint: from its id or its title."""
    frame = document.get("charter")
    for key in ("id", "title"):
        text = frame.get(key) if isinstance(frame, Mapping) else None
        if isinstance(text, str) and not is_blank(text):
            if key == "title":
                return free_slug(text, desk.workspace.slugs())
            slug = safe_slug(text)
            if slug in desk.workspace.slugs():
                raise InputError(
                    f"there is a sprint {slug} already",
                    code="exists",
                    path=desk.workspace.sprint(slug),
                    hint=f"Name it to change it: sprintkit scope {slug} …; or name another for a new one.",
                )
            return slug
    raise InputError(
        "a new sprint needs a name", code="usage", hint="Write it behind scope, or --set charter.title=…"
    )


def _holds(document: Document, path: str) -> bool:
    """Whether something stands at a path with indices."""
    here: Any = document
    for part in paths.parse(path):
        try:
            here = here[part]
        except (LookupError, TypeError):
            return False
    return True


def _depth(document: Document) -> Any:
    frame = document.get("charter")
    return frame.get("depth") if isinstance(frame, Mapping) else None


def _missing(reading: ParsedCharter, place: str | None) -> list[Problem]:
    faulty = {fault.path for fault in reading.faults}
    return [
        Problem("missing", _needs(gap.path, gap.least, gap.question.told.ask), place)
        for gap in core_missing(reading)
        if gap.path not in faulty
    ]


def _needs(path: str, least: int, ask: str) -> str:
    many = f" ({least} entries at least)" if least > 1 else ""
    return f"{path} is missing{many}. Ask: {ask}"


def _parked(reading: ParsedCharter, place: str | None) -> list[Problem]:
    return [
        Problem("parked", f"{path} is parked, and there is no charter without it. Answer it first.", place)
        for path in core_parked(reading)
    ]


def _same_id(desk: WorkspaceContext, slug: str, complete: Document, target: str) -> list[Problem]:
    """A problem where another sprint has the id that this one would get."""
    wanted = complete["charter"].get("id")
    for other in desk.workspace.slugs():
        if other == slug:
            continue
        path = desk.workspace.charter(other)
        try:
            data = files.bytes_if_there(desk.root, path)
            # Most charters do not hold the text at all: they need no parsing.
            if data is None or str(wanted).encode() not in data:
                continue
            frame = files.stored(path, data).document.get("charter")
        except InputError:
            continue
        if isinstance(frame, Mapping) and frame.get("id") == wanted:
            message = f"charter.id '{wanted}' is the id of the sprint {other} already."
            return [Problem("id_taken", message, target, "Give this one another: --set charter.id=…")]
    return []


def _without_digest(complete: Document, place: str) -> list[Problem]:
    """Problems of what could never be signed: NaN in [extra], for instance."""
    try:
        digest(complete)
    except InputError as error:
        return [problem._replace(path=place) for problem in error.problems]
    return []


def _digest(stored: LoadedFile | None) -> str | None:
    return None if stored is None else stored.digest


def _like(now: SprintFiles | None) -> LoadedFile | None:
    """The file whose comments a new draft takes over."""
    return now.charter if now is not None and now.draft is None else None


def _save_charter(
    desk: WorkspaceContext, slug: str, complete: dict[str, Any], now: SprintFiles | None, target: str
) -> Saved:
    charter = None if now is None else now.charter
    if now is None or now.draft is None:
        return save_record.save_document(desk, target, complete, "charter", expected=_digest(charter))
    saved = save.promote(
        desk.root,
        desk.workspace.draft(slug),
        target,
        complete,
        expected=now.draft.digest,
        target_expected=_digest(charter),
        head=save_record.schema_header(target, "charter"),
    )
    save_record.ensure_schema(desk, "charter")
    return saved


def _data(desk: WorkspaceContext, slug: str, saved: Saved, reading: ParsedCharter) -> dict[str, Any]:
    answered, questions = counts(reading)
    found = findings_of(desk, reading)
    return {
        "slug": slug,
        "path": saved.path,
        "complete": saved.path.endswith("/charter.toml"),
        "depth": reading.charter.depth,
        "answered": answered,
        "questions": questions,
        "missing": [
            {"path": gap.path, "question": gap.question.told.ask, "least": gap.least}
            for gap in core_missing(reading)
        ],
        "parked": core_parked(reading),
        **told(found),
    }


__all__ = ["WriteError", "changeable", "merged", "save", "scope"]
