"""The coach: why a question is asked, a strong and a weak answer, and what the rules say to the one that stands there."""

from __future__ import annotations

from textual.content import Content

from sprintkit.actions.session.rows import Row
from sprintkit.actions.session.session import Session
from sprintkit.charter.questions import Section
from sprintkit.charter.rules import RULES
from sprintkit.tui.screens.session.active_question import finding_marker, finding_message
from sprintkit.tui.text import display_text, fit, wrapped
from sprintkit.tui.widgets.text_block import TextBlock

Lines = list[Content]


class Coach(TextBlock):
    """Beside the questions where there is room, else in their place at a key."""

    def draw(
        self, session: Session, section: Section, row: Row | None, is_explaining: bool, width: int
    ) -> None:
        """Shows what helps with the row in focus. `is_explaining` tells the rules behind the findings at length."""
        lines = _about_lines(session, section, row, width)
        found = _finding_lines(session, row, is_explaining, width) if row else []
        self.show(
            [*found, *lines] if is_explaining and found else [*lines, *found, *_parking_lines(row, width)]
        )


def why_lines(section: Section, row: Row | None, width: int, most: int) -> Lines:
    """Why a question is asked, in a few lines for the foot of a small screen."""
    told = row.question.spec if row and row.question else None
    reason = (told.why if told else "") or section.purpose
    strong = f"  Strong: {told.strong}" if told and told.strong else ""
    parts = wrapped(f"Why: {reason}{strong}", width)
    if len(parts) > most:
        parts = [*parts[: most - 1], fit(" ".join(parts[most - 1 :]), width)]
    return [Content.styled(part, "$faint") for part in parts]


def _about_lines(session: Session, section: Section, row: Row | None, width: int) -> Lines:
    told = row.question.spec if row and row.question else None
    lines = [_heading_line("Why this is asked")]
    lines += _text_lines((told.why if told else "") or section.purpose, width)
    if told and told.strong:
        lines += [Content(""), _heading_line("Strong", "$success"), *_text_lines(told.strong, width)]
    if told and told.weak:
        lines += [Content(""), _heading_line("Weak", "$warning"), *_text_lines(told.weak, width, "$faint")]
    if section.closing and row is not None and row.kind != "question":
        lines += [Content(""), _heading_line("When it is done"), *_text_lines(section.closing, width)]
    return [*lines, Content("")]


def _finding_lines(session: Session, row: Row, is_explaining: bool, width: int) -> Lines:
    lines: Lines = []
    for finding in row.told:
        sign, style = finding_marker(finding, row)
        kind = "wanted" if finding in row.awaited else finding.severity
        lines.append(_heading_line(f"{sign} {kind} {finding.rule}", style))
        lines += _text_lines(finding_message(finding, session, row), width)
        rule = RULES.get(finding.rule)
        if is_explaining and rule is not None:
            for name, text in (
                ("When it speaks", rule.condition),
                ("Because", rule.rationale),
                ("Weak", rule.weak),
                ("Strong", rule.strong),
                ("Where it comes from", rule.source),
            ):
                lines += [Content(""), _heading_line(name), *_text_lines(text, width, "$faint")]
        lines.append(Content(""))
    if row.told and not is_explaining:
        lines += [*_text_lines("F2 is_explaining this.", width, "$faint"), Content("")]
    return lines


def _parking_lines(row: Row | None, width: int) -> Lines:
    if row is None or row.kind != "question" or row.state not in ("needed", "parked"):
        return []
    if row.state == "parked":
        return _text_lines("F6 shows who has it, and takes it back.", width, "$faint")
    return _text_lines("Nobody in the room knows? F6 parks it with a holder and a day.", width, "$faint")


def _heading_line(text: str, style: str = "$secondary") -> Content:
    return Content.styled(text, f"bold {style}")


def _text_lines(text: str, width: int, style: str = "$foreground") -> Lines:
    return [Content.styled(part, style) for part in wrapped(display_text(text), width)]
