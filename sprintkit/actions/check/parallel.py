"""Checks many files or sprints in two processes, if that is faster. The reports are the same."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from sprintkit.actions.check.report import CheckReport

MIN_TARGETS = 100
"""The number of targets from which a second process is worthwhile."""
PIPE_CHUNK_SIZE = 1 << 20
LENGTH_SIZE = 8
"""Bytes of the length that precedes the reports in the pipe."""


def check_in_parallel(targets: Sequence[str], check: Callable[[str], CheckReport]) -> list[CheckReport]:
    """The report of each target, in order. Raises as `check` does.

    A forked process checks the second half, if possible. If it does not return its reports, this process checks that
    half too, so that exceptions are raised here.
    """
    if not _can_fork(len(targets)):
        return [check(target) for target in targets]
    reports = [check(targets[0])]  # fills the caches that both processes need
    half = len(targets) // 2
    worker = _fork_worker(targets[half:], check)
    if worker is None:
        return [*reports, *map(check, targets[1:])]
    pid, read_handle = worker
    try:
        reports.extend(map(check, targets[1:half]))
        second_half = _read_reports(read_handle)
    finally:
        os.close(read_handle)  # ends a worker that is still writing
        os.waitpid(pid, 0)
    if second_half is None or len(second_half) != len(targets) - half:
        second_half = [check(target) for target in targets[half:]]
    return [*reports, *second_half]


def _can_fork(target_count: int) -> bool:
    if target_count < MIN_TARGETS or not hasattr(os, "fork") or sys.platform == "darwin":
        return False
    if (os.cpu_count() or 1) < 2:
        return False
    threading = sys.modules.get("threading")
    return threading is None or threading.active_count() == 1


def _fork_worker(targets: Sequence[str], check: Callable[[str], CheckReport]) -> tuple[int, int] | None:
    """Process id of a worker that checks `targets`, and the handle to read its reports; None if it cannot start."""
    try:
        read_handle, write_handle = os.pipe()
    except OSError:
        return None
    try:
        pid = os.fork()
    except OSError:
        os.close(read_handle)
        os.close(write_handle)
        return None
    if pid:
        os.close(write_handle)
        return pid, read_handle
    # The worker must not flush the parent's output or run its clean-up.
    try:
        os.close(read_handle)
        _write_reports(write_handle, [check(target) for target in targets])
    finally:
        os._exit(0)


def _write_reports(handle: int, reports: list[CheckReport]) -> None:
    import marshal

    encoded = marshal.dumps([tuple(report) for report in reports])
    content = memoryview(len(encoded).to_bytes(LENGTH_SIZE, "big") + encoded)
    while content:
        content = content[os.write(handle, content) :]


def _read_reports(handle: int) -> list[CheckReport] | None:
    """The reports of the worker; None if they are incomplete."""
    import marshal

    chunks = []
    while chunk := os.read(handle, PIPE_CHUNK_SIZE):
        chunks.append(chunk)
    content = b"".join(chunks)
    length = int.from_bytes(content[:LENGTH_SIZE], "big")
    if len(content) < LENGTH_SIZE or len(content) != LENGTH_SIZE + length:
        return None
    return [CheckReport(*fields) for fields in marshal.loads(content[LENGTH_SIZE:])]
