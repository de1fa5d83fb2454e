"""The amendment form: what changes in the charter, why, what it costs, and from when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sprintkit.actions.amend.amend import AmendmentPreview, preview_on, record_amendment
from sprintkit.actions.amend.basis import load_basis
from sprintkit.actions.amend.changes import kind_of
from sprintkit.actions.amend.cut import CutProposal, describe_cut, find_cut
from sprintkit.actions.amend.objections import Objections
from sprintkit.actions.amend.picked import (
    MAX_PICKED,
    PickedChange,
    PickedChanges,
    add_picked,
    new_item_fields,
    new_value_field,
)
from sprintkit.actions.amend.reopen import answers_of_amendment
from sprintkit.actions.amend.subjects import (
    TAKE_OUT,
    WITHHELD,
    answer_choices,
    find_answer,
    new_item_place,
    section_choices,
    subject_choices,
)
from sprintkit.actions.amend.summary import summarise_amendment
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.draft import FormDraft
from sprintkit.actions.form.field import (
    Answers,
    BuiltRecord,
    Field,
    RecordBuilder,
    field_text,
    people_choices,
)
from sprintkit.actions.form.names import amendment_form_name
from sprintkit.actions.form.record_form import Preview, RecordForm, RecordSummary
from sprintkit.actions.result import Result
from sprintkit.actions.sign.texts import find_amendment
from sprintkit.charter import paths
from sprintkit.charter.model import Charter
from sprintkit.records.amendment import Change
from sprintkit.records.amendment_limits import MEASURE
from sprintkit.records.in_force import apply_changes
from sprintkit.records.validation.amendment import cost_difference
from sprintkit.signoff.change_class import classify_changes

_WHAT, _WHY, _WHEN = "What changes", "Why, and what it costs", "Who asks, and from when"


class _Layout(NamedTuple):
    """The fields for some answers, and the changes that they make."""

    fields: list[Field]
    picked: PickedChanges
    objections: Objections


class AmendmentForm(RecordForm):
    """An amendment of a sprint's charter."""

    has_headline = True

    def __init__(self, context: WorkspaceContext, slug: str, now: Callable[[], datetime]) -> None:
        """Raises RefusedError if there is no charter or nothing can be amended any more, InputError."""
        self.context = context
        self.slug = slug
        self.now = now
        self.starting_date = context.today
        self.draft = FormDraft(context, amendment_form_name(slug))
        self.reload()

    @property
    def title(self) -> str:
        return f"Amendment {self.basis.next_id}: {self.charter.charter.title or self.slug}"

    @property
    def charter(self) -> Charter:
        return self.basis.charter

    def reload(self) -> None:
        self.basis = load_basis(self.context, self.slug)
        self._withheld = WITHHELD | (frozenset(MEASURE) if self.basis.has_result else frozenset())
        self._roots = self.basis.open_tables
        self._sections = tuple(
            (key, title)
            for key, title in section_choices()
            if subject_choices(self.basis.document, key, self._withheld, self._roots)
        )
        self._kinds: dict[str, str] = {}
        self._objections_by_changes: dict[str, Objections] = {}

    def restart(self) -> None:
        self.starting_date = self.context.today
        self.reload()

    def proposed_cut(self) -> CutProposal | None:
        """The cut that a health reason suggests; None if none does."""
        return find_cut(self.basis)

    def answers_for_cut(self, proposal: CutProposal) -> dict[str, str]:
        """The answers that make the amendment with a cut."""
        answers: dict[str, str] = {}
        for number, milestone_id in enumerate(proposal.cut.removed):
            place = paths.resolve(self.basis.document, ("plan", "milestones", milestone_id))
            key = f"change.{number}"
            answers[f"{key}.section"] = "timeline"
            answers[f"{key}.subject"] = paths.format_path_by_name(self.basis.document, place)
            answers[f"{key}.answer"] = TAKE_OUT
        answers["reason"] = proposal.record["reason"]
        answers["from_week"] = str(proposal.record["from_week"])
        if "because_of" in proposal.record:
            answers["because_of"] = proposal.record["because_of"]
        return answers

    def answers_for(self, name: str) -> dict[str, str]:
        """The answers that propose an earlier amendment again; `name` is its id or file. Raises InputError if unknown."""
        return answers_of_amendment(self.basis.document, find_amendment(self.basis.sprint, name).record)

    def fields(self, answers: Answers) -> list[Field]:
        """What changes, one group of fields for each change and one for the next; then why, and from when."""
        return self._lay_out(answers).fields

    def _lay_out(self, answers: Answers) -> _Layout:
        fields: list[Field] = []
        picked = PickedChanges(self.basis.document, self.basis.progress.milestones)
        for number in range(MAX_PICKED):
            own_fields, change = self._change_fields(number, answers, picked)
            fields += own_fields
            if change is None:
                break
            add_picked(picked, change, answers, {field.key: field for field in own_fields})
        if picked.shares:
            fields = [_with_shares(field, picked, answers) for field in fields]
        objections = self._objections(picked.with_shares()[0])
        return _Layout([*fields, *objections.fields(), *self._reason_fields(picked)], picked, objections)

    def _objections(self, changes: list[dict[str, Any]]) -> Objections:
        """What keeps the text with these changes from being signed. The result for the last changes is cached."""
        content = repr(changes)
        if content not in self._objections_by_changes:
            self._objections_by_changes = {content: Objections(self.basis, changes)}
        return self._objections_by_changes[content]

    def _change_fields(
        self, number: int, answers: Answers, picked: PickedChanges
    ) -> tuple[list[Field], PickedChange | None]:
        """The fields of one change, and what was picked in them; None if no section is picked."""
        document, key = picked.document_so_far(), f"change.{number}"
        none = "nothing more" if number else "nothing yet"
        section_field = Field(
            key=f"{key}.section", label="What else changes" if number else "What changes", kind="choice",
            section=_WHAT, choices=(("", none), *self._sections), is_closed=True,
            help="" if number else "Pick it as it stands in the charter; sprintkit says what kind of change it is.",
        )  # fmt: skip
        section = field_text(answers, section_field)
        if section not in dict(self._sections):
            return [section_field], None
        fields = [section_field]
        subjects = subject_choices(document, section, self._withheld, self._roots)
        subject = subjects[0][0] if len(subjects) == 1 else answers.get(f"{key}.subject", "")
        if len(subjects) > 1:
            fields.append(
                Field(
                    key=f"{key}.subject",
                    label="Of what",
                    kind="choice",
                    section=_WHAT,
                    choices=subjects,
                    depth=1,
                    is_closed=True,
                )
            )
        change = PickedChange(number, section, subject, answers.get(f"{key}.answer", ""))
        place = new_item_place(document, subject)
        if place is not None:
            fields += new_item_fields(document, place, change, _WHAT)
        elif subject in dict(subjects):
            choices = answer_choices(document, section, subject, self._withheld, self.basis.accepted)
            fields.append(
                Field(
                    key=f"{key}.answer", label="Which", kind="choice", section=_WHAT, choices=choices, depth=1,
                    is_closed=True,
                )
            )  # fmt: skip
            answer = find_answer(document, section, subject, change.choice)
            if answer is not None:
                fields.append(new_value_field(answer, document, change.new_key, _WHAT))
        return fields, change

    def _reason_fields(self, picked: PickedChanges) -> Iterator[Field]:
        basis = self.basis
        yield Field(key="reason", label="Why is it needed", kind="prose", section=_WHY)
        blockers = tuple(
            (blocker.id, f"{blocker.id}: {blocker.title}") for blocker in basis.progress.blockers
        )
        if blockers:
            yield Field(
                key="because_of", label="Which blocker is behind it", kind="choice", section=_WHY,
                choices=(("", "none"), *blockers),
            )  # fmt: skip
        yield Field(
            key="gives_up", label="What is given up", kind="texts", section=_WHY,
            default="\n".join(picked.taken_out), help="One a line.",
        )  # fmt: skip
        yield Field(
            key="gains", label="What is gained", kind="texts", section=_WHY,
            help="One a line. Nothing is added unless something goes.",
        )  # fmt: skip
        yield Field(
            key="cost_change", label="The cost changes by", kind="number", section=_WHY,
            default=self._cost_change(picked),
            aside=self.charter.budget.currency or "",
        )  # fmt: skip
        yield Field(key="effect_on_metric", label="Effect on the metric", kind="prose", section=_WHY)
        week = max(basis.latest.from_week, basis.progress.as_of_week or 1 if picked.removed else basis.week)
        yield Field(
            key="from_week", label="It counts from week", kind="integer", section=_WHEN, default=str(week),
            help=f"This is week {basis.week}; the week of the last check-in counts at once.",
        )  # fmt: skip
        yield Field(
            key="requested_by", label="Who asks for it", kind="choice", section=_WHEN,
            default=basis.usual_requester, choices=people_choices(self.charter),
        )  # fmt: skip
        today = self.context.today
        yield Field(
            key="requested_on",
            label="On",
            kind="date",
            section=_WHEN,
            default=today.isoformat(),
            around=today,
        )

    def _cost_change(self, picked: PickedChanges) -> str:
        """The change of the sprint's cost that the picked changes make."""
        costs = [change.get("new") for change in picked.changes if change.get("path") == "budget.sprint_cost"]
        if not costs or not isinstance(costs[-1], int | float):
            return "0"
        difference = cost_difference(self.charter.budget.sprint_cost, costs[-1])
        return "0" if difference is None else f"{round(difference, 2):.10g}"

    def build(self, answers: Answers) -> BuiltRecord:
        fields, picked, objections = self._lay_out(answers)
        builder = RecordBuilder(fields, answers)
        record = builder.built.record
        changes, keys = picked.with_shares()
        record["id"] = self.basis.next_id
        for name in ("requested_by", "requested_on"):
            builder.put_value(record, name, name, name)
        record["kind"] = self._kind(changes)
        waivers = list(objections.waivers(fields, answers, str(record.get("requested_by", ""))))
        changes = [*changes, *(change for _, change in waivers)]
        keys = [*keys, *(key for key, _ in waivers)]
        for name in ("reason", "because_of"):
            builder.put_value(record, name, name, name)
        record["changes"] = changes
        first_key = next((key for key in keys), "change.0.section")
        builder.built.keys_by_path["changes"] = first_key
        builder.built.keys_by_path["kind"] = first_key
        for index, key in enumerate(keys):
            builder.built.keys_by_path[f"changes[{index}]"] = key
        record |= {"gives_up": [], "gains": []}
        for name in ("gives_up", "gains"):
            builder.put_value(record, name, name, name)
        record["deadline_change_days"] = 0
        for name in ("cost_change", "effect_on_metric", "from_week"):
            builder.put_value(record, name, name, name)
        if isinstance(record.get("cost_change"), int):
            record["cost_change"] = float(record["cost_change"])
        return builder.built

    def _kind(self, changes: list[dict[str, Any]]) -> str:
        """The kind of an amendment with these changes: editorial if they are wording and no rule objects."""
        content = repr(changes)
        if content not in self._kinds:
            models = [Change.model_validate(change) for change in changes]
            classification = classify_changes(self.basis.document, models, has_result=self.basis.has_result)
            is_editorial = classification.change_class == "editorial" and not self.basis.new_findings(
                apply_changes(self.basis.document, models)[0]
            )
            self._kinds[content] = "editorial" if is_editorial else kind_of(changes)
        return self._kinds[content]

    def preview(self, record: dict[str, Any]) -> Preview:
        return preview_on(self.basis, record)

    def summarise(self, record: dict[str, Any], preview: Preview) -> RecordSummary:
        assert isinstance(preview, AmendmentPreview)
        return summarise_amendment(record, preview)

    def save(self, record: dict[str, Any]) -> Result[Any]:
        result: Result[Mapping[str, Any]] = record_amendment(self.context, self.slug, record, self.now())
        if not result.errors:
            self.draft.close()
        return result


def _with_shares(field: Field, picked: PickedChanges, answers: Answers) -> Field:
    """If the field cuts a milestone, the field with a note on who gets the points."""
    is_cut = field.key.endswith(".answer") and answers.get(field.key) == TAKE_OUT
    if not is_cut or not picked.shares:
        return field
    return replace(field, aside=f"{describe_cut(picked.removed, picked.shares)}.")
