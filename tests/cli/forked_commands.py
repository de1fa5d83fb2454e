"""Command lines in processes of their own, forked from one process that has loaded all they need.

Each has streams and an exit code of its own. Only the start is shared, which costs more than most commands.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

_LOAD_AND_FORK = """
import gc, importlib, json, os, pkgutil, signal, sys
import sprintkit.actions
from sprintkit.__main__ import main

for module in pkgutil.walk_packages(sprintkit.actions.__path__, "sprintkit.actions."):
    importlib.import_module(module.name)

STREAMS = ("stdin", "stdout", "stderr")

def redirect(redirection):
    if redirection == "| true":
        reader, writer = os.pipe()
        os.close(reader)
        os.dup2(writer, 1)
        return
    for part in redirection.split():
        number, sign, target = part.rpartition("<" if "<" in part else ">")
        number = int(number or sign == ">")
        if target == "&-":
            os.close(number)
            setattr(sys, STREAMS[number], None)  # as Python does at its start
        else:
            os.dup2(os.open(target, os.O_WRONLY if sign == ">" else os.O_RDONLY), number)

def run(call):
    signal.alarm(240)  # ends a command that hangs
    os.environ.clear()
    os.environ.update(call["environment"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for descriptor, name in (1, "out"), (2, "err"):
        os.dup2(os.open(f"{call['output']}.{name}", os.O_WRONLY | os.O_CREAT), descriptor)
    os.chdir(call["folder"])
    redirect(call["redirection"])
    if call["encoding"]:
        encoding, _, errors = call["encoding"].partition(":")
        sys.stdout.reconfigure(encoding=encoding, errors=errors or None)
        sys.stderr.reconfigure(encoding=encoding)
    sys.argv = ["sprintkit", *call["args"]]
    code = main()
    try:
        for stream in (sys.stdout, sys.stderr):
            stream is None or stream.flush()
    except OSError:
        code = 120  # as Python does at its end, but the rest of that takes longer than most commands
    os._exit(code)

gc.freeze()
for line in sys.stdin:
    child = os.fork()
    if not child:
        run(json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class ForkedCommand(NamedTuple):
    """A command line, and how its process starts."""

    folder: Path
    args: tuple[str, ...]
    redirection: str = ""
    """Of its streams, as a shell writes it; "| true" is a pipe that nobody reads."""
    encoding: str = ""
    """Of its output, as PYTHONIOENCODING names it."""


class Printed(NamedTuple):
    """The exit code of a command, and what it printed."""

    code: int
    out: bytes
    err: bytes


@cache
def start_process() -> subprocess.Popen[str]:
    """The process that loads and forks; it ends with this one."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(
        [sys.executable, "-c", _LOAD_AND_FORK],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run_forked(outputs: Path, commands: Iterable[ForkedCommand]) -> list[Printed]:
    """Run command lines, one after the other; what they print goes through files in the folder `outputs`."""
    process = start_process()
    assert process.stdin is not None and process.stdout is not None
    environment = {**os.environ, "SPRINTKIT_TODAY": "2026-11-19", "TMPDIR": str(outputs)}
    results = []
    for number, command in enumerate(commands):
        call = command._asdict() | {"folder": str(command.folder), "output": str(outputs / str(number))}
        process.stdin.write(json.dumps(call | {"environment": environment}) + "\n")
        process.stdin.flush()
        code = int(process.stdout.readline())
        out, err = ((outputs / f"{number}.{name}").read_bytes() for name in ("out", "err"))
        results.append(Printed(code, out, err))
    return results
