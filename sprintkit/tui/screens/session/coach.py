"""The coach: why a question is asked, a strong and a weak answer, and the findings about the answer."""

from __future__ import annotations

from textual.content import Content

from sprintkit.actions.examples import strong_example
from sprintkit.actions.session.rows import Row
from sprintkit.actions.session.session import Session
from sprintkit.charter.questions import Section
from sprintkit.charter.rules import RULES, is_advice
from sprintkit.tui.lines import Lines, paragraph
from sprintkit.tui.screens.session.finding_text import finding_marker, finding_message
from sprintkit.tui.text import wrap_limited
from sprintkit.tui.widgets.text_block import TextBlock


class Coach(TextBlock):
    """Shows advice on the row in focus. On a narrow screen a key shows it in place of the questions."""

    def draw(
        self, session: Session, section: Section, row: Row | None, is_explaining: bool, width: int
    ) -> None:
        """Show advice on a row. `is_explaining` puts the findings first and explains their rules."""
        question_lines = _question_lines(session, section, row, width)
        findings = _finding_lines(session, row, is_explaining, width) if row else []
        if is_explaining and findings:
            self.show([*findings, *question_lines])
        else:
            self.show(
                [
                    *question_lines,
                    *findings,
                    *_language_lines(session, row, width),
                    *_parking_lines(row, width),
                ]
            )


def why_lines(session: Session, section: Section, row: Row | None, width: int, max_lines: int) -> Lines:
    """Return why a question is asked, in at most `max_lines` lines, for the foot of a narrow screen."""
    spec = row.question.spec if row and row.question else None
    reason = (spec.why if spec else "") or section.purpose
    example = strong_example(row.question, session.context.today) if row and row.question else ""
    strong = f"  Strong: {example}" if example else ""
    return [
        Content.styled(part, "$faint") for part in wrap_limited(f"Why: {reason}{strong}", width, max_lines)
    ]


def _question_lines(session: Session, section: Section, row: Row | None, width: int) -> Lines:
    spec = row.question.spec if row and row.question else None
    lines = [_heading_line("Why this is asked")]
    lines += paragraph((spec.why if spec else "") or section.purpose, width)
    example = strong_example(row.question, session.context.today) if row and row.question else ""
    if example:
        lines += [Content(""), _heading_line("Strong", "$success"), *paragraph(example, width)]
    if spec and spec.weak:
        lines += [Content(""), _heading_line("Weak", "$warning"), *paragraph(spec.weak, width, "$faint")]
    if section.closing and row is not None and row.kind != "question":
        lines += [Content(""), _heading_line("When it is done"), *paragraph(section.closing, width)]
    return [*lines, Content("")]


def _finding_lines(session: Session, row: Row, is_explaining: bool, width: int) -> Lines:
    lines: Lines = []
    for finding in row.all_findings:
        symbol, style = finding_marker(finding, row)
        kind = "wanted" if finding in row.pending else finding.severity
        lines.append(_heading_line(f"{symbol} {kind} {finding.rule}", style))
        lines += paragraph(finding_message(finding, session, row), width)
        rule = RULES.get(finding.rule)
        if is_explaining and rule is not None:
            for title, text in (
                ("When it applies", rule.condition),
                ("Because", rule.rationale),
                ("Weak", rule.weak),
                ("Strong", rule.strong),
                ("Where it comes from", rule.source),
            ):
                lines += [Content(""), _heading_line(title), *paragraph(text, width, "$faint")]
        lines.append(Content(""))
    if row.all_findings and not is_explaining:
        lines += paragraph("F2 explains this.", width, "$faint")
        if any(is_advice(finding.rule) for finding in row.findings):
            lines += paragraph("Too strict? ctrl+p, judge, makes it calm.", width, "$faint")
        lines.append(Content(""))
    return lines


def _language_lines(session: Session, row: Row | None, width: int) -> Lines:
    """The notice that the rules do not know the language of the answers, for questions answered in words."""
    notice = session.analysis.language.notice
    if (
        not notice
        or row is None
        or row.question is None
        or row.question.kind not in ("line", "prose", "texts")
    ):
        return []
    return [*paragraph(notice, width, "$warning"), Content("")]


def _parking_lines(row: Row | None, width: int) -> Lines:
    if row is None or row.kind != "question" or row.state not in ("needed", "parked"):
        return []
    if row.state == "parked":
        return paragraph("F6 shows who is finding out, and takes it back.", width, "$faint")
    return paragraph("Nobody in the room knows? F6 parks it with a holder and a due date.", width, "$faint")


def _heading_line(text: str, style: str = "$secondary") -> Content:
    return Content.styled(text, f"bold {style}")
