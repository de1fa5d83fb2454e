"""Offers of a session: what an earlier one could not save, and whose draft to go on with on another branch."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from sprintkit.actions.session.autosave import BranchChange, UnsavedAnswers
from sprintkit.actions.session.merge import Difference, merge
from sprintkit.actions.session.session import Session
from sprintkit.tui.lines import Lines, paragraph, title
from sprintkit.tui.screens.choice import Choice, ChoiceScreen
from sprintkit.tui.screens.session.conflict import describe_difference

MAX_LISTED = 8
"""Differences that are listed one by one."""


def offer_unsaved(session: Session, unsaved: UnsavedAnswers) -> ChoiceScreen:
    """A dialog that offers what an earlier session set aside: `take`, `compare` or `discard`."""
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
            *_difference_lines(
                lambda difference: describe_difference(changes.document, difference), differences, width
            ),
        ]

    choices = (
        Choice("take", "takes them"),
        Choice("compare", "compares"),
        Choice("discard", "discards them"),
    )
    return ChoiceScreen(lines, choices, "decides later")


def ask_whose_branch(session: Session, change: BranchChange) -> ChoiceScreen:
    """A dialog that asks whose draft to go on with on another branch: `mine` or `theirs`."""
    theirs = session.draft_file.theirs
    changes = merge(session.document, session.document, theirs or {})

    def lines(width: int) -> Lines:
        about = (
            f"This session began on the Git branch {_branch_name(change.before)}. Now {_branch_name(change.after)} is "
            f"checked out, and its {session.draft_file.path} is another. Nothing has been overwritten."
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
            *_difference_lines(
                lambda difference: describe_difference(changes.document, difference),
                changes.their_changes,
                width,
            ),
        ]

    keep = Choice("mine", "keeps the answers shown here")
    choices = (keep, Choice("theirs", "goes on with the branch's draft")) if theirs else (keep,)
    return ChoiceScreen(lines, choices, "looks first; nothing is saved until then")


def branch_notice(change: BranchChange) -> str:
    """One sentence for a change of the branch that left the sprint's files as they were."""
    return (
        f"The Git branch is now {_branch_name(change.after)}, not {_branch_name(change.before)}. "
        "The files of this sprint are the same on both; what is typed goes to the new one."
    )


def _branch_name(name: str | None) -> str:
    return name or "(no branch)"


def _difference_lines(
    describe: Callable[[Difference], str], differences: tuple[Difference, ...], width: int
) -> Lines:
    lines: Lines = []
    for difference in differences[:MAX_LISTED]:
        lines += paragraph(describe(difference), width, "$faint", indent=2)
    if len(differences) > MAX_LISTED:
        lines.append(Content.styled(f"  and {len(differences) - MAX_LISTED} more", "$faint"))
    return lines
