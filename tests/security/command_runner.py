"""Runs many commands, each in a process of its own that was forked from this one, under limits.

Started as a program: reads requests from stdin, each a line of JSON, and writes one line of JSON for each command:
`[[folder, args], code, out, err, changed]`, with `code` null for what did not end in time.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

SECONDS: Final = 60.0
"""How long one command may take. None comes near it; a machine that is busy may be slow."""
MEMORY: Final = 1536 * 2**20
"""Bytes of address space of one command. A process that has made one PDF takes half of it."""
OUTPUT: Final = 16 * 2**20
"""Bytes of output that are read."""


class Command(NamedTuple):
    """A command line, and the folder it is run in."""

    folder: str
    args: tuple[str, ...]

    def __str__(self) -> str:
        return f"{Path(self.folder).name}: {' '.join(map(ascii, self.args))}"


class Outcome(NamedTuple):
    """What a command did."""

    command: Command
    code: int | None
    """Exit code; negative for a signal; None if it did not end in time."""
    out: str
    err: str
    changed: list[str]
    """Files and folders that are others than before, among those that are watched."""


Snapshot = dict[str, tuple[int, ...]]


def take_snapshot(folders: Iterable[str | Path]) -> Snapshot:
    """What every file and folder below `folders` is now. Nothing is opened, so a pipe does no harm."""
    snapshot: Snapshot = {}
    for start in folders:
        for folder, folders_inside, names in os.walk(start):
            for path in (folder, *(os.path.join(folder, name) for name in [*folders_inside, *names])):  # noqa: PTH118
                status = os.lstat(path)
                snapshot[path] = (status.st_ino, status.st_mode, status.st_size, status.st_ctime_ns)
    return snapshot


def changed_paths(before: Snapshot, after: Snapshot) -> list[str]:
    """The paths that came, went or changed between two snapshots."""
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


class CommandRunner:
    """A process with everything loaded that runs commands in an environment."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tests.security.command_runner"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=environment["TMPDIR"],
            env=dict(environment),
        )

    def run(self, commands: Sequence[Command], watched: Iterable[Path]) -> list[Outcome]:
        """Run the commands, one after the other."""
        request = {"commands": commands, "watched": [str(folder) for folder in watched]}
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        outcomes = []
        for _ in commands:
            (folder, args), *rest = json.loads(self._process.stdout.readline())
            outcomes.append(Outcome(Command(folder, tuple(args)), *rest))
        return outcomes

    def close(self) -> None:
        """End the process."""
        self._process.communicate()
        assert self._process.returncode == 0


def main() -> None:
    """Serve requests until there are no more."""
    _load_everything()
    _give_up_reading_everything()
    gc.freeze()  # what was imported is shared with the forked processes, and stays so
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    for line in sys.stdin.buffer:
        request = json.loads(line)
        watched = request["watched"]
        before = take_snapshot(watched)
        for folder, args in request["commands"]:
            code, out, err = _run(folder, args)
            after = take_snapshot(watched)
            answers.write(json.dumps([[folder, args], code, out, err, changed_paths(before, after)]) + "\n")
            before = after
            answers.flush()
    answers.close()


def _load_everything() -> None:
    """Import and load what commands need, so that a forked process need not."""
    import typst  # noqa: F401

    from sprintkit import actions, documents
    from sprintkit.charter.parsing import parse_lenient
    from sprintkit.charter.rules import run_rules
    from sprintkit.cli import main as cli_main  # noqa: F401
    from sprintkit.cli.commands import load_commands
    from tests.conftest import example

    load_commands()
    for package in (actions, documents):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    run_rules(parse_lenient(example("lead")))
    for arguments in (
        ["check", "--explain", "SCO-002"],
        ["render", "--list"],
        ["schema"],
        ["schema", "checkin"],
    ):
        with (
            contextlib.redirect_stdout(None),
            contextlib.redirect_stderr(None),
            contextlib.suppress(Exception),
        ):
            __import__("sprintkit.__main__").__main__.main(arguments)


def _give_up_reading_everything() -> None:
    """On Linux, let root no longer read what the mode of a file forbids; other users never could."""
    if sys.platform != "linux" or os.getuid() != 0:
        return
    version_3, override_and_search = 0x20080522, 0b110
    header = (ctypes.c_uint32 * 2)(version_3, 0)
    sets = (ctypes.c_uint32 * 6)()
    library = ctypes.CDLL(None, use_errno=True)
    if library.capget(header, sets) == 0:
        for index in range(3):
            sets[index] &= ~override_and_search
        library.capset(header, sets)


def _run(folder: str, args: Sequence[str]) -> tuple[int | None, str, str]:
    """Exit code and output of one command, in a process group of its own."""
    out_pipe, err_pipe = os.pipe(), os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            _become_command(folder, out_pipe[1], err_pipe[1])
            from sprintkit.__main__ import main as run_command

            code = run_command(list(args))
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:
            import traceback

            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(code)
    for pipe in (out_pipe, err_pipe):
        os.close(pipe[1])
    texts = {out_pipe[0]: bytearray(), err_pipe[0]: bytearray()}
    is_over = all(_read_until(texts, time.monotonic() + SECONDS))
    with contextlib.suppress(ProcessLookupError):
        if not is_over:
            os.killpg(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    for handle in texts:
        os.close(handle)
    out, err = (bytes(text).decode("utf-8", "replace") for text in texts.values())
    return (os.waitstatus_to_exitcode(status) if is_over else None), out, err


def _become_command(folder: str, out: int, err: int) -> None:
    import resource

    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.closerange(3, 64)
    for limit in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        resource.setrlimit(limit, (MEMORY, MEMORY))
    os.chdir(folder)
    for name in ("stdin", "stdout", "stderr"):
        handle = ("stdin", "stdout", "stderr").index(name)
        stream = open(handle, "w" if handle else "r", encoding="utf-8")  # noqa: PTH123, SIM115
        setattr(sys, name, stream)


def _read_until(texts: dict[int, bytearray], end: float) -> Iterator[bool]:
    """Read from all handles until each is closed; False once the time is over or there is too much."""
    handles = set(texts)
    while handles:
        ready, _, _ = select.select(list(handles), [], [], max(0.0, end - time.monotonic()))
        if not ready:
            yield False
            return
        for handle in ready:
            chunk = os.read(handle, 65_536)
            texts[handle] += chunk
            if len(texts[handle]) > OUTPUT:
                yield False
                return
            if not chunk:
                handles.discard(handle)


if __name__ == "__main__":
    main()
