"""Renders in separate processes, under limits and without a network. Exceeding a limit ends only that process.

Starting a process costs more than rendering, so each process serves all jobs with its templates and waits in `_idle`
for the next one. They end with this process.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from sprintkit.documents.render.sandbox_limits import CPU_LIMIT_SECONDS, OUTPUT_LIMIT_BYTES, TOO_MUCH_MEMORY
from sprintkit.documents.render.sandbox_worker import (
    BUG_MARK,
    ERROR_MARK,
    LENGTH_BYTES,
    OK_MARK,
)
from sprintkit.documents.render.typst_folder import copy_templates
from sprintkit.errors import InputError, Problem, WriteError

WAIT_LIMIT: Final = 6 * CPU_LIMIT_SECONDS if os.name == "posix" else CPU_LIMIT_SECONDS
"""Wall-clock seconds after which a process is killed. Where the system enforces the CPU limit, a busy machine has longer."""
_MAX_ANSWER: Final = OUTPUT_LIMIT_BYTES + 64 * 1024
_START_WORKER: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from sprintkit.documents.render.sandbox_worker import main; main()"
)
_DEAD_PROXY: Final = "http://127.0.0.1:9"
"""Network requests from templates go to this port, where nothing listens."""


class LimitError(Exception):
    """A rendering was stopped by one of its limits. The message says which."""


class TemplateSet(NamedTuple):
    """The templates that one process renders with."""

    kind: Literal["text", "pdf"]
    """What the process renders: Markdown, HTML and plain text, or PDF."""
    changed: Mapping[str, bytes]
    """The workspace's own templates of this kind that differ from the built-in ones, by name."""
    unusable: Mapping[str, Problem]
    """Templates of this kind that could not be read, by name."""

    @property
    def is_builtin(self) -> bool:
        """Whether they are the built-in ones."""
        return not self.changed and not self.unusable


def render_in_sandbox(templates: TemplateSet, job: Mapping[str, Any]) -> tuple[bytes, list[str]]:
    """Render a job in another process, within `limits` and at most `WAIT_LIMIT` seconds.

    If a process fails that earlier jobs may have worn out, the job is tried once more in a new one.

    Returns the document, and notes for the author of the templates. Raises InputError for a broken template,
    WriteError if there is no room for temporary files, and LimitError.
    """
    worker = _take_worker(templates)
    try:
        try:
            return worker.render(job)
        except LimitError:
            if not worker.may_be_worn:
                raise
        # Earlier jobs may have used up its memory, so the job is tried in a fresh process.
        worker = _Worker(templates)
        return worker.render(job)
    finally:
        if worker.is_usable():
            with _lock:
                _idle.append(worker)
        else:
            worker.stop()


def start_process(templates: TemplateSet) -> None:
    """Start a process in advance, so that it loads its modules while the caller does other work."""
    worker = _take_worker(templates)
    with _lock:
        _idle.append(worker)


_idle: list[_Worker] = []
"""Processes waiting for a job."""
_lock = threading.Lock()


def _take_worker(templates: TemplateSet) -> _Worker:
    """A waiting process with these templates, or a new one.

    Processes with a workspace's older templates of that kind are ended. Built-in templates never get old.
    """
    with _lock:
        waiting = [worker for worker in _idle if worker.templates.kind == templates.kind]
        usable = [
            worker
            for worker in waiting
            if worker.is_usable() and (worker.templates == templates or worker.templates.is_builtin)
        ]
        useless = [worker for worker in waiting if worker not in usable]
        chosen = [worker for worker in usable if worker.templates == templates][-1:]
        _idle[:] = [worker for worker in _idle if worker not in useless and worker not in chosen]
    for worker in useless:
        worker.stop()
    return chosen[0] if chosen else _Worker(templates)


@atexit.register
def _stop_workers() -> None:
    with _lock:
        workers = _idle[:]
        _idle.clear()
    for worker in workers:
        worker.stop()


