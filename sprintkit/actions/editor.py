"""A long answer in the person's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from sprintkit.errors import InputError


def editor() -> str:
    """The command of $VISUAL, else $EDITOR, else an editor that is there. Raises InputError if there is none."""
    for name in ("VISUAL", "EDITOR"):
        command = os.environ.get(name, "").strip()
        if command:
            return command
    for name in ("nano", "vim", "vi"):
        if shutil.which(name):
            return name
    raise InputError("no editor was found", code="editor", hint="Name one: export EDITOR=nano")


def edited(text: str, command: str) -> str:
    """`text` after somebody has edited it with `command`; one line break at its end is the editor's own.

    Raises InputError where the editor cannot be started or ends with an error; the text is as it was then.
    """
    with tempfile.TemporaryDirectory(prefix="sprintkit-") as folder:
        place = Path(folder) / "answer.txt"
        place.write_bytes(text.encode() + (b"" if text.endswith("\n") or not text else b"\n"))
        try:
            done = subprocess.run([*shlex.split(command), str(place)], check=False)
        except (OSError, ValueError) as error:
            raise InputError(
                f"the editor could not be started: {error}", code="editor", hint="Check $VISUAL and $EDITOR."
            ) from None
        if done.returncode != 0:
            raise InputError(
                f"the editor ended with {done.returncode}", code="editor", hint="The answer is as it was."
            )
        try:
            after = place.read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            raise InputError(
                "what the editor left cannot be read", code="editor", hint="The answer is as it was."
            ) from None
    after = after.replace("\r\n", "\n")
    return after if text.endswith("\n") else after.removesuffix("\n")
