"""Who must sign: the parties of a charter, and the people whom an amendment touches.

What parses a charter is imported where it is used: plain proof knows who must sign without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.charter.model import Charter
    from sprintkit.records.amendment import Amendment, Change

PARTY_BY_SECTION: Final = {
    "success_metric": "sponsor",
    "budget": "sponsor",
    "timeline": "sponsor",
    "process": "process",
    "integration_points": "tool",
    "deliverable": "builder",
    "plan": "builder",
}
"""The party that a section of the charter belongs to; a data requirement belongs to its own data owner."""


def signers(amendment: Amendment, before: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Party and person of everybody who must sign an amendment; `before` is the charter in force before it.

    These are sponsor, owner, and the party of each section it changes; an editorial one needs only the first two.
    """
    from sprintkit.charter.parsing import parse_lenient

    charter = parse_lenient(before).charter
    pairs = [(party, person) for party in ("sponsor", "owner") for person in people_for_party(party, charter)]
    if amendment.kind != "editorial":
        for change in amendment.changes:
            pairs.extend(_parties_of_change(change, charter, before))
    return list(dict.fromkeys(pairs))


def required_people(amendment: Amendment, before: Mapping[str, Any]) -> tuple[str, ...]:
    """The people among `signers`, each once."""
    return tuple(dict.fromkeys(person for _party, person in signers(amendment, before)))


def _parties_of_change(change: Change, charter: Charter, before: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Party and person of the section that a change belongs to."""
    try:
        parts = paths.parse(change.path)
    except paths.PathError:
        return []
    if parts[0] == "data_requirements":
        return [("data", owner) for owner in _data_owners(change, charter, before)]
    party = PARTY_BY_SECTION.get(str(parts[0]))
    return [(party, person) for person in people_for_party(party, charter)] if party else []


def _data_owners(change: Change, charter: Charter, before: Mapping[str, Any]) -> Sequence[str]:
    """The owner of the data source that is changed; of a new source, the one it names."""
    sources = charter.data_requirements
    try:
        parts = paths.resolve(before, change.path)
    except paths.PathError:
        parts = ()
    if len(parts) > 1 and isinstance(parts[1], int):
        owners = [sources[parts[1]].data_owner]
    elif isinstance(change.new, Mapping):
        owners = [change.new.get("data_owner")]
    else:
        owners = [source.data_owner for source in sources]
    return [owner for owner in owners if isinstance(owner, str) and not is_blank(owner)]


def people_for_party(party: str, charter: Charter) -> list[str]:
    """The people who sign for a party: its signatories, or whoever has that role if it names none."""
    people = [signatory.person for signatory in charter.plan.signatories if signatory.party == party]
    if not any(person and not is_blank(person) for person in people):
        roles = {
            "sponsor": charter.charter.sponsor,
            "owner": charter.owner.person,
            "process": charter.process.lead,
        }
        people = [roles.get(party)]
    return [person for person in people if person is not None and not is_blank(person)]


def signatories(charter: Charter) -> list[tuple[str, str]]:
    """Party and person of everybody who must sign a charter; sponsor and owner if it names nobody."""
    pairs = [
        (signatory.party, signatory.person)
        for signatory in charter.plan.signatories
        if signatory.party
        and signatory.person
        and not is_blank(signatory.party)
        and not is_blank(signatory.person)
    ]
    if not pairs:
        pairs = [
            (party, person) for party in ("sponsor", "owner") for person in people_for_party(party, charter)
        ]
    return list(dict.fromkeys(pairs))
