"""What is not taken, one module a kind of record; each tells everything that is wrong at once.

The problems begin with the path of the field in the record. Their file is not named here: the caller knows it.
"""

from .amendment import of_amendment, of_log
from .checkin import of_checkin
from .closing import of_closing
from .correction import of_correction
from .readiness import of_readiness
from .review import of_review
from .signature import of_signature
from .testimony import of_parked_sheet, of_testimony

__all__ = [
    "of_amendment",
    "of_checkin",
    "of_closing",
    "of_correction",
    "of_log",
    "of_parked_sheet",
    "of_readiness",
    "of_review",
    "of_signature",
    "of_testimony",
]
