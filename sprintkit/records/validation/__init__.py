"""What is not taken, one module a kind of record; each tells everything that is wrong at once.

The problems begin with the path of the field in the record. Their file is not named here: the caller knows it.
"""

from sprintkit.records.validation.amendment import of_log, validate_amendment
from sprintkit.records.validation.checkin import validate_checkin
from sprintkit.records.validation.closing import validate_closing
from sprintkit.records.validation.correction import validate_correction
from sprintkit.records.validation.readiness import validate_readiness
from sprintkit.records.validation.review import validate_review
from sprintkit.records.validation.signature import validate_signature
from sprintkit.records.validation.testimony import of_parked_sheet, validate_testimony

__all__ = [
    "of_log",
    "of_parked_sheet",
    "validate_amendment",
    "validate_checkin",
    "validate_closing",
    "validate_correction",
    "validate_readiness",
    "validate_review",
    "validate_signature",
    "validate_testimony",
]
