"""Editing a long answer in the person's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from sprintkit.errors import InputError


def find_editor() -> str:
    """The command in $VISUAL, else in $EDITOR, else an installed editor. Raises InputError if there is none."""
    for variable in ("VISUAL", "EDITOR"):
        command = os.environ.get(variable, "").strip()
        if command:
            return command
    for program in ("nano", "vim", "vi"):
        if shutil.which(program):
            return program
    raise InputError("no editor was found", code="editor", hint="Name one: export EDITOR=nano")


def edit_text(text: str, command: str) -> str:
    """`text` after a person has edited it with `command`; a line break that the editor adds at its end is dropped.

    Raises InputError if the editor does not start or ends with an error.
    """
    with tempfile.TemporaryDirectory(prefix="sprintkit-") as folder:
        path = Path(folder) / "answer.txt"
        path.write_bytes(text.encode() + (b"" if text.endswith("\n") or not text else b"\n"))
        try:
            ended = subprocess.run([*shlex.split(command), str(path)], check=False)
        except (OSError, ValueError) as error:
            raise InputError(
                f"the editor could not be started: {error}", code="editor", hint="Check $VISUAL and $EDITOR."
            ) from None
        if ended.returncode != 0:
            raise InputError(
                f"the editor ended with exit code {ended.returncode}",
                code="editor",
                hint="The answer is unchanged.",
            )
        try:
            edited = path.read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            raise InputError(
                "the edited text cannot be read", code="editor", hint="The answer is unchanged."
            ) from None
    edited = edited.replace("\r\n", "\n")
    return edited if text.endswith("\n") else edited.removesuffix("\n")
