"""Makes a blank sheet: of the agreement cases, or of the questions parked with one holder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, TypedDict

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.examples import strong_example
from sprintkit.actions.load_sprint import Sprint, load_records
from sprintkit.actions.result import Result
from sprintkit.charter import paths, people
from sprintkit.charter.blank import is_blank
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.errors import InputError, RefusedError
from sprintkit.store.toml import codec
from sprintkit.text.composing import fold_name
from sprintkit.text.escaping import escape_invisible

CASES_INTRODUCTION = (
    "In your own words, before you hear anybody else: what do you do? Leave nothing but the text."
)
PARKED_INTRODUCTION = "Nobody in the room knew. Please find out, and write each answer where it says value."


class CaseQuestion(TypedDict):
    """An agreement case on a sheet."""

    id: str
    ask: str


class ParkedQuestion(TypedDict):
    """A parked question on a sheet."""

    path: str
    ask: str
    strong: str
    due: date | None
    note: str | None


class CasesSheet(TypedDict):
    """The `data` of `ask`: a sheet of agreement cases."""

    slug: str
    kind: Literal["cases"]
    who: str | None
    questions: list[CaseQuestion]
    text: str


class ParkedSheetData(TypedDict):
    """The `data` of `ask --parked`: a sheet of the questions parked with one holder."""

    slug: str
    kind: Literal["parked"]
    who: str
    questions: list[ParkedQuestion]
    text: str


AskData = CasesSheet | ParkedSheetData


def make_sheet(
    context: WorkspaceContext, slug: str, *, is_parked: bool = False, person: str | None = None
) -> Result[AskData]:
    """A blank sheet as TOML: the agreement cases, or with `is_parked` the questions parked with one holder.

    `person` is the key or name of the person who gets the sheet. Raises RefusedError if there is nothing to ask,
    InputError if questions are parked with several people and none is named.
    """
    sprint = load_records(context, slug)
    refuse_unreadable_answers(sprint)
    title = sprint.latest.charter.charter.title or slug
    if is_parked:
        return Result(_parked_sheet(sprint, title, person, context.today))
    return Result(_cases_sheet(sprint, title, person))


def _cases_sheet(sprint: Sprint, title: str, person: str | None) -> CasesSheet:
    cases = sprint.latest.charter.process.questions
    questions = [CaseQuestion(id=case.id, ask=case.ask) for case in cases if case.id and case.ask]
    if not questions:
        reason = ": none has an id and what is asked" if cases else ""
        raise RefusedError(
            f"{sprint.slug} has no agreement case to ask{reason}",
            code="nothing_to_ask",
            hint="Write one under process.questions, with an id and what is asked.",
        )
    text = _render_sheet(CASES_INTRODUCTION, title, person or "", _case_lines(questions))
    return {"slug": sprint.slug, "kind": "cases", "who": person, "questions": questions, "text": text}


def _parked_sheet(sprint: Sprint, title: str, person: str | None, today: date) -> ParkedSheetData:
    document = sprint.latest.document
    key, name = _find_holder(sprint.slug, document, person)
    questions = list(_questions_parked_with((key, name), document, today))
    text = _render_sheet(PARKED_INTRODUCTION, title, name, _parked_lines(questions))
    return {"slug": sprint.slug, "kind": "parked", "who": name, "questions": questions, "text": text}


def refuse_unreadable_answers(sprint: Sprint) -> None:
    """Raise InputError if the draft or the charter cannot be read."""
    problems = [
        problem
        for problem in sprint.problems
        if (problem.path or "").endswith(("/draft.toml", "/charter.toml"))
    ]
    if problems:
        raise InputError.from_problems(problems)


def _parked_entries(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    entries = document.get("parked")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, Mapping) and isinstance(entry.get("path"), str) and not is_blank(entry["path"]):
            yield entry


def _find_holder(slug: str, document: Mapping[str, Any], person: str | None) -> tuple[str, str]:
    """The key and the name of the holder who gets the sheet. Raises RefusedError and InputError as `make_sheet` does."""
    table = document.get("people")
    known_people: Mapping[str, Any] = table if isinstance(table, Mapping) else {}
    entries = list(_parked_entries(document))
    if not entries:
        raise RefusedError(f"{slug} has no parked question", code="nothing_to_ask")
    holders = list(dict.fromkeys(_holders(entries)))
    if not holders:
        raise RefusedError(
            f"the parked questions of {slug} have no holder yet",
            code="nothing_to_ask",
            hint="Say in the session who finds out, and by when.",
        )
    names = ", ".join(_person_name(known_people, holder) for holder in holders)
    if person is None and len(holders) > 1:
        raise InputError(
            f"questions are parked with {names}", code="usage", hint="Name one of them: --for PERSON"
        )
    wanted = holders[0] if person is None else people.find_person(known_people, person) or person
    for holder in holders:
        if fold_name(holder) == fold_name(wanted):
            return holder, _person_name(known_people, holder)
    raise RefusedError(
        f"nothing is parked with {person}", code="nothing_to_ask", hint=f"Parked with: {names}."
    )


def _holders(entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for entry in entries:
        holder = entry.get("holder")
        if isinstance(holder, str) and not is_blank(holder):
            yield holder


def _person_name(known_people: Mapping[str, Any], key: str) -> str:
    person = known_people.get(key)
    name = person.get("name") if isinstance(person, Mapping) else None
    return name if isinstance(name, str) and not is_blank(name) else key


def _questions_parked_with(
    holder: tuple[str, str], document: Mapping[str, Any], today: date
) -> Iterator[ParkedQuestion]:
    """The questions parked with a holder, given as key and name; entries may use either."""
    for entry in _parked_entries(document):
        if str(entry.get("holder") or "") not in holder:
            continue
        path = entry["path"]
        try:
            pattern = paths.path_pattern(paths.resolve(document, path, append=True))
        except paths.PathError:
            continue
        question = questions_by_path().get(pattern)
        yield {
            "path": path,
            "ask": question.spec.prompt if question else path,
            "strong": strong_example(question, today) if question else "",
            "due": entry.get("due"),
            "note": entry.get("note"),
        }


def _render_sheet(introduction: str, title: str, who: str, lines: Iterable[str]) -> str:
    head = [*_comment_lines(f"{title}\n{introduction}"), "", codec.dump({"who": who}).rstrip("\n")]
    return "\n".join([*head, *lines]) + "\n"


def _case_lines(questions: Iterable[CaseQuestion]) -> Iterator[str]:
    for question in questions:
        yield ""
        yield "[[answers]]"
        yield from _comment_lines(question["ask"])
        yield codec.dump({"id": question["id"], "says": ""}).rstrip("\n")


def _parked_lines(questions: Iterable[ParkedQuestion]) -> Iterator[str]:
    for question in questions:
        yield ""
        yield "[[answers]]"
        yield from _comment_lines(question["ask"])
        for label, value in (
            ("A strong answer", question["strong"]),
            ("Note", question["note"]),
            ("By", question["due"]),
        ):
            if value is not None and not is_blank(str(value)):
                yield from _comment_lines(f"{label}: {value}")
        yield codec.dump({"path": question["path"], "value": ""}).rstrip("\n")


def _comment_lines(text: str) -> list[str]:
    return [f"# {escape_invisible(line)}".rstrip() for line in text.splitlines()]
