"""The end of a session: what keeps it from being saved or signed, and the document as it will be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sprintkit.actions.session.analysis import DraftAnalysis, question_at, said_here, section_of
from sprintkit.actions.session.outline import item_of, spot_at, where
from sprintkit.actions.session.rows import Spot
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.values import advice, day_in_words, person_name
from sprintkit.charter import paths
from sprintkit.charter.agreement import agreement
from sprintkit.charter.blank import is_blank
from sprintkit.charter.completeness import core_missing, core_parked
from sprintkit.charter.findings import ERROR, Finding
from sprintkit.charter.people import used
from sprintkit.charter.questions import SECTIONS

ReviewKind = Literal["missing", "wrong", "error", "warning", "parked", "waived", "idle", "role"]


class ReviewLine(NamedTuple):
    """One thing to see to, and where."""

    kind: ReviewKind
    path: str
    """With indices."""
    spot: Spot
    where: str
    """Section and question, in words."""
    message: str
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """All there is to see to."""

    to_save: tuple[ReviewLine, ...]
    """While there is one of these, there is no charter."""
    to_sign: tuple[ReviewLine, ...]
    """While there is one of these, nobody can sign."""
    waived: tuple[ReviewLine, ...]
    idle: tuple[ReviewLine, ...]
    """Waivers that waive nothing any more."""
    roles: tuple[ReviewLine, ...]
    """People of whom nobody has said what they do."""

    @property
    def warnings(self) -> list[Finding]:
        """The warnings that may be waived."""
        return [line.finding for line in self.to_sign if line.kind == "warning" and line.finding is not None]


def review(session: Session) -> Review:
    """What is left to do in a session, each kind in the order of the session."""
    standing = session.standing
    to_save = [*_missing_core(standing), *_wrong(session), *_parked_core(standing)]
    told = {line.path for line in to_save}
    to_sign = [
        line
        for line in (*_missing_rest(standing), *_found(standing), *_parked(standing))
        if line.path not in told or line.kind == "warning"
    ]
    idle = (_idle(standing, finding) for finding in standing.idle_waivers)
    return Review(
        _sorted(to_save),
        _sorted(to_sign),
        tuple(_waived(standing)),
        tuple(idle),
        tuple(_roles(standing)),
    )


def _line(
    kind: ReviewKind, standing: DraftAnalysis, path: str, message: str, finding: Finding | None = None
) -> ReviewLine:
    below = (f"{path}.", f"{path}[")
    opens = next((one for one in standing.open if one.startswith(below)), "") if kind == "missing" else ""
    spot = spot_at(standing, opens or path)
    return ReviewLine(kind, path, spot, where(standing.document, path), message, finding)


def _value(document: Mapping[str, Any], parts: paths.Parts) -> object:
    try:
        return paths.get(document, parts)
    except paths.PathError:
        return None


def _missing_core(standing: DraftAnalysis) -> list[ReviewLine]:
    lines = []
    parked = set(core_parked(standing.reading))
    faults = {fault.path for fault in standing.reading.faults}
    for gap in core_missing(standing.reading):
        if gap.path in parked or gap.path in faults:
            continue
        many = f" ({gap.least} at least)" if gap.least > 1 else ""
        lines.append(_line("missing", standing, gap.path, f"{gap.question.told.ask}{many}"))
    return lines


def _wrong(session: Session) -> list[ReviewLine]:
    lines = []
    for fault in session.standing.reading.faults:
        question = question_at(fault.path) if fault.kind != "unknown_key" else None
        message = fault.message
        if question is not None and question.is_leaf and fault.kind == "wrong_type":
            message = advice(question, session.text(fault.path), session.context.today)
        lines.append(_line("wrong", session.standing, fault.path, message))
    return lines


def _parked_core(standing: DraftAnalysis) -> list[ReviewLine]:
    return [
        _line("parked", standing, path, f"{_holder(standing, path)} There is no charter without it.")
        for path in core_parked(standing.reading)
    ]


def _parked(standing: DraftAnalysis) -> list[ReviewLine]:
    core = set(core_parked(standing.reading))
    return [
        _line("parked", standing, parked.path, _holder(standing, parked.path))
        for parked in standing.parked
        if parked.path and parked.path not in core
    ]


def _holder(standing: DraftAnalysis, path: str) -> str:
    parked = standing.parked_at(path)
    holder = person_name(standing.document, parked.holder) if parked and parked.holder else "nobody yet"
    by = f" by {day_in_words(parked.due)}" if parked and parked.due else ""
    return f"Parked with {holder}{by}."


def _missing_rest(standing: DraftAnalysis) -> list[ReviewLine]:
    core = {gap.path for gap in core_missing(standing.reading)}
    lines = []
    wanted: dict[str, set[str]] = {}
    for path, leaf in standing.open.items():
        if path in core or any(path.startswith((f"{one}.", f"{one}[")) for one in core):
            continue
        item = item_of(path)
        if item and _value(standing.document, paths.parse(item)) is None:
            wanted.setdefault(paths.with_indices(paths.parse(item)[:-1]), set()).add(item)
        else:
            lines.append(_line("missing", standing, path, leaf.question.told.ask))
    for path, items in wanted.items():
        question = question_at(path)
        told = question.told.ask if question else ""
        lines.append(_line("missing", standing, path, f"{told} ({len(items)} more at least)"))
    lines += [
        _line("missing" if f.severity == ERROR else "warning", standing, f.path, said_here(f), f)
        for f in standing.awaited
    ]
    return lines


def _found(standing: DraftAnalysis) -> list[ReviewLine]:
    return [
        _line("error" if f.severity == ERROR else "warning", standing, f.path, said_here(f), f)
        for f in standing.troubles
    ]


def _waived(standing: DraftAnalysis) -> Iterator[ReviewLine]:
    waivers = {(one.rule, _place(standing, one.path or "")): one for one in standing.charter.waivers}
    for finding in standing.findings:
        if finding.waived:
            waiver = waivers[finding.rule, finding.path]
            by = person_name(standing.document, waiver.by or "")
            told = f"It stays: {waiver.reason} ({by}) {said_here(finding)}"
            yield _line("waived", standing, finding.path, told, finding)


def _idle(standing: DraftAnalysis, finding: Finding) -> ReviewLine:
    waiver = standing.charter.waivers[int(paths.parse(finding.path)[1])]
    place = _place(standing, waiver.path or "")
    spot = spot_at(standing, place or "charter.title")
    named = f"Waiver of {waiver.rule} at {where(standing.document, place) if place else waiver.path}"
    return ReviewLine("idle", finding.path, spot, named, finding.message, finding)


def _place(standing: DraftAnalysis, path: str) -> str:
    """The path of a waiver with indices; empty where it points nowhere."""
    try:
        return paths.with_indices(paths.resolve(standing.document, path, append=True))
    except paths.PathError:
        return ""


def _roles(standing: DraftAnalysis) -> list[ReviewLine]:
    lines = []
    for key, places in used(standing.charter).items():
        person = standing.charter.people.get(key)
        path = paths.with_indices(("people", key, "role"))
        if person is not None and is_blank(person.role) and path not in standing.open:
            first = where(standing.document, places[0])
            lines.append(_line("role", standing, path, f"What do they do? Named at {first}."))
    return lines


def _sorted(lines: list[ReviewLine]) -> tuple[ReviewLine, ...]:
    order = [section.key for section in SECTIONS]
    ranks = {"missing": 0, "wrong": 0, "error": 1, "warning": 2, "parked": 3}
    return tuple(sorted(lines, key=lambda line: (ranks[line.kind], order.index(section_of(line.path).key))))


def preview(session: Session) -> str:
    """The document as it will be read, in Markdown, of the answers as they stand now.

    Raises SprintkitError where a template of the workspace is broken.
    """
    from sprintkit import documents  # the templates' engine is loaded for the review alone
    from sprintkit.charter.parsing import parse_lenient
    from sprintkit.charter.prefill import filled_in
    from sprintkit.documents.context.charter import charter_context
    from sprintkit.documents.wording import wording
    from sprintkit.store import house_files

    overrides = house_files.load_templates(session.context.workspace)
    document = filled_in(session.document, session.slug)
    reading = parse_lenient(document)
    figures = agreement(reading.charter)
    context = charter_context(
        document,
        digest="",
        signatures=[],
        is_draft=True,
        findings=[finding._asdict() for finding in session.standing.findings],
        agreement={
            "before": figures.before,
            "after": figures.after,
            "questions": [{"before": one.before, "after": one.after} for one in figures.questions],
        },
        amendments=[],
        value=None,
        depth=reading.charter.depth,
        words=wording(overrides),
    )
    return documents.render_document("charter", "md", context, overrides).decode()
