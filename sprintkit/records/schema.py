"""JSON Schema of every kind of record, for editors that complete and check TOML."""

from __future__ import annotations

from typing import Any, Final

from sprintkit.charter.schema import DIALECT, simplify_schema
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import Record
from sprintkit.records.checkin import CheckIn
from sprintkit.records.closing import Closing
from sprintkit.records.correction import Correction
from sprintkit.records.readiness import ReadinessAnswers
from sprintkit.records.review import Review
from sprintkit.records.signature import Signature
from sprintkit.records.testimony import ParkedSheet, Testimony

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
    made: dict[str, Any] = {
        "$schema": DIALECT,
        **simplify_schema(KINDS[kind].model_json_schema(by_alias=True)),
    }
    made["title"] = f"sprintkit {kind}"
    return made
