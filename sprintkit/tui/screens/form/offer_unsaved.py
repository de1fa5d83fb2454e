"""The dialog that offers the answers an earlier form could not save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from sprintkit.actions.form.draft import UnsavedForm
from sprintkit.actions.form.field import Field
from sprintkit.tui.lines import Lines, paragraph, title
from sprintkit.tui.screens.choice import Choice, ChoiceScreen
from sprintkit.tui.text import one_line

MAX_LISTED = 12
"""Most differences that are listed one by one."""


def build_unsaved_dialog(
    fields: Sequence[Field], answers: Mapping[str, str], unsaved: UnsavedForm
) -> ChoiceScreen:
    """Build the dialog that compares the unsaved answers with the draft. It returns `take`, `discard` or an empty text."""
    labels = {field.key: field.label for field in fields}
    keys = [
        key
        for key in dict.fromkeys([*answers, *unsaved.answers])
        if answers.get(key, "") != unsaved.answers.get(key, "")
    ]

    def lines(width: int) -> Lines:
        about = (
            "This form was left before these answers could be saved. They were set aside in "
            f"{unsaved.copy.shown_path}."
        )
        parts: Lines = [
            title("Answers that were not saved", style="bold $warning"),
            Content(""),
            *paragraph(about, width),
            Content(""),
        ]
        for key in keys[:MAX_LISTED]:
            before, after = (
                _one_line_answer(key, text) for text in (answers.get(key, ""), unsaved.answers.get(key, ""))
            )
            sentence = f"{labels.get(key, key)}: {after}   (the draft says {before})"
            parts += paragraph(sentence, width, indent=2)
        if len(keys) > MAX_LISTED:
            parts.append(Content.styled(f"  and {len(keys) - MAX_LISTED} more", "$faint"))
        return parts

    choices = (Choice("take", "takes them"), Choice("discard", "discards them"))
    return ChoiceScreen(lines, choices, "decides later")


def _one_line_answer(key: str, text: str) -> str:
    """Return an answer in one line, with votes as dots."""
    if not text:
        return "(nothing)"
    return "•" * len(text) if key == "votes" else one_line(text)