class _Worker:
    """A process that renders with one set of templates."""

    def __init__(self, templates: TemplateSet) -> None:
        self.templates = templates
        self.may_be_worn = False
        """Whether earlier jobs, and not a time limit, may be why the last one failed."""
        self._has_rendered = False
        self._owes_answer = False
        self._owner = os.getpid()
        self._setup: dict[str, Any] | None = make_setup(templates)
        self._root: str | None = self._setup.get("root")
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START_WORKER, json.dumps(_module_paths())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=tempfile.gettempdir(),
            env=_environment(),
            start_new_session=True,  # so that ctrl+c in the terminal does not reach it
        )

    def render(self, job: Mapping[str, Any]) -> tuple[bytes, list[str]]:
        """The document and notes. Raises the InputError of the process, or LimitError once the process has ended."""
        timed_out = threading.Event()

        def give_up() -> None:
            timed_out.set()
            self._process.kill()

        timer = threading.Timer(WAIT_LIMIT, give_up)
        timer.daemon = True
        timer.start()
        self._owes_answer = True  # still true if ctrl+c interrupts the wait
        try:
            mark, answer = self._exchange({**job, "seconds": CPU_LIMIT_SECONDS})
        except OSError:
            mark, answer = b"", b""
        finally:
            timer.cancel()
        self._owes_answer = not mark
        self._has_rendered = self._has_rendered or bool(mark)
        if mark == OK_MARK:
            notes, _, body = answer.partition(b"\n")
            return body, json.loads(notes)
        if mark == ERROR_MARK:
            raise InputError.from_problems([Problem(**json.loads(answer))])
        if mark == BUG_MARK:
            raise RuntimeError(answer.decode())
        exit_code = self.stop()
        if timed_out.is_set():
            raise LimitError(f"it took more than {WAIT_LIMIT} seconds")
        if exit_code == -getattr(signal, "SIGXCPU", 0):
            raise LimitError(f"it took more than {CPU_LIMIT_SECONDS} seconds")
        self.may_be_worn = self._has_rendered
        raise LimitError(TOO_MUCH_MEMORY)

    def is_usable(self) -> bool:
        """Whether the process can take a job: it is running and owes no answer."""
        return not self._owes_answer and self._process.poll() is None

    def stop(self) -> int:
        """End the process and remove its folder. Returns its exit code, also if it had already ended by itself."""
        if self._owner != os.getpid():
            return 0  # it belongs to the process that this one was forked from
        self._process.kill()
        exit_code = self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # unsent data is lost with the process
                if stream is not None:
                    stream.close()
        if self._root is not None:
            shutil.rmtree(self._root, ignore_errors=True)
        return exit_code

    def _exchange(self, job: Mapping[str, Any]) -> tuple[bytes, bytes]:
        """The mark and content of the answer to a job; both empty if the answer is incomplete."""
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None
        assert answers is not None
        for message in (self._setup, job) if self._setup is not None else (job,):
            encoded = json.dumps(message).encode()
            requests.write(len(encoded).to_bytes(LENGTH_BYTES, "big"))
            requests.write(encoded)
        requests.flush()
        self._setup = None
        header = answers.read(1 + LENGTH_BYTES)
        length = int.from_bytes(header[1:], "big")
        if len(header) < 1 + LENGTH_BYTES or length > _MAX_ANSWER:
            return b"", b""
        answer = answers.read(length)
        return (header[:1], answer) if len(answer) == length else (b"", b"")


def make_setup(templates: TemplateSet) -> dict[str, Any]:
    """What a process is told before its first job; for PDF, its templates are then in a new folder `root`.

    Raises WriteError if there is no room for that folder.
    """
    setup: dict[str, Any] = {
        "kind": templates.kind,
        "unusable": {name: problem._asdict() for name, problem in templates.unusable.items()},
    }
    if templates.kind == "pdf":
        return setup | {"root": str(_make_folder(templates)), "changed": list(templates.changed)}
    encoded = {name: base64.b64encode(content).decode() for name, content in templates.changed.items()}
    return setup | {"changed": encoded}


def _make_folder(templates: TemplateSet) -> Path:
    """Create a temporary folder with the templates. Raises WriteError."""
    try:
        root = Path(tempfile.mkdtemp(prefix="sprintkit-"))
        copy_templates(root, templates.changed, templates.unusable)
    except OSError as error:
        raise WriteError(
            f"the templates could not be copied to a folder for temporary files: {error.strerror or error}",
            code="not_written",
            path=tempfile.gettempdir(),
            hint="Make room there, or set TMPDIR to another folder.",
        ) from None
    return root


def _module_paths() -> list[str]:
    """Where this process finds its modules, as absolute paths."""
    return [str(Path(entry or ".").resolve()) for entry in sys.path]


def _environment() -> dict[str, str]:
    """The environment of a process: the few variables it needs, dead proxies, few threads.

    Memory arenas are few too, because each of them reserves address space.
    """
    inherited = {
        name: os.environ[name]
        for name in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
        if name in os.environ
    }
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), _DEAD_PROXY)
    proxies |= {name.upper(): value for name, value in proxies.items()}
    return inherited | proxies | {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2", "PYTHONHASHSEED": "0"}
