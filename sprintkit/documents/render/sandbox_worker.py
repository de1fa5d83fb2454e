"""The process that renders a workspace's own templates: it reads one job, writes one document, and ends.

It runs under limits of memory, time and output, and once everything is loaded it can open no file (Jinja2) or
write none larger than a document may be (Typst).
"""

from __future__ import annotations

import base64
import contextlib
import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from sprintkit.errors import SprintkitError

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

MEMORY: Final = 400 * 1024 * 1024
SECONDS: Final = 5
OUTPUT: Final = 2 * 1024 * 1024
MADE: Final = b"+"
REFUSED: Final = b"-"


def main() -> None:
    """Read a job from stdin, write `+` and the document, or `-` and the problem as JSON, to stdout."""
    _limit()
    job = json.loads(sys.stdin.buffer.read())
    out = sys.stdout.buffer
    try:
        out.write(MADE + (_pdf(job) if job["form"] == "pdf" else _text(job)))
    except SprintkitError as error:
        out.seek(0)
        out.truncate()
        out.write(REFUSED + json.dumps(error.problems[0]._asdict()).encode())
    out.flush()


def _limit() -> None:
    """Set what the system enforces; where a system knows a limit not, the parent's clock remains."""
    try:
        import resource
    except ImportError:
        return
    for name, most in (("RLIMIT_AS", MEMORY), ("RLIMIT_CPU", SECONDS), ("RLIMIT_FSIZE", OUTPUT + 4096)):
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (AttributeError, ValueError, OSError):
            continue


def _close_files() -> None:
    """From here on nothing can be opened: what is open is all there is."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    except (ImportError, ValueError, OSError):
        return


def _text(job: Mapping[str, Any]) -> bytes:
    from sprintkit.documents.render.engine import broken, environment, joined, pieces, template_name

    made = environment(job["form"], job["sources"].get)
    _warm_up(environment(job["form"], _WARM.get))
    _close_files()
    parts, size = [], 0
    for piece in pieces(made, job["document"], job["form"], job["context"]):
        size += len(piece.encode("utf-8", "replace"))
        if size > OUTPUT:
            raise broken(
                template_name(job["document"], job["form"]), None, "it makes more than 2 MB of output"
            )
        parts.append(piece)
    return joined(parts, job["form"]).encode("utf-8", "replace")


_WARM: Final = {"warm": "{% set a = 'a\\n' %}{{ a }}{{ nothing }}"}


def _warm_up(made: ImmutableSandboxedEnvironment) -> None:
    """Have Jinja2 load what it loads on first use and at the first error, while files can still be opened."""
    from jinja2 import UndefinedError

    with contextlib.suppress(UndefinedError):
        made.get_template("warm").render()


def _pdf(job: Mapping[str, Any]) -> bytes:
    from sprintkit.documents.render.pdf import compile_pdf

    own = {name: base64.b64decode(content) for name, content in job["own"].items()}
    return compile_pdf(job["document"], job["context"], own, job["paper"])
