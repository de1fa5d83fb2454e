"""The status document: health and its reasons, figures, pictures, and who is needed for what, on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sprintkit.charter.blank import is_blank
from sprintkit.documents.context.action_items import build_action_items, nothing_needed
from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.context.approval import approval_line, unapproved_line
from sprintkit.documents.context.heading import build_agreed_heading
from sprintkit.documents.context.money import currency_label
from sprintkit.documents.context.operating import (
    describe_duty,
    monthly_readings,
    overdue_duties,
    review_line,
)
from sprintkit.documents.context.status_blocks import (
    blocker_facts,
    build_blockers,
    build_figures,
    build_guardrails,
    build_health,
    build_milestones,
)
from sprintkit.documents.context.status_data import build_probed
from sprintkit.documents.context.status_lines import build_changes, build_headline
from sprintkit.documents.context.status_pictures import build_status_pictures
from sprintkit.documents.context.status_rests_on import build_unsettled
from sprintkit.documents.context.values import Table, as_date, as_integer, as_number, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording, english
from sprintkit.progress.readings import describe_incomparable
from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.documents.context.source import SprintSource
    from sprintkit.progress.data_checks import ProbedSource
    from sprintkit.progress.health import Reason
    from sprintkit.progress.progress import Delta, Progress
    from sprintkit.progress.summary import Sentence
    from sprintkit.progress.unsettled import UnsettledItem

MAX_TEXT: Final = 200
"""Characters shown of a decision or note."""
MAX_MILESTONES: Final = 14
MAX_OPEN_BLOCKERS: Final = 7
MAX_CLOSED_BLOCKERS: Final = 3
MAX_DECISIONS: Final = 6
MAX_ACTION_ITEMS: Final = 9
MAX_REASONS: Final = 8
MAX_GUARDRAILS: Final = 6
MAX_SOURCES: Final = 6
MAX_UNSETTLED: Final = 6


def build_context(
    source: SprintSource, wording: Wording, *, max_action_items: int = MAX_ACTION_ITEMS
) -> dict[str, Any]:
    """The context of the status's templates for a sprint."""
    progress, checkins = source.progress, source.checkins
    return build_status_context(
        source.charter.document,
        _in_wording(source, wording),
        on=source.today,
        max_action_items=max_action_items,
        digest=source.charter.digest,
        measured=source.charter_at_checkin.document,
        accepted={
            milestone.id: milestone.accepted.week for milestone in progress.milestones if milestone.accepted
        },
        slips={
            milestone.id: {"expected_week": milestone.slip.expected_week, "why": milestone.slip.why}
            for milestone in progress.milestones
            if milestone.slip
        },
        planned_by_week=[points for _, points in progress.chart_data.planned] if progress.chart_data else (),
        earned_by_week=_earned_by_week(progress),
        readings=[
            {"week": reading.week, "value": reading.value, "counts": reading.is_result, "to": reading.to}
            for reading in progress.readings
        ]
        + _review_readings(source, wording),
        guardrails=[
            {"id": guardrail.id, "value": guardrail.readings[-1].value, "outside": guardrail.is_outside}
            for guardrail in progress.guardrails
            if guardrail.readings
        ],
        blockers=blocker_facts(progress.blockers),
        checkin=checkins[-1].model_dump(by_alias=True, exclude_none=True) if checkins else None,
        room=" ".join(
            [
                *filter(None, [wording.tell(progress.confidence_warning or "")]),
                *filter(None, [wording.tell(describe_incomparable(progress.readings))]),
                *(
                    wording.say(
                        "amendment_does_not_count",
                        id=escape_invisible(refused.amendment.id or refused.path),
                        reasons=" ".join(refused.reasons),
                    )
                    for refused in progress.refused_amendments
                ),
            ]
        ),
        unsigned=source.unsigned,
        unsettled=source.unsettled,
        probed=source.probed,
        delta=progress.delta,
        amendments={amendment.id: amendment.reason or "" for amendment in source.amendments if amendment.id},
        ending=_in_words(source, wording),
        wording=wording,
    )


def _in_words(source: SprintSource, wording: Wording) -> list[Sentence]:
    """How the sprint ended, in the workspace's wording; the latest review and overdue duties follow the verdict."""
    sentences = [
        sentence._replace(
            label=wording.tell(sentence.label),
            text=(sentence.label == "Cost" and _cost_against_plan(source, wording))
            or wording.tell(sentence.text),
        )
        for sentence in source.ending
    ]
    if not sentences:
        return []
    unit = source.progress.current_charter.success_metric.unit or ""
    overdue = "; ".join(describe_duty(duty, wording) for duty in overdue_duties(source.end, source.today))
    since = [
        sentences[0]._replace(label=wording.say(label), text=text)
        for label, text in (
            ("latest_review", review_line(source.end, unit, wording)),
            ("overdue_label", overdue),
        )
        if text
    ]
    return [sentences[0], *since, *sentences[1:]]


