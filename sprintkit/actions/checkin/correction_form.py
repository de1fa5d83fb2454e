"""The form that puts an earlier check-in right: which value, what is right, and why; the first entry stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from sprintkit.actions.checkin import checkin as use_case
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.draft import Draft
from sprintkit.actions.form.field import (
    ENTRY,
    Answers,
    BuiltRecord,
    Choices,
    Field,
    Kind,
    RecordBuilder,
    answer,
    people,
)
from sprintkit.actions.form.labels import format_value, kind_of, label_of
from sprintkit.actions.result import Result
from sprintkit.actions.sprint_records import load
from sprintkit.actions.status.attention import day as day_in_words
from sprintkit.charter import paths
from sprintkit.errors import RefusedError
from sprintkit.progress.progress import Progress
from sprintkit.records.checkin import CheckIn

MOST: Final = 30
"""Values that one correction can put right."""
OTHER: Final = "?"
_READINGS: Final = ("metric.value", "metric.from", "metric.to")
_TEXTS: Final = ("decisions", "note", "lesson")


class CorrectionForm:
    """A correction of one week's entry."""

    def __init__(self, desk: WorkspaceContext, slug: str, week: int) -> None:
        """Raises RefusedError where the week has no entry, InputError."""
        self.context = desk
        self.slug = slug
        self.week = week
        self.begun_on = desk.today
        self.again()
        self.draft = Draft(desk, f"correction-{slug}-week-{week}")

    def again(self) -> None:
        """Reads the sprint again: files changed underneath."""
        sprint = load(self.context, self.slug)
        found = next((one for one in sprint.entries() if one.week == self.week), None)
        if found is None:
            raise RefusedError(
                f"week {self.week} has no check-in to correct",
                code="no_entry",
                path=self.context.workspace.sprint(self.slug),
                hint="Choose a week that has one.",
            )
        self.entry: CheckIn = found
        self.prepared = use_case.prepare(self.context, self.slug)

    def begin_again(self) -> None:
        """As `again`: a correction always begins today."""
        self.again()

    @property
    def title(self) -> str:
        """What the form is about."""
        title = self.prepared.charter.charter.title or self.slug
        return f"Correction of week {self.week}, {day_in_words(self.entry.on)}: {title}"

    @property
    def progress(self) -> Progress:
        """As it stands before the correction."""
        return self.prepared.progress

    def fields(self, answers: Answers) -> list[Field]:
        """The rows: day and person, then a group for every value that is put right, and one for the next."""
        return list(self._fields(answers))

    def _fields(self, answers: Answers) -> Iterator[Field]:
        charter, section = self.prepared.charter, "This correction"
        yield Field(
            key="on", label="Day", kind="date", section=section, default=self.context.today.isoformat(),
            around=self.context.today, help="It counts from this day on; what was shown before stays as it was.",
        )  # fmt: skip
        yield Field(
            key="by", label="Corrected by", kind="choice", section=section,
            default=charter.timeline.checkin_by or "", choices=people(charter),
        )  # fmt: skip
        document = self.entry.model_dump(by_alias=True, exclude_unset=True)
        leaves = dict(_leaves(document, ()))
        choices: Choices = tuple(self._choices(leaves))
        for at in range(MOST):
            key, section = f"correct.{at}", "What was wrong"
            where = Field(
                key=f"{key}.path", label="Which other value" if at else "Which value", kind="choice",
                section=section, choices=(("", "none"), *choices, (OTHER, "something else, by its path in the file")),
            )  # fmt: skip
            yield where
            chosen = answer(answers, where)
            if not chosen:
                return
            if chosen == OTHER:
                yield Field(
                    key=f"{key}.where", label="Where", kind="line", section=section, depth=1,
                    help="A path in the entry, such as metric.value, accepted[0].evidence or guardrails.margin.",
                )  # fmt: skip
            kind, options = self._kind(chosen, leaves.get(chosen))
            yield Field(
                key=f"{key}.value", label="What is right", kind=kind, section=section, depth=1, choices=options,
                around=self.entry.on,
                help="As it stands in a file: 52, 2026-03-06, text in quotes." if kind == "value" else "",
            )  # fmt: skip
            yield Field(key=f"{key}.why", label="What was wrong", kind="line", section=section, depth=1)

    def _choices(self, leaves: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Every value that can be put right, in words; those that could stand there and do not come last."""
        charter = self.prepared.charter
        for path, value in leaves.items():
            now = format_value(value, charter, kind_of(path, self.entry, charter))
            yield path, f"{label_of(path, self.entry, charter, briefly=True)}, now {now}"
        guardrails = [one.id for one in charter.success_metric.guardrails if one.id]
        for path in (*_READINGS, *(f"guardrails.{paths.key(one)}" for one in guardrails), *_TEXTS):
            if path not in leaves:
                yield path, f"{label_of(path, self.entry, charter, briefly=True)}, not there"

    def _kind(self, path: str, value: Any) -> tuple[Kind, Choices]:
        """The control that fits a value."""
        if path == OTHER:
            return "value", ()
        if kind_of(path, self.entry, self.prepared.charter) == "person":
            return "choice", people(self.prepared.charter)
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

    def built(self, answers: Answers) -> BuiltRecord:
        """The correction as a record, and where each part was typed."""
        sheet = RecordBuilder(self.fields(answers), answers)
        record = sheet.built.record
        record["week"] = self.week
        for name in ("on", "by"):
            sheet.put(record, name, name, name)
        corrects: list[dict[str, Any]] = []
        for at in range(MOST):
            key = f"correct.{at}"
            path = sheet.chosen(f"{key}.path")
            if path:
                known = {} if path == OTHER else {"path": path}
                names = ("value", "why")
                sheet.item(corrects, "corrects", f"{key}.path", (), **known)
                place = f"corrects[{len(corrects) - 1}]"
                sheet.built.places[f"{ENTRY}.{path}"] = f"{key}.value"
                if path == OTHER:
                    sheet.put(corrects[-1], "path", f"{key}.where", f"{place}.path")
                for name in names:
                    sheet.put(corrects[-1], name, f"{key}.{name}", f"{place}.{name}")
        sheet.built.places["corrects"] = "correct.0.path"
        record["corrects"] = corrects
        return sheet.built

    def preview(self, record: dict[str, Any]) -> use_case.Preview:
        """What taking the correction would change, and what it is refused for. Raises RefusedError, InputError."""
        return use_case.preview(self.context, self.slug, record)

    def save(self, record: dict[str, Any]) -> Result:
        """Takes the correction; its draft goes once it is on disk. Raises RefusedError, InputError, WriteError."""
        result = use_case.checkin(self.context, self.slug, record)
        if not result.errors:
            self.draft.end()
        return result


def _leaves(value: Any, above: paths.Parts) -> Iterator[tuple[str, Any]]:
    """Every value of an entry by its path, but what names the entry; a list of plain values is one."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if above or key not in ("week", "schema"):
                yield from _leaves(inner, (*above, key))
    elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
        for at, inner in enumerate(value):
            yield from _leaves(inner, (*above, at))
    else:
        yield paths.with_indices(above), value
