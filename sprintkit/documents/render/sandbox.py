"""Rendering a workspace's own templates: in a process of its own, under limits, without a network."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sprintkit.documents.render.sandbox_worker import MADE, OUTPUT, REFUSED, SECONDS
from sprintkit.errors import InputError, Problem

_BOOT: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from sprintkit.documents.render.sandbox_worker import main; main()"
)
_NO_PROXY_ANSWERS: Final = "http://127.0.0.1:9"
"""Where a template's attempt to reach a network ends: nothing listens there."""


def render_text_confined(
    document: str, form: str, context: Mapping[str, Any], sources: Mapping[str, str]
) -> bytes:
    """Markdown or HTML from templates that are not ours. Raises InputError with what was wrong."""
    return _run({"document": document, "form": form, "context": context, "sources": sources})


def render_pdf_confined(
    document: str, context: Mapping[str, Any], own: Mapping[str, bytes], paper: str
) -> bytes:
    """PDF from templates that are not ours. Raises InputError with what was wrong."""
    coded = {name: base64.b64encode(content).decode() for name, content in own.items()}
    return _run({"document": document, "form": "pdf", "context": context, "own": coded, "paper": paper})


def _run(job: Mapping[str, Any]) -> bytes:
    with tempfile.TemporaryFile() as into, tempfile.TemporaryFile() as out:
        into.write(json.dumps(job).encode())
        into.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-c", _BOOT, json.dumps(_paths())],
                stdin=into,
                stdout=out,
                stderr=subprocess.DEVNULL,
                cwd=tempfile.gettempdir(),
                env=_environment(),
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _stopped(job, f"it took more than {SECONDS} seconds") from error
        out.seek(0)
        made = out.read(OUTPUT + 8192)
    if done.returncode == 0 and made.startswith(MADE) and len(made) <= OUTPUT + 1:
        return made[1:]
    if done.returncode == 0 and made.startswith(REFUSED):
        raise InputError.of([Problem(**json.loads(made[1:]))])
    raise _stopped(job, _why(done.returncode, len(made)))


def _paths() -> list[str]:
    """Where this process finds its modules, as full paths."""
    return [str(Path(entry or ".").resolve()) for entry in sys.path]


def _environment() -> dict[str, str]:
    """The least a process needs; proxies that lead nowhere, one thread, one arena of memory."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), _NO_PROXY_ANSWERS)
    proxies |= {name.upper(): value for name, value in proxies.items()}
    return kept | proxies | {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1", "PYTHONHASHSEED": "0"}


def _why(code: int, size: int) -> str:
    if size > OUTPUT or code == -getattr(signal, "SIGXFSZ", 0):
        return "it makes more than 2 MB of output"
    if code in (-getattr(signal, "SIGXCPU", 0), -getattr(signal, "SIGKILL", 0)):
        return f"it took more than {SECONDS} seconds"
    return "it needs more memory than a template may have, 400 MB"


def _stopped(job: Mapping[str, Any], why: str) -> InputError:
    name = f"{job['document']}.typ" if job["form"] == "pdf" else f"{job['document']}.{job['form']}.j2"
    return InputError(
        f"this template, or one that it uses, was stopped: {why}.",
        code="template",
        path=f"templates/{name}",
        hint="Look for a loop or a repetition that grows without end.",
    )
