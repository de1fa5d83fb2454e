"""The fields of a week's check-in, with defaults from the plan and from earlier weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sprintkit.actions.checkin.basis import CheckInBasis
from sprintkit.actions.checkin.probe_fields import OfferedBlocker, last_probes, offered_blockers
from sprintkit.actions.form.field import (
    Answers,
    Choices,
    Field,
    FieldKind,
    display_name,
    field_text,
    people_choices,
)
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import choice_label
from sprintkit.charter.going_live import LIVE
from sprintkit.charter.model import Milestone
from sprintkit.progress.milestone_states import MilestoneState
from sprintkit.progress.readings import GuardrailState
from sprintkit.records.checkin import BLOCKER_CATEGORIES
from sprintkit.records.progress_log import Blocker, verifier
from sprintkit.text.dates import format_day
from sprintkit.text.numbers import format_count, format_figure
from sprintkit.text.value_parsing import parse_integer

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
ACCEPTED_KEYS: Final = ("evidence", "by", "live_since", "instead_of", "reason")
"""The fields of an acceptance, in the order of the record."""
MAX_NEW_BLOCKERS: Final = 30
"""How many blockers can be opened in one check-in."""


def build_fields(
    basis: CheckInBasis, answers: Answers, starting_date: date, today: date, reading: str = ""
) -> list[Field]:
    """The fields to show for these answers; `reading` describes what the metric's recipe reads now."""
    first_blocker, *blockers = _blocker_fields(basis, answers)
    return [
        *_week_fields(basis, starting_date, today),
        *_milestone_fields(basis, answers),
        replace(first_blocker, lead=last_probes(basis)),
        *blockers,
        *_reading_fields(basis, reading),
        *_vote_and_note_fields(),
        *_promise_fields(basis, answers),
    ]


def _week_fields(basis: CheckInBasis, starting_date: date, today: date) -> Iterator[Field]:
    section = SECTIONS[0]
    due = f"the check-in day is {format_day(basis.due_on)}" if basis.due_on else ""
    yield Field(
        key="on", label="Day", kind="date", section=section, default=starting_date.isoformat(),
        around=starting_date, aside=due, help=_date_help(basis, today),
    )  # fmt: skip
    yield Field(
        key="by", label="Written down by", kind="choice", section=section, default=basis.writer,
        choices=people_choices(basis.charter),
    )  # fmt: skip


def _date_help(basis: CheckInBasis, today: date) -> str:
    if basis.on > today:
        return f"It is after today; nothing here counts until {format_day(basis.on)}."
    return f"The day of the meeting; it makes this the check-in of week {basis.week}."


def _milestone_fields(basis: CheckInBasis, answers: Answers) -> Iterator[Field]:
    accepted = [milestone for milestone in basis.progress.milestones if milestone.accepted is not None]
    for milestone in (*basis.milestones, *accepted):
        key = f"milestone.{milestone.id}"
        choices: Choices = (
            ("", "not yet"),
            ("accepted", "accepted with proof"),
            ("slips", "slips, expected later"),
        )
        if milestone.accepted is not None:
            choices = (
                ("", "stays accepted"),
                ("reopened", "reopened"),
                ("again", "reopened, and accepted again"),
            )
        proof = milestone.milestone.acceptance
        field = Field(
            key=key, label=_milestone_label(milestone), kind="choice", section=SECTIONS[1], choices=choices,
            aside=_describe_plan(milestone, basis), help=f"Proof: {proof}" if proof else "",
        )  # fmt: skip
        yield field
        choice = field_text(answers, field)
        if choice in ("reopened", "again"):
            yield Field(
                key=f"{key}.why", label="Why it is open again", kind="line", section=SECTIONS[1], depth=1,
                help="What showed that it is not done?",
            )  # fmt: skip
        if choice in ("accepted", "again"):
            yield from acceptance_fields(key, milestone.milestone, basis, answers)
        elif choice == "slips":
            yield from slip_fields(key, milestone, basis, answers)


