"""The blocks that list records: blockers, guardrails, decisions, parked questions, check-ins, the charter."""

from __future__ import annotations

from datetime import date

from rich.cells import cell_len

from sprintkit.actions.checkin.labels import describe_correction
from sprintkit.actions.form.field import display_name
from sprintkit.actions.sprint_view import SprintView
from sprintkit.charter import paths
from sprintkit.charter.choices import choice_label
from sprintkit.charter.model import Charter
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.progress.progress import Progress
from sprintkit.records.checkin import CheckIn
from sprintkit.records.progress_log import Blocker
from sprintkit.text.dates import format_day, format_short_date
from sprintkit.text.numbers import format_count, format_figure, format_rounded
from sprintkit.tui.lines import Lines, paragraph, text, title
from sprintkit.tui.text import fit_column, fit_line, one_line

HOLDER_WIDTH = 34
"""Columns for the holder of a parked question and its due date."""


def _person_name(charter: Charter, key: str | None) -> str:
    """Return the name of the person with that key on one line, or the key if nobody has it."""
    return one_line(display_name(charter, key or ""))


def blockers_block(progress: Progress, width: int) -> Lines:
    """Return open blockers, then closed ones, the oldest first, with category, age and holder."""
    blockers = sorted(
        progress.blockers, key=lambda blocker: (not blocker.is_open, blocker.opened_week, blocker.id)
    )
    if not blockers:
        return [title("Blockers", "none so far")]
    open_count = sum(blocker.is_open for blocker in blockers)
    by_category = " · ".join(
        f"{choice_label(blocker.category)}: {blocker.opened} surfaced, {blocker.open} open, "
        f"{format_count(blocker.mean_weeks_open, 'week')} on average"
        for blocker in progress.blockers_by_category
    )
    aside = f"{open_count} open, {len(blockers) - open_count} closed"
    if progress.early_share is not None:
        aside += f" · {progress.early_share:.0%} surfaced in the first half"
    lines = [title("Blockers", fit_line(aside, width - 12))]
    for blocker in blockers:
        lines += _blocker_lines(blocker, progress, width)
    lines += paragraph(by_category, width, "$faint")
    return lines


def _blocker_lines(blocker: Blocker, progress: Progress, width: int) -> Lines:
    week = progress.week or 0
    age = blocker.weeks_open(week)
    weeks = format_count(age, "week")
    symbol, style = ("■", "bold $warning") if blocker.is_open else ("✓", "$success")
    if blocker.is_open and blocker.due_week < week:
        style = "bold $error"
    if blocker.is_open:
        status = f"open {weeks}, due week {blocker.due_week}{', late' if blocker.due_week < week else ''}"
        status += (
            f" · {_person_name(progress.current_charter, blocker.holder)} · stops {', '.join(blocker.stops)}"
        )
    else:
        status = f"closed in week {blocker.closed_week} after {weeks}: {blocker.how}"
    category = choice_label(blocker.category)
    head = f"{symbol} {fit_column(blocker.id, 5)} {category}"
    return [
        *paragraph(one_line(blocker.title), width, "", 20, (head, style)),
        *paragraph(one_line(status), width, "$faint", 20),
    ]


def guardrails_block(progress: Progress, width: int) -> Lines:
    """Return each guardrail with its limit, whether the last reading is inside it, and the last four readings."""
    if not progress.guardrails:
        return [title("Guardrails", "none")]
    lines = [title("Guardrails")]
    longest = min(max(cell_len(one_line(guardrail.name)) for guardrail in progress.guardrails), width - 30)
    for guardrail in progress.guardrails:
        last = guardrail.readings[-1] if guardrail.readings else None
        verdict, style = ("not read yet", "$faint") if last is None else ("inside", "$success")
        if guardrail.is_outside:
            verdict, style = ("outside twice" if guardrail.is_outside_twice else "outside"), "bold $error"
        readings = "  ".join(
            f"{format_rounded(reading.value)} (week {reading.week})" for reading in guardrail.readings[-4:]
        )
        head = [
            (fit_column(guardrail.name, longest), ""),
            (f"  {fit_column(guardrail.limit, 14)}", "$faint"),
            (f"{verdict:<14}", style),
        ]
        room = width - longest - 30
        if cell_len(readings) <= room:
            lines.append(text(*head, (readings, "")))
        else:
            lines += [text(*head), *paragraph(readings, width, "", 2)]
    return lines


def decisions_block(view: SprintView, width: int) -> Lines:
    """Return the decisions, notes and lessons of all check-ins, the latest week first."""
    lines = [title("Decisions")]
    for entry in reversed(view.sprint.entries(view.progress.day)):
        for prefix, texts in (("", entry.decisions), ("note: ", [entry.note]), ("lesson: ", [entry.lesson])):
            for entry_text in texts:
                if entry_text:
                    lines += paragraph(
                        f"{prefix}{entry_text}", width, "", 9, (f"week {entry.week}", "$faint")
                    )
    return lines if len(lines) > 1 else [title("Decisions", "none so far")]


