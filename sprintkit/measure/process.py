"""Runs a job in a process of its own, which alone opens the extract."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any, Final

from sprintkit.errors import InputError, Problem, WriteError

OnProgress = Callable[[str, float], None]
"""Gets told what is being done, and which share of it is done, 0 to 1; at the end of everything an empty text.

It is told several times a second, also where nothing has changed, so that what it raises ends a job at once."""
_REPEAT_SECONDS: Final = 0.2
_START: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from sprintkit.measure.worker.main import main; main()"
)


def run_job(job: Any, *, lock: int, label: str, on_progress: OnProgress | None = None) -> Mapping[str, Any]:
    """The answer of a process to a job, a dataclass. Raises InputError, or RuntimeError for a bug in it.

    `lock` is the descriptor that the process inherits; `label` is how messages name the extract.
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
        start_new_session=True,  # ctrl+c in the terminal is answered by this process
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
    """The few variables that the process needs."""
    names = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "HOME")
    return {name: os.environ[name] for name in names if name in os.environ}
