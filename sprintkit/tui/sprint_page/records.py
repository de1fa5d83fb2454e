"""What the records hold: blockers, guardrails, decisions, parked questions, check-ins with their corrections."""

from __future__ import annotations

from rich.cells import cell_len

from sprintkit.actions.form.labels import put_right
from sprintkit.actions.sprint_view import SprintView
from sprintkit.actions.status.attention import day
from sprintkit.charter import paths
from sprintkit.charter.choices import in_words
from sprintkit.charter.model import Charter
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.progress.health import figure_in_words
from sprintkit.progress.progress import Progress
from sprintkit.records.checkin import CheckIn
from sprintkit.records.progress_log import Blocker
from sprintkit.tui import wording
from sprintkit.tui.sprint_page.lines import Lines, paragraph, text, title
from sprintkit.tui.text import column, fit, line

WHO = 34
"""Columns for who holds a question, and until when."""


def person(charter: Charter, key: str | None) -> str:
    """The name of a person, the key where nobody is known by it."""
    entry = charter.people.get(key or "")
    return line((entry.name if entry else None) or key or "")


def blockers(found: Progress, width: int) -> Lines:
    """Those in the way, oldest first, then those that are closed; with holder, age and category."""
    there = sorted(found.blockers, key=lambda one: (not one.is_open, one.opened_week, one.id))
    if not there:
        return [title("Blockers", "none so far")]
    open_ones = sum(one.is_open for one in there)
    by_kind = " · ".join(
        f"{in_words(one.category)}: {one.opened} surfaced, {one.open} open, "
        f"{wording.number(one.mean_weeks_open)} week{'s' if one.mean_weeks_open != 1 else ''} on average"
        for one in found.blockers_by_category
    )
    aside = f"{open_ones} open, {len(there) - open_ones} closed"
    if found.early_share is not None:
        aside += f" · {found.early_share:.0%} surfaced in the first half"
    lines = [title("Blockers", fit(aside, width - 12))]
    for one in there:
        lines += _blocker(one, found, width)
    lines += paragraph(by_kind, width, "$faint")
    return lines


def _blocker(one: Blocker, found: Progress, width: int) -> Lines:
    week = found.week or 0
    age = one.weeks_open(week)
    weeks = f"{age} week{'s' if age != 1 else ''}"
    sign, style = ("■", "bold $warning") if one.is_open else ("✓", "$success")
    if one.is_open and one.due_week < week:
        style = "bold $error"
    if one.is_open:
        said = f"open {weeks}, due week {one.due_week}{', late' if one.due_week < week else ''}"
        said += f" · {person(found.charter, one.holder)} · stops {', '.join(one.stops)}"
    else:
        said = f"closed in week {one.closed_week} after {weeks}: {one.how}"
    kind = in_words(one.category)
    head = f"{sign} {column(one.id, 5)} {kind}"
    return [
        *paragraph(line(one.title), width, "", 20, (head, style)),
        *paragraph(line(said), width, "$faint", 20),
    ]


def guardrails(found: Progress, width: int) -> Lines:
    """Each with its limit and its readings, the last one against the limit in words."""
    if not found.guardrails:
        return [title("Guardrails", "none")]
    lines = [title("Guardrails")]
    longest = min(max(cell_len(line(one.name)) for one in found.guardrails), width - 30)
    for one in found.guardrails:
        last = one.readings[-1] if one.readings else None
        said, style = ("not read yet", "$faint") if last is None else ("inside", "$success")
        if one.is_outside:
            said, style = ("outside twice" if one.is_outside_twice else "outside"), "bold $error"
        read = "  ".join(f"{wording.number(each.value)} (week {each.week})" for each in one.readings[-4:])
        first = [
            (column(one.name, longest), ""),
            (f"  {column(one.limit, 14)}", "$faint"),
            (f"{said:<14}", style),
        ]
        room = width - longest - 30
        if cell_len(read) <= room:
            lines.append(text(*first, (read, "")))
        else:
            lines += [text(*first), *paragraph(read, width, "", 2)]
    return lines


def decisions(view: SprintView, width: int) -> Lines:
    """What was decided, the latest week first, with notes and lessons."""
    lines = [title("Decisions")]
    for entry in reversed(view.sprint.entries(view.progress.day)):
        for word, texts in (("", entry.decisions), ("note: ", [entry.note]), ("lesson: ", [entry.lesson])):
            for one in texts:
                if one:
                    lines += paragraph(f"{word}{one}", width, "", 9, (f"week {entry.week}", "$faint"))
    return lines if len(lines) > 1 else [title("Decisions", "none so far")]