def slip_fields(
    key: str, milestone: MilestoneState, basis: CheckInBasis, answers: Answers, section: str = SECTIONS[1]
) -> Iterator[Field]:
    """The fields of one slip: the week that is expected now, and why."""
    due_week = milestone.milestone.due_week
    week_remark = _remark_on_week(answers.get(f"{key}.expected_week", ""), basis)
    yield Field(
        key=f"{key}.expected_week", label="Expected in week", kind="integer", section=section, depth=1,
        aside=_join(f"planned for week {due_week}" if due_week is not None else "", week_remark),
        help="The plan stays as it is; the page and documents show both weeks.",
    )  # fmt: skip
    yield Field(key=f"{key}.why", label="Why later", kind="line", section=section, depth=1)


def _milestone_label(milestone: MilestoneState) -> str:
    return f"{milestone.id} {milestone.milestone.title or ''}".strip()


def acceptance_fields(
    key: str, milestone: Milestone, basis: CheckInBasis, answers: Answers, section: str = SECTIONS[1]
) -> Iterator[Field]:
    """The fields of one acceptance: the proof, who accepts, whom they stand in for, and since when it is live."""
    charter = basis.charter
    agreed_verifier = verifier(milestone, charter) or ""
    yield Field(
        key=f"{key}.evidence", label="Proof shown", kind="line", section=section, depth=1,
        help=f"Agreed: {milestone.acceptance or 'nothing'}. What was shown, and where is it kept?",
    )  # fmt: skip
    by_field = Field(
        key=f"{key}.by", label="Accepted by", kind="choice", section=section, depth=1, default=agreed_verifier,
        choices=people_choices(charter),
        help=f"{display_name(charter, agreed_verifier)} accepts it; the owner's deputy may stand in.",
    )  # fmt: skip
    yield by_field
    if field_text(answers, by_field) != agreed_verifier:
        yield Field(
            key=f"{key}.instead_of", label="Instead of", kind="choice", section=section, depth=1,
            default=agreed_verifier, choices=(("", "nobody"), *people_choices(charter)),
        )  # fmt: skip
        yield Field(key=f"{key}.reason", label="Why they stand in", kind="line", section=section, depth=1)
    if milestone.category == LIVE:
        yield Field(
            key=f"{key}.live_since", label="Live since", kind="date", section=section, depth=1,
            help="Readings from that day on are results.", around=basis.on,
        )  # fmt: skip


def _describe_plan(milestone: MilestoneState, basis: CheckInBasis) -> str:
    """When a milestone is due and what it weighs; if it is accepted, when and with which proof."""
    if milestone.accepted is not None:
        return f"in week {milestone.accepted.week}: {milestone.accepted.accepted.evidence}"
    due_week, weight = milestone.milestone.due_week, milestone.milestone.weight
    is_late = due_week is not None and due_week < basis.week
    return _join(
        "late" if is_late else "",
        f"due week {due_week}" if due_week is not None else "",
        f"expected week {milestone.slip.expected_week}" if milestone.slip else "",
        f"{weight:g} points" if weight is not None else "",
    )


def _blocker_fields(basis: CheckInBasis, answers: Answers) -> Iterator[Field]:
    section = SECTIONS[2]
    for blocker in basis.blockers:
        key = f"blocker.{blocker.id}"
        field = Field(
            key=key, label=f"{blocker.id} {blocker.title}", kind="choice", section=section,
            choices=(("", "still open"), ("closed", "closed"), ("updated", "changes hands or week")),
            aside=_describe_blocker(blocker, basis),
            help=f"It stops {', '.join(blocker.stops)}." if blocker.stops else "",
        )  # fmt: skip
        yield field
        choice = field_text(answers, field)
        if choice == "closed":
            yield Field(key=f"{key}.how", label="What resolved it", kind="line", section=section, depth=1)
        elif choice == "updated":
            yield from _update_fields(key, blocker, basis, answers)
    opened = 0
    for offer in offered_blockers(basis):
        field = Field(
            key=offer.key, label=offer.label, kind="choice", section=section, aside=offer.source,
            choices=(("", "no blocker"), ("opened", "opened")),
            help="The last probe is below the threshold. Is it in the way?",
        )  # fmt: skip
        yield field
        if field_text(answers, field) == "opened":
            yield from _new_blocker_fields(offer.key, opened, basis, answers, offer)
            opened += 1
    for index in range(MAX_NEW_BLOCKERS):
        key = f"new.{index}"
        field = Field(
            key=key, label="Another blocker" if index else "A new blocker", kind="choice", section=section,
            choices=(("", "none"), ("opened", "opened")), help="What got in the way this week?",
        )  # fmt: skip
        yield field
        if field_text(answers, field) != "opened":
            return
        yield from _new_blocker_fields(key, opened + index, basis, answers)


