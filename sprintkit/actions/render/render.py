"""Documents of a sprint: charter and status, as files that people read, sign and mail."""

from __future__ import annotations

import os
from pathlib import Path

from sprintkit import __version__, documents
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.result import Result
from sprintkit.errors import InputError, Problem, RefusedError, WriteError
from sprintkit.store import house_files
from sprintkit.store.cache import documents as document_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from sprintkit.actions.sprint_records import Sprint

    Given = tuple[str, dict[str, Any]]
    """The paper that the workspace wants, and what the templates are given."""

WORDS = "words.json"
DEFAULT_FORM = "pdf"


def render(
    desk: WorkspaceContext,
    slug: str,
    document: str | None = None,
    form: str | None = None,
    out: str | None = None,
    *,
    force: bool = False,
    paper: str | None = None,
) -> Result:
    """Render one document and write it to `out`, else to `<slug>-<document>.<form>` in the current folder.

    A form that is not said follows from the name of `out`. Raises InputError for an output that exists (unless
    `force`), an unknown document or a broken template; RefusedError for a status without a charter; WriteError.
    """
    name = document or "charter"
    made = form or _form_of(out)
    place = Path(out) if out is not None and out != "-" else Path(f"{slug}-{name}.{made}")
    if place.is_dir():
        place = place / f"{slug}-{name}.{made}"
    _refuse_own(desk, place)
    if not force:
        _refuse_existing(place)
    body = rendered(desk, slug, name, made, paper)
    _write(place, body, force=force)
    return Result("render", {"slug": slug, **_told(desk, place, name, made, body)})


def render_all(
    desk: WorkspaceContext,
    slug: str | None = None,
    form: str | None = None,
    out: str | None = None,
    *,
    force: bool = False,
    paper: str | None = None,
    tell: Callable[[str], None] | None = None,
) -> Result:
    """Render all documents of a sprint, of all sprints if none is named, into the folder `out`, else the current.

    In every form, if none is said. What a sprint cannot have yet is left out and told. Raises as `render` does,
    before anything is written where an output exists. `tell` is given a line as each document is written.
    """
    folder = Path(out or ".")
    forms = [form] if form else list(documents.FORMS)
    slugs = desk.workspace.slugs() if slug is None else [desk.workspace.known(slug)]
    names = [name for name in known_documents(desk) if name in documents.DOCUMENTS]
    wanted = [(one, name, made) for one in slugs for name in names for made in forms]
    _refuse_own(desk, folder / "documents")
    if not force:
        existing = [folder / f"{one}-{name}.{made}" for one, name, made in wanted]
        _refuse_existing(*existing)
    written: list[dict[str, Any]] = []
    notes: list[str] = []
    for one, name, made, body in _all_made(desk, wanted, paper, notes):
        place = folder / f"{one}-{name}.{made}"
        _write(place, body, force=force)
        written.append({"slug": one, **_told(desk, place, name, made, body)})
        if tell is not None:
            tell(f"{len(written)} of {len(wanted)}: {place}")
    return Result("render", {"slug": slug, "path": str(folder), "written": written}, notes=tuple(notes))


