"""The content of a request for signatures: a text, who is asked, and who answers questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sprintkit.documents.context.values import Table


class Signer(NamedTuple):
    """Somebody who signs for one party."""

    person: str
    """Key in `[people]`."""
    name: str
    party: str
    role: str
    contact: str


class AmendmentSummary(NamedTuple):
    """What people who approve a proposed amendment need to know."""

    id: str
    changes: Sequence[str]
    """One sentence for each change."""
    reason: str
    gives_up: Sequence[str]
    gains: Sequence[str]
    cost_change: float
    currency: str
    deadline_change_days: int
    effect_on_metric: str
    """Empty if the amendment does not say."""
    from_week: int
    starts_on: date | None
    """The first day of that week; None if the charter has no start."""


class Request(NamedTuple):
    """What is asked of whom."""

    document: Table
    """The charter as people are asked to sign it, as parsed from TOML."""
    digest: str
    """64 hex digits of that text."""
    amendment: AmendmentSummary | None
    asked: Sequence[Signer]
    """Those who are asked, one entry for each party they sign for."""
    to_ask: Sequence[Signer]
    """Those who answer questions."""
    answer_by: date
