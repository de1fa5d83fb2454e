"""The readiness score's answers: 25 questions in five areas, asked before scoping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from pydantic import create_model

from sprintkit.charter.questions import QuestionSpec, find_spec
from sprintkit.records.base import FileRecord, Record
from sprintkit.text.phrases import Pattern

SHOWN: Final = 1.0
"""The answer that something can be seen."""
SCORE_LABELS: Final[dict[float, str]] = {
    0.0: "no",
    0.5: "said, not shown",
    1.0: "shown: a file, a log, a name",
}
"""The three possible answers, with what each means."""


def answer_label(score: float | None) -> str:
    """An answer in a word or two."""
    return "not answered" if score is None else SCORE_LABELS[score].partition(":")[0]


DATA: Final = Pattern("readiness_data", "data")
PROCESS: Final = Pattern("readiness_process", "process")
OWNERSHIP: Final = Pattern("readiness_ownership", "ownership")
METRIC: Final = Pattern("readiness_metric", "metric")
LAST_MILE: Final = Pattern("readiness_last_mile", "last mile")


class Area(NamedTuple):
    """Five questions about the same thing."""

    key: str
    title: str
    question_ids: tuple[str, ...]


AREAS: Final = (
    Area(
        "data",
        DATA(),
        ("live_rows_read", "defects_measured", "one_truth", "field_owners", "failing_row_rule"),
    ),
    Area(
        "process",
        PROCESS(),
        (
            "steps_written",
            "rules_written",
            "exceptions_counted",
            "five_asked_apart",
            "differences_settled",
        ),
    ),
    Area(
        "ownership",
        OWNERSHIP(),
        ("one_owner", "five_duties", "hours_agreed", "deputy", "owner_from_process"),
    ),
    Area(
        "metric",
        METRIC(),
        ("business_number", "baseline_measured", "target_and_day", "stop_line", "shifted_work_guarded"),
    ),
    Area(
        "last_mile",
        LAST_MILE(),
        ("place_known", "user_said_yes", "action_needs_no_thought", "fallback_tried", "way_to_say_wrong"),
    ),
)


def area_title(key: str) -> str:
    """The title of an area."""
    return next(area.title for area in AREAS if area.key == key)


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """Declares where scoping settles what a question is about."""

    path: str
    """The pattern of a question of the charter, such as `process.steps[].rule`."""


Score = float | None
"""0, 0.5 or 1; None if it was not answered yet."""


class ReadinessScores(Record):
    """The table `[answers]`: one score a question."""

    live_rows_read: Annotated[
        Score,
        QuestionSpec(label="Live rows read", prompt="Has the team read live rows, not an extract?"),
        LeadsTo("data_requirements[].profiled"),
    ] = None
    defects_measured: Annotated[
        Score,
        QuestionSpec(label="Defect rates measured", prompt="Is it measured how often each defect occurs?"),
        LeadsTo("data_requirements[].defects"),
    ] = None
    one_truth: Annotated[
        Score,
        QuestionSpec(
            label="One truth per field",
            prompt="Where two systems hold the same field, is it agreed which one counts?",
        ),
        LeadsTo("data_requirements[].truth_for"),
    ] = None
    field_owners: Annotated[
        Score,
        QuestionSpec(label="Owners of fields", prompt="Does each field have a named owner?"),
        LeadsTo("data_requirements[].data_owner"),
    ] = None
    failing_row_rule: Annotated[
        Score,
        QuestionSpec(label="Rule for failing rows", prompt="Is it settled what happens to a row that fails?"),
        LeadsTo("data_requirements[].acceptance[].on_fail"),
    ] = None
    steps_written: Annotated[
        Score,
        QuestionSpec(label="Steps written", prompt="Are the steps of the process written down?"),
        LeadsTo("process.steps"),
    ] = None
    rules_written: Annotated[
        Score,
        QuestionSpec(
            label="Rules written", prompt="Is there a written rule for each step that will run by itself?"
        ),
        LeadsTo("process.steps[].rule"),
    ] = None
    exceptions_counted: Annotated[
        Score,
        QuestionSpec(label="Exceptions counted", prompt="Are the cases that do not fit counted?"),
        LeadsTo("process.exceptions"),
    ] = None
    five_asked_apart: Annotated[
        Score,
        QuestionSpec(
            label="Five asked apart", prompt="Were five people asked about the same case separately?"
        ),
        LeadsTo("process.questions"),
    ] = None
    differences_settled: Annotated[
        Score,
        QuestionSpec(label="Differences settled", prompt="Where they differed, is it settled who is right?"),
        LeadsTo("process.questions[].settled"),
    ] = None
    one_owner: Annotated[
        Score,
        QuestionSpec(label="One owner", prompt="Is there one owner, by name?"),
        LeadsTo("owner.person"),
    ] = None
    five_duties: Annotated[
        Score,
        QuestionSpec(label="Five duties", prompt="Is each of the five duties assigned to a person by name?"),
        LeadsTo("owner.duties"),
    ] = None
    hours_agreed: Annotated[
        Score,
        QuestionSpec(label="Hours agreed", prompt="Has the owner's manager agreed to the hours?"),
        LeadsTo("owner.hours_agreed_by"),
    ] = None
    deputy: Annotated[
        Score,
        QuestionSpec(label="Deputy", prompt="Is there a deputy?"),
        LeadsTo("owner.deputy"),
    ] = None
    owner_from_process: Annotated[
        Score,
        QuestionSpec(
            label="Owner from the process", prompt="Does the owner come from the business process itself?"
        ),
        LeadsTo("people[].role"),
    ] = None
    business_number: Annotated[
        Score,
        QuestionSpec(
            label="Business number", prompt="Is the metric a number the business already cares about?"
        ),
        LeadsTo("success_metric.name"),
    ] = None
    baseline_measured: Annotated[
        Score,
        QuestionSpec(label="Baseline measured", prompt="Is today's value measured, not guessed?"),
        LeadsTo("success_metric.baseline"),
    ] = None
    target_and_day: Annotated[
        Score,
        QuestionSpec(label="Target and day", prompt="Is there a target, and a day for it?"),
        LeadsTo("success_metric.target"),
    ] = None
    stop_line: Annotated[
        Score,
        QuestionSpec(label="Stop line", prompt="Is it agreed at which value it is switched off?"),
        LeadsTo("success_metric.stop_line"),
    ] = None
    shifted_work_guarded: Annotated[
        Score,
        QuestionSpec(
            label="Shifted work guarded", prompt="Is there a guardrail on work that moves to somebody else?"
        ),
        LeadsTo("success_metric.guardrails"),
    ] = None
    place_known: Annotated[
        Score,
        QuestionSpec(label="Place of output", prompt="Is the place known where its output will appear?"),
        LeadsTo("integration_points[].surface"),
    ] = None
    user_said_yes: Annotated[
        Score,
        QuestionSpec(label="User said yes", prompt="Has a user said: yes, there?"),
        LeadsTo("integration_points[].in_daily_use"),
    ] = None
    action_needs_no_thought: Annotated[
        Score,
        QuestionSpec(
            label="Action without thought", prompt="Is the next action plain without thinking about it?"
        ),
        LeadsTo("integration_points[].action"),
    ] = None
    fallback_tried: Annotated[
        Score,
        QuestionSpec(label="Fallback tried", prompt="Was the fallback tried once?"),
        LeadsTo("integration_points[].fallback"),
    ] = None
    way_to_say_wrong: Annotated[
        Score,
        QuestionSpec(label="Way to say wrong", prompt="Is there a way for a user to say: this is wrong?"),
        LeadsTo("integration_points[].override"),
    ] = None


class ReadinessQuestion(NamedTuple):
    """One of the 25 questions, as it is asked."""

    id: str
    area: Area
    label: str
    prompt: str
    leads_to: str
    """The pattern of the charter's question that settles it."""


