"""Rendering with a workspace's own templates: in a separate process, under limits, without a network."""

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

from sprintkit.documents.catalogue import template_name
from sprintkit.documents.render.sandbox_worker import ERROR_MARK, OK_MARK, OUTPUT_LIMIT, TIME_LIMIT
from sprintkit.errors import InputError, Problem

_START_WORKER: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from sprintkit.documents.render.sandbox_worker import main; main()"
)
_DEAD_PROXY: Final = "http://127.0.0.1:9"
"""Network requests of a template go to this port, where nothing listens."""


def render_text_in_sandbox(
    document: str, form: str, context: Mapping[str, Any], sources: Mapping[str, str]
) -> bytes:
    """Markdown or HTML from untrusted templates. Raises InputError with what is wrong with them."""
    return _run({"document": document, "form": form, "context": context, "sources": sources})


def render_pdf_in_sandbox(
    document: str, context: Mapping[str, Any], changed: Mapping[str, bytes], paper: str
) -> bytes:
    """PDF from untrusted templates. Raises InputError with what is wrong with them."""
    encoded = {name: base64.b64encode(content).decode() for name, content in changed.items()}
    return _run({"document": document, "form": "pdf", "context": context, "changed": encoded, "paper": paper})


def _run(job: Mapping[str, Any]) -> bytes:
    with tempfile.TemporaryFile() as job_file, tempfile.TemporaryFile() as output_file:
        job_file.write(json.dumps(job).encode())
        job_file.seek(0)
        try:
            worker = subprocess.run(
                [sys.executable, "-I", "-c", _START_WORKER, json.dumps(_module_paths())],
                stdin=job_file,
                stdout=output_file,
                stderr=subprocess.DEVNULL,
                cwd=tempfile.gettempdir(),
                env=_environment(),
                timeout=TIME_LIMIT,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _limit_error(job, f"it took more than {TIME_LIMIT} seconds") from error
        output_file.seek(0)
        output = output_file.read(OUTPUT_LIMIT + 8192)
    if worker.returncode == 0 and output.startswith(OK_MARK) and len(output) <= OUTPUT_LIMIT + 1:
        return output[1:]
    if worker.returncode == 0 and output.startswith(ERROR_MARK):
        raise InputError.from_problems([Problem(**json.loads(output[1:]))])
    raise _limit_error(job, _exceeded_limit(worker.returncode, len(output)))


def _module_paths() -> list[str]:
    """Where this process finds its modules, as absolute paths."""
    return [str(Path(entry or ".").resolve()) for entry in sys.path]


def _environment() -> dict[str, str]:
    """The few variables a process needs; proxies that lead nowhere, one thread, one memory arena."""
    inherited = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ
    }
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), _DEAD_PROXY)
    proxies |= {name.upper(): value for name, value in proxies.items()}
    return inherited | proxies | {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1", "PYTHONHASHSEED": "0"}


def _exceeded_limit(exit_code: int, output_size: int) -> str:
    if output_size > OUTPUT_LIMIT or exit_code == -getattr(signal, "SIGXFSZ", 0):
        return "it makes more than 2 MB of output"
    if exit_code in (-getattr(signal, "SIGXCPU", 0), -getattr(signal, "SIGKILL", 0)):
        return f"it took more than {TIME_LIMIT} seconds"
    return "it needs more memory than a template may have, 400 MB"


def _limit_error(job: Mapping[str, Any], reason: str) -> InputError:
    return InputError(
        f"this template, or one that it uses, was stopped: {reason}.",
        code="template",
        path=f"templates/{template_name(job['document'], job['form'])}",
        hint="Look for a loop or a repetition that grows without end.",
    )
