"""Runs a job in a separate process, the only one that opens the extract."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any, Final

from sprintkit.errors import InputError, Problem, WriteError
from sprintkit.measure.worker.job import OnProgress

_REPEAT_SECONDS: Final = 0.2
"""After so long without news the last progress is reported again, so that what `on_progress` raises ends a job at once."""
_START: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from sprintkit.measure.worker.main import main; main()"
)


def run_job(job: Any, *, lock: int, label: str, on_progress: OnProgress | None = None) -> Mapping[str, Any]:
    """Run `job`, a dataclass, in a new process and return the process's answer.

    The process inherits the descriptor `lock`; messages name the extract `label`. When the job ends, `on_progress` is
    called with an empty text. Raises InputError if the extract cannot be measured, WriteError if there is too little
    memory or disk space, RuntimeError for a bug in the process.
    """
    message = {"kind": type(job).__name__, "job": dataclasses.asdict(job)}
    request = json.dumps(message, default=_to_plain).encode() + b"\n"
    process = subprocess.Popen(
        [
            sys.executable,
            "-I",
            "-c",
            _START,
            json.dumps([str(Path(entry or ".").resolve()) for entry in sys.path]),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=tempfile.gettempdir(),
        env=_environment(),
        pass_fds=(lock,) if os.name == "posix" else (),
        start_new_session=True,  # so that ctrl+c in the terminal reaches this process alone
    )
    assert process.stdin is not None
    assert process.stdout is not None
    lines: SimpleQueue[bytes] = SimpleQueue()
    reader = threading.Thread(target=_read_lines, args=(process.stdout, lines), daemon=True)
    try:
        process.stdin.write(request)
        process.stdin.flush()
        reader.start()
        for reply in _messages(lines):
            if "stage" not in reply:
                return _answer(reply, label)
            if on_progress is not None:
                on_progress(reply["stage"], reply["share"])
        process.wait()
        raise InputError(
            "it could not be measured: the process that reads it ended", code="extract", path=label
        )
    finally:
        process.kill()
        process.wait()
        if reader.ident is not None:
            reader.join()
        process.stdin.close()
        process.stdout.close()
        if on_progress is not None:
            on_progress("", 1)


def _read_lines(stream: IO[bytes], lines: SimpleQueue[bytes]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(b"")


def _messages(lines: SimpleQueue[bytes]) -> Iterator[Mapping[str, Any]]:
    """What the process says, until it ends; its last stage once more where it says nothing for a while."""
    last: Mapping[str, Any] = {"stage": "starting", "share": 0.0}
    while True:
        try:
            line = lines.get(timeout=_REPEAT_SECONDS)
        except Empty:
            yield last
            continue
        if not line:
            return
        last = json.loads(line)
        yield last


def _answer(message: Mapping[str, Any], label: str) -> Mapping[str, Any]:
    if "answer" in message:
        answer: Mapping[str, Any] = message["answer"]
        return answer
    if "problems" in message:
        raise InputError.from_problems(Problem(**problem) for problem in message["problems"])
    if message["failure"] == "memory":
        raise WriteError(
            "there is too little memory, or room for temporary files, to measure it",
            code="no_room",
            path=label,
            hint="Make room in the folder for temporary files, or set TMPDIR to another one.",
        )
    if message["failure"] == "engine":
        raise InputError(f"it could not be read ({message['error']})", code="extract", path=label)
    raise RuntimeError(f"{message['error']} while measuring, at {'; '.join(message['places'])}")


def _to_plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be sent")


def _environment() -> dict[str, str]:
    """The environment variables that the process needs."""
    names = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "HOME")
    return {name: os.environ[name] for name in names if name in os.environ}
