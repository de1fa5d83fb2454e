"""What was done in a session, to be taken back and done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

MOST: Final = 2000
"""Steps that can be taken back."""
BURST: Final = 1.0
"""Seconds without a key after which typing begins a new step."""


class Step(NamedTuple):
    """A document, and the path where it was changed into the next one."""

    document: Mapping[str, Any]
    path: str
    changes: int = 0
    """How many of the changes that hold for all documents are in it."""


class History:
    """Documents before and after the present one; they share what they have in common."""

    def __init__(self) -> None:
        self._before: list[Step] = []
        self._after: list[Step] = []
        self._burst: tuple[str, float] | None = None
        self._changes: list[Callable[[Mapping[str, Any]], Mapping[str, Any]]] = []

    def note(self, document: Mapping[str, Any], path: str, typed_at: float | None = None) -> None:
        """Notes that `document` is about to be changed at `path`.

        `typed_at` is when a key was pressed: keys at one path that follow each other closely are one step.
        """
        self._after.clear()
        burst = self._burst
        self._burst = None if typed_at is None else (path, typed_at)
        if (
            burst
            and typed_at is not None
            and burst[0] == path
            and typed_at - burst[1] <= BURST
            and self._before
        ):
            return
        self._before.append(Step(document, path, len(self._changes)))
        del self._before[:-MOST]

    def join(self) -> None:
        """Lets the next change be part of the step before."""
        if self._before:
            self._burst = (self._before[-1].path, float("inf"))

    def end_burst(self) -> None:
        """Lets the next key begin a new step."""
        self._burst = None

    def rebase(self, change: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
        """Makes the same change to every document before and after, so that taking a step back keeps it."""
        self._changes.append(change)

    def undo(self, document: Mapping[str, Any]) -> Step | None:
        """The document before the last step, and where it was; None if there is none."""
        return self._swap(document, self._before, self._after)

    def redo(self, document: Mapping[str, Any]) -> Step | None:
        """The document after the step last taken back."""
        return self._swap(document, self._after, self._before)

    def _swap(self, document: Mapping[str, Any], source: list[Step], target: list[Step]) -> Step | None:
        self._burst = None
        while source:
            step = self._changed(source.pop())
            target.append(Step(document, step.path, step.changes))
            if step.document != document:
                return step
            target.pop()
        return None

    def _changed(self, step: Step) -> Step:
        document = step.document
        for change in self._changes[step.changes :]:
            document = change(document)
        return Step(document, step.path, len(self._changes))

    @property
    def can_undo(self) -> bool:
        """Whether something can be taken back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether something can be done again."""
        return bool(self._after)
