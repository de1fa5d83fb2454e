"""Who must sign: the parties of a charter, and the people whom an amendment touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import parse_lenient
from sprintkit.records.amendment import Amendment, Change

PARTY_OF: Final = {
    "success_metric": "sponsor",
    "budget": "sponsor",
    "timeline": "sponsor",
    "process": "process",
    "integration_points": "tool",
    "deliverable": "builder",
    "plan": "builder",
}
"""The party that a part of the charter belongs to; a data requirement belongs to its own data owner."""


def signers(amendment: Amendment, before: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Party and person of everybody who must sign an amendment; `before` is the charter in force before it.

    Sponsor, owner, and whoever stands for each part it touches; for wording alone only the first two.
    """
    charter = parse_lenient(before).charter
    pairs = [(party, person) for party in ("sponsor", "owner") for person in people_of(party, charter)]
    if amendment.kind != "editorial":
        for change in amendment.changes:
            pairs.extend(_touched(change, charter, before))
    return list(dict.fromkeys(pairs))


def required(amendment: Amendment, before: Mapping[str, Any]) -> tuple[str, ...]:
    """The people among `signers`, each once."""
    return tuple(dict.fromkeys(person for _party, person in signers(amendment, before)))


def _touched(change: Change, charter: Charter, before: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Who stands for the part of the charter that a change touches, beside sponsor and owner."""
    try:
        parts = paths.parse(change.path)
    except paths.PathError:
        return []
    if parts[0] == "data_requirements":
        return [("data", owner) for owner in _data_owners(change, charter, before)]
    party = PARTY_OF.get(str(parts[0]))
    return [(party, person) for person in people_of(party, charter)] if party else []


def _data_owners(change: Change, charter: Charter, before: Mapping[str, Any]) -> Sequence[str]:
    """The owner of the data source that a change touches; of a new source, the one it names."""
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


def people_of(party: str, charter: Charter) -> list[str]:
    """The people who sign for a party: its signatories; where there are none, who has that role."""
    named = [one.person for one in charter.plan.signatories if one.party == party]
    if not any(person and not is_blank(person) for person in named):
        roles = {
            "sponsor": charter.charter.sponsor,
            "owner": charter.owner.person,
            "process": charter.process.lead,
        }
        named = [roles.get(party)]
    return [person for person in named if person is not None and not is_blank(person)]


def signatories(charter: Charter) -> list[tuple[str, str]]:
    """Party and person of everybody who must sign a charter; sponsor and owner where it names nobody."""
    named = [
        (one.party, one.person)
        for one in charter.plan.signatories
        if one.party and one.person and not is_blank(one.party) and not is_blank(one.person)
    ]
    if not named:
        named = [(party, person) for party in ("sponsor", "owner") for person in people_of(party, charter)]
    return list(dict.fromkeys(named))
