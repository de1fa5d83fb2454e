"""The process that renders documents: it serves one set of templates, job after job, until its input ends.

Memory is limited for the life of the process, processor time and output for each job. It has no network. With a
workspace's own Jinja2 templates it can open no files once everything is loaded.
"""

from __future__ import annotations

import base64
import codecs
import contextlib
import json
import math
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from sprintkit.documents.catalogue import MAIL_FORM
from sprintkit.documents.render.sandbox_limits import (
    MEMORY_LIMIT_BYTES,
    OUTPUT_LIMIT_BYTES,
    TOO_MUCH_MEMORY,
    TOO_MUCH_OUTPUT,
)
from sprintkit.errors import InputError, Problem, SprintkitError
from sprintkit.text.cells import cell_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

OK_MARK: Final = b"+"
ERROR_MARK: Final = b"-"
BUG_MARK: Final = b"!"
LENGTH_BYTES: Final = 8

Job = Mapping[str, Any]
Renderer = Callable[[Job], tuple[bytes, list[str]]]
"""Turns a job into a document and notes about it."""


def main() -> None:
    """Read a set-up and then jobs from stdin, each as its length and JSON; write an answer to each job.

    An answer is a mark, its length, and its bytes: after `+` the notes as one line of JSON and then the document,
    after `-` the problem as JSON, after `!` the traceback of a bug.
    """
    _set_limits()
    setup = _read_message(sys.stdin.buffer)
    if setup is None:
        return
    render = prepare(setup)
    try:
        while (job := _read_message(sys.stdin.buffer)) is not None:
            _limit_time(job["seconds"])
            _answer(render, job, has_own=bool(setup["changed"]))
    except BrokenPipeError:
        pass  # nobody is waiting for the answer
    finally:
        if "root" in setup:
            shutil.rmtree(setup["root"], ignore_errors=True)
        os._exit(0)


def _answer(render: Renderer, job: Job, *, has_own: bool) -> None:
    try:
        body, notes = render(job)
        if len(body) > OUTPUT_LIMIT_BYTES:
            raise InputError(TOO_MUCH_OUTPUT, code="limit")
        mark, answer = OK_MARK, json.dumps(notes).encode() + b"\n" + body
    except SprintkitError as error:
        mark, answer = ERROR_MARK, json.dumps(error.problems[0]._asdict()).encode()
    except MemoryError:
        mark, answer = ERROR_MARK, json.dumps(Problem("limit", TOO_MUCH_MEMORY)._asdict()).encode()
    except Exception as error:
        if has_own:  # Jinja2 may fail in many ways, also for want of modules that it can no longer load
            message = f"it cannot be rendered: {type(error).__name__}: {error}."
            mark, answer = ERROR_MARK, json.dumps(Problem("template", message)._asdict()).encode()
        else:
            mark, answer = BUG_MARK, traceback.format_exc().encode("utf-8", "replace")
    output = sys.stdout.buffer
    output.write(mark + len(answer).to_bytes(LENGTH_BYTES, "big") + answer)
    output.flush()


def _read_message(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message; None if the input has ended."""
    header = stream.read(LENGTH_BYTES)
    if len(header) < LENGTH_BYTES:
        return None
    message: dict[str, Any] = json.loads(stream.read(int.from_bytes(header, "big")))
    return message


def _set_limits() -> None:
    """Set the limits that the system enforces. For those it lacks, the parent's timeout remains."""
    try:
        import resource  # Unix only
    except ImportError:
        return
    for name, limit in (("RLIMIT_AS", MEMORY_LIMIT_BYTES), ("RLIMIT_CORE", 0)):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (limit, limit))


def _limit_time(seconds: int) -> None:
    """Limit the next job to this many seconds of processor time."""
    try:
        import resource  # Unix only

        _, hard_limit = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, hard_limit))
    except (ImportError, ValueError, OSError):
        return


def _forbid_opening_files() -> None:
    try:
        import resource  # Unix only

        resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    except (ImportError, ValueError, OSError):
        return


def prepare(setup: Job) -> Renderer:
    """What renders jobs with the templates of a set-up."""
    return _prepare_pdf(setup) if setup["kind"] == "pdf" else _prepare_text(setup)


def _prepare_text(setup: Job) -> Renderer:
    from sprintkit.documents.render.jinja import (
        builtin_environment,
        create_environment,
        join_pieces,
        load_own_or_builtin,
        render_pieces,
    )

    changed = {name: base64.b64decode(content) for name, content in setup["changed"].items()}
    unusable = {name: Problem(**problem) for name, problem in setup["unusable"].items()}
    get_environment: Callable[[str], ImmutableSandboxedEnvironment] = builtin_environment
    if changed or unusable:
        load = load_own_or_builtin(changed, unusable)
        environments = {form: create_environment(form, load) for form in ("md", "html", "txt")}
        get_environment = environments.__getitem__
        _warm_up(create_environment("md", _WARM_UP_TEMPLATES.get))
        _forbid_opening_files()

    def render(job: Job) -> tuple[bytes, list[str]]:
        form = job["form"]
        pieces, size = [], 0
        environment = get_environment("txt" if form == MAIL_FORM else form)
        for piece in render_pieces(environment, job["document"], form, job["context"]):
            size += len(piece.encode("utf-8", "replace"))
            if size > OUTPUT_LIMIT_BYTES:
                raise InputError(TOO_MUCH_OUTPUT, code="limit")
            pieces.append(piece)
        return join_pieces(pieces, form).encode("utf-8", "replace"), []

    return render


_WARM_UP_TEMPLATES: Final = {"warm-up": "{% set a = 'a\\n' %}{{ a }}{{ nothing }}"}


def _warm_up(environment: ImmutableSandboxedEnvironment) -> None:
    """Make Python and Jinja2 load whatever they load lazily, while files can still be opened."""
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):  # those of `decode_text`
        codecs.lookup(encoding)
    from jinja2 import UndefinedError

    cell_width("…")
    with contextlib.suppress(UndefinedError):
        environment.get_template("warm-up").render()


def _prepare_pdf(setup: Job) -> Renderer:
    from sprintkit.documents.render.pdf import TemplateFolder

    unusable = {name: Problem(**problem) for name, problem in setup["unusable"].items()}
    folder = TemplateFolder(Path(setup["root"]), setup["changed"], unusable)

    def render(job: Job) -> tuple[bytes, list[str]]:
        if job["document"] is None:
            return b"", folder.font_notes()
        return folder.compile(job["document"], job["context"], job["paper"])

    return render
