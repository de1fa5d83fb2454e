"""A3: whether there is one process to automate, and the agreement check."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.choices import Mode
from sprintkit.charter.model.base import Count, Day, Number, Part, Person, Text, items
from sprintkit.charter.questions import QuestionSpec


class Step(Part):
    """A step of the process."""

    n: Annotated[
        Count,
        QuestionSpec(
            label="Number",
            ask="Which step is this?",
            strong="1",
            needed=True,
            default="its place in the list",
        ),
    ] = None
    actor: Annotated[
        Text,
        QuestionSpec(
            label="Who", ask="Who does it?", strong="sales desk lead", weak="the business", needed=True
        ),
    ] = None
    does: Annotated[
        Text,
        QuestionSpec(
            label="Does",
            ask="What happens first? What next?",
            strong="match the sender to an account",
            weak="process the request",
            needed=True,
        ),
    ] = None
    mode: Annotated[
        Mode | None,
        QuestionSpec(
            label="Mode",
            ask="Automatic, assisted, or by a person alone?",
            why="What runs by itself needs a rule that is written down.",
            needed=True,
        ),
    ] = None
    rule: Annotated[
        Text,
        QuestionSpec(
            label="Rule",
            ask="By what rule?",
            why="A system cannot follow 'it depends'. Write: if …, then …, else …",
            strong="same domain, else same name and postcode",
            weak="depends on the rep",
            kind="prose",
        ),
    ] = None


class Exceptional(Part):
    """A case that does not fit."""

    case: Annotated[
        Text,
        QuestionSpec(
            label="Case",
            ask="Which cases do not fit?",
            strong="site outside every area",
            weak="none really",
            needed=True,
        ),
    ] = None
    share_pct: Annotated[
        Number,
        QuestionSpec(label="Share in %", ask="How many in a hundred?", strong="3", weak="a few", needed=True),
    ] = None
    handling: Annotated[
        Text,
        QuestionSpec(label="Handling", ask="What happens with such a case?", strong="held list", needed=True),
    ] = None
    who: Annotated[
        Person,
        QuestionSpec(
            label="Who takes it", ask="Who takes them?", strong="Suvi Rautakerr", needed=True, kind="person"
        ),
    ] = None


class Answer(Part):
    """What one person said when asked alone."""

    who: Annotated[
        Text, QuestionSpec(label="Who", ask="Who said it?", strong="north rep", weak="the team", needed=True)
    ] = None
    says: Annotated[
        Text,
        QuestionSpec(
            label="Says",
            ask="Asked alone, same words: what do you do?",
            why="Written down word for word, before anybody hears another.",
            strong="whoever owns the account",
            weak="one manager for all",
            needed=True,
            kind="prose",
        ),
    ] = None
    group: Annotated[
        Text,
        QuestionSpec(
            label="Group",
            ask="Which answers mean the same?",
            why="Give the same word to answers that mean the same; nothing is merged silently.",
            strong="account",
        ),
    ] = None


class Case(Part):
    """An agreement case: put to several people, answered apart, settled."""

    id: Annotated[
        Text, QuestionSpec(label="Id", ask="A short id for the case?", strong="Q1", needed=True, kind="slug")
    ] = None
    ask: Annotated[
        Text,
        QuestionSpec(
            label="Case",
            ask="Choose a case that really happened and hurts. What is it?",
            why="A case, not an opinion. Worth asking everywhere: the ordinary case, the case two people want, "
            "the case nobody wants, who may overrule, what happened the last time it went wrong.",
            strong="A known customer wants kit in another depot's area. Who gets it?",
            weak="Is routing clear?",
            needed=True,
            kind="prose",
        ),
    ] = None
    answers: Annotated[
        list[Answer],
        QuestionSpec(
            label="Answers",
            ask="Asked alone, same words: what do you do? (written down verbatim)",
            why="Five people; each alone. That they differ is the finding, and week one is the time for it.",
            strong="five people, own words",
            weak="one manager for all",
        ),
    ] = items()
    settled: Annotated[
        Text,
        QuestionSpec(
            label="Settled as",
            ask="Here is where you differ. Which one is it from Monday?",
            why="One rule, in words that the five would all read alike.",
            strong="account holder if ordered within 12 months, else the site's depot",
            weak="we will align later",
            kind="prose",
        ),
    ] = None
    settled_group: Annotated[
        Text,
        QuestionSpec(
            label="Settled group",
            ask="Whose answer is that? (a group, or: new)",
            why="Those whose group lost are asked whether they can live with it.",
            strong="new",
        ),
    ] = None
    settled_by: Annotated[
        Person,
        QuestionSpec(
            label="Settled by", ask="Who says so?", strong="Suvi Rautakerr", weak="the team", kind="person"
        ),
    ] = None
    settled_on: Annotated[Day, QuestionSpec(label="Settled on", ask="On which day?", strong="2026-02-03")] = (
        None
    )
    accepted_by: Annotated[
        list[str],
        QuestionSpec(
            label="Accepted by",
            ask="You said otherwise: can you live with it?",
            why="Who lost the vote and was not asked will do it the old way.",
            strong="all five",
        ),
    ] = items()


class Process(Part):
    """`[process]`"""

    name: Annotated[
        Text,
        QuestionSpec(
            label="Process",
            ask="What is it called?",
            why="Without a process there is nothing to automate.",
            strong="Inbound enquiry routing",
            weak="escalation",
            needed=True,
        ),
    ] = None
    lead: Annotated[
        Person,
        QuestionSpec(
            label="Process lead",
            ask="Who may change how it is done?",
            why="One person, or every exception becomes a new process.",
            strong="Suvi Rautakerr",
            weak="managers",
            needed=True,
            kind="person",
        ),
    ] = None
    starts_when: Annotated[
        Text,
        QuestionSpec(
            label="Starts when",
            ask="What exactly starts a case?",
            why="Could two people start a stopwatch on it?",
            strong="an enquiry arrives",
            weak="when the customer is unhappy",
            needed=True,
        ),
    ] = None
    ends_when: Annotated[
        Text,
        QuestionSpec(
            label="Ends when",
            ask="How do you know it is over?",
            why="Could two people stop a stopwatch on it?",
            strong="one rep shown as holder",
            weak="when it is resolved",
            needed=True,
        ),
    ] = None
    steps: Annotated[
        list[Step],
        QuestionSpec(
            label="Steps",
            ask="What happens first? By what rule? What next?",
            why="Three steps at least; each automatic one by a written rule.",
            strong="match the sender: same domain, else same name and postcode",
            weak="depends on the rep",
            needed=True,
            least=3,
        ),
    ] = items()
    exceptions: Annotated[
        list[Exceptional],
        QuestionSpec(
            label="Exceptions",
            ask="Which cases do not fit? How many in a hundred? Who takes them?",
            why="A process without exceptions has not been looked at.",
            strong="site outside every area, 3%, held list",
            weak="none really",
            needed=True,
        ),
    ] = items()
    questions: Annotated[
        list[Case],
        QuestionSpec(
            label="Agreement cases",
            ask="Which case that really happened shall five people answer apart?",
            why="Five people give five answers; better now than in week four.",
            strong="A known customer wants kit in another depot's area. Who gets it?",
            weak="Is routing clear?",
            needed=True,
        ),
    ] = items()
