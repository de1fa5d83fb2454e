"""Withdraws a proposed amendment, and begins a new one with what it says."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from sprintkit.actions.amend.withdraw import withdraw_amendment
from sprintkit.actions.context import WorkspaceContext
from sprintkit.errors import SprintkitError
from sprintkit.tui.base_app import BaseApp
from sprintkit.tui.lines import Lines, paragraph, title
from sprintkit.tui.screens.choice import Choice, ChoiceScreen
from sprintkit.tui.text import one_line

CHOICES = (Choice("again", "withdraw it and write it again"), Choice("only", "withdraw it"))


def ask_to_withdraw(
    app: BaseApp,
    context: WorkspaceContext,
    slug: str,
    amendment: str,
    proposer: str,
    after_withdrawal: Callable[[], None],
) -> None:
    """Ask whether to withdraw an amendment as its `proposer` (a name); do so, and call `after_withdrawal`."""

    def lines(width: int) -> Lines:
        about = (
            "Nobody is asked to sign it any more, and it stays on file as withdrawn. Written again, the form begins "
            "with what it says."
        )
        question = f"Withdraw amendment {one_line(amendment)}, as {one_line(proposer)}?"
        return [title(question, style="bold $warning"), Content(""), *paragraph(about, width)]

    def withdraw(choice: str | None) -> None:
        if not choice:
            return
        try:
            result = withdraw_amendment(context, slug, amendment)
        except SprintkitError as error:
            app.show_error(error)
            return
        app.notify_text(" ".join([f"Withdrawn: {amendment}.", *result.notes]))
        after_withdrawal()
        if choice == "again":
            app.open("amend", slug, {"copied_from": amendment})

    app.push_screen(ChoiceScreen(lines, CHOICES, "leaves it as it is"), withdraw)
