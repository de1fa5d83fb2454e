"""Many files or sprints examined by two processes where that is quicker; what comes back is the same."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from sprintkit.actions.check.report import CheckReport

MIN_TARGETS = 100
"""Files from which a second process pays for itself."""


def check_in_parallel(targets: Sequence[str], examine: Callable[[str], CheckReport]) -> list[CheckReport]:
    """What `examine` finds in each of `targets`, in their order. Raises as it does.

    The second half is looked at by a forked process where there is one to be had; whatever that does not give
    back is looked at here, so an error is raised where it belongs.
    """
    if not _may_fork(len(targets)):
        return [examine(target) for target in targets]
    first = [examine(targets[0])]  # what is worked out once is worked out before there are two
    half = len(targets) // 2
    reader = _fork_worker(targets[half:], examine)
    if reader is None:
        return [*first, *map(examine, targets[1:])]
    pid, handle = reader
    try:
        first.extend(map(examine, targets[1:half]))
        rest = _read_reports(handle)
    finally:
        os.close(handle)  # one who still writes ends by it
        os.waitpid(pid, 0)
    if rest is None or len(rest) != len(targets) - half:
        rest = [examine(target) for target in targets[half:]]
    return [*first, *rest]


def _may_fork(count: int) -> bool:
    if (
        count < MIN_TARGETS
        or not hasattr(os, "fork")
        or sys.platform == "darwin"
        or (os.cpu_count() or 1) < 2
    ):
        return False
    threading = sys.modules.get("threading")
    return threading is None or threading.active_count() == 1


def _fork_worker(targets: Sequence[str], examine: Callable[[str], CheckReport]) -> tuple[int, int] | None:
    """A process that examines `targets`, and where its answer is read; None where none can be had."""
    try:
        reading, writing = os.pipe()
    except OSError:
        return None
    try:
        pid = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    if pid:
        os.close(writing)
        return pid, reading
    # The child: nothing of the parent's is run to its end here, neither what waits to be printed nor clean-ups.
    try:
        os.close(reading)
        _write_reports(writing, [examine(target) for target in targets])
    finally:
        os._exit(0)


def _write_reports(handle: int, found: list[CheckReport]) -> None:
    import marshal

    content = memoryview(marshal.dumps([tuple(one) for one in found]))
    content = memoryview(len(content).to_bytes(8, "big") + content.tobytes())
    while content:
        content = content[os.write(handle, content) :]


def _read_reports(handle: int) -> list[CheckReport] | None:
    """The answer, whole; None where there is none."""
    import marshal

    pieces = []
    while piece := os.read(handle, 1 << 20):
        pieces.append(piece)
    content = b"".join(pieces)
    if len(content) < 8 or len(content) != 8 + int.from_bytes(content[:8], "big"):
        return None
    return [CheckReport(*one) for one in marshal.loads(content[8:])]
