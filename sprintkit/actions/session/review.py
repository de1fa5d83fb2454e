"""The review at the end of a session: what still prevents saving or signing, and the document as it will read.

`render_preview` imports inside the function: the template engine is needed for the review alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sprintkit.actions.session.analysis import (
    DraftAnalysis,
    is_at_or_below,
    message_in_place,
    question_at,
    section_of,
    value_at,
)
from sprintkit.actions.session.outline import containing_item, describe_place, spot_at
from sprintkit.actions.session.rows import Spot
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.values import input_advice, person_name
from sprintkit.charter import paths
from sprintkit.charter.agreement import charter_agreement
from sprintkit.charter.blank import is_blank
from sprintkit.charter.completeness import missing_core, parked_core_paths
from sprintkit.charter.findings import ERROR, Finding
from sprintkit.charter.people import paths_by_person
from sprintkit.charter.questions import SECTIONS
from sprintkit.charter.rules import is_advice
from sprintkit.records.signatories import signatories
from sprintkit.signoff.mail_address import find_address
from sprintkit.text.dates import format_short_date

ReviewKind = Literal[
    "missing", "wrong", "error", "warning", "advice", "parked", "waived", "idle", "role", "address"
]


class ReviewLine(NamedTuple):
    """One thing to see to, and where."""

    kind: ReviewKind
    path: str
    """With indices."""
    spot: Spot
    place: str
    """Section and question, in words."""
    message: str
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Everything there is to see to, each kind in the order of the session."""

    to_save: tuple[ReviewLine, ...]
    """There is no charter while there are any of these."""
    to_sign: tuple[ReviewLine, ...]
    """Nobody can sign while there are any of these."""
    advice: tuple[ReviewLine, ...]
    """What the judge remarks; it keeps nobody from signing."""
    waived: tuple[ReviewLine, ...]
    idle: tuple[ReviewLine, ...]
    """Waivers that no longer waive anything."""
    roles: tuple[ReviewLine, ...]
    """People without a role."""
    addresses: tuple[ReviewLine, ...]
    """People who sign and have no e-mail address, unless somebody said not to ask."""
    is_saved: bool
    """Whether the charter on disk says all this already."""

    @property
    def summary(self) -> str:
        """Where the charter stands, in one line."""
        settle = f"{len(self.to_sign)} to settle before signing"
        if self.to_save:
            return f"{len(self.to_save)} to go before it can be saved"
        if self.is_saved:
            return f"saved; {settle}" if self.to_sign else "saved; can be signed"
        return f"can be saved; {settle}" if self.to_sign else "complete: save it, then it can be signed"

    @property
    def warnings(self) -> list[Finding]:
        """The warnings that are to be fixed or waived."""
        return [line.finding for line in self.to_sign if line.kind == "warning" and line.finding is not None]


def build_review(session: Session) -> Review:
    """Collect what is left to do in a session."""
    analysis = session.analysis
    to_save = [*_missing_core_lines(analysis), *_wrong_lines(session), *_parked_core_lines(analysis)]
    save_paths = {line.path for line in to_save}
    finding_lines = _finding_lines(analysis)
    to_sign = [
        line
        for line in (*_missing_lines(analysis), *finding_lines, *_parked_lines(analysis))
        if line.kind != "advice"
        if line.path not in save_paths or line.kind == "warning"
    ]
    return Review(
        to_save=_sort_lines(to_save),
        to_sign=_sort_lines(to_sign),
        advice=_sort_lines([line for line in finding_lines if line.kind == "advice"]),
        waived=tuple(_waived_lines(analysis)),
        idle=tuple(_idle_line(analysis, finding) for finding in analysis.unused_waivers),
        roles=tuple(_role_lines(analysis)),
        is_saved=session.draft_file.has_saved_charter(session.document),
        addresses=tuple(line for line in _address_lines(analysis) if line.path not in session.not_asked),
    )


