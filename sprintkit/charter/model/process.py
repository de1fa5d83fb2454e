"""A3: the process to automate, and the agreement check that shows whether there is one."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.choices import Mode
from sprintkit.charter.model.base import (
    CharterTable,
    CountField,
    DateField,
    NumberField,
    PersonField,
    TextField,
    list_field,
)
from sprintkit.charter.questions import Default, QuestionSpec


class Step(CharterTable):
    """A step of the process."""

    n: Annotated[
        CountField,
        QuestionSpec(
            label="Number",
            prompt="Which step is this?",
            strong="1",
            strong_about="for what happens first",
            is_required=True,
            default=Default("its place in the list"),
        ),
    ] = None
    actor: Annotated[
        TextField,
        QuestionSpec(
            label="Who",
            prompt="Who does it?",
            strong="sales desk lead",
            weak="the business",
            is_required=True,
        ),
    ] = None
    does: Annotated[
        TextField,
        QuestionSpec(
            label="Does",
            prompt="What happens first? What next?",
            strong="match the sender to an account",
            weak="process the request",
            is_required=True,
        ),
    ] = None
    mode: Annotated[
        Mode | None,
        QuestionSpec(
            label="Mode",
            prompt="Automatic, assisted, or by a person alone?",
            why="What runs by itself needs a rule that is written down.",
            is_required=True,
        ),
    ] = None
    rule: Annotated[
        TextField,
        QuestionSpec(
            label="Rule",
            prompt="By what rule?",
            why="A system cannot follow 'it depends'. Write: if …, then …, else …",
            strong="same domain, else same name and postcode",
            weak="depends on the rep",
            kind="prose",
        ),
    ] = None


class ProcessException(CharterTable):
    """A kind of case that does not follow the process."""

    case: Annotated[
        TextField,
        QuestionSpec(
            label="Case",
            prompt="Which cases do not fit?",
            strong="site outside every area",
            weak="none really",
            is_required=True,
        ),
    ] = None
    share_pct: Annotated[
        NumberField,
        QuestionSpec(
            label="Share in %",
            prompt="How many in a hundred?",
            strong="3",
            strong_about="in a hundred, from last month's list",
            weak="a few",
            is_required=True,
        ),
    ] = None
    handling: Annotated[
        TextField,
        QuestionSpec(
            label="Handling", prompt="What happens with such a case?", strong="held list", is_required=True
        ),
    ] = None
    who: Annotated[
        PersonField,
        QuestionSpec(
            label="Who takes it",
            prompt="Who takes them?",
            strong="Suvi Rautakerr",
            is_required=True,
            kind="person",
        ),
    ] = None


class CaseAnswer(CharterTable):
    """What one person answered to an agreement case, asked alone."""

    who: Annotated[
        TextField,
        QuestionSpec(
            label="Who", prompt="Who said it?", strong="north rep", weak="the team", is_required=True
        ),
    ] = None
    says: Annotated[
        TextField,
        QuestionSpec(
            label="Says",
            prompt="Asked alone, same words: what do you do?",
            why="Written down word for word, before anybody hears another.",
            strong="whoever owns the account",
            weak="one manager for all",
            is_required=True,
            kind="prose",
        ),
    ] = None
    group: Annotated[
        TextField,
        QuestionSpec(
            label="Group",
            prompt="Which answers mean the same?",
            why="Give the same word to answers that mean the same; nothing is merged silently.",
            strong="account",
        ),
    ] = None


class AgreementCase(CharterTable):
    """An agreement case: several people answer it separately, then it is settled."""

    id: Annotated[
        TextField,
        QuestionSpec(
            label="Id", prompt="A short id for the case?", strong="Q1", is_required=True, kind="slug"
        ),
    ] = None
    ask: Annotated[
        TextField,
        QuestionSpec(
            label="Case",
            prompt="Choose a case that really happened and hurts. What is it?",
            why="A case, not an opinion. Worth asking everywhere: the ordinary case, the case two people want, "
            "the case nobody wants, who may overrule, what happened the last time it went wrong.",
            strong="A known customer wants kit in another depot's area. Who gets it?",
            weak="Is routing clear?",
            is_required=True,
            kind="prose",
        ),
    ] = None
    answers: Annotated[
        list[CaseAnswer],
        QuestionSpec(
            label="Answers",
            entry_label="answer",
            prompt="Asked alone, same words: what do you do? (written down verbatim)",
            why="Five people; each alone. That they differ is the finding, and week one is the time for it.",
            strong="five people, own words",
            weak="one manager for all",
        ),
    ] = list_field()
    settled: Annotated[
        TextField,
        QuestionSpec(
            label="Settled as",
            prompt="Here is where you differ. Which one is it from Monday?",
            why="One rule, in words that the five would all read alike.",
            strong="account holder if ordered within 12 months, else the site's depot",
            weak="we will align later",
            kind="prose",
        ),
    ] = None
    settled_group: Annotated[
        TextField,
        QuestionSpec(
            label="Settled group",
            prompt="Whose answer is that? (a group, or: new)",
            why="Those whose group lost are asked whether they can live with it.",
            strong="new",
        ),
    ] = None
    settled_by: Annotated[
        PersonField,
        QuestionSpec(
            label="Settled by", prompt="Who says so?", strong="Suvi Rautakerr", weak="the team", kind="person"
        ),
    ] = None
    settled_on: Annotated[
        DateField,
        QuestionSpec(
            label="Settled on",
            prompt="On which day?",
            strong="2026-02-03",
            strong_about="the day on which everybody agreed",
            days="past",
        ),
    ] = None
    accepted_by: Annotated[
        list[str],
        QuestionSpec(
            label="Accepted by",
            prompt="You said otherwise: can you live with it?",
            why="Who lost the vote and was not asked will do it the old way.",
            strong="all five",
        ),
    ] = list_field()


class Process(CharterTable):
    """`[process]`."""

    name: Annotated[
        TextField,
        QuestionSpec(
            label="Process",
            prompt="What is it called?",
            why="Without a process there is nothing to automate.",
            strong="Inbound enquiry routing",
            weak="escalation",
            is_required=True,
        ),
    ] = None
    lead: Annotated[
        PersonField,
        QuestionSpec(
            label="Process lead",
            prompt="Who may change how it is done?",
            why="One person, or every exception becomes a new process.",
            strong="Suvi Rautakerr",
            weak="managers",
            is_required=True,
            kind="person",
        ),
    ] = None
    starts_when: Annotated[
        TextField,
        QuestionSpec(
            label="Starts when",
            prompt="What exactly starts a case?",
            why="Could two people start a stopwatch on it?",
            strong="an enquiry arrives",
            weak="when the customer is unhappy",
            is_required=True,
        ),
    ] = None
    ends_when: Annotated[
        TextField,
        QuestionSpec(
            label="Ends when",
            prompt="How do you know it is over?",
            why="Could two people stop a stopwatch on it?",
            strong="one rep shown as holder",
            weak="when it is resolved",
            is_required=True,
        ),
    ] = None
    steps: Annotated[
        list[Step],
        QuestionSpec(
            label="Steps",
            entry_label="step",
            prompt="What happens first? By what rule? What next?",
            why="Three steps at least; each automatic one by a written rule.",
            strong="match the sender: same domain, else same name and postcode",
            weak="depends on the rep",
            is_required=True,
            min_entries=3,
        ),
    ] = list_field()
    exceptions: Annotated[
        list[ProcessException],
        QuestionSpec(
            label="Exceptions",
            entry_label="exception",
            prompt="Which cases do not fit? How many in a hundred? Who takes them?",
            why="A process without exceptions has not been looked at.",
            strong="site outside every area, 3%, held list",
            weak="none really",
            is_required=True,
        ),
    ] = list_field()
    questions: Annotated[
        list[AgreementCase],
        QuestionSpec(
            label="Agreement cases",
            entry_label="case",
            prompt="Which case that really happened shall five people answer apart?",
            why="Five people give five answers; better now than in week four.",
            strong="A known customer wants kit in another depot's area. Who gets it?",
            weak="Is routing clear?",
            is_required=True,
        ),
    ] = list_field()
