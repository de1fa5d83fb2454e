"""Sheets that people fill in alone and send back: agreement cases, or what is parked with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sprintkit.actions import save_record
from sprintkit.actions.checkin.checkin import ordered
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.normalise import normalised_record
from sprintkit.actions.result import Result
from sprintkit.actions.scope.assignments import assign
from sprintkit.actions.scope.scope import changeable, save_answers
from sprintkit.actions.sprint_records import Sprint, load
from sprintkit.charter import paths, people
from sprintkit.charter.blank import is_blank
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.errors import ExitCode, InputError, Problem, RefusedError
from sprintkit.records import validation
from sprintkit.records.parsing import read_record
from sprintkit.records.testimony import ParkedSheet, Testimony
from sprintkit.store.toml import codec
from sprintkit.text.escaping import escape_invisible


def ask(desk: WorkspaceContext, slug: str, *, parked: bool = False, person: str | None = None) -> Result:
    """A blank sheet, as TOML: the agreement cases, or with `parked` what is parked with one holder.

    `person` is whom it is for, by key or name. Raises RefusedError where there is nothing to ask, InputError where
    questions are parked with several people and nobody is named.
    """
    sprint = load(desk, slug)
    _refuse_broken(sprint)
    charter, document = sprint.latest.charter, sprint.latest.document
    title = charter.charter.title or slug
    if not parked:
        cases = charter.process.questions
        questions = [{"id": case.id, "ask": case.ask} for case in cases if case.id and case.ask]
        if not questions:
            raise RefusedError(
                f"{slug} has no agreement case to ask"
                + (": none has an id and what is asked" if cases else ""),
                code="nothing_to_ask",
                hint="Write one under process.questions, with an id and what is asked.",
            )
        head = "In your own words, before you hear anybody else: what do you do? Leave nothing but the text."
        text = _sheet(head, title, person or "", _case_lines(questions))
        return Result(
            "ask", {"slug": slug, "kind": "cases", "who": person, "questions": questions, "text": text}
        )
    key, name = _holder(sprint, document, person)
    questions = list(_parked_with(document, key, name))
    head = "Nobody in the room knew. Please find out, and write each answer where it says value."
    text = _sheet(head, title, name, _parked_lines(questions))
    return Result("ask", {"slug": slug, "kind": "parked", "who": name, "questions": questions, "text": text})


def answer(
    desk: WorkspaceContext, slug: str, who: str, sheet: Mapping[str, Any], source_path: str | None = None
) -> Result:
    """Take a sheet back: testimony as a file of its own, answers to parked questions into the draft.

    What was left blank is not taken. Exit 1 with everything it is refused for, told at once. Raises InputError,
    RefusedError, WriteError.
    """
    sprint = load(desk, slug)
    _refuse_broken(sprint)
    said = sheet.get("who")
    if isinstance(said, str) and not is_blank(said) and people.fold(said) != people.fold(who):
        raise RefusedError(
            f"who is '{said}' on the sheet, not '{who}'",
            code="who",
            path=source_path,
            hint="Name the same person.",
        )
    filled = _filled({**sheet, "who": who})
    if any(isinstance(one, Mapping) and "path" in one for one in _list(filled.get("answers"))):
        return _parked_answers(desk, sprint, filled, source_path)
    return _testimony(desk, sprint, filled, source_path)


def _testimony(desk: WorkspaceContext, sprint: Sprint, sheet: dict[str, Any], where: str | None) -> Result:
    record = read_record(Testimony, sheet, where)
    problems = validation.validate_testimony(record, sprint.latest.charter)
    if problems:
        return _refused(sprint, problems, where)
    path = desk.workspace.testimony(sprint.slug, record.who)
    if any(stored.path == path for stored in sprint.files.answers):
        raise RefusedError(
            f"{record.who} has answered already, and what was said alone stays as it is",
            code="answered",
            path=path,
            hint="If it was not them, remove that file and take the sheet again.",
        )
    document = ordered(Testimony, {"schema": 1, **normalised_record(Testimony, sheet)})
    saved = save_record.save_document(desk, path, document, "testimony", expected=None)
    data = {"slug": sprint.slug, "path": saved.path, "who": record.who, "answers": len(record.answers)}
    return Result("answer", data)


def _parked_answers(
    desk: WorkspaceContext, sprint: Sprint, sheet: dict[str, Any], where: str | None
) -> Result:
    record = read_record(ParkedSheet, sheet, where)
    changeable(sprint.files)
    document = dict(sprint.latest.document)
    problems = validation.of_parked_sheet(record, document)
    if problems:
        return _refused(sprint, problems, where)
    is_wrong = False
    for found in record.answers:
        place = paths.resolve(document, found.path, append=True)
        document = assign(document, found.path, found.value)
        if paths.with_indices(place) in {fault.path for fault in parse_lenient(document).faults}:
            is_wrong = True
        else:
            document = _unparked(document, place)
    result = save_answers(desk, sprint.slug, document, sprint.files)
    if is_wrong:
        return Result("answer", None, result.errors, result.exit_code, result.notes)
    # The answers are taken whatever else is missing or wrong in the draft: it was so before.
    data = result.data or {"slug": sprint.slug, "path": desk.workspace.draft(sprint.slug)}
    return Result("answer", {**data, "who": record.who, "answers": len(record.answers)})


def _refused(sprint: Sprint, problems: list[Problem], where: str | None) -> Result:
    told = tuple(problem._replace(path=where) for problem in problems)
    return Result("answer", {"slug": sprint.slug, "path": None}, told, ExitCode.NO)


def _filled(sheet: dict[str, Any]) -> dict[str, Any]:
    """The sheet without the answers that were left blank. Raises RefusedError where all were."""
    answers = sheet.get("answers")
    if not isinstance(answers, list):
        return sheet
    kept = [
        one
        for one in answers
        if not isinstance(one, Mapping) or not is_blank(one.get("says", one.get("value")))
    ]
    if answers and not kept:
        raise RefusedError(
            "nothing is answered on this sheet", code="nothing_said", hint="Fill it in, then send it again."
        )
    return {**sheet, "answers": kept}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _refuse_broken(sprint: Sprint) -> None:
    broken = [one for one in sprint.problems if (one.path or "").endswith(("/draft.toml", "/charter.toml"))]
    if broken:
        raise InputError.of(broken)


def _parked(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    entries = document.get("parked")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, Mapping) and isinstance(entry.get("path"), str) and not is_blank(entry["path"]):
            yield entry


def _holder(sprint: Sprint, document: Mapping[str, Any], person: str | None) -> tuple[str, str]:
    """Key and name of the holder whose sheet is wanted."""
    known = document.get("people")
    entries: Mapping[str, Any] = known if isinstance(known, Mapping) else {}
    said = [entry.get("holder") for entry in _parked(document)]
    if not said:
        raise RefusedError(f"{sprint.slug} has no parked question", code="nothing_to_ask")
    holders = dict.fromkeys(one for one in said if isinstance(one, str) and not is_blank(one))
    if not holders:
        raise RefusedError(
            f"what {sprint.slug} has parked is with nobody yet",
            code="nothing_to_ask",
            hint="Say in the session who finds it out, and by when.",
        )
    names = ", ".join(_name(entries, holder) for holder in holders)
    if person is None and len(holders) > 1:
        raise InputError(
            f"questions are parked with {names}", code="usage", hint="Name one of them: --for PERSON"
        )
    wanted = next(iter(holders)) if person is None else people.find(entries, person) or person
    match = next((one for one in holders if people.fold(one) == people.fold(wanted)), None)
    if match is None:
        raise RefusedError(
            f"nothing is parked with {person}", code="nothing_to_ask", hint=f"Parked with: {names}."
        )
    return match, _name(entries, match)


def _name(entries: Mapping[str, Any], key: str) -> str:
    entry = entries.get(key)
    name = entry.get("name") if isinstance(entry, Mapping) else None
    return name if isinstance(name, str) and not is_blank(name) else key


def _parked_with(document: Mapping[str, Any], key: str, name: str) -> Iterator[dict[str, Any]]:
    for entry in _parked(document):
        if str(entry.get("holder") or "") in (key, name):
            path = entry["path"]
            try:
                pattern = paths.pattern(paths.resolve(document, path, append=True))
            except paths.PathError:
                continue
            question = questions_by_path().get(pattern)
            yield {
                "path": path,
                "ask": question.told.ask if question else path,
                "strong": question.told.strong if question else "",
                "due": entry.get("due"),
                "note": entry.get("note"),
            }


def _unparked(document: dict[str, Any], place: paths.Parts) -> dict[str, Any]:
    kept = []
    for entry in document.get("parked") or []:
        try:
            is_this = (
                isinstance(entry, Mapping)
                and paths.resolve(document, str(entry.get("path")), append=True) == place
            )
        except paths.PathError:
            is_this = False
        if not is_this:
            kept.append(entry)
    rest = {name: value for name, value in document.items() if name != "parked"}
    return {**rest, "parked": kept} if kept else rest


def _sheet(head: str, title: str, who: str, lines: Iterator[str]) -> str:
    return (
        "\n".join([*_comment(f"{title}\n{head}"), "", codec.dump({"who": who}).rstrip("\n"), *lines]) + "\n"
    )


def _case_lines(questions: list[dict[str, Any]]) -> Iterator[str]:
    for question in questions:
        yield ""
        yield "[[answers]]"
        yield from _comment(question["ask"])
        yield codec.dump({"id": question["id"], "says": ""}).rstrip("\n")


def _parked_lines(questions: list[dict[str, Any]]) -> Iterator[str]:
    for question in questions:
        yield ""
        yield "[[answers]]"
        yield from _comment(question["ask"])
        for label, key in (("A strong answer", "strong"), ("Note", "note"), ("By", "due")):
            if question[key] is not None and not is_blank(str(question[key])):
                yield from _comment(f"{label}: {question[key]}")
        yield codec.dump({"path": question["path"], "value": ""}).rstrip("\n")


def _comment(text: str) -> list[str]:
    return [f"# {escape_invisible(line)}".rstrip() for line in text.splitlines()]
