"""The readiness score's answers: 25 questions in five areas, asked before scoping."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, NamedTuple

from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import FileRecord, Record

SCORE_LABELS: Final[dict[float, str]] = {
    0.0: "no",
    0.5: "said, not shown",
    1.0: "shown: a file, a log, a name",
}
"""The three possible answers, with what each means."""


class Area(NamedTuple):
    """Five questions about the same thing."""

    key: str
    title: str
    question_ids: tuple[str, ...]


AREAS: Final = (
    Area(
        "data",
        "data",
        ("live_rows_read", "defects_measured", "one_truth", "field_owners", "failing_row_rule"),
    ),
    Area(
        "process",
        "process",
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
        "ownership",
        ("one_owner", "five_duties", "hours_agreed", "deputy", "owner_from_process"),
    ),
    Area(
        "metric",
        "metric",
        ("business_number", "baseline_measured", "target_and_day", "stop_line", "shifted_work_guarded"),
    ),
    Area(
        "last_mile",
        "last mile",
        ("place_known", "user_said_yes", "action_needs_no_thought", "fallback_tried", "way_to_say_wrong"),
    ),
)

Score = float | None
"""0, 0.5 or 1; None if it was not answered yet."""


class ReadinessScores(Record):
    """The table `[answers]`: one score a question."""

    live_rows_read: Annotated[
        Score, QuestionSpec(label="Live rows read", prompt="Has the team read live rows, not an extract?")
    ] = None
    defects_measured: Annotated[
        Score,
        QuestionSpec(label="Defect rates measured", prompt="Is it measured how often each defect occurs?"),
    ] = None
    one_truth: Annotated[
        Score,
        QuestionSpec(
            label="One truth per field",
            prompt="Where two systems hold the same field, is it agreed which one counts?",
        ),
    ] = None
    field_owners: Annotated[
        Score, QuestionSpec(label="Owners of fields", prompt="Does each field have a named owner?")
    ] = None
    failing_row_rule: Annotated[
        Score,
        QuestionSpec(label="Rule for failing rows", prompt="Is it settled what happens to a row that fails?"),
    ] = None
    steps_written: Annotated[
        Score, QuestionSpec(label="Steps written", prompt="Are the steps of the process written down?")
    ] = None
    rules_written: Annotated[
        Score,
        QuestionSpec(
            label="Rules written", prompt="Is there a written rule for each step that will run by itself?"
        ),
    ] = None
    exceptions_counted: Annotated[
        Score, QuestionSpec(label="Exceptions counted", prompt="Are the cases that do not fit counted?")
    ] = None
    five_asked_apart: Annotated[
        Score,
        QuestionSpec(
            label="Five asked apart", prompt="Were five people asked about the same case separately?"
        ),
    ] = None
    differences_settled: Annotated[
        Score,
        QuestionSpec(label="Differences settled", prompt="Where they differed, is it settled who is right?"),
    ] = None
    one_owner: Annotated[Score, QuestionSpec(label="One owner", prompt="Is there one owner, by name?")] = None
    five_duties: Annotated[
        Score,
        QuestionSpec(label="Five duties", prompt="Is each of the five duties assigned to a person by name?"),
    ] = None
    hours_agreed: Annotated[
        Score, QuestionSpec(label="Hours agreed", prompt="Has the owner's manager agreed to the hours?")
    ] = None
    deputy: Annotated[Score, QuestionSpec(label="Deputy", prompt="Is there a deputy?")] = None
    owner_from_process: Annotated[
        Score,
        QuestionSpec(
            label="Owner from the process", prompt="Does the owner come from the business process itself?"
        ),
    ] = None
    business_number: Annotated[
        Score,
        QuestionSpec(
            label="Business number", prompt="Is the metric a number the business already cares about?"
        ),
    ] = None
    baseline_measured: Annotated[
        Score, QuestionSpec(label="Baseline measured", prompt="Is today's value measured, not guessed?")
    ] = None
    target_and_day: Annotated[
        Score, QuestionSpec(label="Target and day", prompt="Is there a target, and a day for it?")
    ] = None
    stop_line: Annotated[
        Score, QuestionSpec(label="Stop line", prompt="Is it agreed at which value it is switched off?")
    ] = None
    shifted_work_guarded: Annotated[
        Score,
        QuestionSpec(
            label="Shifted work guarded", prompt="Is there a guardrail on work that moves to somebody else?"
        ),
    ] = None
    place_known: Annotated[
        Score,
        QuestionSpec(label="Place of output", prompt="Is the place known where its output will appear?"),
    ] = None
    user_said_yes: Annotated[
        Score, QuestionSpec(label="User said yes", prompt="Has a user said: yes, there?")
    ] = None
    action_needs_no_thought: Annotated[
        Score,
        QuestionSpec(
            label="Action without thought", prompt="Is the next action plain without thinking about it?"
        ),
    ] = None
    fallback_tried: Annotated[
        Score, QuestionSpec(label="Fallback tried", prompt="Was the fallback tried once?")
    ] = None
    way_to_say_wrong: Annotated[
        Score,
        QuestionSpec(label="Way to say wrong", prompt="Is there a way for a user to say: this is wrong?"),
    ] = None


class ReadinessAnswers(FileRecord):
    """The file `readiness.toml`."""

    on: Annotated[date | None, QuestionSpec(label="On", prompt="On which day was it asked?")] = None
    by: Annotated[str | None, QuestionSpec(label="By", prompt="Who answered?")] = None
    answers: Annotated[
        ReadinessScores, QuestionSpec(label="Answers", prompt="0 no, 0.5 said but not shown, 1 shown")
    ] = ReadinessScores()