def _update_fields(key: str, blocker: Blocker, basis: CheckInBasis, answers: Answers) -> Iterator[Field]:
    section, charter = SECTIONS[2], basis.charter
    unchanged = f"as before: {display_name(charter, blocker.holder)}"
    yield Field(
        key=f"{key}.holder", label="New holder", kind="choice", section=section, depth=1,
        choices=(("", unchanged), *people_choices(charter)),
    )  # fmt: skip
    week_remark = _remark_on_week(answers.get(f"{key}.due_week", ""), basis)
    yield Field(
        key=f"{key}.due_week", label="New due week", kind="integer", section=section, depth=1,
        aside=_join(f"was week {blocker.due_week}", week_remark),
    )  # fmt: skip
    yield Field(key=f"{key}.why", label="Why it changes", kind="line", section=section, depth=1)


def _new_blocker_fields(
    key: str, index: int, basis: CheckInBasis, answers: Answers, offer: OfferedBlocker | None = None
) -> Iterator[Field]:
    """The fields of the new blocker at `index`; an offered blocker is prefilled."""
    first_number = int(basis.next_blocker_id.removeprefix("B"))
    categories = tuple((category, choice_label(category)) for category in BLOCKER_CATEGORIES)
    milestones = tuple((milestone.id, _milestone_label(milestone)) for milestone in basis.milestones)
    unset = ("", "not chosen yet")
    week_remark = _remark_on_week(answers.get(f"{key}.due_week", ""), basis)
    specs: tuple[tuple[str, str, FieldKind, dict[str, Any]], ...] = (
        ("id", "Id", "line", {"default": f"B{first_number + index}"}),
        ("category", "Category", "choice", {"choices": (unset, *categories)}),
        ("title", "What blocks", "line", {}),
        ("holder", "Who will resolve it", "choice", {"choices": (unset, *people_choices(basis.charter))}),
        ("due_week", "By which week", "integer", {"aside": week_remark}),
        ("stops", "What it stops", "many", {"choices": milestones}),
    )
    defaults = {} if offer is None else _offered_defaults(offer)
    for name, label, kind, options in specs:
        if name in defaults:
            options["default"] = defaults[name]
        yield Field(key=f"{key}.{name}", section=SECTIONS[2], depth=1, label=label, kind=kind, **options)


def _offered_defaults(offer: OfferedBlocker) -> dict[str, str]:
    """The prefilled answers of an offered blocker."""
    return {
        "category": "data",
        "title": offer.title,
        "holder": offer.holder,
        "due_week": str(offer.due_week),
        "stops": "\n".join(offer.stops),
    }


def _remark_on_week(text: str, basis: CheckInBasis) -> str:
    """A remark on an odd due week while it is typed; empty if there is nothing odd about it."""
    week, last_week = parse_integer(text), basis.progress.weeks
    if week is None or last_week is None:
        return ""
    if week > last_week:
        return f"after the last week, which is {last_week}"
    return f"that week is over, this is week {basis.week}" if week < basis.week else ""


