"""What a request for a signature is made of: a text, those who are asked, and those who answer questions."""

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
    """A proposed amendment, as those who approve it need it."""

    id: str
    changes: Sequence[str]
    """Everything that changes, a sentence each."""
    reason: str
    gives_up: Sequence[str]
    gains: Sequence[str]
    cost_change: float
    currency: str
    deadline_change_days: int
    effect_on_metric: str
    """Empty where the amendment says nothing about it."""
    from_week: int
    starts_on: date | None
    """The first day of that week; None where the charter has no start."""


class Request(NamedTuple):
    """What is asked of whom."""

    document: Table
    """The charter that the asked text makes, as parsed from TOML."""
    digest: str
    """64 hex digits of that text."""
    amendment: AmendmentSummary | None
    asked: Sequence[Signer]
    """Those who are asked, one entry for each party they sign for."""
    to_ask: Sequence[Signer]
    """Those who answer questions."""
    answer_by: date