def _cost_against_plan(source: SprintSource, wording: Wording) -> str:
    """`GBP 41,200 of GBP 42,000 planned`, the cost alone if there was no plan; empty while it is not closed."""
    closing, budget = source.end.closing, get_table(source.charter.document, "budget")
    if closing is None:
        return ""
    currency, planned = currency_label(budget), as_number(budget.get("sprint_cost"))
    actual = wording.format_money(currency, closing.cost_actual)
    if planned is None:
        return actual
    return wording.say("cost_against_plan", actual=actual, planned=wording.format_money(currency, planned))


def _in_wording(source: SprintSource, wording: Wording) -> Table:
    """The sprint's entry in `status`, with its reasons in the workspace's wording."""
    row = source.status_row
    texts = {
        (reason.code, reason.about): {
            "message": tell_message(reason, wording),
            "remedy": wording.tell(reason.remedy),
        }
        for reason in source.progress.reasons
    }
    reasons = [
        {**reason, **texts.get((reason["code"], reason["about"]), {})} for reason in row.get("reasons") or []
    ]
    return {**row, "reasons": reasons}


def tell_message(reason: Reason, wording: Wording) -> str:
    """The message of a reason. The headline already names the landing, so H1 does not repeat it."""
    message = wording.tell(reason.message)
    if reason.code != "H1":
        return message
    return message.replace(wording.tell(reason.short_message), wording.say("lands_late_anyway"), 1)


def _review_readings(source: SprintSource, wording: Wording) -> list[Table]:
    """The readings of an operated sprint's monthly reviews, each at the week in which its month ended."""
    if not source.ending:
        return []
    start = as_date(get_table(source.charter.document, "timeline").get("start"))
    return [
        {"week": point.week, "value": point.value, "counts": point.counts, "month": point.month}
        for point in monthly_readings(source.end, start, wording)
    ]


def _earned_by_week(progress: Progress) -> list[float]:
    """Points earned by each week, from 0 to the last check-in. They stay the same in a week without a check-in."""
    if progress.chart_data is None:
        return []
    earned = dict(progress.chart_data.earned)
    points: list[float] = []
    for week in range(max(earned) + 1):
        points.append(earned.get(week, points[-1] if points else 0.0))
    return points


