"""Builds the context of a sprint's document from the sprint's files.

This imports the model, the rules and the records, so `render` imports it only if the context is not cached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from importlib import import_module
from typing import Any

from sprintkit.actions.check.findings import check_charter
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.measured import rates_to_compare
from sprintkit.actions.render.house_templates import load_house_wording
from sprintkit.actions.sign.evidence import collect_evidence
from sprintkit.actions.signature_status import missing_signatories
from sprintkit.charter.agreement import CharterAgreement, charter_agreement
from sprintkit.charter.findings import Finding
from sprintkit.charter.monthly_value import value_inputs
from sprintkit.charter.parsing import ParsedCharter, parse_lenient
from sprintkit.documents.catalogue import CHARTERED, Document
from sprintkit.documents.context.source import (
    CharterText,
    CheckedSignature,
    ScoredReadiness,
    SprintEnd,
    SprintSource,
)
from sprintkit.errors import InputError, RefusedError
from sprintkit.progress.data_checks import ProbedSource, probed_sources
from sprintkit.progress.summary import Sentence
from sprintkit.records.amendment import Amendment
from sprintkit.records.checkin import CheckIn
from sprintkit.records.in_force import RefusedAmendment
from sprintkit.records.kinds import top_name_of
from sprintkit.records.probe import Probe
from sprintkit.signoff.canonical import content_digest
from sprintkit.text.composing import fold_name
from sprintkit.text.escaping import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.actions.sprint_view import SprintView
    from sprintkit.documents.context.request_facts import Request
    from sprintkit.progress.progress import Progress
    from sprintkit.progress.unsettled import UnsettledItem
    from sprintkit.progress.value import ValueColumn
    from sprintkit.store.house_files import HouseTemplates


def build_document_context(
    context: WorkspaceContext,
    sprint: Sprint,
    document: Document,
    templates: HouseTemplates,
    person: str | None = None,
) -> dict[str, Any]:
    """The context that the templates of `document` get for a sprint; `templates` are the workspace's own.

    `person`, by key or name, is the addressee of the document. Raises InputError if a file that the document shows
    cannot be read, RefusedError if the sprint's state has no such document, or the charter names no such person.
    """
    unreadable = [problem for problem in sprint.problems if _is_shown(problem.path or "", sprint, document)]
    if unreadable:
        raise InputError.from_problems(unreadable)
    if sprint.files.charter is None and sprint.files.draft is None:
        raise RefusedError(
            f"{sprint.slug} has no answers yet", code="no_charter", hint=f"Use: sprintkit scope {sprint.slug}"
        )
    source = LoadedSprint(context, sprint, person)
    _check_state(source, document)
    module, _, function = document.context.partition(":")
    build_context = getattr(import_module(module), function)
    template_context: dict[str, Any] = build_context(source, load_house_wording(templates))
    return template_context


def _is_shown(path: str, sprint: Sprint, document: Document) -> bool:
    """Whether the file or folder at `path` is one that the document shows."""
    relative = path.partition(f"/{sprint.slug}/")[2]
    return not relative or top_name_of(relative) in document.reads


def _check_state(source: LoadedSprint, document: Document) -> None:
    slug = source.slug
    if source.is_draft:
        if "scoping" not in document.states:
            raise RefusedError(
                f"{slug} has no charter yet, so there is no {document.name}",
                code="no_charter",
                hint=f"Use: sprintkit scope {slug}",
            )
    elif not set(CHARTERED) <= set(document.states) and source.state not in document.states:
        states = ", ".join(document.states)
        raise RefusedError(
            f"{slug} is {source.state}, so there is no {document.name} (only for: {states})",
            code="no_document",
        )


def _find_person(source: LoadedSprint, text: str) -> str:
    """The key of the person whose key or name is `text`. Raises RefusedError if the charter names no such person."""
    people = source.charter.document.get("people")
    entries = people if isinstance(people, Mapping) else {}
    names = {
        str(key): str(entry.get("name") or key) if isinstance(entry, Mapping) else str(key)
        for key, entry in entries.items()
    }
    for key, name in names.items():
        if fold_name(text) in (fold_name(key), fold_name(name)):
            return key
    known = ", ".join(map(one_line, names.values())) or "nobody"
    raise RefusedError(
        f"{source.slug} names nobody called {one_line(text)}", code="no_person", hint=f"It names: {known}."
    )


class LoadedSprint(SprintSource):
    """A sprint's files as the source of its documents."""

    def __init__(self, context: WorkspaceContext, sprint: Sprint, person: str | None = None) -> None:
        """`person`, by key or name, is the addressee. Raises RefusedError if the charter names no such person."""
        self._context = context
        self._sprint = sprint
        self.slug = sprint.slug
        self._addressee = None if person is None else _find_person(self, person)

    @property
    def state(self) -> str:
        """Of the sprint, as in `status`."""
        return self._view.state

    @property
    def today(self) -> date:
        return self._context.today

    @property
    def is_draft(self) -> bool:
        return self._sprint.document is None

    @property
    def is_closed(self) -> bool:
        return self._sprint.closing_on(self.today) is not None

    @cached_property
    def charter(self) -> CharterText:
        if self.is_draft:
            return CharterText(self._sprint.reading.document, "")
        return self._charter_in(self._week)

    @cached_property
    def charter_at_checkin(self) -> CharterText:
        return self._charter_in(self.progress.as_of_week)

    @property
    def depth(self) -> str | None:
        return self._parsed_charter.charter.depth

    @cached_property
    def findings(self) -> Sequence[Finding]:
        return check_charter(self._context, self._parsed_charter, rates_to_compare(self._sprint))

    @cached_property
    def agreement(self) -> CharterAgreement:
        return charter_agreement(self._parsed_charter.charter)

    @cached_property
    def amendments(self) -> Sequence[Amendment]:
        versions, _ = self._sprint.judged_amendments(self._context.today)
        in_force = [
            version.amendment
            for version in versions
            if version.amendment and (self._week is None or version.from_week <= self._week)
        ]
        rejected = [stored.record for stored in self._sprint.amendments if stored.record.decision == "reject"]
        return (*in_force, *rejected)

    @cached_property
    def refused_amendments(self) -> Sequence[RefusedAmendment]:
        return self._sprint.judged_amendments(self._context.today)[1]

    @cached_property
    def monthly_value(self) -> tuple[ValueColumn, ValueColumn, ValueColumn] | None:
        inputs = value_inputs(self._parsed_charter.charter)
        if inputs is None:
            return None
        from sprintkit.progress.value import compute_value_columns  # few charters have all the inputs

        return compute_value_columns(inputs, self._context.settings)

    @cached_property
    def signatures(self) -> Sequence[CheckedSignature]:
        if self.is_draft:
            return ()
        sprint, today = self._sprint, self._context.today
        has_ssh = any(stored.record.ssh is not None for stored in sprint.signatures)
        allowed = self._context.allowed_signers if has_ssh else None
        return [
            CheckedSignature(entry.record, entry.is_valid, entry.level, entry.ssh.state)
            for entry in collect_evidence(sprint, today, allowed)
            if not entry.is_superseded
        ]

    @cached_property
    def unsigned(self) -> Sequence[str]:
        names = {key: person.name for key, person in self.progress.current_charter.people.items()}
        return [names.get(key) or key for key in missing_signatories(self._sprint, self._context.today)]

    @cached_property
    def unsettled(self) -> Sequence[UnsettledItem]:
        from sprintkit.actions.status.attention import CLOSED_STATES  # few documents need these two
        from sprintkit.actions.status.rests_on import list_unsettled

        return () if self.state in CLOSED_STATES else list_unsettled(self._view, self._context.today)

    @cached_property
    def probed(self) -> Sequence[ProbedSource]:
        return probed_sources(self._sprint.records_of(Probe), self._context.today)

    @property
    def progress(self) -> Progress:
        return self._view.progress

    @property
    def status_row(self) -> Mapping[str, Any]:
        return self._view.row

    @cached_property
    def ending(self) -> Sequence[Sentence]:
        if self._sprint.closing_on(self._context.today) is None:
            return ()
        from sprintkit.actions.close.assessment import decided_sentences, find_closing_assessment

        assessment = find_closing_assessment(self._context, self._sprint, self._context.today)
        if assessment is None:
            return ()
        return (Sentence("Closed", assessment.sentence, "strong"), *decided_sentences(assessment))

    @cached_property
    def end(self) -> SprintEnd:
        from sprintkit.actions.close.assessment import assess_end

        assessment = assess_end(self._context, self._sprint, self._context.today)
        return SprintEnd(
            assessment.closing,
            assessment.progress,
            assessment.facts,
            assessment.suggestion,
            assessment.operation,
        )

    @cached_property
    def request(self) -> Request:
        from sprintkit.actions.sign.request_text import open_request  # only the request asks for it

        return open_request(self._context, self._sprint, self._addressee)

    @cached_property
    def readiness(self) -> ScoredReadiness | None:
        from sprintkit.actions.readiness.readiness import score_of_sprint  # one document asks for it

        return score_of_sprint(self._sprint, self._context.settings)

    @property
    def addressee(self) -> str | None:
        return self._addressee

    @cached_property
    def checkins(self) -> Sequence[CheckIn]:
        return self._sprint.entries(self._context.today)

    @cached_property
    def _view(self) -> SprintView:
        from sprintkit.actions.sprint_view import build_view

        return build_view(self._context, self._sprint)

    @property
    def _week(self) -> int | None:
        return self._sprint.week_of(self._context.today)

    def _charter_in(self, week: int | None) -> CharterText:
        document = self._sprint.document_in(week, on=self._context.today)
        return CharterText(document, content_digest(document))

    @cached_property
    def _parsed_charter(self) -> ParsedCharter:
        return self._sprint.reading if self.is_draft else parse_lenient(self.charter.document)
