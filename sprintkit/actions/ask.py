"""Sheets that people fill in alone and send back: agreement cases, or what is parked with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..charter import paths, people
from ..charter.bank import bank
from ..charter.blank import is_blank
from ..charter.reading import read
from ..charter.visible import visible
from ..errors import ExitCode, Problem, Refused, Unusable
from ..records import refusals
from ..records.reading import read_record
from ..records.testimony import ParkedSheet, Testimony
from ..store import toml
from . import writing
from .assigned import assign
from .checkin import ordered
from .desk import Desk
from .line_ends import settled_record
from .result import Result
from .scope import changeable, save
from .sprint import Sprint, load


def ask(desk: Desk, slug: str, *, parked: bool = False, person: str | None = None) -> Result:
    """A blank sheet, as TOML: the agreement cases, or with `parked` what is parked with one holder.

    `person` is whom it is for, by key or name. Raises Refused where there is nothing to ask, Unusable where
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
            raise Refused(
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
    desk: Desk, slug: str, who: str, sheet: Mapping[str, Any], source_path: str | None = None
) -> Result:
    """Take a sheet back: testimony as a file of its own, answers to parked questions into the draft.

    What was left blank is not taken. Exit 1 with everything it is refused for, told at once. Raises Unusable,
    Refused, NotWritten.
    """
    sprint = load(desk, slug)
    _refuse_broken(sprint)
    said = sheet.get("who")
    if isinstance(said, str) and not is_blank(said) and people.fold(said) != people.fold(who):
        raise Refused(
            f"who is '{said}' on the sheet, not '{who}'",
            code="who",
            path=source_path,
            hint="Name the same person.",
        )
    filled = _filled({**sheet, "who": who})
    if any(isinstance(one, Mapping) and "path" in one for one in _list(filled.get("answers"))):
        return _parked_answers(desk, sprint, filled, source_path)
    return _testimony(desk, sprint, filled, source_path)


def _testimony(desk: Desk, sprint: Sprint, sheet: dict[str, Any], where: str | None) -> Result:
    record = read_record(Testimony, sheet, where)
    problems = refusals.of_testimony(record, sprint.latest.charter)
    if problems:
        return _refused(sprint, problems, where)
    path = desk.workspace.testimony(sprint.slug, record.who)
    if any(stored.path == path for stored in sprint.files.answers):
        raise Refused(
            f"{record.who} has answered already, and what was said alone stays as it is",
            code="answered",
            path=path,
            hint="If it was not them, remove that file and take the sheet again.",
        )
    document = ordered(Testimony, {"schema": 1, **settled_record(Testimony, sheet)})
    saved = writing.save(desk, path, document, "testimony", expected=None)
    data = {"slug": sprint.slug, "path": saved.path, "who": record.who, "answers": len(record.answers)}
    return Result("answer", data)


def _parked_answers(desk: Desk, sprint: Sprint, sheet: dict[str, Any], where: str | None) -> Result:
    record = read_record(ParkedSheet, sheet, where)
    changeable(sprint.files)
    document = dict(sprint.latest.document)
    problems = refusals.of_parked_sheet(record, document)
    if problems:
        return _refused(sprint, problems, where)
    is_wrong = False
    for found in record.answers:
        place = paths.resolve(document, found.path, append=True)
        document = assign(document, found.path, found.value)
        if paths.with_indices(place) in {fault.path for fault in read(document).faults}:
            is_wrong = True
        else:
            document = _unparked(document, place)
    result = save(desk, sprint.slug, document, sprint.files)
    if is_wrong:
        return Result("answer", None, result.errors, result.exit_code, result.notes)
    # The answers are taken whatever else is missing or wrong in the draft: it was so before.
    data = result.data or {"slug": sprint.slug, "path": desk.workspace.draft(sprint.slug)}
    return Result("answer", {**data, "who": record.who, "answers": len(record.answers)})


def _refused(sprint: Sprint, problems: list[Problem], where: str | None) -> Result:
    told = tuple(problem._replace(path=where) for problem in problems)
    return Result("answer", {"slug": sprint.slug, "path": None}, told, ExitCode.NO)


def _filled(sheet: dict[str, Any]) -> dict[str, Any]:
    """The sheet without the answers that were left blank. Raises Refused where all were."""
    answers = sheet.get("answers")
    if not isinstance(answers, list):
        return sheet
    kept = [
        one
        for one in answers
        if not isinstance(one, Mapping) or not is_blank(one.get("says", one.get("value")))
    ]
    if answers and not kept:
        raise Refused(
            "nothing is answered on this sheet", code="nothing_said", hint="Fill it in, then send it again."
        )
    return {**sheet, "answers": kept}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _refuse_broken(sprint: Sprint) -> None:
    broken = [one for one in sprint.problems if (one.path or "").endswith(("/draft.toml", "/charter.toml"))]
    if broken:
        raise Unusable.of(broken)


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
        raise Refused(f"{sprint.slug} has no parked question", code="nothing_to_ask")
    holders = dict.fromkeys(one for one in said if isinstance(one, str) and not is_blank(one))
    if not holders:
        raise Refused(
            f"what {sprint.slug} has parked is with nobody yet",
            code="nothing_to_ask",
            hint="Say in the session who finds it out, and by when.",
        )
    names = ", ".join(_name(entries, holder) for holder in holders)
    if person is None and len(holders) > 1:
        raise Unusable(
            f"questions are parked with {names}", code="usage", hint="Name one of them: --for PERSON"
        )
    wanted = next(iter(holders)) if person is None else people.find(entries, person) or person
    match = next((one for one in holders if people.fold(one) == people.fold(wanted)), None)
    if match is None:
        raise Refused(
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
            question = bank().get(pattern)
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
    return "\n".join([*_comment(f"{title}\n{head}"), "", toml.dump({"who": who}).rstrip("\n"), *lines]) + "\n"


def _case_lines(questions: list[dict[str, Any]]) -> Iterator[str]:
    for question in questions:
        yield ""
        yield "[[answers]]"
        yield from _comment(question["ask"])
        yield toml.dump({"id": question["id"], "says": ""}).rstrip("\n")


def _parked_lines(questions: list[dict[str, Any]]) -> Iterator[str]:
    for question in questions:
        yield ""
        yield "[[answers]]"
        yield from _comment(question["ask"])
        for label, key in (("A strong answer", "strong"), ("Note", "note"), ("By", "due")):
            if question[key] is not None and not is_blank(str(question[key])):
                yield from _comment(f"{label}: {question[key]}")
        yield toml.dump({"path": question["path"], "value": ""}).rstrip("\n")


def _comment(text: str) -> list[str]:
    return [f"# {visible(line)}".rstrip() for line in text.splitlines()]