def build_status_context(
    document: Table,
    status: Table,
    *,
    on: date,
    digest: str = "",
    measured: Table | None = None,
    accepted: Mapping[str, int] | None = None,
    slips: Mapping[str, Table] | None = None,
    planned_by_week: Sequence[float] = (),
    earned_by_week: Sequence[float] = (),
    readings: Sequence[Table] = (),
    guardrails: Sequence[Table] = (),
    blockers: Sequence[Table] = (),
    checkin: Table | None = None,
    room: str | None = None,
    unsigned: Sequence[str] = (),
    unsettled: Sequence[UnsettledItem] = (),
    probed: Sequence[ProbedSource] = (),
    delta: Delta | None = None,
    amendments: Mapping[str, str] | None = None,
    ending: Sequence[Sentence] = (),
    wording: Wording | None = None,
    max_action_items: int = MAX_ACTION_ITEMS,
) -> dict[str, Any]:
    """The context of the status document on the day `on`.

    `document` is the charter in force, `status` the sprint's entry in the JSON of `status` on that day. `measured` is
    the charter in force at the last check-in, from which points and forecasts are computed (None: `document`). `accepted`
    maps the ids of accepted milestones to the week they were accepted in, `slips` those of open ones that are expected
    later than due to expected_week and why. `planned_by_week` and `earned_by_week`
    are points from week 0; earned ends with the last check-in. `readings` of the metric have week, value and counts
    (whether the system was live); `guardrails` are the last readings with id, value and outside. `blockers` have
    id, category, title, holder, opened, due_week, closed (a week or None) and how. `checkin` is the last one, `room`
    holds sentences about a room that is more confident than its records, a reading that cannot be compared, and
    amendments that do not count. `unsigned` are the names of people yet to sign, `unsettled` what the sprint rests on,
    `probed` its measured sources, `delta` what changed since the check-in before the last one, `amendments` the
    reasons of amendments by their ids, and `ending` how it ended, the verdict first.
    """
    wording = wording or english()
    answers = AnswerTree(document, wording, get_table(document, "charter").get("depth") == "lean")
    week, as_of_week = as_integer(status.get("week")), as_integer(status.get("as_of_week"))
    last_checkin, accepted, measured = checkin or {}, accepted or {}, measured or document
    milestones = build_milestones(document, answers, wording, accepted, week, slips or {})
    open_blockers, closed_blockers = build_blockers(blockers, answers, wording, week, as_of_week)
    action_items = build_action_items(
        document, status, milestones, open_blockers, unsigned, answers, wording, on
    )
    about = _about(status, answers, wording, on, digest)
    health = build_health(status, room, wording)
    reasons = _first_rows(health["reasons"], MAX_REASONS, wording)
    decisions = _texts(last_checkin.get("decisions"))
    decisions_phrase = "status_decisions" if as_of_week else "status_decisions_none"
    return {
        "words": wording.phrases,
        "document": about,
        "running": excerpt(about["title"], 70),
        "ending": _ending(ending),
        "headline": build_headline(status, measured, wording),
        "changed": build_changes(delta, document, blockers, amendments or {}, wording),
        "health": health | {"reasons": reasons["rows"], "more": reasons["more"]},
        "figures": build_figures(status, last_checkin, readings, document, measured, accepted, wording),
        "milestones": _first_rows(milestones, MAX_MILESTONES, wording),
        "blockers": {
            "open": _first_rows(open_blockers, MAX_OPEN_BLOCKERS, wording),
            "closed": _first_rows(closed_blockers, MAX_CLOSED_BLOCKERS, wording),
            "line": "" if open_blockers else wording.say("blockers_open_none"),
        },
        "decisions": {
            "title": wording.say(decisions_phrase, week=as_of_week),
            **_first_rows(decisions, MAX_DECISIONS, wording),
            # A closed sprint shows its verdict; "nothing was decided" would contradict it.
            "none": "" if ending or decisions else wording.say("decisions_none"),
        },
        "notes": [
            {"label": wording.say(key), "text": text}
            for key in ("note", "lesson")
            for text in _texts(last_checkin.get(key))
        ],
        "guardrails": _first_rows(build_guardrails(document, guardrails, wording), MAX_GUARDRAILS, wording),
        "data": _first_rows(build_probed(probed, wording), MAX_SOURCES, wording),
        "rests_on": _first_rows(build_unsettled(unsettled, answers, wording), MAX_UNSETTLED, wording),
        "needs": {
            **_first_rows(action_items, max_action_items, wording),
            "line": nothing_needed(status, wording),
        },
        "pictures": build_status_pictures(
            document, status, planned_by_week, earned_by_week, readings, blockers, accepted, wording
        ),
        "missing_glyphs": "",
    }


def _ending(ending: Sequence[Sentence]) -> dict[str, Any]:
    """The verdict and the facts recorded with it; the title is empty while the sprint is open."""
    texts = [excerpt(escape_invisible(sentence.text), MAX_TEXT) for sentence in ending]
    facts = [
        {"label": sentence.label, "text": text} for sentence, text in zip(ending[1:], texts[1:], strict=True)
    ]
    return {"title": texts[0] if texts else "", "facts": facts}


def _about(status: Table, answers: AnswerTree, wording: Wording, on: date, digest: str) -> dict[str, Any]:
    state = str(status.get("state") or "")
    week, weeks = as_integer(status.get("week")), as_integer(status.get("weeks"))
    numbers = {"week": wording.format_number(week), "weeks": wording.format_number(weeks)}
    day = wording.format_date(on)
    is_known_state = f"state_{state}" in wording.phrases
    return {
        **build_agreed_heading(answers.root, wording),
        "on": day,
        **numbers,
        "line": wording.say("status_week", **numbers, day=day)
        if 1 <= week <= weeks
        else wording.say("status_day", day=day),
        "state": state,
        "state_line": wording.say(f"state_{state}") if is_known_state else escape_invisible(state),
        "as_of": _last_checkin_line(status, wording),
        "digest12": digest[:12] or wording.say("no_digest"),
        "signed_line": approval_line(status, wording),
        "unapproved": unapproved_line(status, wording),
    }


def _last_checkin_line(status: Table, wording: Wording) -> str:
    week, day = as_number(status.get("as_of_week")), status.get("last_checkin")
    if isinstance(day, str):
        day = date.fromisoformat(day)
    if not week or not isinstance(day, date):
        return wording.say("no_checkin")
    return wording.say("as_of", week=wording.format_number(week), day=wording.format_date(day))


def _first_rows(rows: list[Any], limit: int, wording: Wording) -> dict[str, Any]:
    """The first rows, and a sentence that counts the rest."""
    more = wording.say("and_more", n=len(rows) - limit) if len(rows) > limit else ""
    return {"rows": rows[:limit], "more": more}


def _texts(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [excerpt(escape_invisible(str(item)), MAX_TEXT) for item in items if not is_blank(item)]