def _all_made(
    desk: WorkspaceContext, wanted: list[tuple[str, str, str]], paper: str | None, notes: list[str]
) -> Iterator[tuple[str, str, str, bytes]]:
    """The documents one after the other, PDFs on several processors; what there cannot be goes to `notes`."""
    from concurrent.futures import Future, ThreadPoolExecutor  # for many documents alone

    overrides = house_files.load_templates(desk.workspace)
    loaded: dict[str, Sprint] = {}
    given: dict[tuple[str, str], Given | None] = {}
    running: list[tuple[str, str, str, Future[bytes]]] = []
    workers = min(4, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:
        for slug, name, form in wanted:
            if (slug, name) not in given:
                given.clear()
                try:
                    given[slug, name] = _given(
                        desk, slug, name, overrides, loaded, document_cache.Contents(desk.workspace, slug)
                    )
                except RefusedError as error:
                    given[slug, name] = None
                    notes.extend(f"{slug}: no {name}: {problem.message}" for problem in error.problems)
            known = given[slug, name]
            if known is not None:
                made = pool.submit(_made, known, name, form, overrides, paper)
                running.append((slug, name, form, made))
            # No more than is being worked on waits in memory.
            if len(running) > workers:
                yield (*running[0][:3], running.pop(0)[3].result())
        for slug, name, form, made in running:
            yield slug, name, form, made.result()


def rendered(desk: WorkspaceContext, slug: str, document: str, form: str, paper: str | None = None) -> bytes:
    """One document of a sprint as bytes. Raises as `render` does."""
    overrides = house_files.load_templates(desk.workspace)
    contents = document_cache.Contents(desk.workspace, slug)
    makers = documents.cache_key_parts(form) if form in documents.FORMS else None
    own = (part for name in sorted(overrides) for part in (name, overrides[name]))
    name = None if makers is None else _name(desk, contents, document, overrides, *makers, *own)
    kept = document_cache.get(desk.workspace, name)
    if isinstance(kept, bytes):
        return kept
    body = _made(_given(desk, slug, document, overrides, {}, contents), document, form, overrides, paper)
    if name is not None and contents.again():
        document_cache.put(desk.workspace, name, body)
    return body


def listed(desk: WorkspaceContext) -> Result:
    """Which documents there are, and which templates, shipped or the workspace's own."""
    own = house_files.load_templates(desk.workspace)
    rows = []
    for name in sorted({*documents.templates(), *own}):
        shipped = name in documents.templates()
        is_own = name in own and not (shipped and own[name] == documents.source(name))
        rows.append({"name": name, "own": is_own, "shipped": shipped})
    return Result(
        "render", {"documents": known_documents(desk), "forms": list(documents.FORMS), "templates": rows}
    )


def eject(desk: WorkspaceContext, only: str | None = None, *, force: bool = False) -> Result:
    """Copy the shipped templates into the workspace's `templates/`, to be changed there.

    `only` is a document or the name of a template. Raises InputError where one is there already and differs.
    """
    names = [
        name for name in documents.templates() if only is None or name == only or name.startswith(f"{only}.")
    ]
    if not names:
        raise InputError(
            f"there is no template '{only}'", code="template", hint="See: sprintkit render --list"
        )
    own = house_files.load_templates(desk.workspace)
    changed = [name for name in names if name in own and own[name] != documents.source(name)]
    if changed and not force:
        raise InputError.of(
            Problem(
                "exists", "is there already, and differs", f"templates/{name}", "Use --force to overwrite it."
            )
            for name in changed
        )
    from sprintkit.store import save  # rendering itself saves nothing in the workspace

    written = []
    for name in names:
        path, body = f"templates/{name}", documents.source(name)
        if save.put(desk.root, path, lambda _, body=body: body, expected=save.ANY_VERSION).written:  # type: ignore[misc]
            written.append(path)
    return Result("render", {"path": "templates", "ejected": written})


def known_documents(desk: WorkspaceContext) -> list[str]:
    """Documents there are templates for, the shipped ones first."""
    own = {
        name.partition(".")[0] for name in house_files.load_templates(desk.workspace) if _is_document(name)
    }
    return [*documents.DOCUMENTS, *sorted(own - {*documents.DOCUMENTS, "house"})]


def _is_document(name: str) -> bool:
    return "/" not in name and name.endswith((".md.j2", ".html.j2", ".typ"))


def _form_of(out: str | None) -> str:
    suffix = Path(out).suffix.lower().removeprefix(".") if out is not None else ""
    return {"htm": "html", "markdown": "md"}.get(
        suffix, suffix if suffix in documents.FORMS else DEFAULT_FORM
    )


def _made(given: Given, document: str, form: str, overrides: Mapping[str, bytes], paper: str | None) -> bytes:
    return documents.render_document(document, form, given[1], overrides, paper=paper or given[0])


def _name(
    desk: WorkspaceContext,
    contents: document_cache.Contents,
    document: str,
    overrides: Mapping[str, bytes],
    *more: str | bytes,
) -> str | None:
    """The name under which is kept what was made of a sprint's contents for a document, and of `more`."""
    day = desk.today.isoformat() if _depends_on_day(document, contents.paths) else ""
    words = documents.source(WORDS), overrides.get(WORDS, b"")
    return contents.name(__version__, document, day, *words, *more)


def _given(
    desk: WorkspaceContext,
    slug: str,
    document: str,
    overrides: Mapping[str, bytes],
    loaded: dict[str, Sprint],
    contents: document_cache.Contents,
) -> Given:
    """Paper and context of a document: as kept, else worked out and kept. `loaded` are sprints to use again."""
    name = _name(desk, contents, document, overrides)
    kept = document_cache.get(desk.workspace, name)
    if kept is not None:
        return kept[0], kept[1]
    from sprintkit.actions.render.document_context import context_of  # the model, the rules and the records
    from sprintkit.actions.sprint_records import load

    if slug not in loaded:
        loaded.clear()
        loaded[slug] = load(desk, slug)
    context = context_of(desk, loaded[slug], document, overrides)
    paper = str(desk.custom.get("paper", "a4"))
    if contents.again():  # what was loaded is what the name says
        document_cache.put(desk.workspace, name, [paper, context])
    return paper, context


def _depends_on_day(document: str, paths: list[str]) -> bool:
    return document == "status" or any(path.startswith("amendments/") for path in paths)


def _refuse_existing(*places: Path) -> None:
    there = [place for place in places if os.path.lexists(place)]
    if there:
        raise InputError.of(
            Problem(
                "exists",
                "is there already",
                str(place),
                "Use --force to overwrite it, or -o for another name.",
            )
            for place in there
        )


def _refuse_own(desk: WorkspaceContext, place: Path) -> None:
    """Raises InputError for an output that would stand where the workspace keeps its own, `force` or not."""
    try:
        full = Path(os.path.realpath(place))
    except ValueError:
        raise InputError(
            "no file can have this name", code="bad_name", path=str(place), hint="Name another one with -o."
        ) from None
    own = (Path(os.path.realpath(desk.root), name) for name in ("templates", ".sprintkit"))
    if full.suffix == ".toml" or any(full.is_relative_to(folder) for folder in own):
        raise InputError(
            "is where the workspace keeps files of its own",
            code="own_file",
            path=str(place),
            hint="Name another place with -o.",
        )


def _write(place: Path, body: bytes, *, force: bool) -> None:
    """Write an output all or nothing. Raises WriteError."""
    from sprintkit.store import atomic  # not needed where a document goes to stdout

    try:
        if place.exists() and not place.is_file():
            raise WriteError(
                "is a folder or a device, not a file",
                code="not_a_file",
                path=str(place),
                hint="Name another place with -o; - is stdout.",
            )
        mode = place.stat().st_mode if force and place.exists() else None
        if mode is not None and not mode & 0o222:
            raise WriteError("the file is read-only", code="read_only", path=str(place))
        atomic.make_folders(str(place.parent.resolve()))
        atomic.replace(str(place.resolve() if place.exists() else place.absolute()), body, mode, lambda: None)
    except OSError as error:
        from sprintkit.store.save import HINTS  # hardly ever needed

        raise WriteError(
            f"could not be written: {error.strerror or error}",
            code="not_written",
            path=str(place),
            hint=HINTS.get(error.errno or 0, "Name another place with -o."),
        ) from None


def _told(desk: WorkspaceContext, place: Path, document: str, form: str, body: bytes) -> dict[str, Any]:
    full = Path(os.path.realpath(place))
    inside = full.is_relative_to(desk.root)
    return {
        "path": full.relative_to(desk.root).as_posix() if inside else str(full),
        "shown": str(place),
        "document": document,
        "format": form,
        "bytes": len(body),
    }