def parked_block(view: SprintView, width: int) -> Lines:
    """Return the parked questions, with holder and due date; nothing if none is parked."""
    questions = [question for question in view.sprint.reading.charter.parked if question.path]
    if not questions:
        return []
    lines = [title("Parked", format_count(len(questions), "question"))]
    for question in questions:
        until = f"by {format_day(question.due)}" if question.due else "no day set"
        holder = fit_column(f"{_person_name(view.charter, question.holder)} {until}", HOLDER_WIDTH - 2)
        note = f" ({question.note})" if question.note else ""
        lines += paragraph(
            f"{_question_text(view, question.path or '')}{note}", width, "", HOLDER_WIDTH, (holder, "$faint")
        )
    return lines


def _question_text(view: SprintView, path: str) -> str:
    """Return the question at a path in the words in which it is asked, or the path if there is no question."""
    try:
        parts = paths.resolve(view.sprint.reading.document, path, append=True)
    except paths.PathError:
        return path
    question = questions_by_path().get(paths.path_pattern(parts))
    return question.spec.prompt if question else path


def checkins_block(view: SprintView, width: int) -> Lines:
    """Return the check-ins, the latest first, each with its corrections: what, by whom and why."""
    today = view.progress.day
    entries = [item.record for item in view.sprint.checkins if item.record.on <= today]
    if not entries:
        return [title("Check-ins", "none so far")]
    lines = [title("Check-ins")]
    for entry in sorted(entries, key=lambda item: item.week, reverse=True):
        events = [f"accepted {_with_proofs(entry)}"] if entry.accepted else []
        for verb, items in (("reopened", entry.reopened), ("opened", entry.opened), ("closed", entry.closed)):
            if items:
                events.append(f"{verb} {', '.join(item.id for item in items)}")
        if entry.metric:
            unit = view.charter.success_metric.unit
            events.append(f"metric {format_figure(entry.metric.value, unit)}")
        if entry.votes:
            events.append(f"votes {', '.join(map(str, entry.votes))}")
        heading = f"{format_day(entry.on)}, {_person_name(view.charter, entry.by)}: "
        summary = one_line(heading + (" · ".join(events) or "nothing accepted"))
        lines += paragraph(summary, width, "", 9, (f"week {entry.week}", "$faint"))
        for item in view.sprint.corrections:
            if item.record.week == entry.week and item.record.on <= today:
                who = f"corrected on {format_day(item.record.on)} by {_person_name(view.charter, item.record.by)}"
                for correct in item.record.corrects:
                    correction_text = describe_correction(correct.path, correct.value, entry, view.charter)
                    correction_line = f"{who}: {correction_text}; {correct.why}"
                    lines += paragraph(correction_line, width, "$warning", 9)
    return lines


def _with_proofs(entry: CheckIn) -> str:
    return ", ".join(f"{accepted.id} ({accepted.evidence})" for accepted in entry.accepted)


def charter_block(view: SprintView, readiness: str, width: int) -> Lines:
    """Return the charter in a few lines, with the sentence about its readiness if there is one."""
    charter = view.charter
    metric, timeline = charter.success_metric, charter.timeline
    figures = [
        f"{label} {format_figure(value, metric.unit)}"
        for label, value in (
            ("from", metric.baseline),
            ("to", metric.target),
            ("stop line", metric.stop_line),
        )
        if value is not None
    ]
    users = ", ".join(
        f"{user.role} ({user.headcount})" if user.headcount else user.role
        for user in charter.use_case.users
        if user.role
    )
    dates = f"{format_short_date(timeline.start)} to " if timeline.start else ""
    if deadline := view.row["deadline"]:
        dates += format_short_date(date.fromisoformat(deadline))
    given, required = view.signature_counts.given, view.signature_counts.required
    pending_note = ", a draft is pending" if view.sprint.draft_pending else ""
    answered = view.row["answered"]
    if answered is None:
        return []
    facts = (
        ("Use case", charter.use_case.statement),
        ("For", users),
        ("Delivers", charter.deliverable.statement),
        ("Metric", ", ".join([metric.name or "", *figures]) if metric.name or figures else ""),
        ("Owner", _person_name(charter, charter.owner.person)),
        ("Sponsor", _person_name(charter, charter.charter.sponsor)),
        ("Dates", dates),
        ("Cut first", "; ".join(charter.scope.cut_first)),
        ("Approved", (f"{given} of {required}" if required else "") + pending_note),
        ("Depth", f"{charter.depth}, {answered} of {view.row['questions']} questions answered"),
        ("Readiness", readiness),
    )
    lines = [title("Charter")]
    for label, fact in facts:
        if fact:
            lines += paragraph(one_line(fact), width, "", 11, (label, "$faint"))
    return lines


def problems_block(view: SprintView, width: int) -> Lines:
    """Return the files that cannot be read, and what to do about each."""
    lines: Lines = []
    for problem in view.problems:
        lines += paragraph(f"{problem.path}: {problem.message}", width, "bold $error")
        if problem.hint:
            lines += paragraph(problem.hint, width, "$faint", 2)
    return lines