def _join(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _describe_blocker(blocker: Blocker, basis: CheckInBasis) -> str:
    """Who holds a blocker, how long it has been open, and when it is due."""
    return _join(
        display_name(basis.charter, blocker.holder),
        f"open {format_count(blocker.weeks_open(basis.week), 'week')}",
        f"due week {blocker.due_week}",
        "late" if blocker.due_week < basis.week else "",
    )


def _reading_fields(basis: CheckInBasis, offer: str) -> Iterator[Field]:
    section, metric, progress = SECTIONS[3], basis.charter.success_metric, basis.progress
    last = progress.readings[-1] if progress.readings else None
    levels = (("baseline", metric.baseline), ("stop line", metric.stop_line), ("target", metric.target))
    known = ", ".join(
        f"{name} {format_figure(value, metric.unit)}" for name, value in levels if value is not None
    )
    yield Field(
        key="metric.value", label=metric.name or "Metric", kind="number", section=section,
        aside=_join(
            offer,
            f"last {format_figure(last.value, metric.unit)} in week {last.week}" if last else "no earlier reading",
        ),
        help=known + (f". Read in: {metric.source}" if metric.source else ""),
    )  # fmt: skip
    since = progress.live_since or (last.from_ if last and last.is_result else None)
    yield Field(
        key="metric.from", label="Read from", kind="date", section=section, depth=1,
        default=since.isoformat() if since else "", around=basis.on,
        help="The first day of the reading. From the day it went live on, it is a result.",
    )  # fmt: skip
    yield Field(
        key="metric.to", label="Read to", kind="date", section=section, depth=1,
        default=basis.on.isoformat(), help="The last day of the reading.", around=basis.on,
    )  # fmt: skip
    for guardrail in progress.guardrails:
        yield Field(
            key=f"guardrail.{guardrail.id}", label=guardrail.name, kind="number", section=section,
            aside=_join(guardrail.limit, _describe_last_reading(guardrail)),
        )  # fmt: skip


def _describe_last_reading(guardrail: GuardrailState) -> str:
    if not guardrail.readings:
        return "no earlier reading"
    last = guardrail.readings[-1]
    return f"last {format_figure(last.value)} in week {last.week}"


def _vote_and_note_fields() -> Iterator[Field]:
    yield Field(
        key="votes", label="Votes of the room", kind="votes", section=SECTIONS[4],
        help=f"{VOTE_QUESTION} One digit each, hidden; shown together before saving.",
    )  # fmt: skip
    section = SECTIONS[5]
    yield Field(
        key="decisions", label="Decisions", kind="texts", section=section,
        help="One a line, with a name where it matters.",
    )  # fmt: skip
    yield Field(
        key="note", label="Note", kind="prose", section=section, help="What else should be remembered?"
    )
    yield Field(key="lesson", label="Lesson", kind="prose", section=section, help="What was learnt?")


def _promise_fields(basis: CheckInBasis, answers: Answers) -> Iterator[Field]:
    section, charter = SECTIONS[6], basis.charter
    agreed = {promise.item: promise for promise in charter.plan.readiness if promise.item}
    for item in basis.promises:
        promise = agreed.get(item)  # type: ignore[call-overload]
        if agreed and (promise is None or not is_blank(promise.skip)):
            continue
        key = f"ready.{item}"
        proof = promise.proof if promise and promise.proof else ""
        field = Field(
            key=key, label=choice_label(item), kind="choice", section=section,
            choices=(("", "not yet"), ("kept", "kept")), help=f"Proof: {proof}" if proof else "",
            aside=f"by week {promise.week}" if promise and promise.week else "",
        )  # fmt: skip
        yield field
        if field_text(answers, field) == "kept":
            yield Field(
                key=f"{key}.proof", label="Proof", kind="line", section=section, depth=1,
                help=f"Agreed: {proof}" if proof else "",
            )  # fmt: skip
            by = promise.by if promise and promise.by else ""
            yield Field(
                key=f"{key}.by", label="Shown by", kind="choice", section=section, depth=1,
                default=by or charter.owner.person or "", choices=people_choices(charter),
            )  # fmt: skip
