"""Finds the current decision of each signatory: a person may change their mind until everybody has approved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.records.signature import Signature

Signatory = tuple[str, str]
"""Party and person."""
Decisions = Mapping[Signatory, "Signature"]


def standing_decisions(signatures: Iterable[Signature], required: Collection[Signatory]) -> Decisions:
    """The current decision of each of the `required` signatories; `signatures` are all about one text.

    The latest `at` counts. No decision counts after the text is complete, so that an agreement cannot be revoked by
    adding a file.
    """
    own = [signature for signature in signatures if (signature.party, signature.person) in required]
    return decide(own, lambda decisions: is_complete(decisions, required))


def decide(signatures: Iterable[Signature], is_settled: Callable[[Decisions], bool]) -> Decisions:
    """Each signatory's latest decision, in the order of `at`, up to the one that settles the text.

    If several have the same time, rejections come first, so that no approval completes a text rejected at that time.
    """
    decisions: dict[Signatory, Signature] = {}
    for signature in sorted(
        signatures, key=lambda signature: (signature.at, signature.decision == "approve")
    ):
        if is_settled(decisions):
            break
        decisions[signature.party, signature.person] = signature
    return decisions


def is_complete(decisions: Decisions, required: Collection[Signatory]) -> bool:
    """Whether all of the `required` signatories approve; nobody required is not complete."""
    return bool(required) and all(
        signatory in decisions and decisions[signatory].decision == "approve" for signatory in required
    )
