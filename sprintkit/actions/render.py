"""Documents of a sprint: charter and status, as files that people read, sign and mail."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from .. import documents
from ..charter.agreement import agreement
from ..charter.reading import Reading, read
from ..charter.worth import inputs
from ..documents.charter import charter_context as made_context
from ..documents.wording import Wording, wording
from ..errors import NotWritten, Problem, Refused, Unusable
from ..records.force import steps
from ..signoff.canonical import digest
from ..store import atomic, customs, saving
from ..store.saving import HINTS
from .desk import Desk
from .result import Result
from .sprint import Sprint, load
from .standing import signature_facts
from .verdict import findings_of

DEFAULT_FORM: Final = "pdf"


def render(
    desk: Desk,
    slug: str,
    document: str | None = None,
    form: str | None = None,
    out: str | None = None,
    *,
    force: bool = False,
    paper: str | None = None,
) -> Result:
    """Render one document and write it to `out`, else to `<slug>-<document>.<form>` in the current folder.

    A form that is not said follows from the name of `out`. Raises Unusable for an output that exists (unless
    `force`), an unknown document or a broken template; Refused for a status without a charter; NotWritten.
    """
    name = document or "charter"
    made = form or _form_of(out)
    place = Path(out) if out is not None and out != "-" else Path(f"{slug}-{name}.{made}")
    if place.is_dir():
        place = place / f"{slug}-{name}.{made}"
    if not force:
        _refuse_existing(place)
    body = rendered(desk, slug, name, made, paper)
    _write(place, body, force=force)
    return Result("render", {"slug": slug, **_told(desk, place, name, made, body)})


def render_all(
    desk: Desk,
    slug: str | None = None,
    form: str | None = None,
    out: str | None = None,
    *,
    force: bool = False,
    paper: str | None = None,
) -> Result:
    """Render all documents of a sprint, of all sprints if none is named, into the folder `out`, else the current.

    In every form, if none is said. What a sprint cannot have yet is left out and told. Raises as `render` does,
    before anything is written where an output exists.
    """
    folder = Path(out or ".")
    forms = [form] if form else list(documents.FORMS)
    slugs = desk.workspace.slugs() if slug is None else [desk.workspace.known(slug)]
    names = [name for name in known_documents(desk) if name in documents.DOCUMENTS]
    wanted = [(one, name, made) for one in slugs for name in names for made in forms]
    if not force:
        existing = [folder / f"{one}-{name}.{made}" for one, name, made in wanted]
        _refuse_existing(*existing)
    written: list[dict[str, Any]] = []
    notes: list[str] = []
    loaded = {one: load(desk, one) for one in slugs}
    for one, name, made in wanted:
        try:
            body = _rendered(desk, loaded[one], name, made, paper)
        except Refused as error:
            notes.extend(
                f"{one}: no {name}: {problem.message}" for problem in error.problems if made == forms[0]
            )
            continue
        place = folder / f"{one}-{name}.{made}"
        _write(place, body, force=force)
        written.append({"slug": one, **_told(desk, place, name, made, body)})
    return Result("render", {"slug": slug, "path": str(folder), "written": written}, notes=tuple(notes))


def rendered(desk: Desk, slug: str, document: str, form: str, paper: str | None = None) -> bytes:
    """One document of a sprint as bytes. Raises as `render` does."""
    return _rendered(desk, load(desk, slug), document, form, paper)


def listed(desk: Desk) -> Result:
    """Which documents there are, and which templates, shipped or the workspace's own."""
    own = customs.templates(desk.workspace)
    rows = []
    for name in sorted({*documents.templates(), *own}):
        shipped = name in documents.templates()
        is_own = name in own and not (shipped and own[name] == documents.source(name))
        rows.append({"name": name, "own": is_own, "shipped": shipped})
    return Result(
        "render", {"documents": known_documents(desk), "forms": list(documents.FORMS), "templates": rows}
    )


def eject(desk: Desk, only: str | None = None, *, force: bool = False) -> Result:
    """Copy the shipped templates into the workspace's `templates/`, to be changed there.

    `only` is a document or the name of a template. Raises Unusable where one is there already and differs.
    """
    names = [
        name for name in documents.templates() if only is None or name == only or name.startswith(f"{only}.")
    ]
    if not names:
        raise Unusable(f"there is no template '{only}'", code="template", hint="See: sprintkit render --list")
    own = customs.templates(desk.workspace)
    changed = [name for name in names if name in own and own[name] != documents.source(name)]
    if changed and not force:
        raise Unusable.of(
            Problem(
                "exists", "is there already, and differs", f"templates/{name}", "Use --force to overwrite it."
            )
            for name in changed
        )
    written = []
    for name in names:
        path, body = f"templates/{name}", documents.source(name)
        if saving.put(desk.root, path, lambda _, body=body: body, expected=saving.ANYTHING).written:  # type: ignore[misc]
            written.append(path)
    return Result("render", {"path": "templates", "ejected": written})


def known_documents(desk: Desk) -> list[str]:
    """Documents there are templates for, the shipped ones first."""
    own = {name.partition(".")[0] for name in customs.templates(desk.workspace) if _is_document(name)}
    return [*documents.DOCUMENTS, *sorted(own - {*documents.DOCUMENTS, "house"})]


