"""The 25 answers while they are being given: kept as a draft, then saved in a sprint.

Before there is a sprint they belong to the workspace, and the next new sprint can adopt them.
"""

from __future__ import annotations

from typing import Any

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.draft import FormDraft
from sprintkit.actions.form.names import NEW_READINESS_FORM, readiness_form_name
from sprintkit.actions.readiness.readiness import load_readiness, save_readiness
from sprintkit.actions.result import Result
from sprintkit.errors import SprintkitError
from sprintkit.progress.readiness import ReadinessScore, compute_readiness
from sprintkit.records.readiness import SCORE_LABELS, ReadinessAnswers, readiness_questions
from sprintkit.text.numbers import format_figure

_PROOF = "proofs."
_BY = "by"
_SCORES = {format_figure(score): score for score in SCORE_LABELS}
"""Answers by their text in a draft."""


class ReadinessSheet:
    """Answers, proofs and who answered."""

    def __init__(self, context: WorkspaceContext, slug: str | None = None) -> None:
        """`slug` is None before there is a sprint. Raises InputError if the sprint's answers cannot be read."""
        self.context, self.slug = context, slug
        self.draft = FormDraft(context, NEW_READINESS_FORM if slug is None else readiness_form_name(slug))
        self.saved = None if slug is None else load_readiness(context, slug)
        """The answers saved in the sprint, if any."""
        self.texts = self.draft.load()
        """The texts of the draft by key: scores, proofs, and who answered."""
        self.has_draft = bool(self.texts)
        """Whether there are answers that are not saved in the sprint."""
        if not self.texts:
            self.texts = self._saved_texts()

    @property
    def scores(self) -> dict[str, float]:
        """The answers so far, by question id."""
        texts = {question_id: self.texts.get(question_id, "") for question_id in readiness_questions()}
        return {question_id: _SCORES[text] for question_id, text in texts.items() if text in _SCORES}

    @property
    def is_complete(self) -> bool:
        """Whether every question has an answer."""
        return len(self.scores) == len(readiness_questions())

    @property
    def by(self) -> str:
        """Who answered; empty if unknown."""
        return self.texts.get(_BY, "")

    def proof_of(self, question_id: str) -> str:
        """Where the proof of an answer can be seen; empty if unknown."""
        return self.texts.get(_PROOF + question_id, "")

    def answer(self, question_id: str, score: float | None) -> None:
        """Answer a question, or clear its answer with None. Its proof is kept in case it is answered again."""
        self._set(question_id, "" if score is None else format_figure(score))

    def set_proof(self, question_id: str, text: str) -> None:
        """Set where the proof of an answer can be seen."""
        self._set(_PROOF + question_id, text.strip())

    def set_author(self, name: str) -> None:
        """Set who answered."""
        self._set(_BY, name.strip())

    def _set(self, key: str, text: str) -> None:
        if self.texts.get(key, "") != text:
            self.texts[key] = text
            self.has_draft = True
            self.draft.request_save(self.texts, self.context.today)

    def record(self) -> dict[str, Any]:
        """The document of the answers so far."""
        proofs = {
            question_id: self.proof_of(question_id)
            for question_id in readiness_questions()
            if self.proof_of(question_id)
        }
        document: dict[str, Any] = {
            "on": self.context.today,
            "by": self.by,
            "answers": self.scores,
            "proofs": proofs,
        }
        if self.saved is not None:
            document["extra"] = self.saved.record.extra
        return {key: value for key, value in document.items() if value or key == "answers"}

    def answers(self) -> ReadinessAnswers:
        """The answers so far as a record."""
        return ReadinessAnswers.model_validate(self.record())

    def score(self) -> ReadinessScore:
        """The score of the answers so far; unanswered questions count as no."""
        return compute_readiness(self.answers().answers, self.context.settings)

    def save(self, slug: str) -> Result[Any]:
        """Save the answers in a sprint and close the draft.

        Raises ConflictError if the sprint's answers changed since they were read, InputError, WriteError.
        """
        expected = None if self.saved is None else self.saved.file.digest
        result = save_readiness(self.context, slug, self.record(), expected=expected)
        if not result.errors:
            self.draft.close()
        return result

    def reload(self) -> bool:
        """Read the sprint's answers again; returns whether they changed. Those of the draft stay."""
        before = self.saved
        self.saved = None if self.slug is None else load_readiness(self.context, self.slug)
        if before == self.saved:
            return False
        if not self.has_draft:
            self.texts = self._saved_texts()
        return True

    def discard(self) -> None:
        """Go back to the saved answers, or to none, and request the deletion of the draft."""
        self.draft.request_save({}, self.context.today)
        self.texts, self.has_draft = self._saved_texts(), False

    def take_unsaved(self) -> bool:
        """Adopt the answers that an earlier run could not save; returns whether there were any."""
        unsaved = self.draft.find_unsaved()
        if unsaved is None:
            return False
        self.texts, self.has_draft = dict(unsaved.answers), True
        self.draft.request_save(self.texts, self.context.today)
        self.draft.take_unsaved(unsaved)
        return True

    def _saved_texts(self) -> dict[str, str]:
        """The sprint's answers as the texts of a draft."""
        if self.saved is None:
            return {}
        record, texts = self.saved.record, {}
        for question_id in readiness_questions():
            score = getattr(record.answers, question_id)
            if score is not None:
                texts[question_id] = format_figure(score)
            if proof := record.proof_of(question_id):
                texts[_PROOF + question_id] = proof
        return {**texts, **({_BY: record.by} if record.by else {})}


def find_new_answers(context: WorkspaceContext) -> ReadinessSheet | None:
    """All 25 answers that were given before there was a sprint; None while some are open."""
    try:
        sheet = ReadinessSheet(context)
    except SprintkitError:
        return None
    return sheet if sheet.is_complete else None
