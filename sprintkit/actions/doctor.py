"""What is wrong with this installation or workspace. Looks only, and never writes."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any, Final, NamedTuple

from sprintkit import __version__
from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.result import Result
from sprintkit.actions.sprint_records import load
from sprintkit.errors import ExitCode, InputError, SprintkitError
from sprintkit.store import atomic, files, house_files, lock
from sprintkit.store.create import LINES
from sprintkit.store.workspace import Workspace

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

LIBRARIES: Final = (
    "textual",
    "pydantic",
    "tomli",
    "tomli-w",
    "tomlkit",
    "jinja2",
    "typst",
    "textual-plotext",
)


Complaints = Callable[[Mapping[str, Any]], Sequence[str]]


class Look(NamedTuple):
    """One thing that was looked at."""

    what: str
    is_well: bool
    found: str
    hint: str | None = None
    """What to do, where it is not well."""


def doctor(start: str | None, today: date, of_the_app: Complaints = lambda settings: ()) -> Result:
    """Look at the installation, and at the workspace that `start` lies in, if it does; exit 1 if anything is wrong.

    `of_the_app` says what of the settings the app has no use for.
    """
    looks = list(_installation())
    try:
        desk = open_context(start, today)
    except InputError as error:
        problem = error.problems[0]
        looks.append(Look("workspace", start is None, f"none: {problem.message}", problem.hint))
        root = None
    else:
        looks.extend(_workspace(desk, of_the_app))
        root = desk.root
    data = {"workspace": root, "checks": [look._asdict() for look in looks]}
    well = all(look.is_well for look in looks)
    return Result("doctor", data, exit_code=ExitCode.OK if well else ExitCode.NO)


def _installation() -> Iterator[Look]:
    version = platform.python_version()
    yield Look("sprintkit", True, __version__)
    yield Look("Python", sys.version_info >= (3, 11), version, "sprintkit needs Python 3.11 or newer.")
    for name in LIBRARIES:
        try:
            yield Look(name, True, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Look(name, False, "not installed", "Install sprintkit again, with pip.")
    yield _try("templates", _templates, "Install sprintkit again, with pip.")
    yield _try("typst", _typst, "Install typst again, with pip; PDF needs it, HTML and Markdown do not.")
    encoding = (getattr(sys.stdout, "encoding", None) or "none").lower()
    yield Look("output", True, f"{encoding}, {'colour' if not os.environ.get('NO_COLOR') else 'no colour'}")


def _try(what: str, look: Callable[[], str], hint: str) -> Look:
    try:
        return Look(what, True, look())
    except (SprintkitError, ImportError, OSError, RuntimeError, ValueError) as error:
        return Look(what, False, f"{type(error).__name__}: {error}", hint)


def _templates() -> str:
    from sprintkit import documents  # what is looked at must not keep the rest from being looked at

    names = documents.templates()
    if not names:
        raise OSError("none are there")
    return f"{len(names)} shipped"


def _typst() -> str:
    import typst  # as above

    page: Any = typst.compile(b"#set page(width: 2cm, height: 1cm)\nA", format="pdf")
    if not bytes(page).startswith(b"%PDF"):
        raise ValueError("it makes no PDF")
    return "makes a PDF, with the fonts it brings"


def _workspace(desk: WorkspaceContext, of_the_app: Complaints) -> Iterator[Look]:
    workspace, root = desk.workspace, desk.root
    writable = os.access(root, os.W_OK | os.X_OK)
    yield Look(
        "workspace",
        writable,
        root if writable else f"{root} is read-only",
        "Ask for the right to write in it.",
    )
    try:
        _ = desk.settings, desk.words
        wrong = " ".join(of_the_app(desk.custom))
        read = "read" if desk.custom else "none, so all is as shipped"
        yield Look(
            "sprintkit.toml", not wrong, wrong or read, "The app goes on without it." if wrong else None
        )
    except SprintkitError as error:
        yield Look(
            "sprintkit.toml", False, "; ".join(one.message for one in error.problems), "Mend the file."
        )
    yield from _git(root)
    yield _own_templates(workspace)
    yield _lock(root)
    leftovers = sorted(_leftovers(Path(root)))
    yield Look(
        "leftover files",
        not leftovers,
        ", ".join(leftovers[:5]) + (" …" if leftovers[5:] else "") if leftovers else "none",
        "A save that was killed left them; the next save in that folder removes them.",
    )
    yield from _sprints(desk)


def _git(root: str) -> Iterator[Look]:
    for name, line in LINES:
        try:
            text = files.bytes_if_there(root, name) or b""
        except InputError as error:
            yield Look(name, False, error.problems[0].message, error.problems[0].hint)
            continue
        there = line.encode() in map(bytes.strip, text.splitlines())
        yield Look(
            name, there, f"says {line}" if there else f"does not say {line}", "Run sprintkit init here."
        )


def _own_templates(workspace: Workspace) -> Look:
    try:
        own = house_files.load_templates(workspace)
    except InputError as error:
        return Look("own templates", False, "; ".join(f"{one.path}: {one.message}" for one in error.problems))
    return Look("own templates", True, f"{len(own)}" if own else "none")


def _lock(root: str) -> Look:
    path = Path(root, lock.FOLDER, lock.NAME)
    if fcntl is None or not os.path.lexists(path):
        return Look("lock", True, "free")
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        return Look(
            "lock", False, f"cannot be opened: {error.strerror}", f"Remove {lock.FOLDER}; it is made anew."
        )
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return Look("lock", True, "held: another sprintkit is writing right now")
    finally:
        os.close(handle)
    return Look("lock", True, "free")


def _leftovers(root: Path) -> Iterator[str]:
    """Files of saves whose process is gone."""
    for folder, folders, names in os.walk(root / "sprints"):
        folders[:] = [name for name in folders if name[0] != "."]
        for name in names:
            match = atomic.TEMPORARY.fullmatch(name)
            if match and not atomic.lives(int(match[1])):
                yield Path(folder, name).relative_to(root).as_posix()


def _sprints(desk: WorkspaceContext) -> Iterator[Look]:
    try:
        slugs = desk.workspace.slugs()
    except InputError as error:
        yield Look("sprints", False, error.problems[0].message, error.problems[0].hint)
        return
    wrong = 0
    for slug in slugs:
        for problem in load(desk, slug, listed=True).problems:
            wrong += 1
            yield Look(problem.path or slug, False, problem.message, problem.hint)
    found = f"{wrong} faults, named above" if wrong else "all files can be read"
    yield Look("sprints", not wrong, f"{len(slugs)}, {found}")
