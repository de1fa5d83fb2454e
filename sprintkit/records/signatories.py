"""Determines who must sign a charter or an amendment.

The parser of charters is imported inside functions, since the fast path of `verify` finds the signatories without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
"""The party responsible for a section of the charter; a data requirement belongs to its own data owner."""
_TABLES_OF_PARTIES: Final = ("charter", "owner", "process", "plan")
"""The tables of a charter that name who signs for a party; see `people_for_party`."""


def signers(
    amendment: Amendment, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Party and person of everybody who must sign an amendment that turns the charter `before` into `after`.

    These are the sponsor, the owner, and the party of each section it changes; an editorial amendment needs only the
    first two. The people are those of `after`, but a removed source needs its owner of `before`. A party without a person
    needs no signature.
    """
    return signers_of_changes(amendment.changes, before, after, is_editorial=amendment.kind == "editorial")


def signers_of_changes(
    changes: Iterable[Change], before: Mapping[str, Any], after: Mapping[str, Any], *, is_editorial: bool
) -> list[tuple[str, str]]:
    """As `signers`, for the changes of an amendment."""
    from sprintkit.charter.parsing import parse_lenient

    charter = parse_lenient({key: after[key] for key in _TABLES_OF_PARTIES if key in after}).charter
    pairs = [(party, person) for party in ("sponsor", "owner") for person in people_for_party(party, charter)]
    if not is_editorial:
        for change in changes:
            pairs.extend(_parties_of_change(change, charter, before, after))
    return list(dict.fromkeys(pairs))


def required_people(
    amendment: Amendment, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[str, ...]:
    """The people among `signers`, each once."""
    return tuple(dict.fromkeys(person for _party, person in signers(amendment, before, after)))


def _parties_of_change(
    change: Change, charter: Charter, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Party and person of the section that a change belongs to."""
    try:
        parts = paths.parse(change.path)
    except paths.PathError:
        return []
    if parts[0] == "data_requirements":
        return [("data", owner) for owner in _data_owners(parts, before, after)]
    party = PARTY_BY_SECTION.get(str(parts[0]))
    return [(party, person) for person in people_for_party(party, charter)] if party else []


def _data_owners(
    parts: paths.PathParts, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Sequence[str]:
    """The owner of the changed, added or removed data source; all owners if the whole list changes."""
    if len(parts) == 1:
        owners = [source.get("data_owner") for source in (*_sources(after), *_sources(before))]
    else:
        old = _source_at(before, parts[:2])
        new = _source_at(after, parts[:2] if old is None else _place_of(old, parts[:2]))
        owners = [(new or old or {}).get("data_owner")]
    names = [owner for owner in owners if isinstance(owner, str) and not is_blank(owner)]
    return list(dict.fromkeys(names))


def _source_at(document: Mapping[str, Any], place: paths.PathParts) -> Mapping[str, Any] | None:
    try:
        source = paths.get_value(document, place)
    except paths.PathError:
        return None
    return source if isinstance(source, Mapping) else None


def _place_of(source: Mapping[str, Any], place: paths.PathParts) -> paths.PathParts:
    """The path of a source by its name, since indices shift when another source is removed."""
    name = paths.item_name(source)
    return place if name is None else (place[0], name)


def _sources(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    sources = document.get("data_requirements")
    return [source for source in sources if isinstance(source, Mapping)] if isinstance(sources, list) else []


def people_for_party(party: str, charter: Charter) -> list[str]:
    """The people who sign for a party: its signatories, or the person with that role if there are none."""
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
