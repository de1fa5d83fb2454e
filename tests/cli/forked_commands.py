"""Command lines in processes of their own, forked from one process that has loaded all they need.

Each has streams and an exit code of its own. Only the start is shared, which costs more than most commands.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

_LOAD_AND_FORK = """
import gc, importlib, json, os, pkgutil, sys
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

def run(call, number):
    for descriptor, name in (1, "out"), (2, "err"):
        os.dup2(os.open(f"{number}.{name}", os.O_WRONLY | os.O_CREAT), descriptor)
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
codes = []
for number, call in enumerate(json.load(sys.stdin)):
    child = os.fork()
    if not child:
        run(call, number)
    codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
print(json.dumps(codes))
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


def run_forked(outputs: Path, commands: Iterable[ForkedCommand]) -> list[Printed]:
    """Run command lines, one after the other; what they print goes through files in the folder `outputs`."""
    calls = [command._asdict() | {"folder": str(command.folder)} for command in commands]
    process = subprocess.run(
        [sys.executable, "-c", _LOAD_AND_FORK],
        cwd=outputs,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "SPRINTKIT_TODAY": "2026-11-19",
            "TMPDIR": str(outputs),
        },
        input=json.dumps(calls).encode(),
        capture_output=True,
        timeout=240,
        check=True,
    )
    codes = json.loads(process.stdout)
    return [
        Printed(code, (outputs / f"{number}.out").read_bytes(), (outputs / f"{number}.err").read_bytes())
        for number, code in enumerate(codes)
    ]