def parked(view: SprintView, width: int) -> Lines:
    """What nobody knew, who finds out, and by when."""
    questions = [one for one in view.sprint.reading.charter.parked if one.path]
    if not questions:
        return []
    lines = [title("Parked", f"{len(questions)} question{'s' if len(questions) != 1 else ''}")]
    for one in questions:
        until = f"by {day(one.due)}" if one.due else "no day set"
        who = column(f"{person(view.charter, one.holder)} {until}", WHO - 2)
        note = f" ({one.note})" if one.note else ""
        lines += paragraph(f"{_asked(view, one.path or '')}{note}", width, "", WHO, (who, "$faint"))
    return lines


def _asked(view: SprintView, path: str) -> str:
    """The question at a path, as it is asked aloud; the path where there is none."""
    try:
        place = paths.resolve(view.sprint.reading.document, path, append=True)
    except paths.PathError:
        return path
    question = questions_by_path().get(paths.pattern(place))
    return question.told.ask if question else path


def checkins(view: SprintView, width: int) -> Lines:
    """The records, the latest first; a corrected one says what was put right, by whom and why."""
    today = view.progress.day
    filed = [one.record for one in view.sprint.checkins if one.record.on <= today]
    if not filed:
        return [title("Check-ins", "none so far")]
    lines = [title("Check-ins")]
    for entry in sorted(filed, key=lambda one: one.week, reverse=True):
        said = [f"accepted {_with_proofs(entry)}"] if entry.accepted else []
        for word, some in (("reopened", entry.reopened), ("opened", entry.opened), ("closed", entry.closed)):
            if some:
                said.append(f"{word} {', '.join(one.id for one in some)}")
        if entry.metric:
            said.append(f"metric {wording.number(entry.metric.value)}")
        if entry.votes:
            said.append(f"votes {', '.join(map(str, entry.votes))}")
        written = f"{day(entry.on)}, {person(view.charter, entry.by)}: "
        told = line(written + (" · ".join(said) or "nothing accepted"))
        lines += paragraph(told, width, "", 9, (f"week {entry.week}", "$faint"))
        for one in view.sprint.corrections:
            if one.record.week == entry.week and one.record.on <= today:
                who = f"corrected on {day(one.record.on)} by {person(view.charter, one.record.by)}"
                for correct in one.record.corrects:
                    right = put_right(correct.path, correct.value, entry, view.charter)
                    put = f"{who}: {right}; {correct.why}"
                    lines += paragraph(put, width, "$warning", 9)
    return lines


def _with_proofs(entry: CheckIn) -> str:
    return ", ".join(f"{one.id} ({one.evidence})" for one in entry.accepted)


def glance(view: SprintView, width: int) -> Lines:
    """The charter in a few lines."""
    charter = view.charter
    metric, timeline = charter.success_metric, charter.timeline
    figures = [
        f"{word} {figure_in_words(value, metric.unit)}"
        for word, value in (("from", metric.baseline), ("to", metric.target), ("stop line", metric.stop_line))
        if value is not None
    ]
    users = ", ".join(
        f"{one.role} ({one.headcount})" if one.headcount else one.role
        for one in charter.use_case.users
        if one.role
    )
    dates = f"{day(timeline.start)} {timeline.start.year} to " if timeline.start else ""
    if view.row.get("deadline"):
        dates += f"{day(view.row['deadline'])} {view.row['deadline'][:4]}"
    given, required = view.standing.given, view.standing.required
    pending = ", a draft is pending" if view.sprint.draft_pending else ""
    answered = view.row["answered"]
    if answered is None:
        return []
    facts = (
        ("Use case", charter.use_case.statement),
        ("For", users),
        ("Delivers", charter.deliverable.statement),
        ("Metric", ", ".join([metric.name or "", *figures]) if metric.name or figures else ""),
        ("Owner", person(charter, charter.owner.person)),
        ("Sponsor", person(charter, charter.charter.sponsor)),
        ("Dates", dates),
        ("Cut first", "; ".join(charter.scope.cut_first)),
        ("Signed", (f"{given} of {required}" if required else "") + pending),
        ("Depth", f"{charter.depth}, {answered} of {view.row['questions']} questions answered"),
    )
    lines = [title("Charter")]
    for word, said in facts:
        if said:
            lines += paragraph(line(said), width, "", 11, (word, "$faint"))
    return lines


def problems(view: SprintView, width: int) -> Lines:
    """Files that cannot be read, and what to do about each."""
    lines: Lines = []
    for one in view.problems:
        lines += paragraph(f"{one.path}: {one.message}", width, "bold $error")
        if one.hint:
            lines += paragraph(one.hint, width, "$faint", 2)
    return lines
