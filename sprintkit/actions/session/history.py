"""The steps of a session, for undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

Document = Mapping[str, Any]

MAX_STEPS: Final = 2000
"""Steps that undo can go back."""
BURST_SECONDS: Final = 1.0
"""Typing after a longer pause than this begins a new step."""


class Step(NamedTuple):
    """A document, and the path where the step changes it."""

    document: Document
    path: str
    rebase_count: int = 0
    """How many of the history's rebases the document already includes."""


class History:
    """The documents before and after the current one. They share everything they have in common."""

    def __init__(self) -> None:
        self._undo_steps: list[Step] = []
        self._redo_steps: list[Step] = []
        self._burst: tuple[str, float] | None = None
        """Path and time of the last key of a burst of typing."""
        self._rebases: list[Callable[[Document], Document]] = []

    def record(self, document: Document, path: str, typed_at: float | None = None) -> None:
        """Record `document` before it is changed at `path`.

        `typed_at` is the time of the key that changes it, in seconds; keys at one path that follow each other
        closely make one step.
        """
        self._redo_steps.clear()
        burst = self._burst
        self._burst = None if typed_at is None else (path, typed_at)
        if (
            burst
            and typed_at is not None
            and burst[0] == path
            and typed_at - burst[1] <= BURST_SECONDS
            and self._undo_steps
        ):
            return
        self._undo_steps.append(Step(document, path, len(self._rebases)))
        del self._undo_steps[:-MAX_STEPS]

    def end_burst(self) -> None:
        """Make the next key begin a new step."""
        self._burst = None

    def rebase(self, change: Callable[[Document], Document]) -> None:
        """Apply the same change to every recorded document, so that undo does not revert it."""
        self._rebases.append(change)

    def undo(self, document: Document) -> Step | None:
        """The step before `document`; None if there is none."""
        return self._swap(document, self._undo_steps, self._redo_steps)

    def redo(self, document: Document) -> Step | None:
        """The step that was undone last; None if there is none."""
        return self._swap(document, self._redo_steps, self._undo_steps)

    def _swap(self, document: Document, source: list[Step], target: list[Step]) -> Step | None:
        self._burst = None
        while source:
            step = self._rebased(source.pop())
            target.append(Step(document, step.path, step.rebase_count))
            if step.document != document:
                return step
            target.pop()
        return None

    def _rebased(self, step: Step) -> Step:
        document = step.document
        for change in self._rebases[step.rebase_count :]:
            document = change(document)
        return Step(document, step.path, len(self._rebases))
