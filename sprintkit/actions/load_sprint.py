"""Loads everything about one sprint as models; both front ends load a sprint here."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sprintkit.actions.context import WorkspaceContext
from sprintkit.charter.completeness import AnswerCount, Gap, count_answers, missing_core
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import ParsedCharter, faults_as_problems, parse_lenient
from sprintkit.charter.prefill import fill_in
from sprintkit.errors import InputError, Problem
from sprintkit.records.base import Record, StoredRecord
from sprintkit.records.in_force import DigestOf, RefusedAmendment
from sprintkit.records.kinds import KINDS
from sprintkit.records.parsing import parse_record
from sprintkit.records.record_set import RecordSet
from sprintkit.signoff.canonical import content_digest
from sprintkit.store.files import LoadedFile
from sprintkit.store.sprint_files import SprintFiles, load_sprint

if TYPE_CHECKING:
    from sprintkit.charter.settings import Settings
    from sprintkit.progress.operation import Operation

_LISTED_GAPS: Final = 3

ParseText = Callable[[Mapping[str, Any]], ParsedCharter]


@dataclass(frozen=True, kw_only=True)
class Sprint(RecordSet):
    """A sprint loaded from its files. A file that cannot be read is a problem; all others are loaded."""

    slug: str
    files: SprintFiles
    problems: tuple[Problem, ...]
    """One entry for everything that could not be parsed; `path` names its file."""

    @cached_property
    def digest_of(self) -> DigestOf:
        """A function that computes the digest of a text of this sprint, and caches it."""
        cache: dict[int, tuple[Mapping[str, Any], str]] = {}

        def digest(text: Mapping[str, Any]) -> str:
            if id(text) not in cache:
                cache[id(text)] = text, content_digest(text)  # keeping the text prevents the reuse of its id
            return cache[id(text)][1]

        return digest

    @cached_property
    def parse_text(self) -> ParseText:
        """A function that parses a text of this sprint leniently, and caches it."""
        reading = self.reading
        # A parsed charter keeps its text, so that no other text can get its id.
        cache = {id(reading.document): reading}

        def parse(text: Mapping[str, Any]) -> ParsedCharter:
            if id(text) not in cache:
                cache[id(text)] = parse_lenient(text)
            return cache[id(text)]

        return parse

    @cached_property
    def answer_count(self) -> AnswerCount:
        """The number of answered questions, and of all questions."""
        return count_answers(self.reading)

    @cached_property
    def digest(self) -> str:
        """The digest of the saved charter; empty if there is none."""
        return "" if self.document is None else self.digest_of(self.document)

    @cached_property
    def filled_charter(self) -> Charter:
        """The saved charter, or the draft if there is none, with the values that follow from others filled in."""
        filled = fill_in(self.reading.document)
        if filled == self.reading.document:  # as a rule: a charter is saved filled in
            return self.reading.charter
        return parse_lenient(filled).charter

    @cached_property
    def texts(self) -> Mapping[str, Mapping[str, Any]]:
        """The charter and every text in `signed/`, by digest. A copy that does not match its name is left out."""
        texts = {
            self.digest_of(file.document): file.document for file in self.files.signed if self.is_intact(file)
        }
        return texts if self.document is None else {**texts, self.digest: self.document}

    def is_intact(self, file: LoadedFile) -> bool:
        """Whether a copy in `signed/` has the digest in its name."""
        try:
            return file.path.endswith(f"/{self.digest_of(file.document)[:12]}.toml")
        except InputError:
            return False

    @cached_property
    def operation_by_day(self) -> dict[tuple[date, Settings], Operation | None]:
        """A cache for `review.basis.sprint_operation`: the operation as known on a day."""
        return {}

    @property
    def void_amendments(self) -> tuple[RefusedAmendment, ...]:
        """Fully signed amendments that change nothing, with the reasons."""
        return () if self.document is None else tuple(self.judged_amendments()[1])

    @property
    def draft_pending(self) -> bool:
        """Whether there is a changed draft next to a charter that is already agreed."""
        return self.files.draft is not None and self.files.charter is not None


def load_records(context: WorkspaceContext, slug: str, *, is_known: bool = False) -> Sprint:
    """The sprint `slug`. Raises InputError, naming the closest one, if there is no such sprint.

    `is_known` skips that check, for a slug that comes from the workspace.
    """
    return parse_records(load_sprint(context.workspace, slug, is_known=is_known))


def parse_records(files: SprintFiles) -> Sprint:
    """The sprint in these files."""
    problems = list(files.problems)
    agreed = None
    if files.charter is not None:
        agreed = parse_lenient(files.charter.document)
        non_finite = _find_non_finite(files.charter.document.get("extra"), "extra")
        if agreed.faults or non_finite is not None:
            problems.extend(faults_as_problems(agreed.faults, files.charter.path))
            if non_finite is not None:
                problems.append(non_finite._replace(path=files.charter.path))
            agreed = None
        elif gaps := missing_core(agreed):
            problems.append(_incomplete_problem(gaps, files.charter.path))
            agreed = None
    draft = None if files.draft is None else parse_lenient(files.draft.document)
    if draft is not None and files.draft is not None and files.charter is None:
        problems.extend(faults_as_problems(draft.unknown_keys, files.draft.path))
    by_model: dict[type[Record], tuple[StoredRecord[Any], ...]] = {}
    for kind in KINDS:
        if loaded := files.records_of(kind):
            model = kind.load_model()
            by_model[model] = tuple(_parse_all(model, loaded, problems))
    return Sprint(
        slug=files.slug,
        files=files,
        draft=draft,
        agreed=agreed,
        by_model=by_model,
        problems=tuple(problems),
    )


def _incomplete_problem(gaps: Sequence[Gap], path: str) -> Problem:
    """The problem of a charter that lacks answers of the core."""
    listed = ", ".join(gap.path for gap in gaps[:_LISTED_GAPS])
    more = f" and {len(gaps) - _LISTED_GAPS} more" if len(gaps) > _LISTED_GAPS else ""
    hint = f"Put the saved file back, from Git or a backup. All that is missing: sprintkit check {path}"
    return Problem("charter_incomplete", f"not a complete charter, it lacks {listed}{more}", path, hint)


def _parse_all(
    model: type[Record], loaded: Iterable[LoadedFile], problems: list[Problem]
) -> Iterator[StoredRecord[Record]]:
    """The records that can be parsed; adds to `problems` what is wrong with the others."""
    for file in loaded:
        try:
            yield StoredRecord(file.path, parse_record(model, file.document, file.path))
        except InputError as error:
            problems.extend(error.problems)


def _find_non_finite(value: Any, path: str) -> Problem | None:
    """A problem if `[extra]` holds NaN or infinity, which have no canonical form to compute a digest from."""
    if isinstance(value, float) and not math.isfinite(value):
        return Problem("not_canonical", f"{path} is {value}. Write a finite number.")
    parts: Iterable[tuple[str, Any]] = ()
    if isinstance(value, Mapping):
        parts = ((f"{path}.{key}", part) for key, part in value.items())
    elif isinstance(value, list):
        parts = ((f"{path}[{index}]", part) for index, part in enumerate(value))
    problems = (_find_non_finite(part, part_path) for part_path, part in parts)
    return next((problem for problem in problems if problem is not None), None)
