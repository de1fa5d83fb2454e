"""The process that renders with a workspace's own templates: it reads one job, writes one document, and ends.

Memory, time and output are limited. Once everything is loaded, it can open no more files (Jinja2), or write none
larger than a document may be (Typst).
"""

from __future__ import annotations

import base64
import contextlib
import json
import sys
from collections.abc import Mapping
from typing import Any, Final

from sprintkit.errors import SprintkitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

MEMORY_LIMIT: Final = 400 * 1024 * 1024
TIME_LIMIT: Final = 5
"""Seconds."""
OUTPUT_LIMIT: Final = 2 * 1024 * 1024
OK_MARK: Final = b"+"
ERROR_MARK: Final = b"-"


def main() -> None:
    """Read a job from stdin; write `+` and the document, or `-` and the problem as JSON, to stdout."""
    _set_limits()
    job = json.loads(sys.stdin.buffer.read())
    output = sys.stdout.buffer
    try:
        output.write(OK_MARK + (_render_pdf(job) if job["form"] == "pdf" else _render_text(job)))
    except SprintkitError as error:
        output.seek(0)
        output.truncate()
        output.write(ERROR_MARK + json.dumps(error.problems[0]._asdict()).encode())
    output.flush()


def _set_limits() -> None:
    """Set the limits that the system enforces. For those it lacks, the parent's timeout remains."""
    try:
        import resource  # Unix only
    except ImportError:
        return
    for name, limit in (
        ("RLIMIT_AS", MEMORY_LIMIT),
        ("RLIMIT_CPU", TIME_LIMIT),
        ("RLIMIT_FSIZE", OUTPUT_LIMIT + 4096),
    ):
        try:
            resource.setrlimit(getattr(resource, name), (limit, limit))
        except (AttributeError, ValueError, OSError):
            continue


def _forbid_opening_files() -> None:
    try:
        import resource  # Unix only

        resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    except (ImportError, ValueError, OSError):
        return


def _render_text(job: Mapping[str, Any]) -> bytes:
    from sprintkit.documents.catalogue import template_name
    from sprintkit.documents.render.jinja import (
        create_environment,
        join_pieces,
        render_pieces,
        template_error,
    )

    form = job["form"]
    environment = create_environment(form, job["sources"].get)
    _warm_up(create_environment(form, _WARM_UP_TEMPLATES.get))
    _forbid_opening_files()
    pieces, size = [], 0
    for piece in render_pieces(environment, job["document"], form, job["context"]):
        size += len(piece.encode("utf-8", "replace"))
        if size > OUTPUT_LIMIT:
            name = template_name(job["document"], form)
            raise template_error(name, None, "it makes more than 2 MB of output")
        pieces.append(piece)
    return join_pieces(pieces, form).encode("utf-8", "replace")


_WARM_UP_TEMPLATES: Final = {"warm-up": "{% set a = 'a\\n' %}{{ a }}{{ nothing }}"}


def _warm_up(environment: ImmutableSandboxedEnvironment) -> None:
    """Let Jinja2 load what it loads on first use and at the first error, while files can still be opened."""
    from jinja2 import UndefinedError

    with contextlib.suppress(UndefinedError):
        environment.get_template("warm-up").render()


def _render_pdf(job: Mapping[str, Any]) -> bytes:
    from sprintkit.documents.render.pdf import compile_pdf

    changed = {name: base64.b64decode(content) for name, content in job["changed"].items()}
    return compile_pdf(job["document"], job["context"], changed, job["paper"])
