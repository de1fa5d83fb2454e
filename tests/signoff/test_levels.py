"""How a decision was received, in words: only one's own approval is called signed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from sprintkit.records.parsing import parse_record
from sprintkit.records.signature import Signature
from sprintkit.signoff.levels import LEVELS, PHRASES, describe_level, level_of, mail_proof_text
from sprintkit.text.dates import format_date

WORDS = Path(__file__).parent.parent.parent / "templates/words.json"
PROOF = mail_proof_text("a" * 64, "<1@example.org>", "bram@example.org", "")


def make_signature(**values: Any) -> Signature:
    record = {
        "person": "bram", "party": "sponsor", "decision": "approve", "on": date(2026, 2, 12),
        "at": datetime(2026, 2, 12, tzinfo=UTC), "digest": "0" * 64, "name": "Bram", "received": "own",
    }  # fmt: skip
    return parse_record(Signature, record | values)


@pytest.mark.parametrize(
    ("values", "contact", "level", "words"),
    [
        ({}, None, "own", "signed, name typed"),
        ({"decision": "reject", "comment": "no"}, None, "own", "rejected, name typed"),
        ({"received": "paper"}, None, "recorded", "approved on paper, as recorded by X"),
        ({"received": "meeting"}, None, "recorded", "approved in a meeting, as recorded by X"),
        ({"received": "meeting", "decision": "reject"}, None, "recorded", "rejected in a meeting, as recorded by X"),
        ({"received": "email", "proof": PROOF}, "Bram <BRAM@example.org>", "mail",
         "approved by e-mail of 12 February 2026 from bram@example.org, recorded by X"),
        ({"received": "email", "proof": PROOF}, None, "recorded", "approved by e-mail, as recorded by X"),
        ({"received": "email", "proof": PROOF}, "z@example.org", "recorded", "approved by e-mail, as recorded by X"),
        ({"received": "email", "proof": f"{PROOF}; why"}, "bram@example.org", "recorded",
         "approved by e-mail, as recorded by X"),
        ({"received": "email", "proof": "in my inbox"}, "bram@example.org", "recorded",
         "approved by e-mail, as recorded by X"),
    ],
)  # fmt: skip
def test_a_signature_has_its_level_and_its_words(
    values: dict[str, Any], contact: str | None, level: str, words: str
) -> None:
    signature = make_signature(**values)
    assert level_of(signature, contact) == level
    assert describe_level(signature, level_of(signature, contact), "X", format_date) == words


def test_a_key_is_mentioned_only_once_it_is_verified() -> None:
    states = ("verified", "absent", "failed")
    words = [describe_level(make_signature(), "own", "", format_date, ssh=state) for state in states]
    assert words == [
        "signed, with own key",
        "signed, name typed",
        "name typed; its SSH signature is not verified",
    ]


def test_only_own_approvals_are_described_as_signed() -> None:
    for level, received, decision in product(LEVELS, ("email", "paper", "meeting"), ("approve", "reject")):
        if level != "own":
            signature = make_signature(received=received, decision=decision, proof=PROOF)
            assert "signed" not in describe_level(signature, level, "X", format_date)


def test_documents_use_the_same_words() -> None:
    words = json.loads(WORDS.read_text("utf-8"))
    assert {key: words[key] for key in words if key.startswith("level_")} == PHRASES
