"""The weekly: the state of a sprint in ten plain lines, and what waits for whom."""

from __future__ import annotations

from typing import Any, Final

from sprintkit.documents.context.action_items import CLOSED_STATES, build_action_items
from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.context.closing_parts import build_about
from sprintkit.documents.context.operating import describe_duty, latest_reviewed_month, overdue_duties
from sprintkit.documents.context.status_blocks import (
    blocker_facts,
    build_blockers,
    build_milestones,
    meaning_phrase,
)
from sprintkit.documents.excerpt import excerpt, sentence_case
from sprintkit.documents.wording import Wording
from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.documents.context.source import SprintSource
    from sprintkit.progress.progress import Progress

MAX_LINES: Final = 10
"""The most lines of facts and people together, without the heading."""
MAX_TEXT: Final = 110
"""Characters shown of a milestone's title."""


def build_context(source: SprintSource, wording: Wording) -> dict[str, Any]:
    """The context of the weekly's templates for a sprint."""
    document, progress = source.charter.document, source.progress
    answers = AnswerTree(document, wording, source.depth == "lean")
    about = build_about(source, answers, wording)
    person = source.addressee
    name = answers.person(person)["text"] if person is not None else ""
    needs = _build_needs(source, answers, wording)
    facts = _build_facts(source, about, answers, wording)
    if person is not None:
        needs = [need for need in needs if need["who"] == name]
        line = "" if needs else wording.say("weekly_nothing_for", name=name)
        shown_needs = needs
    else:
        shown_needs = needs[: max(MAX_LINES - len(facts), 2)]
        line = "" if needs else wording.say("weekly_nothing")
    hidden = len(needs) - len(shown_needs)
    return {
        "words": wording.phrases,
        "document": about,
        "person": name,
        "heading": _build_heading(progress, about, wording),
        "facts": facts,
        "needs": shown_needs,
        "needs_line": line,
        "needs_more": wording.say("and_more", n=hidden) if hidden else "",
        "missing_glyphs": "",
        "running": excerpt(about["title"], 70),
        "not_yet": "",
    }


def _build_heading(progress: Progress, about: dict[str, Any], wording: Wording) -> str:
    week, weeks = progress.week or 0, progress.weeks or 0
    if about["state"] not in CLOSED_STATES and 1 <= week <= weeks:
        return wording.say("status_week", week=week, weeks=weeks, day=about["on"])
    return wording.say("status_day", day=about["on"])


def _build_facts(
    source: SprintSource, about: dict[str, Any], answers: AnswerTree, wording: Wording
) -> list[dict[str, str]]:
    """How the sprint stands, as labels with a sentence each."""
    progress, end = source.progress, source.end
    facts: list[tuple[str, str]] = []
    facts.append(("weekly_approval", about["unapproved"]))
    if source.ending:
        facts.append(("weekly_state", wording.tell(source.ending[0].text)))
    else:
        facts.append(("weekly_state", _health_line(source, about, wording)))
        facts += [("weekly_why", text) for text in _reasons(progress, wording)]
    facts += _progress_lines(source, answers, wording)
    if end.closing is None:
        facts.append(("weekly_deadline", about["deadline"]))
    return [{"label": wording.say(label), "text": text} for label, text in facts if text]


def _health_line(source: SprintSource, about: dict[str, Any], wording: Wording) -> str:
    progress = source.progress
    if progress.health is None:
        return f"{sentence_case(about['state_line'])}. {wording.say('no_checkin')}."
    word = wording.say(f"health_{progress.health}")
    return f"{word}. {wording.say(meaning_phrase(progress.health, source.status_row))}"


def _reasons(progress: Progress, wording: Wording) -> list[str]:
    """The most serious reason, and how many others there are."""
    if not progress.reasons:
        return []
    first = progress.reasons[0]
    # The landing is stated once, by the status, so H1 does not repeat it.
    reason = wording.say("lands_late_anyway") if first.code == "H1" else wording.tell(first.short_message)
    text = sentence_case(escape_invisible(reason))
    others = len(progress.reasons) - 1
    phrase = "weekly_reasons_more" if others > 1 else "weekly_reason_more"
    return [f"{text} {wording.say(phrase, n=others)}" if others else text]


def _changes(progress: Progress, wording: Wording) -> str:
    """What changed since the check-in before the last one; empty if nothing did, or there is none."""
    delta, say = progress.delta, wording.say
    if delta is None:
        return ""
    titles = {state.id: state.milestone.title or state.id for state in progress.milestones}
    blockers = {blocker.id: blocker.title or blocker.id for blocker in progress.blockers}
    parts = []
    for key, ids, names in (
        ("weekly_accepted", delta.accepted, titles),
        ("weekly_reopened", delta.reopened, titles),
        ("weekly_closed", delta.closed, blockers),
        ("weekly_opened", delta.opened, blockers),
    ):
        if ids:
            items = [excerpt(escape_invisible(names.get(entry, entry)), 60) for entry in ids]
            parts.append(say(key, items=wording.join_list(items)))
    return "; ".join(parts) or say("weekly_unchanged")


