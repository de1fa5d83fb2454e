"""Splits "Bram Yellowby, Head of Sales" into a name and a role.

Names contain commas too ("Smith, John", "de la Cruz, Ana", "Lena Oduya, PhD"), so only what is certainly a role is
split off. Importing this module loads word lists.
"""

from __future__ import annotations

import re
from typing import Final

from sprintkit.charter.lexicon.english_people import FUNCTION, GROUP, ROLE

_ROLE_WORDS: Final = frozenset(
    (
        f"{FUNCTION}, {GROUP}, {ROLE}, foreman, forewoman, sponsor, controller, accountant, nurse, sister, matron, "
        "doctor, physician, surgeon, engineer, technician, dispatcher, planner, clerk, secretary, assistant, "
        "architect, buyer, scientist, teacher, professor, lecturer, librarian, editor, lawyer, counsel, auditor, "
        "inspector, superintendent, steward, rep, representative, advisor, adviser, deputy, founder, principal, "
        "treasurer, chair, chairman, chairwoman, warden, ranger, leiter, leiterin, chef, chefin, cheffe, meister, "
        "meisterin, referent, referentin, inhaber, inhaberin, geschäftsführer, geschäftsführerin, disponent, "
        "disponentin, directeur, directrice, responsable, chargé, chargée, gérant, gérante, jefe, jefa, directora, "
        "encargado, encargada, gerente, coordinador, coordinadora, dueño, dueña, técnico, técnica, enfermera, "
        "enfermero"
    ).split(", ")
)
_ROLE_ENDINGS: Final = (
    "leiter",
    "leiterin",
    "meister",
    "meisterin",
    "führer",
    "führerin",
    "beauftragte",
    "beauftragter",
)
_CREDENTIALS: Final = (
    "jr", "sr", "ii", "iii", "iv", "esq", "phd", "dphil", "md", "do", "dds", "dvm", "rn", "np", "mba", "msc", "bsc",
    "ma", "ba", "jd", "llm", "cpa", "pmp", "pe", "frcs", "facs", "frcp", "dr", "prof", "obe", "mbe", "cbe", "sj",
)  # fmt: skip
"""What may follow a comma and still belong to the name."""
_PARTICLES: Final = (
    "de", "la", "las", "los", "del", "der", "den", "von", "van", "vom", "zu", "da", "das", "do", "dos", "di", "du",
    "des", "le", "el", "al", "bin",
)  # fmt: skip
"""Small words inside a surname."""


def split_role(text: str) -> tuple[str, str]:
    """The name and the role in `text`; the unchanged text and "" unless a comma certainly separates the two."""
    name, *parts = [part.strip() for part in text.split(",")]
    while parts and parts[0].replace(".", "").casefold() in _CREDENTIALS:
        name = f"{name}, {parts.pop(0)}"
    if not parts or not any(map(str.isalpha, name)):
        return text, ""
    is_inverted = len(name.split()) == 1 and len(parts) == 1
    if all(_is_role(part, may_be_given_name=is_inverted) for part in parts):
        return name, ", ".join(parts)
    return text, ""


def _is_role(text: str, *, may_be_given_name: bool) -> bool:
    """Whether the part after a comma is a role.

    `may_be_given_name` leaves out a single lower-case word, as in "smith, john".
    """
    words = text.split()
    folded = [word.strip(".()").casefold() for word in words]
    if not words or not any(map(str.isalpha, text)):
        return False
    if not _ROLE_WORDS.isdisjoint(folded) or any(word.endswith(_ROLE_ENDINGS) for word in folded):
        return True
    if re.fullmatch(r"[A-Z]{2,5}", text):
        return True
    has_capital = any(word[:1].isupper() for word in words)
    plain = [word for word in words if word[:1].islower() and word.casefold() not in _PARTICLES]
    if has_capital:
        return bool(plain)  # "Keeper of the keys"; the words of a name are particles or have capitals
    return bool(plain) and not (may_be_given_name and len(words) == 1)
