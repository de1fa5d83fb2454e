"""The worker process: reads one job from stdin and writes messages to stdout, one line of JSON each.

When its stdin ends, nobody is waiting any more: it removes its spill folder and exits. It passes on no message and no
traceback of a library, since those may quote rows.
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import sys
import threading
import traceback
from datetime import date
from typing import Any, BinaryIO

from sprintkit.errors import SprintkitError
from sprintkit.measure.checks import DataCheckSpec
from sprintkit.measure.worker.job import ExtractSource, ProbeJob, ReadJob


def main() -> None:
    """Carry out the job on stdin."""
    _forbid_core_dumps()
    line = sys.stdin.buffer.readline()
    if not line:
        return
    message = json.loads(line)
    threading.Thread(target=_end_with_stdin, args=(message["job"]["spill_folder"],), daemon=True).start()
    answers = sys.stdout.buffer
    try:
        _write(answers, {"answer": _carry_out(message, answers)})
    except SprintkitError as error:
        _write(answers, {"problems": [problem._asdict() for problem in error.problems]})
    except MemoryError:
        _write(answers, {"failure": "memory"})
    except Exception as error:
        _write(answers, _describe_failure(error))
    os._exit(0)


def _carry_out(message: dict[str, Any], answers: BinaryIO) -> dict[str, Any]:
    from sprintkit.measure.worker.probe import probe
    from sprintkit.measure.worker.read import read_metric

    def on_progress(stage: str, share: float) -> None:
        _write(answers, {"stage": stage, "share": share})

    if message["kind"] == ReadJob.__name__:
        return dataclasses.asdict(read_metric(read_job_from_message(message["job"]), on_progress))
    return dataclasses.asdict(probe(probe_job_from_message(message["job"]), on_progress))


def probe_job_from_message(message: dict[str, Any]) -> ProbeJob:
    """The job in a decoded JSON message; the reverse of `dataclasses.asdict`."""
    return ProbeJob(
        **{
            **message,
            "extract": ExtractSource(**message["extract"]),
            "today": date.fromisoformat(message["today"]),
            "fields": tuple(message["fields"]),
            "key": tuple(message["key"]),
            "placeholders": tuple(message["placeholders"]),
            "checks": tuple(DataCheckSpec(**check) for check in message["checks"]),
            "other": None if message["other"] is None else ExtractSource(**message["other"]),
            "sheets": tuple(ExtractSource(**sheet) for sheet in message["sheets"]),
        }
    )


def read_job_from_message(message: dict[str, Any]) -> ReadJob:
    """The job in a decoded JSON message; the reverse of `dataclasses.asdict`."""
    return ReadJob(
        **{
            **message,
            "extract": ExtractSource(**message["extract"]),
            "since": date.fromisoformat(message["since"]),
            "until": date.fromisoformat(message["until"]),
        }
    )


def _describe_failure(error: Exception) -> dict[str, Any]:
    """The failure without the error's message: its class and the lines of our own modules that led to it."""
    places = [
        f"{frame.filename.rpartition('sprintkit')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    name = type(error).__name__
    if type(error).__module__.split(".")[0] in ("duckdb", "_duckdb"):
        kind = "memory" if name == "OutOfMemoryException" else "engine"
        return {"failure": kind, "error": name, "places": places}
    return {"failure": "bug", "error": name, "places": places}


def _write(stream: BinaryIO, message: dict[str, Any]) -> None:
    stream.write(json.dumps(message).encode() + b"\n")
    stream.flush()


def _end_with_stdin(spill_folder: str) -> None:
    while sys.stdin.buffer.read(1):
        pass
    shutil.rmtree(spill_folder, ignore_errors=True)
    os._exit(1)


def _forbid_core_dumps() -> None:
    try:
        import resource  # Unix only

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        return
