"""Finds everything that keeps a text from being signed."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from sprintkit.actions.check.findings import check_charter
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.measured import rates_to_compare
from sprintkit.actions.sign.texts import SignableText
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.rules.sign_gate import GateEntry, sign_gate_entries
from sprintkit.errors import Problem
from sprintkit.records.amendment import Amendment
from sprintkit.records.amendment_limits import closing_refusals
from sprintkit.records.progress_log import accepted_milestones, blockers_by_id
from sprintkit.records.validation.amendment import validate_amendment
from sprintkit.text.dates import format_date

_WRITE_AGAIN: Final = "Withdraw the amendment and write it again: change that, or say there why it may stay."
"""The remedy for a finding in an amended text, since the record of an amendment is never edited."""


class Block(NamedTuple):
    """One thing that has to be settled before anybody signs."""

    code: str
    """`draft_pending`, `closed`, `altered`, `parked`, or the id of a rule."""
    path: str | None
    """The field, with indices; None if it is about no field."""
    message: str
    hint: str | None

    def as_problem(self, file: str | None) -> Problem:
        """The block as a problem with a file."""
        return Problem(self.code, self.message, file, self.hint)


def find_record_blocks(sprint: Sprint, text: SignableText, today: date) -> list[Block]:
    """What keeps a text from being signed on a day, apart from the findings of rules."""
    slug, blocks = sprint.slug, []
    if sprint.draft_pending:
        blocks.append(
            Block(
                "draft_pending",
                None,
                "a changed draft lies beside the charter, so nobody knows which of the two is meant",
                f"Save it: sprintkit scope {slug}; or drop it: sprintkit scope {slug} --discard",
            )
        )
    blocks += _closed_blocks(sprint, text, today)
    for copy in sprint.files.signed:
        if not sprint.is_intact(copy):
            message = f"{copy.path} is not the text that was approved: it was altered"
            blocks.append(Block("altered", None, message, "Put it back, from Git or a backup."))
    return blocks


def _closed_blocks(sprint: Sprint, text: SignableText, today: date) -> list[Block]:
    """What a closing forbids. An operating sprint can still amend people, data and budget."""
    closing = sprint.closing_on(today)
    if closing is None:
        return []
    if text.amendment is not None and text.before is not None:
        refusals = closing_refusals(text.amendment.record, text.before, closing.record)
        return [
            Block("closed", None, f"{refusal.field} {refusal.message}", refusal.hint) for refusal in refusals
        ]
    message = f"the sprint was closed on {format_date(closing.record.on)}"
    return [Block("closed", None, message, "What is agreed from now on is a charter of its own.")]


def gate_blocks(context: WorkspaceContext, sprint: Sprint, text: SignableText) -> list[Block]:
    """What the sign gate finds in a text: errors, warnings that nobody waived, parked questions.

    The gate applies until somebody has decided about the text, so that a rule that changes later locks nobody out. For an
    amendment, only findings that the charter before it lacks count, and reasons to refuse the amendment.
    """
    if text.signatures:
        return []
    findings = check_charter(context, text.parsed, rates_to_compare(sprint))
    if text.amendment is None or text.before is None:
        return [_gate_block(entry) for entry in sign_gate_entries(text.parsed, findings)]
    before = parse_lenient(text.before)
    known = {(finding.rule, finding.path) for finding in check_charter(context, before)}
    new = [finding for finding in findings if (finding.rule, finding.path) not in known]
    known_entries = set(sign_gate_entries(before, ()))
    return [
        *(_record_block(problem) for problem in _amendment_problems(context, sprint, text)),
        *(
            _gate_block(entry)._replace(hint=_WRITE_AGAIN)
            for entry in sign_gate_entries(text.parsed, new)
            if entry not in known_entries
        ),
    ]


def _amendment_problems(context: WorkspaceContext, sprint: Sprint, text: SignableText) -> list[Problem]:
    """The reasons to refuse an amendment, apart from findings, which the gate counts itself."""
    if text.amendment is None or text.before is None:
        return []
    amendment, entries = text.amendment.record, sprint.entries()
    others = [stored.record for stored in sprint.records_of(Amendment) if stored is not text.amendment]
    earlier = [other for other in others if other.from_week < amendment.from_week]
    return validate_amendment(
        amendment,
        text.before,
        earlier,
        accepted=accepted_milestones(entries, sprint.charter_by_week),
        blockers=blockers_by_id(entries),
        settings=context.settings,
    )


def _gate_block(entry: GateEntry) -> Block:
    return Block(entry.code, entry.path, entry.message, entry.hint)


def _record_block(problem: Problem) -> Block:
    """The block for a reason to refuse an amendment's record, which is about no field of the charter."""
    return Block(problem.code, None, problem.message, problem.hint)