def _review_line(
    kind: ReviewKind, analysis: DraftAnalysis, path: str, message: str, finding: Finding | None = None
) -> ReviewLine:
    target = path if finding is None else analysis.row_of(finding)
    if kind == "missing":  # go to the first open question in it, if it has any
        inside = (f"{path}.", f"{path}[")
        target = next((row for row in analysis.open_questions if row.startswith(inside)), path)
    place = describe_place(analysis.document, path)
    return ReviewLine(kind, path, spot_at(analysis, target), place, message, finding)


def _missing_core_lines(analysis: DraftAnalysis) -> list[ReviewLine]:
    lines = []
    parked = set(parked_core_paths(analysis.parsed))
    faults = {fault.path for fault in analysis.parsed.faults}
    for gap in missing_core(analysis.parsed):
        if gap.path in parked or gap.path in faults:
            continue
        minimum = f" (at least {gap.min_entries})" if gap.min_entries > 1 else ""
        lines.append(_review_line("missing", analysis, gap.path, f"{gap.question.spec.prompt}{minimum}"))
    return lines


def _wrong_lines(session: Session) -> list[ReviewLine]:
    lines = []
    for fault in session.analysis.parsed.faults:
        question = question_at(fault.path) if fault.kind != "unknown_key" else None
        message = fault.message
        if question is not None and question.is_leaf and fault.kind == "wrong_type":
            message = input_advice(question, session.text(fault.path), session.context.today)
        lines.append(_review_line("wrong", session.analysis, fault.path, message))
    return lines


def _parked_core_lines(analysis: DraftAnalysis) -> list[ReviewLine]:
    return [
        _review_line(
            "parked", analysis, path, f"{_parked_message(analysis, path)} There is no charter without it."
        )
        for path in parked_core_paths(analysis.parsed)
    ]


def _parked_lines(analysis: DraftAnalysis) -> list[ReviewLine]:
    core = set(parked_core_paths(analysis.parsed))
    return [
        _review_line("parked", analysis, parked.path, _parked_message(analysis, parked.path))
        for parked in analysis.parked
        if parked.path and parked.path not in core
    ]


def _parked_message(analysis: DraftAnalysis, path: str) -> str:
    parked = analysis.parked_at(path)
    holder = person_name(analysis.document, parked.holder) if parked and parked.holder else "nobody yet"
    due = f" by {format_short_date(parked.due)}" if parked and parked.due else ""
    return f"Parked with {holder}{due}."


def _missing_lines(analysis: DraftAnalysis) -> list[ReviewLine]:
    """Lines for open questions outside the core, and for findings that wait for an answer.

    Items that are required and not there yet make one line for their list.
    """
    core = {gap.path for gap in missing_core(analysis.parsed)}
    lines = []
    absent_items: dict[str, set[str]] = {}
    for path, question in analysis.open_questions.items():
        if any(is_at_or_below(path, core_path) for core_path in core):
            continue
        item = containing_item(path)
        if item and value_at(analysis.document, paths.parse(item)) is None:
            absent_items.setdefault(paths.format_path(paths.parse(item)[:-1]), set()).add(item)
        else:
            lines.append(_review_line("missing", analysis, path, question.question.spec.prompt))
    for list_path, items in absent_items.items():
        list_question = question_at(list_path)
        prompt = list_question.spec.prompt if list_question else ""
        lines.append(_review_line("missing", analysis, list_path, f"{prompt} (at least {len(items)} more)"))
    for finding in analysis.pending_findings:
        kind: ReviewKind = "missing" if finding.severity == ERROR else "warning"
        lines.append(_review_line(kind, analysis, finding.path, message_in_place(finding), finding))
    return lines


def _finding_lines(analysis: DraftAnalysis) -> list[ReviewLine]:
    lines = []
    for finding in analysis.active_findings:
        kind: ReviewKind = "error" if finding.severity == ERROR else "warning"
        if is_advice(finding.rule):
            kind = "advice"
        lines.append(_review_line(kind, analysis, finding.path, message_in_place(finding), finding))
    return lines


