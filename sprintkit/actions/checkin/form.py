"""The form of a week's check-in: its fields, its record, its draft."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from sprintkit.actions.checkin import checkin as use_case
from sprintkit.actions.checkin.form_fields import MOST_NEW, fields
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.draft import Draft
from sprintkit.actions.form.field import Answers, BuiltRecord, Field, RecordBuilder, near
from sprintkit.actions.result import Result
from sprintkit.actions.status.home import checkin_form
from sprintkit.charter.blank import is_blank
from sprintkit.charter.paths import key as quoted

FARTHEST: Final = timedelta(weeks=104)
"""From the start to the last day for which the plan is looked at."""
ACCEPTED: Final = ("evidence", "by", "live_since", "instead_of", "reason")
OPENED: Final = ("id", "category", "title", "holder", "due_week", "stops")


class CheckInForm:
    """One week's check-in of a sprint."""

    def __init__(self, desk: WorkspaceContext, slug: str, on: date | None = None) -> None:
        """Begins with the day of the draft, if there is one, else with `on` (today).

        Raises RefusedError while there is no charter to follow, InputError.
        """
        self.context = desk
        self.slug = slug
        self.draft = Draft(desk, checkin_form(slug))
        self.begun_on = self.draft.begun_on() or on or desk.today
        """The day that it is about unless another one is typed."""
        self.prepared = use_case.prepare(desk, slug, self.begun_on)

    @property
    def title(self) -> str:
        """What the form is about."""
        title = self.prepared.charter.charter.title or self.slug
        return f"Check-in, week {self.prepared.week}: {title}"

    @property
    def exists(self) -> bool:
        """Whether the week has its entry already, so that only a correction is taken."""
        return self.prepared.exists is not None

    def again(self) -> None:
        """Reads the sprint again: files changed underneath."""
        self.prepared = use_case.prepare(self.context, self.slug, self.prepared.on)

    def begin_again(self) -> None:
        """Goes back to today, once there is no draft."""
        self.begun_on = self.context.today
        self.prepared = use_case.prepare(self.context, self.slug, self.begun_on)

    def fields(self, answers: Answers) -> list[Field]:
        """The rows, as what stands in them wants them, and as the sprint stood on the day that is typed."""
        wanted = self._day(answers)
        if wanted != self.prepared.on:
            self.prepared = use_case.prepare(self.context, self.slug, wanted)
        return fields(self.prepared, answers, self.begun_on, self.context.today)

    def _day(self, answers: Answers) -> date:
        """The day that is typed; the one it was begun for while that is none of the sprint's."""
        typed, start = near(answers.get("on", ""), self.begun_on), self.prepared.charter.timeline.start
        if typed is None or start is None or not start <= typed <= start + FARTHEST:
            return self.begun_on
        return typed

    def built(self, answers: Answers) -> BuiltRecord:
        """The record, in the order of the model, and where each part was typed."""
        sheet = RecordBuilder(self.fields(answers), answers)
        record, found = sheet.built.record, self.prepared.progress
        record["week"] = self._week(sheet)
        sheet.built.places["week"] = "on"
        for name in ("on", "by"):
            sheet.put(record, name, name, name)
        lists: dict[str, list[dict[str, Any]]] = {
            name: [] for name in ("accepted", "reopened", "opened", "closed", "updated", "ready")
        }
        for one in found.milestones:
            key = f"milestone.{one.id}"
            chosen = sheet.chosen(key)
            if chosen in ("reopened", "again"):
                sheet.item(lists["reopened"], "reopened", key, ("why",), id=one.id)
            if chosen in ("accepted", "again"):
                sheet.item(lists["accepted"], "accepted", key, ACCEPTED, id=one.id)
        for at in range(MOST_NEW):
            if sheet.chosen(f"new.{at}") == "opened":
                sheet.item(lists["opened"], "opened", f"new.{at}", OPENED)
        for blocker in self.prepared.blockers:
            key = f"blocker.{blocker.id}"
            if sheet.chosen(key) == "closed":
                sheet.item(lists["closed"], "closed", key, ("how",), id=blocker.id)
            elif sheet.chosen(key) == "updated":
                sheet.item(lists["updated"], "updated", key, ("holder", "due_week", "why"), id=blocker.id)
        for promise in self.prepared.promises:
            if sheet.chosen(f"ready.{promise}") == "kept":
                sheet.item(lists["ready"], "ready", f"ready.{promise}", ("proof", "by"), item=promise)
        record |= {name: found for name, found in lists.items() if found and name != "ready"}
        _readings(sheet, record, [one.id for one in found.guardrails])
        for name in ("votes", "decisions", "note", "lesson"):
            sheet.put(record, name, name, name)
        if lists["ready"]:
            record["ready"] = lists["ready"]
        return sheet.built

    def _week(self, sheet: RecordBuilder) -> int:
        """The week of the day that stands in the form; that of its rows while it is no day."""
        start, on = self.prepared.charter.timeline.start, near(sheet.chosen("on"), self.begun_on)
        return self.prepared.week if start is None or on is None else 1 + (on - start).days // 7

    def preview(self, record: dict[str, Any]) -> use_case.Preview:
        """What taking the record would change, and what it is refused for. Raises RefusedError, InputError."""
        return use_case.preview(self.context, self.slug, record)

    def save(self, record: dict[str, Any]) -> Result:
        """Takes the record; its draft goes once it is on disk. Raises RefusedError, InputError, WriteError."""
        result = use_case.checkin(self.context, self.slug, record)
        if not result.errors:
            self.draft.end()
        return result


def _readings(sheet: RecordBuilder, record: dict[str, Any], guardrails: list[str]) -> None:
    """The reading, where a value or a day was typed, and what each guardrail reads."""
    reading: dict[str, Any] = {}
    for name in ("value", "from", "to"):
        sheet.put(reading, name, f"metric.{name}", f"metric.{name}")
    sheet.built.places["metric"] = "metric.value"
    if any(not is_blank(sheet.answers.get(f"metric.{name}", "")) for name in ("value", "from", "to")):
        record["metric"] = reading
    limits: dict[str, Any] = {}
    for guardrail in guardrails:
        sheet.put(limits, guardrail, f"guardrail.{guardrail}", f"guardrails.{quoted(guardrail)}")
    if limits:
        record["guardrails"] = limits
