"""The form of a week's check-in: its fields, its record and its draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from sprintkit.actions.checkin.basis import load_basis
from sprintkit.actions.checkin.checkin import preview_record, record_checkin
from sprintkit.actions.checkin.checkin_fields import ACCEPTED_KEYS, MAX_NEW_BLOCKERS, build_fields
from sprintkit.actions.checkin.probe_fields import offered_blockers
from sprintkit.actions.checkin.reading_offer import OfferedReading, accepted_digests, can_read, read_offer
from sprintkit.actions.checkin.summary import summarise_checkin
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.draft import FormDraft
from sprintkit.actions.form.field import Answers, BuiltRecord, Field, RecordBuilder
from sprintkit.actions.form.names import checkin_form_name
from sprintkit.actions.form.record_form import Preview, RecordForm, RecordSummary
from sprintkit.actions.result import Result
from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter
from sprintkit.charter.paths import quote_key
from sprintkit.errors import SprintkitError
from sprintkit.text.date_parsing import parse_date_near

MAX_PLAN_SPAN: Final = timedelta(weeks=104)
"""How long after the start a typed date may be for the form to follow it."""
OPENED_KEYS: Final = ("id", "category", "title", "holder", "due_week", "stops")


class CheckInForm(RecordForm):
    """One week's check-in of a sprint."""

    def __init__(self, context: WorkspaceContext, slug: str, on: date | None = None) -> None:
        """Start with the date of the draft, if there is one, otherwise with `on` (default: today).

        Raises RefusedError if there is no charter to follow, InputError.
        """
        self.context = context
        self.slug = slug
        self.draft = FormDraft(context, checkin_form_name(slug))
        self.starting_date = self.draft.load_starting_date() or on or context.today
        self.basis = load_basis(context, slug, self.starting_date)
        self.reading: OfferedReading | None = None
        """What the metric's recipe reads now; None until it has been read."""
        self.reading_problem = ""
        """Why it could not be read."""

    @property
    def title(self) -> str:
        title = self.charter.charter.title or self.slug
        return f"Check-in, week {self.basis.week}: {title}"

    @property
    def charter(self) -> Charter:
        return self.basis.charter

    @property
    def has_entry(self) -> bool:
        """Whether the week has its check-in already, so that only a correction is accepted."""
        return self.basis.existing_entry is not None

    def reload(self) -> None:
        self.basis = load_basis(self.context, self.slug, self.basis.on)

    def restart(self) -> None:
        self.starting_date = self.context.today
        self.basis = load_basis(self.context, self.slug, self.starting_date)

    def fields(self, answers: Answers) -> list[Field]:
        """The fields to show for these answers, as the sprint stood on the typed date."""
        day = self._day(answers)
        if day != self.basis.on:
            self.basis = load_basis(self.context, self.slug, day)
        offer = self.reading.describe() if self.reading else self.reading_problem
        return build_fields(self.basis, answers, self.starting_date, self.context.today, offer)

    @property
    def can_read_metric(self) -> bool:
        return can_read(self.context, self.slug)

    def read_metric(self, on_progress: Callable[[str, float], None]) -> None:
        try:
            self.reading = read_offer(self.context.on_day(self.basis.on), self.slug, on_progress)
        except SprintkitError as error:
            self.reading_problem = f"not read: {error.problems[0].message}"

    def reading_answers(self) -> Mapping[str, str]:
        return self.reading.answers() if self.reading else {}

    def _day(self, answers: Answers) -> date:
        """The typed date, or the form's starting date while the typed one falls outside the sprint."""
        typed = parse_date_near(answers.get("on", ""), self.starting_date)
        start = self.charter.timeline.start
        if typed is None or start is None or not start <= typed <= start + MAX_PLAN_SPAN:
            return self.starting_date
        return typed

    def build(self, answers: Answers) -> BuiltRecord:
        """The record that the answers make, with its keys in the order of the model."""
        builder = RecordBuilder(self.fields(answers), answers)
        record, progress = builder.built.record, self.basis.progress
        record["week"] = self._week(builder)
        builder.built.keys_by_path["week"] = "on"
        for name in ("on", "by"):
            builder.put_value(record, name, name, name)
        lists = self._build_lists(builder)
        record |= {name: entries for name, entries in lists.items() if entries and name != "ready"}
        _build_readings(builder, record, [guardrail.id for guardrail in progress.guardrails])
        for name in ("votes", "decisions", "note", "lesson"):
            builder.put_value(record, name, name, name)
        if lists["ready"]:
            record["ready"] = lists["ready"]
        return builder.built

    def _build_lists(self, builder: RecordBuilder) -> dict[str, list[dict[str, Any]]]:
        """The record's lists about milestones, blockers and promises, by name."""
        lists: dict[str, list[dict[str, Any]]] = {
            name: [] for name in ("accepted", "reopened", "opened", "closed", "updated", "slips", "ready")
        }
        for milestone in self.basis.progress.milestones:
            key = f"milestone.{milestone.id}"
            choice = builder.value_of_field(key)
            if choice in ("reopened", "again"):
                builder.add_entry(lists["reopened"], "reopened", key, ("why",), id=milestone.id)
            if choice in ("accepted", "again"):
                builder.add_entry(lists["accepted"], "accepted", key, ACCEPTED_KEYS, id=milestone.id)
            if choice == "slips":
                builder.add_entry(lists["slips"], "slips", key, ("expected_week", "why"), id=milestone.id)
        for offer in offered_blockers(self.basis):
            if builder.value_of_field(offer.key) == "opened":
                builder.add_entry(lists["opened"], "opened", offer.key, OPENED_KEYS)
        for index in range(MAX_NEW_BLOCKERS):
            if builder.value_of_field(f"new.{index}") == "opened":
                builder.add_entry(lists["opened"], "opened", f"new.{index}", OPENED_KEYS)
        for blocker in self.basis.blockers:
            key = f"blocker.{blocker.id}"
            choice = builder.value_of_field(key)
            if choice == "closed":
                builder.add_entry(lists["closed"], "closed", key, ("how",), id=blocker.id)
            elif choice == "updated":
                names = ("holder", "due_week", "why")
                builder.add_entry(lists["updated"], "updated", key, names, id=blocker.id)
        for promise in self.basis.promises:
            key = f"ready.{promise}"
            if builder.value_of_field(key) == "kept":
                builder.add_entry(lists["ready"], "ready", key, ("proof", "by"), item=promise)
        return lists

    def _week(self, builder: RecordBuilder) -> int:
        """The week of the typed date; the week that the fields are about while the date is invalid."""
        start = self.charter.timeline.start
        day = parse_date_near(builder.value_of_field("on"), self.starting_date)
        return self.basis.week if start is None or day is None else 1 + (day - start).days // 7

    def preview(self, record: dict[str, Any]) -> Preview:
        return preview_record(self.context, self.slug, record)

    def summarise(self, record: dict[str, Any], preview: Preview) -> RecordSummary:
        return summarise_checkin(record, preview.before)

    def save(self, record: dict[str, Any]) -> Result[Any]:
        result = record_checkin(self.context, self.slug, record)
        if not result.errors:
            self.draft.close()
        return result


def _build_readings(builder: RecordBuilder, record: dict[str, Any], guardrail_ids: list[str]) -> None:
    """Add the readings: the metric's if a value or a date of it was typed, and those of guardrails."""
    reading: dict[str, Any] = {}
    names = ("value", "from", "to")
    for name in names:
        builder.put_value(reading, name, f"metric.{name}", f"metric.{name}")
    builder.built.keys_by_path["metric"] = "metric.value"
    if any(not is_blank(builder.answers.get(f"metric.{name}", "")) for name in names):
        record["metric"] = reading | accepted_digests(builder.answers, reading)
    guardrails: dict[str, Any] = {}
    for guardrail_id in guardrail_ids:
        path = f"guardrails.{quote_key(guardrail_id)}"
        builder.put_value(guardrails, guardrail_id, f"guardrail.{guardrail_id}", path)
    if guardrails:
        record["guardrails"] = guardrails