def _waived_lines(analysis: DraftAnalysis) -> Iterator[ReviewLine]:
    waivers = {
        (waiver.rule, _resolve_or_empty(analysis, waiver.path or "")): waiver
        for waiver in analysis.charter.waivers
    }
    for finding in analysis.findings:
        if finding.waived:
            waiver = waivers[finding.rule, finding.path]
            by = person_name(analysis.document, waiver.by or "")
            message = f"It stays: {waiver.reason} ({by}) {message_in_place(finding)}"
            yield _review_line("waived", analysis, finding.path, message, finding)


def _idle_line(analysis: DraftAnalysis, finding: Finding) -> ReviewLine:
    waiver = analysis.charter.waivers[int(paths.parse(finding.path)[1])]
    path = _resolve_or_empty(analysis, waiver.path or "")
    spot = spot_at(analysis, path or "charter.title")
    place = describe_place(analysis.document, path) if path else waiver.path
    return ReviewLine(
        "idle", finding.path, spot, f"Waiver of {waiver.rule} at {place}", finding.message, finding
    )


def _resolve_or_empty(analysis: DraftAnalysis, path: str) -> str:
    """A path as a waiver writes it, with indices; empty if it points nowhere."""
    try:
        return paths.format_path(paths.resolve(analysis.document, path, append=True))
    except paths.PathError:
        return ""


def _role_lines(analysis: DraftAnalysis) -> list[ReviewLine]:
    lines = []
    for key, references in paths_by_person(analysis.charter).items():
        person = analysis.charter.people.get(key)
        path = paths.format_path(("people", key, "role"))
        if person is not None and is_blank(person.role) and path not in analysis.open_questions:
            place = describe_place(analysis.document, references[0])
            lines.append(_review_line("role", analysis, path, f"What do they do? Named at {place}."))
    return lines


def _address_lines(analysis: DraftAnalysis) -> Iterator[ReviewLine]:
    """A line for everybody who signs and whose contact holds no e-mail address."""
    for key in dict.fromkeys(person for _party, person in signatories(analysis.charter)):
        person = analysis.charter.people.get(key)
        if person is not None and find_address(person.contact) is None:
            path = paths.format_path(("people", key, "contact"))
            message = "At which e-mail address? Only an answer from there counts as approved by e-mail."
            yield _review_line("address", analysis, path, message)


def _sort_lines(lines: list[ReviewLine]) -> tuple[ReviewLine, ...]:
    section_order = [section.key for section in SECTIONS]
    ranks = {"missing": 0, "wrong": 0, "error": 1, "warning": 2, "parked": 3, "advice": 4}
    return tuple(
        sorted(lines, key=lambda line: (ranks[line.kind], section_order.index(section_of(line.path).key)))
    )


def render_preview(session: Session) -> str:
    """The charter document as it will read, in Markdown, made from the answers so far.

    Raises SprintkitError if a template of the workspace is broken.
    """
    from sprintkit.actions.render.house_templates import load_house_templates, load_house_wording
    from sprintkit.charter.parsing import parse_lenient
    from sprintkit.charter.prefill import fill_in
    from sprintkit.documents.context.charter import build_charter_context
    from sprintkit.documents.render.document import render_document

    review = build_review(session)
    templates = load_house_templates(session.context.workspace)
    document = fill_in(session.document, session.slug)
    charter = parse_lenient(document).charter
    context = build_charter_context(
        document,
        is_draft=bool(review.to_save or review.to_sign),
        findings=session.analysis.findings,
        agreement=charter_agreement(charter),
        depth=charter.depth,
        wording=load_house_wording(templates),
    )
    return render_document("charter", "md", context, templates.files, unusable=templates.unusable).decode()
