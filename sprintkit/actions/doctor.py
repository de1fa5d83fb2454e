"""Diagnoses this installation and workspace. It only reads.

Templates and typst are imported inside functions, so that if one is broken the other checks still run.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any, Final, TypedDict

from sprintkit import __version__
from sprintkit.actions.amendment_states import list_refused_amendments
from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.find_unsaved_text import find_unsaved_text
from sprintkit.actions.load_sprint import load_records
from sprintkit.actions.render.house_templates import load_house_templates, load_house_wording
from sprintkit.actions.result import Result
from sprintkit.documents.render.document import check_fonts
from sprintkit.errors import MAX_MESSAGES, ExitCode, InputError, SprintkitError, limit_by_file
from sprintkit.store import atomic, files, lock, odd_folders
from sprintkit.store.create import GIT_LINES
from sprintkit.store.house_files import HouseTemplates
from sprintkit.store.sprint_folder import original_among
from sprintkit.store.workspace import PRIVATE_FOLDER, SETTINGS_FILE, SPRINTS_FOLDER, Workspace

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
MAX_LISTED_FILES: Final = 5
MAX_UNSAVED_TEXTS: Final = 20
MAX_SAVE_DEPTH: Final = 4
"""The most folders above a file that sprintkit saves: `sprints/lead/signatures/0123456789ab/`."""
REINSTALL: Final = "Install sprintkit again, with pip."

SettingsCheck = Callable[[Mapping[str, Any]], Sequence[str]]
"""Takes the settings and returns the problems of those for the app."""


class DoctorCheck(TypedDict):
    """One thing that was checked."""

    what: str
    is_well: bool
    found: str
    hint: str | None
    """What to do if it is not well."""


class DoctorData(TypedDict):
    """The `data` of `doctor`."""

    workspace: str | None
    """Absolute path of the workspace; None outside one."""
    checks: list[DoctorCheck]


def diagnose(
    start: str | None, today: date, check_app_settings: SettingsCheck = lambda settings: ()
) -> Result[DoctorData]:
    """Check the installation, and the workspace that contains `start` if there is one. Exit 1 if anything is wrong."""
    checks = list(_check_installation())
    root = None
    try:
        context = open_context(start, today)
    except InputError as error:
        problem = error.problems[0]
        checks.append(_check("workspace", start is None, f"none: {problem.message}", problem.hint))
    else:
        checks.extend(_check_workspace(context, check_app_settings))
        root = context.root
    is_all_well = all(check["is_well"] for check in checks)
    return Result(
        {"workspace": root, "checks": checks}, exit_code=ExitCode.OK if is_all_well else ExitCode.NO
    )


def _check(what: str, is_well: bool, detail: str, hint: str | None = None) -> DoctorCheck:
    return {"what": what, "is_well": is_well, "found": detail, "hint": hint}


def _check_installation() -> Iterator[DoctorCheck]:
    yield _check("sprintkit", True, __version__)
    version = platform.python_version()
    yield _check("Python", sys.version_info >= (3, 11), version, "sprintkit needs Python 3.11 or newer.")
    for library in LIBRARIES:
        try:
            yield _check(library, True, metadata.version(library))
        except metadata.PackageNotFoundError:
            yield _check(library, False, "not installed", REINSTALL)
    yield _try("templates", _count_templates, REINSTALL)
    yield _try("typst", _compile_with_typst, "Install typst again, with pip; only PDF needs it.")
    encoding = (getattr(sys.stdout, "encoding", None) or "none").lower()
    colour = "no colour" if os.environ.get("NO_COLOR") else "colour"
    yield _check("output", True, f"{encoding}, {colour}")


def _try(what: str, describe: Callable[[], str], hint: str) -> DoctorCheck:
    """A check that fails if `describe` raises."""
    try:
        return _check(what, True, describe())
    except (SprintkitError, ImportError, OSError, RuntimeError, ValueError) as error:
        return _check(what, False, f"{type(error).__name__}: {error}", hint)


def _count_templates() -> str:
    from sprintkit.documents.builtin_templates import template_names

    names = template_names()
    if not names:
        raise OSError("there are none")
    return f"{len(names)} built in"


def _compile_with_typst() -> str:
    import typst

    # Looking through the machine's fonts would take sixty times as long.
    own_fonts = typst.Fonts(include_system_fonts=False)
    page: Any = typst.compile(b"#set page(width: 2cm, height: 1cm)\nA", font_paths=own_fonts, format="pdf")
    if not bytes(page).startswith(b"%PDF"):
        raise ValueError("it makes no PDF")
    return "makes a PDF, with its built-in fonts"


def _check_workspace(context: WorkspaceContext, check_app_settings: SettingsCheck) -> Iterator[DoctorCheck]:
    root = context.root
    is_writable = os.access(root, os.W_OK | os.X_OK)
    yield _check(
        "workspace", is_writable, root if is_writable else f"{root} is read-only", "Ask for write permission."
    )
    yield _check_settings(context, check_app_settings)
    yield from _check_git_files(root)
    yield from _check_own_templates(context.workspace)
    yield _check_lock(root)
    yield _check_leftover_files(Path(root))
    yield from _check_unsaved_text(root)
    yield from _check_sprints(context)


def _check_settings(context: WorkspaceContext, check_app_settings: SettingsCheck) -> DoctorCheck:
    try:
        _ = context.settings, context.lexicon, context.judge
        complaints = " ".join(check_app_settings(context.raw_settings))
    except SprintkitError as error:
        messages = "; ".join(problem.message for problem in error.problems)
        return _check(SETTINGS_FILE, False, messages, "Correct the file.")
    if complaints:
        return _check(SETTINGS_FILE, False, complaints, "The app ignores these settings.")
    return _check(SETTINGS_FILE, True, "valid" if context.raw_settings else "none; the defaults apply")


def _check_git_files(root: str) -> Iterator[DoctorCheck]:
    for name, line in GIT_LINES:
        try:
            text = files.read_bytes_if_exists(root, name) or b""
        except InputError as error:
            yield _check(name, False, error.problems[0].message, error.problems[0].hint)
            continue
        has_line = line.encode() in map(bytes.strip, text.splitlines())
        detail = f"contains {line}" if has_line else f"does not contain {line}"
        yield _check(name, has_line, detail, "Run sprintkit init here.")


def _check_own_templates(workspace: Workspace) -> Iterator[DoctorCheck]:
    what = "own templates"
    try:
        templates = load_house_templates(workspace)
    except InputError as error:
        problem = error.problems[0]
        yield _check(what, False, f"{problem.path}: {problem.message}", problem.hint)
        return
    is_well = True
    for name, problem in list(templates.unusable.items())[:MAX_MESSAGES]:
        is_well = False
        yield _check(what, False, f"templates/{name}: {problem.message}", problem.hint)
    copies = [name for name in templates.names if original_among(name, templates.names)]
    if copies:
        is_well = False
        message = f"{', '.join(copies[:MAX_LISTED_FILES])}: looks like a sync copy"
        yield _check(what, False, message, "Compare it with the file without the suffix, then delete it.")
    if is_well:
        yield _check(what, True, str(len(templates.files)) if templates.files else "none")
    yield from _check_words_and_fonts(templates)


def _check_words_and_fonts(templates: HouseTemplates) -> Iterator[DoctorCheck]:
    try:
        load_house_wording(templates)
        fonts = check_fonts(templates.files, templates.unusable)
    except ImportError:
        return  # already reported as a missing library
    except SprintkitError as error:
        problem = error.problems[0]
        yield _check("own templates", False, f"{problem.path}: {problem.message}", problem.hint)
        return
    for message in fonts[:MAX_MESSAGES]:
        yield _check(
            "own fonts", False, message, "Put the .ttf or .otf file of the font into templates/fonts."
        )


def _check_lock(root: str) -> DoctorCheck:
    path = Path(root, lock.LOCK_PATH)
    if path.parent.is_symlink():
        hint = f"Remove {PRIVATE_FOLDER}; sprintkit creates it again."
        return _check("lock", False, f"{PRIVATE_FOLDER} is a link", hint)
    if fcntl is None or not os.path.lexists(path):
        return _check("lock", True, "free")
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        hint = f"Remove {PRIVATE_FOLDER}; sprintkit creates it again."
        return _check("lock", False, f"cannot be opened: {error.strerror}", hint)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _check("lock", True, "held: another sprintkit is writing right now")
    finally:
        os.close(handle)
    return _check("lock", True, "free")


def _check_leftover_files(root: Path) -> DoctorCheck:
    paths = sorted(_find_leftover_files(root))
    detail = ", ".join(paths[:MAX_LISTED_FILES]) + (" …" if paths[MAX_LISTED_FILES:] else "")
    return _check(
        "leftover files",
        not paths,
        detail or "none",
        "A save that was killed left them; the next save in that folder removes them.",
    )


def _check_unsaved_text(root: str) -> Iterator[DoctorCheck]:
    """One failed check for each text that could not be saved, up to a limit; none if there is none."""
    texts = find_unsaved_text(root)
    for text in texts[:MAX_UNSAVED_TEXTS]:
        owner = "a new sprint" if text.slug is None else text.slug
        message = (
            f"{text.label} of {owner}, set aside on {text.set_aside_at:%Y-%m-%d at %H:%M} in {text.path}"
        )
        yield _check("unsaved text", False, message, text.how_to_open)
    if len(texts) > MAX_UNSAVED_TEXTS:
        yield _check("unsaved text", False, f"and {len(texts) - MAX_UNSAVED_TEXTS} more")


def _find_leftover_files(root: Path) -> Iterator[str]:
    """Temporary files of saves whose process is gone."""
    for folder, folders, names in os.walk(root / SPRINTS_FOLDER):
        depth = len(Path(folder).relative_to(root).parts)
        folders[:] = [name for name in folders if name[0] != "." and depth < MAX_SAVE_DEPTH]
        for name in names:
            match = atomic.TEMPORARY_NAME.fullmatch(name)
            if match and not atomic.is_running(int(match[1])):
                yield Path(folder, name).relative_to(root).as_posix()


def _check_sprints(context: WorkspaceContext) -> Iterator[DoctorCheck]:
    try:
        slugs = context.workspace.slugs()
    except InputError as error:
        yield _check("sprints", False, error.problems[0].message, error.problems[0].hint)
        return
    sprints = [load_records(context, slug, is_known=True) for slug in slugs]
    problems = [(sprint.slug, problem) for sprint in sprints for problem in limit_by_file(sprint.problems)]
    for slug, problem in problems:
        yield _check(problem.path or slug, False, problem.message, problem.hint)
    for sprint in sprints:
        for notice in limit_by_file(sprint.files.notices):
            yield _check(notice.path or sprint.slug, False, notice.message, notice.hint)
        for refused in list_refused_amendments(sprint, context.today):
            message = f"amendment {refused['id']} is approved by all and does not count: {' '.join(refused['reasons'])}"
            yield _check(refused["path"], False, message, "Write it again, on top of the charter in force.")
    for names in odd_folders.merging_folders(context.workspace):
        message = f"{' and '.join(names)} are one folder on macOS and Windows"
        yield _check("sprints", False, message, "Rename one of them before somebody there takes a copy.")
    if skipped := odd_folders.skipped_folders(context.workspace):
        yield _check("folders that are not sprints", True, _describe_skipped(skipped))
    detail = f"{len(problems)} faults, named above" if problems else "all files can be read"
    yield _check("sprints", not problems, f"{len(slugs)}, {detail}")


def _describe_skipped(folders: Sequence[odd_folders.SkippedFolder]) -> str:
    """One line, with those that hold a charter first."""
    listed = sorted(folders, key=lambda folder: folder.charter_path is None)
    described = [
        f"{folder.path} ({folder.charter_path} looks like a charter: move its folder into {SPRINTS_FOLDER}/)"
        if folder.charter_path
        else folder.path
        for folder in listed[:MAX_LISTED_FILES]
    ]
    more = f" and {len(folders) - MAX_LISTED_FILES} more" if folders[MAX_LISTED_FILES:] else ""
    return f"{', '.join(described)}{more}; skipped, for want of a charter, a draft or a record"
