"""Validators for each kind of record, one module for each kind. A validator reports all problems at once.

A problem's message begins with the path of the field in the record. It does not name the file: the caller knows it.
"""

from sprintkit.records.validation.amendment import validate_amendment, validate_amendment_log
from sprintkit.records.validation.checkin import validate_checkin
from sprintkit.records.validation.closing import validate_closing
from sprintkit.records.validation.correction import validate_correction
from sprintkit.records.validation.probe import validate_probe
from sprintkit.records.validation.readiness import validate_readiness
from sprintkit.records.validation.review import validate_review
from sprintkit.records.validation.signature import validate_signature
from sprintkit.records.validation.testimony import validate_parked_sheet, validate_testimony

__all__ = [
    "validate_amendment",
    "validate_amendment_log",
    "validate_checkin",
    "validate_closing",
    "validate_correction",
    "validate_parked_sheet",
    "validate_probe",
    "validate_readiness",
    "validate_review",
    "validate_signature",
    "validate_testimony",
]
