"""The fields of a week's check-in, prefilled from the plan and from the weeks before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sprintkit.actions.checkin.checkin import Prepared
from sprintkit.actions.form.field import Answers, Choices, Field, Kind, answer, name_of, people
from sprintkit.actions.session.values import integer
from sprintkit.actions.status.attention import day as day_in_words
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import in_words
from sprintkit.progress.health import figure_in_words
from sprintkit.progress.progress import MilestoneState
from sprintkit.records.checkin import BLOCKER_CATEGORIES
from sprintkit.records.progress_log import Blocker, verifier

SECTIONS: Final = (
    "This week",
    "Milestones",
    "Blockers",
    "Metric and guardrails",
    "Votes",
    "Decisions",
    "Promises kept",
)
VOTE_QUESTION: Final = "Will it be live and accepted by the deadline? 1 surely not, 5 surely."
MOST_NEW: Final = 30
"""Blockers that can be opened in one check-in."""


def fields(prepared: Prepared, answers: Answers, begun_on: date, today: date) -> list[Field]:
    """The rows of the form, as what stands in it wants them."""
    return [
        *_week(prepared, begun_on, today),
        *_milestones(prepared, answers),
        *_blockers(prepared, answers),
        *_readings(prepared),
        *_room(),
        *_promises(prepared, answers),
    ]


def _week(prepared: Prepared, begun_on: date, today: date) -> Iterator[Field]:
    section = SECTIONS[0]
    due = f"the check-in day is {day_in_words(prepared.due_on)}" if prepared.due_on else ""
    yield Field(
        key="on", label="Day", kind="date", section=section, default=begun_on.isoformat(), around=begun_on,
        aside=due, help=_of_day(prepared, today),
    )  # fmt: skip
    yield Field(
        key="by", label="Written down by", kind="choice", section=section,
        default=prepared.record.get("by", ""), choices=people(prepared.charter),
    )  # fmt: skip


def _of_day(prepared: Prepared, today: date) -> str:
    """What the day of a check-in makes of it."""
    if prepared.on > today:
        return f"It lies after today; until {day_in_words(prepared.on)} nothing counts what stands here."
    return f"The day of the meeting; it makes this the check-in of week {prepared.week}."


def _milestones(prepared: Prepared, answers: Answers) -> Iterator[Field]:
    section = SECTIONS[1]
    done = [one for one in prepared.progress.milestones if one.accepted is not None]
    there_is_live = any(one.milestone.category == "live" for one in prepared.progress.milestones)
    for one in (*prepared.milestones, *done):
        key = f"milestone.{one.id}"
        is_done = one.accepted is not None
        stays = "stays accepted" if is_done else "not yet"
        choices: Choices = (("", stays), ("accepted", "accepted with proof"))
        if is_done:
            choices = (("", stays), ("reopened", "reopened"), ("again", "reopened, and accepted again"))
        field = Field(
            key=key, label=f"{one.id} {one.milestone.title or ''}".strip(), kind="choice", section=section,
            choices=choices, aside=_plan(one, prepared),
            help=f"Proof: {one.milestone.acceptance}" if one.milestone.acceptance else "",
        )  # fmt: skip
        yield field
        chosen = answer(answers, field)
        if chosen in ("reopened", "again"):
            yield Field(
                key=f"{key}.why", label="Why it is open again", kind="line", section=section, depth=1,
                help="What showed that it is not done?",
            )  # fmt: skip
        if chosen in ("accepted", "again"):
            yield from _acceptance(key, one, prepared, answers, there_is_live)


def _acceptance(
    key: str, one: MilestoneState, prepared: Prepared, answers: Answers, there_is_live: bool
) -> Iterator[Field]:
    section, charter = SECTIONS[1], prepared.charter
    named = verifier(one.milestone, charter) or ""
    yield Field(
        key=f"{key}.evidence", label="Proof shown", kind="line", section=section, depth=1,
        help=f"Agreed: {one.milestone.acceptance or 'nothing'}. What was shown, and where does it lie?",
    )  # fmt: skip
    by = Field(
        key=f"{key}.by", label="Accepted by", kind="choice", section=section, depth=1, default=named,
        choices=people(charter), help=f"{name_of(charter, named)} accepts it; the owner's deputy may stand in.",
    )  # fmt: skip
    yield by
    if answer(answers, by) != named:
        yield Field(
            key=f"{key}.instead_of", label="Instead of", kind="choice", section=section, depth=1,
            default=named, choices=(("", "nobody"), *people(charter)),
        )  # fmt: skip
        yield Field(key=f"{key}.reason", label="Why they stand in", kind="line", section=section, depth=1)
    if one.milestone.category == "live" or not there_is_live:
        optional = "" if one.milestone.category == "live" else "Only if it is live with this. "
        yield Field(
            key=f"{key}.live_since", label="Live since", kind="date", section=section, depth=1,
            help=f"{optional}Readings from that day on are results.", around=prepared.on,
        )  # fmt: skip


def _plan(one: MilestoneState, prepared: Prepared) -> str:
    if one.accepted is not None:
        return f"in week {one.accepted.week}: {one.accepted.accepted.evidence}"
    due, weight = one.milestone.due_week, one.milestone.weight
    is_late = due is not None and due < prepared.week
    parts = [
        "late" if is_late else "",
        f"due week {due}" if due is not None else "",
        f"{weight:g} points" if weight is not None else "",
    ]
    return _with(*parts)


def _blockers(prepared: Prepared, answers: Answers) -> Iterator[Field]:
    section, charter = SECTIONS[2], prepared.charter
    for one in prepared.blockers:
        key = f"blocker.{one.id}"
        field = Field(
            key=key, label=f"{one.id} {one.title}", kind="choice", section=section,
            choices=(("", "still open"), ("closed", "closed"), ("updated", "changes hands or week")),
            aside=_age(one, prepared), help=f"It stops {', '.join(one.stops)}." if one.stops else "",
        )  # fmt: skip
        yield field
        chosen = answer(answers, field)
        if chosen == "closed":
            yield Field(key=f"{key}.how", label="What resolved it", kind="line", section=section, depth=1)
        elif chosen == "updated":
            yield Field(
                key=f"{key}.holder", label="New holder", kind="choice", section=section, depth=1,
                choices=(("", f"as before: {name_of(charter, one.holder)}"), *people(charter)),
            )  # fmt: skip
            yield Field(
                key=f"{key}.due_week", label="New due week", kind="integer", section=section, depth=1,
                aside=_with(f"was week {one.due_week}", _due(answers.get(f"{key}.due_week", ""), prepared)),
            )  # fmt: skip
            yield Field(key=f"{key}.why", label="Why it changes", kind="line", section=section, depth=1)
    for at in range(MOST_NEW):
        key = f"new.{at}"
        field = Field(
            key=key, label="Another blocker" if at else "A new blocker", kind="choice", section=section,
            choices=(("", "none"), ("opened", "opened")), help="What came in the way this week?",
        )  # fmt: skip
        yield field
        if answer(answers, field) != "opened":
            return
        yield from _new_blocker(key, at, prepared, answers)


def _new_blocker(key: str, at: int, prepared: Prepared, answers: Answers) -> Iterator[Field]:
    section, charter = SECTIONS[2], prepared.charter
    first = prepared.next_blocker
    stem, count = first.rstrip("0123456789"), int(first[len(first.rstrip("0123456789")) :] or 1)
    categories = tuple((one, in_words(one)) for one in BLOCKER_CATEGORIES)
    milestones = tuple(
        (one.id, f"{one.id} {one.milestone.title or ''}".strip()) for one in prepared.milestones
    )
    for name, label, kind, extra in (
        ("id", "Id", "line", {"default": f"{stem}{count + at}"}),
        ("category", "Category", "choice", {"choices": (("", "not said yet"), *categories)}),
        ("title", "What blocks", "line", {}),
        ("holder", "Who gets it away", "choice", {"choices": (("", "not said yet"), *people(charter))}),
        (
            "due_week",
            "By which week",
            "integer",
            {"aside": _due(answers.get(f"{key}.due_week", ""), prepared)},
        ),
        ("stops", "What it stops", "many", {"choices": milestones}),
    ):
        made: dict[str, Any] = {"section": section, "depth": 1, "label": label, "kind": kind, **extra}
        yield Field(key=f"{key}.{name}", **made)


def _due(text: str, prepared: Prepared) -> str:
    """What there is to say about the week that a blocker is to be gone by."""
    week, last = integer(text), prepared.progress.weeks
    if week is None or last is None:
        return ""
    if week > last:
        return f"after the last week, which is {last}"
    return f"that week is over, this is week {prepared.week}" if week < prepared.week else ""


def _with(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _age(one: Blocker, prepared: Prepared) -> str:
    weeks = one.weeks_open(prepared.week)
    late = ", late" if one.due_week < prepared.week else ""
    return f"{name_of(prepared.charter, one.holder)}, open {weeks} week{'s' if weeks != 1 else ''}, due week {one.due_week}{late}"


def _readings(prepared: Prepared) -> Iterator[Field]:
    section, metric = SECTIONS[3], prepared.charter.success_metric
    found = prepared.progress
    last = found.readings[-1] if found.readings else None
    lines = [
        f"{word} {figure_in_words(value, metric.unit)}"
        for word, value in (
            ("baseline", metric.baseline), ("stop line", metric.stop_line), ("target", metric.target)
        )
        if value is not None
    ]  # fmt: skip
    yield Field(
        key="metric.value", label=metric.name or "Metric", kind="number", section=section,
        aside=f"last {figure_in_words(last.value, metric.unit)} in week {last.week}" if last else "not read yet",
        help=", ".join(lines) + (f". Read in: {metric.source}" if metric.source else ""),
    )  # fmt: skip
    since = found.live_since or (last.from_ if last and last.is_result else None)
    yield Field(
        key="metric.from", label="Read from", kind="date", section=section, depth=1,
        default=since.isoformat() if since else "",
        help="The first day of the reading. From the day it went live on, it is a result.", around=prepared.on,
    )  # fmt: skip
    yield Field(
        key="metric.to", label="Read to", kind="date", section=section, depth=1,
        default=prepared.on.isoformat(), help="The last day of the reading.", around=prepared.on,
    )  # fmt: skip
    for one in found.guardrails:
        read = one.readings[-1] if one.readings else None
        yield Field(
            key=f"guardrail.{one.id}", label=one.name, kind="number", section=section,
            aside=f"{one.limit}, " + (f"last {figure_in_words(read.value)} in week {read.week}" if read else "not read yet"),
        )  # fmt: skip


def _room() -> Iterator[Field]:
    yield Field(
        key="votes", label="Votes of the room", kind="votes", section=SECTIONS[4],
        help=f"{VOTE_QUESTION} One sign each, unseen; shown together before saving.",
    )  # fmt: skip
    for key, label, said in (
        ("decisions", "Decisions", "One a line, with a name where it matters."),
        ("note", "Note", "What else should be remembered?"),
        ("lesson", "Lesson", "What was learnt?"),
    ):
        kind: Kind = "texts" if key == "decisions" else "prose"
        yield Field(key=key, label=label, kind=kind, section=SECTIONS[5], help=said)


def _promises(prepared: Prepared, answers: Answers) -> Iterator[Field]:
    section = SECTIONS[6]
    agreed = {one.item: one for one in prepared.charter.plan.readiness if one.item}
    for item in prepared.promises:
        one = agreed.get(item)  # type: ignore[call-overload]
        if agreed and (one is None or not is_blank(one.skip)):
            continue
        key = f"ready.{item}"
        proof = one.proof if one and one.proof else ""
        field = Field(
            key=key, label=in_words(item), kind="choice", section=section,
            choices=(("", "not yet"), ("kept", "kept")), help=f"Proof: {proof}" if proof else "",
            aside=f"by week {one.week}" if one and one.week else "",
        )  # fmt: skip
        yield field
        if answer(answers, field) == "kept":
            yield Field(
                key=f"{key}.proof",
                label="Proof",
                kind="line",
                section=section,
                depth=1,
                help=f"Agreed: {proof}" if proof else "",
            )
            yield Field(
                key=f"{key}.by", label="Shown by", kind="choice", section=section, depth=1,
                default=(one.by if one and one.by else "") or prepared.charter.owner.person or "",
                choices=people(prepared.charter),
            )  # fmt: skip