@cache
def readiness_questions() -> Mapping[str, ReadinessQuestion]:
    """All questions by id, in the order in which they are asked."""
    questions = {}
    for area in AREAS:
        for question_id in area.question_ids:
            metadata = ReadinessScores.model_fields[question_id].metadata
            spec = find_spec(metadata)
            path = next(part.path for part in metadata if isinstance(part, LeadsTo))
            assert spec is not None, "every question has a spec"
            questions[question_id] = ReadinessQuestion(question_id, area, spec.label, spec.prompt, path)
    return questions


def _proof_fields() -> dict[str, Any]:
    """A text that may be absent, for each question."""
    return {
        question.id: (
            Annotated[
                str | None, QuestionSpec(label=question.label, prompt=f"{question.prompt} Seen where?")
            ],
            None,
        )
        for question in readiness_questions().values()
    }


if TYPE_CHECKING:

    class ReadinessProofs(Record):
        """The table `[proofs]`: where what is shown can be seen, one text a question."""

else:
    ReadinessProofs = create_model("ReadinessProofs", __base__=Record, **_proof_fields())


class ReadinessAnswers(FileRecord):
    """The file `readiness.toml`."""

    on: Annotated[date | None, QuestionSpec(label="On", prompt="On which day was it asked?")] = None
    by: Annotated[str | None, QuestionSpec(label="By", prompt="Who answered?")] = None
    answers: Annotated[
        ReadinessScores, QuestionSpec(label="Answers", prompt="0 no, 0.5 said but not shown, 1 shown")
    ] = ReadinessScores()
    proofs: Annotated[
        ReadinessProofs, QuestionSpec(label="Proofs", prompt="Where can be seen what is shown?")
    ] = ReadinessProofs()

    def proof_of(self, question_id: str) -> str:
        """Where the answer to a question can be seen; empty if nobody says so."""
        return (getattr(self.proofs, question_id) or "").strip()

    @property
    def unproven(self) -> tuple[str, ...]:
        """The ids of what counts as shown without a word on where it can be seen."""
        return tuple(
            question_id
            for question_id in readiness_questions()
            if getattr(self.answers, question_id) == SHOWN and not self.proof_of(question_id)
        )
