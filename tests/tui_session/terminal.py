"""The real program in tmux: press keys, read the screen."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

import pytest

import sprintkit

requires_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


class Terminal:
    """sprintkit in a terminal of its own. Counts the keys pressed, and those of them that type no text."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        width: int = 120,
        height: int = 40,
        program: Sequence[str] = ("-m", "sprintkit"),
        **env: str,
    ) -> None:
        self.socket = f"sprintkit-{uuid.uuid4().hex[:10]}"
        self.folder = folder
        self.keys = 0
        self.commands = 0
        """Keys that type no text."""
        home = folder / ".home"
        home.mkdir(exist_ok=True)
        config = home / "tmux.conf"
        config.write_text(
            'set -g default-terminal "tmux-256color"\nset -g status off\nset -g remain-on-exit on\n'
            "set -s escape-time 10\n"
        )
        settings = {
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "HOME": str(home),
            **env,
        }
        settings["PYTHONPATH"] = str(Path(sprintkit.__file__).parents[1])
        flags = [part for key, value in settings.items() for part in ("-e", f"{key}={value}")]
        self._exit_code = home / f"{self.socket}.code"
        command_line = shlex.join([sys.executable, *program, *arguments])
        # tmux itself loses exit codes at times.
        command = f"{command_line}; echo $? > {shlex.quote(str(self._exit_code))}"
        window = ["-x", str(width), "-y", str(height), "-c", str(folder)]
        self.tmux("-f", str(config), "new-session", "-d", "-s", "main", *window, *flags, command)

    def tmux(self, *arguments: str) -> str:
        # Readline, which pytest loads, sets LINES and COLUMNS where only a child process sees them.
        process = subprocess.run(
            ["tmux", "-u", "-L", self.socket, *arguments],
            capture_output=True,
            text=True,
            env=dict(os.environ),
        )
        assert process.returncode == 0, process.stderr
        return process.stdout

    def text(self) -> str:
        """The text of the screen."""
        return self.tmux("capture-pane", "-p", "-t", "main")

    def history(self) -> str:
        """Everything that the terminal has shown since the program left its screen, as one line.

        tmux scrolls the screen by a line to say that a program has ended.
        """
        return self.tmux("capture-pane", "-p", "-S", "-", "-t", "main").replace("\n", "")

    def wait(self, pattern: str, seconds: float = 60.0) -> str:
        """Waits until the screen matches a pattern; returns its text."""
        end = time.monotonic() + seconds
        while not re.search(pattern, screen := self.text(), re.MULTILINE):
            assert time.monotonic() < end, f"the screen never showed {pattern!r}:\n{screen}"
            time.sleep(0.05)
        return screen

    def key(self, *names: str) -> None:
        """Presses keys by their names in tmux: Enter, Tab, F7, C-s, Escape."""
        for name in names:
            self.tmux("send-keys", "-t", "main", name)
            self.keys += 1
            self.commands += 1

    def type(self, text: str) -> None:
        """Types a text, one key for each character."""
        for line in text.split("\n"):
            self.tmux("send-keys", "-t", "main", "-l", "--", line)
            self.keys += len(line)
            if line is not text.split("\n")[-1]:
                self.key("Enter")

    def burst(self, keys: str) -> None:
        """Types keys in one write, as they arrive after the program was busy; \\r is Enter, \\t is Tab."""
        self.tmux("set-buffer", "-b", "keys", "--", keys)
        self.tmux("paste-buffer", "-r", "-d", "-b", "keys", "-t", "main")
        self.keys += len(keys)
        self.commands += len(re.findall(r"[\r\t]", keys))

    def paste(self, text: str) -> None:
        """Pastes a text (bracketed paste)."""
        self.tmux("set-buffer", "-b", "paste", "--", text)
        self.tmux("paste-buffer", "-p", "-d", "-b", "paste", "-t", "main")

    @property
    def process(self) -> int:
        """Process id of the program: the process that the terminal's shell waits for."""
        shell = self.tmux("display-message", "-p", "-t", "main", "#{pane_pid}").strip()
        children = subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True)
        return int(children.stdout.split()[0])

    def wait_for_exit(self, seconds: float = 60.0) -> int:
        """Waits until the program has ended; returns its exit code, from 128 on for a signal."""
        end = time.monotonic() + seconds
        while not (self._exit_code.exists() and (exit_code := self._exit_code.read_text().strip())):
            assert time.monotonic() < end, f"still running:\n{self.text()}"
            time.sleep(0.05)
        return int(exit_code)

    def close(self) -> None:
        """Ends the terminal and whatever runs in it."""
        subprocess.run(["tmux", "-L", self.socket, "kill-server"], capture_output=True)