def _is_document(name: str) -> bool:
    return "/" not in name and name.endswith((".md.j2", ".html.j2", ".typ"))


def _form_of(out: str | None) -> str:
    suffix = Path(out).suffix.lower().removeprefix(".") if out is not None else ""
    return {"htm": "html", "markdown": "md"}.get(
        suffix, suffix if suffix in documents.FORMS else DEFAULT_FORM
    )


def _rendered(desk: Desk, sprint: Sprint, document: str, form: str, paper: str | None) -> bytes:
    broken = [problem for problem in sprint.problems if _matters(problem, document)]
    if broken:
        raise Unusable.of(broken)
    if sprint.files.charter is None and sprint.files.draft is None:
        raise Refused(
            f"{sprint.slug} has no answers yet", code="no_charter", hint=f"Use: sprintkit scope {sprint.slug}"
        )
    overrides = customs.templates(desk.workspace)
    words = wording(overrides)
    if document == "status":
        from .status_document import context_of  # progress is loaded for this document alone

        context = context_of(desk, sprint, words)
    else:
        context = charter_context(desk, sprint, words)
    size = paper or str(desk.custom.get("paper", "a4"))
    return documents.render(document, form, context, overrides, paper=size)


def _matters(problem: Problem, document: str) -> bool:
    """Whether a file that cannot be read could change what the document says."""
    path = problem.path or ""
    if path.endswith("/draft.toml"):
        return True
    if document == "charter":
        return path.endswith("/charter.toml") or "/signatures" in path or "/amendments" in path
    return "/answers" not in path and "/reviews" not in path


def charter_context(desk: Desk, sprint: Sprint, words: Wording) -> dict[str, Any]:
    """What the charter's templates are given: what is in force on the day, with all that is known about it."""
    is_draft = sprint.document is None
    week = sprint.week_of(desk.today)
    document: Mapping[str, Any] = (
        sprint.reading.document if is_draft else sprint.document_in(week, on=desk.today)
    )
    reading = sprint.reading if is_draft else read(document)
    figures = agreement(reading.charter)
    return made_context(
        document,
        digest="" if is_draft else digest(document),
        signatures=signature_facts(sprint, sprint.digest),
        is_draft=is_draft,
        findings=[finding._asdict() for finding in findings_of(desk, reading)],
        agreement={
            "before": figures.before,
            "after": figures.after,
            "questions": [{"before": one.before, "after": one.after} for one in figures.questions],
        },
        amendments=list(_amendments(sprint, week, desk)),
        value=_value(desk, reading),
        depth=reading.charter.depth,
        words=words,
    )


def _value(desk: Desk, reading: Reading) -> dict[str, Any] | None:
    """The columns of the value calculator; None while a figure is missing."""
    figures = inputs(reading.charter)
    if figures is None:
        return None
    from ..progress.value import value  # few charters give all its figures

    entered, sober, even = value(figures, desk.settings)
    share = even.break_even.share
    return {
        "entered": entered.worth._asdict() if entered.worth else {},
        "sober": sober.worth._asdict() if sober.worth else {},
        "break_even": even.break_even.words if share is None else share * 100,
    }


def _amendments(sprint: Sprint, week: int | None, desk: Desk) -> Iterator[dict[str, Any]]:
    """The amendments that are in force, and those that were refused."""
    if sprint.document is None:
        return
    given = [filed.record for filed in sprint.signatures]
    taken = steps(sprint.document, sprint.amendments, signatures=given, on=desk.today)
    counting = [
        step.amendment for step in taken if step.amendment and (week is None or step.from_week <= week)
    ]
    refused = [filed.record for filed in sprint.amendments if filed.record.decision == "reject"]
    for amendment in [*counting, *refused]:
        yield amendment.model_dump(by_alias=True, exclude_none=True)


def _refuse_existing(*places: Path) -> None:
    there = [place for place in places if os.path.lexists(place)]
    if there:
        raise Unusable.of(
            Problem(
                "exists",
                "is there already",
                str(place),
                "Use --force to overwrite it, or -o for another name.",
            )
            for place in there
        )


def _write(place: Path, body: bytes, *, force: bool) -> None:
    """Write an output all or nothing. Raises NotWritten."""
    try:
        if place.exists() and not place.is_file():
            raise NotWritten(
                "is a folder or a device, not a file",
                code="not_a_file",
                path=str(place),
                hint="Name another place with -o; - is stdout.",
            )
        mode = place.stat().st_mode if force and place.exists() else None
        if mode is not None and not mode & 0o222:
            raise NotWritten("the file is read-only", code="read_only", path=str(place))
        atomic.make_folders(str(place.parent.resolve()))
        atomic.replace(str(place.resolve() if place.exists() else place.absolute()), body, mode, lambda: None)
    except OSError as error:
        raise NotWritten(
            f"could not be written: {error.strerror or error}",
            code="not_written",
            path=str(place),
            hint=HINTS.get(error.errno or 0, "Name another place with -o."),
        ) from None


def _told(desk: Desk, place: Path, document: str, form: str, body: bytes) -> dict[str, Any]:
    full = Path(os.path.realpath(place))
    inside = full.is_relative_to(desk.root)
    return {
        "path": full.relative_to(desk.root).as_posix() if inside else str(full),
        "shown": str(place),
        "document": document,
        "format": form,
        "bytes": len(body),
    }
