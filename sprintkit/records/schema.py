"""JSON Schema of every kind of record, for editors that complete and check TOML."""

from __future__ import annotations

from typing import Any, Final

from ..charter.schema import DIALECT, tidy
from .amendment import Amendment
from .base import Record
from .checkin import CheckIn
from .closing import Closing
from .corrections import Correction
from .readiness import ReadinessAnswers
from .review import Review
from .signature import Signature
from .testimony import ParkedSheet, Testimony

KINDS: Final[dict[str, type[Record]]] = {
    "checkin": CheckIn,
    "correction": Correction,
    "testimony": Testimony,
    "sheet": ParkedSheet,
    "signature": Signature,
    "amendment": Amendment,
    "closing": Closing,
    "review": Review,
    "readiness": ReadinessAnswers,
}
"""The models by the kind that a file's first line names."""


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind of record."""
    made: dict[str, Any] = {"$schema": DIALECT, **tidy(KINDS[kind].model_json_schema(by_alias=True))}
    made["title"] = f"sprintkit {kind}"
    return made