def _progress_lines(source: SprintSource, answers: AnswerTree, wording: Wording) -> list[tuple[str, str]]:
    progress, number, say = source.progress, wording.format_rounded, wording.say
    lines: list[tuple[str, str]] = []
    if progress.planned is not None and progress.earned is not None and progress.as_of_week:
        text = say(
            "weekly_points_line",
            earned=number(float(progress.earned)),
            planned=number(float(progress.planned)),
            total=number(float(progress.total or 0)),
            week=progress.as_of_week,
        )
        lines.append(("weekly_points", text))
    lines.append(("number", _metric_line(source, wording)))
    closing = source.end.closing
    if closing is None:
        lines.append(("weekly_changed", _changes(progress, wording)))
    upcoming = progress.next_milestone
    if upcoming is not None and closing is None:
        title = excerpt(escape_invisible(upcoming.milestone.title or upcoming.id), MAX_TEXT)
        week = upcoming.milestone.due_week
        phrase = "weekly_next_late" if week and week < (progress.week or 0) else "weekly_next_line"
        lines.append(("weekly_next", say(phrase, title=title, week=week) if week else title))
    open_blockers = [blocker for blocker in progress.blockers if blocker.closed_week is None]
    if open_blockers and closing is None:
        titles = "; ".join(excerpt(escape_invisible(blocker.title), 60) for blocker in open_blockers[:3])
        more = f"; {say('and_more', n=len(open_blockers) - 3)}" if len(open_blockers) > 3 else ""
        lines.append(("weekly_blockers", f"{titles}{more}"))
    return lines


def _metric_line(source: SprintSource, wording: Wording) -> str:
    """The last reading, from a check-in or a monthly review; empty without one."""
    readings, metric = source.progress.readings, source.progress.current_charter.success_metric
    month = latest_reviewed_month(source.end)
    slots: dict[str, object] = {
        "target": "" if metric.target is None else wording.format_number(metric.target),
        "stop": "" if metric.stop_line is None else wording.format_number(metric.stop_line),
    }
    if month is not None and month.review is not None:
        value = wording.format_figure(month.review.metric, metric.unit or "")
        return wording.say(
            "weekly_metric_month", value=value, month=wording.format_month(month.month), **slots
        )
    if not readings:
        return ""
    value = wording.format_figure(readings[-1].value, metric.unit or "")
    return wording.say("weekly_metric_line", value=value, week=readings[-1].week, **slots)


def _operating_needs(source: SprintSource, answers: AnswerTree, wording: Wording) -> list[dict[str, Any]]:
    """Overdue duties of operation: reviews by the owner, decisions by the sponsor."""
    owner, sponsor = answers.root["owner"]["person"], answers.root["charter"]["sponsor"]
    by_person: dict[str, list[str]] = {}
    for duty in overdue_duties(source.end, source.today):
        person = owner if duty.kind == "review" else sponsor
        what = wording.say(
            "need_overdue", what=describe_duty(duty, wording), day=wording.format_date(duty.due)
        )
        by_person.setdefault(excerpt(person["text"], 90) or wording.say("somebody"), []).append(what)
    return [{"who": who, "what": what} for who, what in by_person.items()]


def _build_needs(source: SprintSource, answers: AnswerTree, wording: Wording) -> list[dict[str, Any]]:
    """What each person has to do, the most pressing first."""
    progress, status = source.progress, source.status_row
    week = progress.week or 0
    if status.get("state") in CLOSED_STATES:
        return _operating_needs(source, answers, wording)
    document = source.charter.document
    accepted = {state.id: state.accepted.week for state in progress.milestones if state.accepted}
    open_blockers, _ = build_blockers(
        blocker_facts(progress.blockers),
        answers,
        wording,
        week,
        progress.as_of_week or 0,
    )
    milestones = build_milestones(document, answers, wording, accepted, week, {})
    items = build_action_items(
        document, status, milestones, open_blockers, (), answers, wording, source.today
    )
    items += [
        {"who": escape_invisible(name), "what": wording.say("need_signature")} for name in source.unsigned
    ]
    by_person: dict[str, list[str]] = {}
    for item in items:
        by_person.setdefault(item["who"], []).append(item["what"])
    return [
        {"who": who, "what": [entry.rstrip(".") for entry in dict.fromkeys(what)]}
        for who, what in by_person.items()
    ]
