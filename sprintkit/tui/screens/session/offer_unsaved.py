"""Two dialogs: one offers answers that an earlier session could not save, one asks which branch's draft to continue."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from sprintkit.actions.session.autosave import BranchChange, UnsavedAnswers
from sprintkit.actions.session.merge import Difference, MergeResult, merge
from sprintkit.actions.session.session import Session
from sprintkit.tui.lines import Lines, paragraph, title
from sprintkit.tui.screens.choice import Choice, ChoiceScreen
from sprintkit.tui.screens.session.conflict import describe_difference

MAX_LISTED = 8
"""Most differences that are listed one by one."""


def build_unsaved_dialog(session: Session, unsaved: UnsavedAnswers) -> ChoiceScreen:
    """Build the dialog that offers the unsaved answers. It returns `take`, `compare`, `discard` or an empty text."""
    current = session.document
    changes = merge(unsaved.base, current, unsaved.mine)
    differences = (*changes.their_changes, *changes.conflicts)

    def lines(width: int) -> Lines:
        about = (
            "The last session of this sprint ended before these answers could be saved. They were set aside in "
            f"{unsaved.copy.shown_path}."
        )
        return [
            title("Answers that were not saved", style="bold $warning"),
            Content(""),
            *paragraph(about, width),
            Content(""),
            *_difference_lines(changes, differences, width),
        ]

    choices = (
        Choice("take", "takes them"),
        Choice("compare", "compares"),
        Choice("discard", "discards them"),
    )
    return ChoiceScreen(lines, choices, "decides later")


def build_branch_dialog(session: Session, change: BranchChange) -> ChoiceScreen:
    """Build the dialog that asks which draft to continue on another branch. It returns `mine`, `theirs` or an empty text.

    Only `mine` is offered if the branch has no readable draft.
    """
    theirs = session.draft_file.theirs
    changes = merge(session.document, session.document, theirs or {})

    def lines(width: int) -> Lines:
        about = (
            f"This session began on the Git branch {_branch_name(change.before)}. Now {_branch_name(change.after)} is "
            f"checked out, where {session.draft_file.path} differs. Nothing has been overwritten."
        )
        if not theirs:
            about = (
                f"This session began on the Git branch {_branch_name(change.before)}. Now {_branch_name(change.after)} "
                f"is checked out, which has no {session.draft_file.path} that can be read."
            )
        heading = "What it says there:" if changes.their_changes else ""
        return [
            title("Another branch is checked out", style="bold $warning"),
            Content(""),
            *paragraph(about, width),
            Content(""),
            Content(heading),
            *_difference_lines(changes, changes.their_changes, width),
        ]

    keep = Choice("mine", "keeps the answers shown here")
    choices = (keep, Choice("theirs", "goes on with the branch's draft")) if theirs else (keep,)
    return ChoiceScreen(lines, choices, "looks first; nothing is saved until then")


def branch_notice(change: BranchChange) -> str:
    """Return the notice that the branch changed, for sprint files that are the same on both."""
    return (
        f"The Git branch is now {_branch_name(change.after)}, not {_branch_name(change.before)}. "
        "The files of this sprint are the same on both; from now on, answers are saved on the new one."
    )


def _branch_name(name: str | None) -> str:
    return name or "(no branch)"


def _difference_lines(changes: MergeResult, differences: Sequence[Difference], width: int) -> Lines:
    lines: Lines = []
    for difference in differences[:MAX_LISTED]:
        lines += paragraph(describe_difference(changes.document, difference), width, "$faint", indent=2)
    if len(differences) > MAX_LISTED:
        lines.append(Content.styled(f"  and {len(differences) - MAX_LISTED} more", "$faint"))
    return lines
