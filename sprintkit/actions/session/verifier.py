"""Who accepts a proof that is being typed, and whether the proof names somebody else."""

from __future__ import annotations

import re
from typing import Final

from sprintkit.actions.session.analysis import DraftAnalysis, value_at
from sprintkit.actions.session.suggest import people_names
from sprintkit.actions.session.values import person_name
from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank

PROOFS: Final = ("plan.milestones[].acceptance", "deliverable.acceptance[].evidence")
"""The questions whose answer somebody verifies."""
_FIRST_NAME: Final = re.compile(r"\s*([^\W\d_]+)(?: [^\W\d_]+)?,\s")
"""How a proof begins that says who looks: `Hanna, comparing the two lists`."""


def verifier_name(analysis: DraftAnalysis, path: str) -> str:
    """The name of whoever verifies the proof at a path: as given, else the owner; empty if it is no proof, or nobody."""
    parts = paths.parse(path)
    if paths.path_pattern(parts) not in PROOFS:
        return ""
    for place in ((*parts[:-1], "verifier"), ("owner", "person")):
        value = value_at(analysis.document, place)
        if isinstance(value, str) and not is_blank(value):
            return person_name(analysis.document, value)
    return ""


def named_in_proof(analysis: DraftAnalysis, text: str, verifier: str) -> str:
    """The full name of a known person with whom a proof begins, if that is not the verifier; else empty."""
    match = _FIRST_NAME.match(text)
    first_name = match[1].casefold() if match else ""
    if not first_name or first_name in verifier.casefold().split():
        return ""
    names = people_names(analysis.document)
    return next((name for name in names if name.casefold().split()[:1] == [first_name]), "")
