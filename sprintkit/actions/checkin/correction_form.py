"""The form that corrects an earlier check-in: which value, what is right, and why. The original entry stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sprintkit.actions.checkin.basis import load_basis
from sprintkit.actions.checkin.checkin import preview_record, record_checkin
from sprintkit.actions.checkin.checkin_fields import ACCEPTED_KEYS, acceptance_fields, slip_fields
from sprintkit.actions.checkin.labels import format_value_at, label_of, value_kind
from sprintkit.actions.checkin.summary import summarise_correction
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.draft import FormDraft
from sprintkit.actions.form.field import (
    Answers,
    BuiltRecord,
    Choices,
    Field,
    FieldKind,
    RecordBuilder,
    field_text,
    people_choices,
)
from sprintkit.actions.form.names import correction_form_name
from sprintkit.actions.form.record_form import Preview, RecordForm, RecordSummary
from sprintkit.actions.form.validation import CORRECTED_ENTRY
from sprintkit.actions.load_sprint import load_records
from sprintkit.actions.result import Result
from sprintkit.charter import paths
from sprintkit.charter.model import Charter
from sprintkit.errors import RefusedError
from sprintkit.progress.milestone_states import MilestoneState
from sprintkit.records.checkin import CheckIn
from sprintkit.records.validation.correction import WOULD_LEAVE
from sprintkit.text.dates import format_day

MAX_CORRECTIONS: Final = 30
"""How many values one correction can correct."""
OTHER_VALUE: Final = "?"
"""The choice of an unlisted value, which is named by its path."""
_FORGOTTEN: Final = "forgotten:"
"""The prefix, before its id, of the choice of a milestone whose acceptance that week was not recorded."""
_SLIPPED: Final = "slipped:"
"""The prefix, before its id, of the choice of a milestone whose slip that week was not recorded."""
_SLIP_KEYS: Final = ("expected_week", "why")
_READINGS: Final = ("metric.value", "metric.from", "metric.to")
_TEXTS: Final = ("decisions", "note", "lesson")


class CorrectionForm(RecordForm):
    """A correction of one week's check-in."""

    def __init__(self, context: WorkspaceContext, slug: str, week: int) -> None:
        """Raises RefusedError if the week has no check-in, InputError."""
        self.context = context
        self.slug = slug
        self.week = week
        self.starting_date = context.today
        self.reload()
        self.draft = FormDraft(context, correction_form_name(slug, week))

    @property
    def title(self) -> str:
        title = self.charter.charter.title or self.slug
        return f"Correction of week {self.week}, {format_day(self.entry.on)}: {title}"

    @property
    def charter(self) -> Charter:
        return self.basis.charter

    @property
    def refusal_prefix(self) -> str:
        return f"corrects {WOULD_LEAVE}"

    def reload(self) -> None:
        sprint = load_records(self.context, self.slug)
        entry = next((entry for entry in sprint.entries() if entry.week == self.week), None)
        if entry is None:
            raise RefusedError(
                f"week {self.week} has no check-in to correct",
                code="no_entry",
                path=self.context.workspace.sprint_folder(self.slug),
                hint="Choose a week that has one.",
            )
        self.entry: CheckIn = entry
        self.basis = load_basis(self.context, self.slug)

    def restart(self) -> None:
        self.reload()  # a correction always starts today

    def fields(self, answers: Answers) -> list[Field]:
        """Date and person, then a group of fields for every corrected value, and one for the next."""
        return list(self._fields(answers))

    def _fields(self, answers: Answers) -> Iterator[Field]:
        section, today = "This correction", self.context.today
        yield Field(
            key="on", label="Day", kind="date", section=section, default=today.isoformat(), around=today,
            help="It counts from this day on; what was shown before stays as it was.",
        )  # fmt: skip
        yield Field(
            key="by", label="Corrected by", kind="choice", section=section,
            default=self.charter.timeline.checkin_by or "", choices=people_choices(self.charter),
        )  # fmt: skip
        document = self.entry.model_dump(by_alias=True, exclude_unset=True)
        recorded = dict(_flatten(document, ()))
        choices: Choices = tuple(self._value_choices(recorded))
        for index in range(MAX_CORRECTIONS):
            key, section = f"correct.{index}", "What was wrong"
            path_field = Field(
                key=f"{key}.path", label="Which other value" if index else "Which value", kind="choice",
                section=section,
                choices=(("", "none"), *choices, (OTHER_VALUE, "something else, by its path in the file")),
            )  # fmt: skip
            yield path_field
            path = field_text(answers, path_field)
            if not path:
                return
            if milestone := self._forgotten_milestone(path):
                yield from acceptance_fields(
                    f"{key}.accepted", milestone.milestone, self.basis, answers, section
                )
                yield self._why_field(key)
                continue
            if milestone := self._slipped_milestone(path):
                yield from slip_fields(f"{key}.slips", milestone, self.basis, answers, section)
                yield self._why_field(key)
                continue
            if path == OTHER_VALUE:
                yield Field(
                    key=f"{key}.where", label="Where", kind="line", section=section, depth=1,
                    help="A path in the entry, such as metric.value, accepted[0].evidence or guardrails.margin.",
                )  # fmt: skip
            kind, value_choices = self._control(path, recorded.get(path))
            yield Field(
                key=f"{key}.value", label="What is right", kind=kind, section=section, depth=1,
                choices=value_choices, around=self.entry.on,
                help="As it is written in a file: 52, 2026-03-06, text in quotes." if kind == "value" else "",
            )  # fmt: skip
            yield self._why_field(key)

    def _why_field(self, key: str) -> Field:
        return Field(key=f"{key}.why", label="What was wrong", kind="line", section="What was wrong", depth=1)

    def _forgotten_milestone(self, choice: str) -> MilestoneState | None:
        """The milestone whose acceptance was forgotten that week, if that is what was chosen."""
        forgotten = {f"{_FORGOTTEN}{milestone.id}": milestone for milestone in self.basis.milestones}
        return forgotten.get(choice)

    def _slipped_milestone(self, choice: str) -> MilestoneState | None:
        """The milestone that slipped that week, if that is what was chosen."""
        slipped = {f"{_SLIPPED}{milestone.id}": milestone for milestone in self._milestones_that_may_slip()}
        return slipped.get(choice)

    def _milestones_that_may_slip(self) -> list[MilestoneState]:
        slipped_ids = {slip.id for slip in self.entry.slips}
        return [milestone for milestone in self.basis.milestones if milestone.id not in slipped_ids]

    def _value_choices(self, recorded: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Path and label of every value that can be corrected; those that are not recorded yet come last."""
        for path, value in recorded.items():
            text = format_value_at(path, value, self.entry, self.charter)
            yield path, f"{label_of(path, self.entry, self.charter, briefly=True)}, now {text}"
        ids = [guardrail.id for guardrail in self.charter.success_metric.guardrails if guardrail.id]
        guardrail_paths = [f"guardrails.{paths.quote_key(guardrail_id)}" for guardrail_id in ids]
        for path in (*_READINGS, *guardrail_paths, *_TEXTS):
            if path not in recorded:
                yield path, f"{label_of(path, self.entry, self.charter, briefly=True)}, not there"
        for milestone in self.basis.milestones:
            title = milestone.milestone.title
            label = f"{milestone.id} was accepted too{f': {title}' if title else ''}"
            yield f"{_FORGOTTEN}{milestone.id}", label
        for milestone in self._milestones_that_may_slip():
            yield f"{_SLIPPED}{milestone.id}", f"{milestone.id} slips, which was not written down"

    def _control(self, path: str, value: Any) -> tuple[FieldKind, Choices]:
        """The kind of field that fits a value, and its choices."""
        if path == OTHER_VALUE:
            return "value", ()
        if value_kind(path, self.entry, self.charter) == "person":
            return "choice", people_choices(self.charter)
        if path == "votes":
            return "votes", ()
        if isinstance(value, list) or path == "decisions":
            return "texts", ()
        if type(value) is date or path in ("metric.from", "metric.to"):
            return "date", ()
        if isinstance(value, int):
            return "integer", ()
        if isinstance(value, float) or path == "metric.value" or path.startswith("guardrails."):
            return "number", ()
        return ("prose" if path in _TEXTS else "line"), ()

    def build(self, answers: Answers) -> BuiltRecord:
        builder = RecordBuilder(self.fields(answers), answers)
        record = builder.built.record
        record["week"] = self.week
        for name in ("on", "by"):
            builder.put_value(record, name, name, name)
        corrections: list[dict[str, Any]] = []
        for index in range(MAX_CORRECTIONS):
            key = f"correct.{index}"
            path = builder.value_of_field(f"{key}.path")
            if not path:
                continue
            if milestone := self._forgotten_milestone(path):
                self._append(builder, corrections, key, milestone.id, "accepted", ACCEPTED_KEYS)
                continue
            if milestone := self._slipped_milestone(path):
                self._append(builder, corrections, key, milestone.id, "slips", _SLIP_KEYS)
                continue
            known = {} if path == OTHER_VALUE else {"path": path}
            builder.add_entry(corrections, "corrects", f"{key}.path", (), **known)
            correction, correction_path = corrections[-1], f"corrects[{len(corrections) - 1}]"
            builder.built.keys_by_path[f"{CORRECTED_ENTRY}.{path}"] = f"{key}.value"
            if path == OTHER_VALUE:
                builder.put_value(correction, "path", f"{key}.where", f"{correction_path}.path")
            for name in ("value", "why"):
                builder.put_value(correction, name, f"{key}.{name}", f"{correction_path}.{name}")
        builder.built.keys_by_path["corrects"] = "correct.0.path"
        record["corrects"] = corrections
        return builder.built

    def _append(
        self,
        builder: RecordBuilder,
        corrections: list[dict[str, Any]],
        key: str,
        milestone_id: str,
        list_name: str,
        value_keys: Sequence[str],
    ) -> None:
        """Add a correction that appends an acceptance or a slip to that list of the entry."""
        appended = sum(str(correction.get("path")).startswith(f"{list_name}[") for correction in corrections)
        path = f"{list_name}[{len(getattr(self.entry, list_name)) + appended}]"
        builder.add_entry(corrections, "corrects", f"{key}.path", (), path=path)
        place, item = f"corrects[{len(corrections) - 1}]", {"id": milestone_id}
        builder.built.keys_by_path[f"{CORRECTED_ENTRY}.{path}"] = f"{key}.path"
        for name in value_keys:
            builder.put_value(item, name, f"{key}.{list_name}.{name}", f"{place}.value.{name}")
            builder.built.keys_by_path[f"{CORRECTED_ENTRY}.{path}.{name}"] = f"{key}.{list_name}.{name}"
        corrections[-1]["value"] = item
        builder.put_value(corrections[-1], "why", f"{key}.why", f"{place}.why")

    def preview(self, record: dict[str, Any]) -> Preview:
        return preview_record(self.context, self.slug, record)

    def summarise(self, record: dict[str, Any], preview: Preview) -> RecordSummary:
        return summarise_correction(record, preview.before, self.entry)

    def save(self, record: dict[str, Any]) -> Result[Any]:
        result = record_checkin(self.context, self.slug, record)
        if not result.errors:
            self.draft.close()
        return result


def _flatten(value: Any, parts: paths.PathParts) -> Iterator[tuple[str, Any]]:
    """Path and value of everything in an entry except its week; a list of plain values counts as one value."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if parts or key not in ("week", "schema"):
                yield from _flatten(inner, (*parts, key))
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for index, item in enumerate(value):
            yield from _flatten(item, (*parts, index))
    else:
        yield paths.format_path(parts), value
