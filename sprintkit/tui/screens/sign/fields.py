"""The fields of each kind of decision, and what a decision means in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from sprintkit.actions.sign.roster import RosterEntry
from sprintkit.actions.sign.sheet import SignSheet
from sprintkit.charter.blank import is_blank
from sprintkit.charter.people import find_person
from sprintkit.text.composing import fold_name
from sprintkit.tui.text import one_line

DecisionKind = Literal["own", "received", "reject"]
HOW: Final = {"own": "here, now", "email": "by e-mail", "paper": "on paper", "meeting": "in a meeting"}
"""How a decision was made, in words, by its name in the record."""
NAME: Final = "name"
"""The field for the full name, which takes the place of a signature."""
KEY: Final = "key"
"""The field for an SSH key."""
KEY_QUESTION: Final = "With an SSH key of your own, too? Its file; leave this empty to sign by name alone"
HOW_QUESTION: Final = "How did it come?"
HOW_MISSING: Final = "Pick how it came, with the arrow keys."
PROOF_QUESTIONS: Final = {
    "email": "Where is the mail? The path of the file, saved as .eml",
    "paper": "Where is the paper kept?",
    "meeting": "Where are the minutes, and who was there?",
}


class Decider(NamedTuple):
    """The person who decides, and what about."""

    sheet: SignSheet
    entries: tuple[RosterEntry, ...]
    """What the person signs for."""
    party: str | None
    """The only party that the person decides for; None for every party of theirs."""

    @property
    def person(self) -> str:
        """Key in `[people]`."""
        return self.entries[0].person

    @property
    def name(self) -> str:
        """Full name, on one line."""
        return one_line(self.entries[0].name)

    @property
    def text(self) -> str:
        """What is decided about, in words."""
        amendment = self.sheet.roster.amendment
        return "this charter" if amendment is None else f"amendment {one_line(amendment)}"


class DecisionField(NamedTuple):
    """Something to type or to pick for a decision."""

    name: str
    question: str
    missing: str
    """What to do if it is empty, in a sentence."""
    options: tuple[str, ...] = ()
    """Names in `HOW` to pick from; empty for a text."""
    completions: tuple[str, ...] = ()
    """Suggestions while typing."""
    is_optional: bool = False


def fields_for(decider: Decider, kind: DecisionKind, how: str) -> list[DecisionField]:
    """Return the fields of a kind of decision. `how` is a name in `HOW`, or empty until it is picked."""
    own_name = DecisionField(
        NAME,
        f"Type the full name of whoever decides here: {decider.name}",
        "The full name is still missing: it stands for the signature.",
    )
    received: list[DecisionField] = []
    if how and how != "own":
        received = [
            DecisionField(
                "proof", PROOF_QUESTIONS[how], "Say where it lies, so that somebody can look it up."
            ),
            DecisionField("recorded_by", "Who records it?", "Say who records it.", (), decider.sheet.names),
        ]
    if kind == "own":
        sheet = decider.sheet
        key = DecisionField(KEY, KEY_QUESTION, "", (), sheet.key_files, is_optional=True)
        return [own_name, key] if sheet.key_files or sheet.has_allowed_signers else [own_name]
    if kind == "received":
        return [DecisionField("how", HOW_QUESTION, HOW_MISSING, ("email", "paper", "meeting")), *received]
    fields = [
        DecisionField("comment", "Why is it rejected?", "A rejection says why."),
        DecisionField("how", HOW_QUESTION, HOW_MISSING, tuple(HOW)),
    ]
    return [*fields, own_name] if how == "own" else [*fields, *received]


def first_problem(decider: Decider, kind: DecisionKind, values: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the first field that is missing or wrong and what to do, or None if the decision can be reviewed."""
    for field in fields_for(decider, kind, values.get("how", "")):
        value = values.get(field.name, "")
        if is_blank(value) and not field.is_optional:
            return field.name, field.missing
        if field.name == NAME and fold_name(value) != fold_name(decider.entries[0].name):
            return field.name, f"That is not the full name in the charter: {decider.name}."
        if field.name == "recorded_by" and _find_person_key(decider, value) is None:
            return field.name, "Nobody in the charter is called that."
    return None


def decision_heading(decider: Decider, kind: DecisionKind) -> str:
    """Return a decision in a few words, such as `Bram Yellowby signs this charter`."""
    if kind == "own":
        return f"{decider.name} signs {decider.text}"
    if kind == "received":
        return f"{decider.name} approved {decider.text}"
    return f"{decider.name} rejects {decider.text}"


def explain_decision(decider: Decider, kind: DecisionKind, values: Mapping[str, str]) -> Iterator[str]:
    """Yield sentences that say what the decision means once it is recorded."""
    if kind != "reject":
        for entry in decider.entries:
            yield f"{decider.name} {one_line(entry.commitment)} ({one_line(entry.party)})."
        yield "It is for exactly this text: once the text changes, it no longer counts."
    else:
        yield f"As long as the rejection stands, {decider.text} is not agreed."
        yield f"Reason: {one_line(values.get('comment', ''))}"
    yield _level_sentence(decider, kind, values)


def _recorder_name(decider: Decider, typed: str) -> str:
    """Return the full name of the person who records it, whose name or key was typed."""
    return one_line(decider.sheet.people.get(_find_person_key(decider, typed) or "", typed))


def _find_person_key(decider: Decider, typed: str) -> str | None:
    """Return the key in `[people]` of the person whose name or key was typed."""
    return find_person({key: {"name": name} for key, name in decider.sheet.people.items()}, typed)


def _level_sentence(decider: Decider, kind: DecisionKind, values: Mapping[str, str]) -> str:
    """Return a sentence about the words in which documents will show the decision."""
    how, recorder = values.get("how", ""), _recorder_name(decider, values.get("recorded_by", ""))
    verb = "rejected" if kind == "reject" else "approved"
    if kind == "own" and not is_blank(values.get(KEY)):
        return (
            f"If this workspace's allowed_signers has the key for {decider.name}, every document will say: signed, with own "
            "key. Otherwise it will say that the SSH signature is not verified."
        )
    if kind == "own" or how == "own":
        return f"Every document will say: {'signed' if kind == 'own' else 'rejected'}, name typed."
    if how == "email" and kind == "received":
        contact = decider.entries[0].contact
        sender = f"from {one_line(contact)}" if contact else "from the person's own address"
        return (
            f"If the mail comes {sender}, approves in words of its own and quotes this digest, every document will say: "
            f"approved by e-mail, recorded by {recorder}. Otherwise it is only recorded, or refused with the reason."
        )
    return f"Every document will say: {verb} {HOW.get(how, how)}, as recorded by {recorder}."
