"""Who must sign, who did, and what that makes of a document: a draft, partly signed, signed or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.text import escape_invisible, excerpt
from sprintkit.documents.wording import Wording

SHOWN: Final = 12
"""Hex digits of a digest that are shown; all of them are kept in records."""
FRONT: Final = 9
"""Signatories named on page one; all of them stand in the signature block."""


def seal(
    document: Mapping[str, Any],
    answers: AnswerTree,
    words: Wording,
    *,
    digest: str,
    signatures: Sequence[Mapping[str, Any]],
    is_draft: bool,
    amended: Sequence[str] = (),
) -> dict[str, Any]:
    """The signature block: one entry a signatory in the order of the charter, then signatures nobody asked for.

    A signature is a record (person, party, decision, on, name, comment, received, proof, recorded_by, digest)
    with `valid` beside it, and `ssh` (verified, absent or failed) where that was looked at. Without `valid` it
    counts where its digest is `digest`. `amended` names the amendments that are in force.
    """
    say = words.say
    short = digest[:SHOWN]
    given = [_given(entry, answers, words, digest) for entry in signatures]
    used: set[int] = set()
    required = []
    for party, person in _signatories(document):
        theirs = [
            at
            for at, entry in enumerate(given)
            if at not in used
            and entry["party"] == escape_invisible(party)
            and entry["key"] == escape_invisible(person)
        ]
        # Who signed the charter and its amendments gave several: the one for this very text says most.
        match = min(theirs, key=lambda at: (not given[at]["exact"], not given[at]["valid"]), default=None)
        if match is not None:
            used.add(match)
        required.append(
            _required(party, person, given[match] if match is not None else None, answers, words, short)
        )
    others = [entry for at, entry in enumerate(given) if at not in used]
    done = [entry for entry in required if entry["state"] == "approved"]
    refused = [entry for entry in required if entry["state"] == "rejected"]
    stale = [entry for entry in required if entry["state"] == "stale"]
    waiting = [entry for entry in required if entry["state"] in ("waiting", "stale")]
    if is_draft:
        state = "draft"
    elif refused:
        state = "rejected"
    elif required and len(done) == len(required):
        state = "signed"
    elif done:
        state = "partly_signed"
    else:
        state = "unsigned"
    names = words.listed([f"{entry['name']} ({entry['party_text']})" for entry in done])
    wait = words.listed([f"{entry['name']} ({entry['party_text']})" for entry in waiting])
    who = words.listed([f"{entry['name']} ({entry['party_text']})" for entry in refused])
    return {
        "state": state,
        "headline": say(f"seal_{state}"),
        "line": say(
            f"seal_{state}_line", names=names, waiting=wait, refused=who, done=len(done), all=len(required)
        ),
        "short": say(f"seal_{state}_short", done=len(done), all=len(required)),
        "front": [
            entry
            | {
                "name": excerpt(entry["name"], 60),
                "party_text": excerpt(entry["party_text"], 20),
                "line": say(f"sign_{entry['state']}_short"),
            }
            for entry in required[:FRONT]
        ],
        "front_more": say("front_more", n=len(required) - FRONT) if len(required) > FRONT else "",
        "stale_line": say("seal_stale_line", names=words.listed([entry["name"] for entry in stale]))
        if stale
        else "",
        "amended_line": say("amended_line", ids=words.listed(list(amended))) if amended else "",
        "is_signed": state == "signed",
        "digest": digest,
        "digest12": short or say("no_digest"),
        "required": required,
        "others": others,
        "given": len(done),
        "count": len(required),
    }


def _signatories(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Party and person of everybody who must sign; sponsor and owner where the charter names nobody."""
    plan = document.get("plan")
    listed = plan.get("signatories") if isinstance(plan, Mapping) else None
    found = [
        (str(entry.get("party", "")), str(entry.get("person", "")))
        for entry in (listed if isinstance(listed, list) else [])
        if isinstance(entry, Mapping) and (entry.get("party") or entry.get("person"))
    ]
    if found:
        return found
    frame, owner = document.get("charter"), document.get("owner")
    sponsor = frame.get("sponsor") if isinstance(frame, Mapping) else None
    person = owner.get("person") if isinstance(owner, Mapping) else None
    return [("sponsor", str(sponsor or "")), ("owner", str(person or ""))]


def _given(entry: Mapping[str, Any], answers: AnswerTree, words: Wording, digest: str) -> dict[str, Any]:
    """One signature as it is shown."""
    person = answers.person(entry.get("person"))
    received = str(entry.get("received") or "own")
    recorder = answers.person(entry.get("recorded_by"))
    how = words.say("received_own")
    if received != "own":
        how = words.say("received_other", how=words.choice(received, "received"), by=recorder["text"])
    if entry.get("ssh") in ("verified", "failed"):
        how += f" {words.say('ssh_' + str(entry['ssh']))}"
    return {
        "key": escape_invisible(str(entry.get("person") or "")),
        "party": escape_invisible(str(entry.get("party") or "")),
        "party_text": words.choice(escape_invisible(str(entry.get("party") or "")), "party"),
        "name": escape_invisible(str(entry.get("name") or "")) or person["text"],
        "person": person["text"],
        "approves": entry.get("decision") != "reject",
        "on": _day(entry, words),
        "comment": escape_invisible(str(entry.get("comment") or "")),
        "proof": escape_invisible(str(entry.get("proof") or "")),
        "how": how,
        "digest12": escape_invisible(str(entry.get("digest") or ""))[:SHOWN],
        "exact": entry.get("digest") == digest,
        "valid": bool(entry.get("valid", entry.get("digest") == digest)) and entry.get("ssh") != "failed",
    }


def _day(entry: Mapping[str, Any], words: Wording) -> str:
    on = entry.get("on") or entry.get("at")
    if isinstance(on, datetime):
        on = on.date()
    if isinstance(on, date):
        return words.day(on)
    text = str(on or "")[:10]
    try:
        return words.day(date.fromisoformat(text))
    except ValueError:
        return escape_invisible(text)


def _required(
    party: str, key: str, given: dict[str, Any] | None, answers: AnswerTree, words: Wording, short: str
) -> dict[str, Any]:
    """One signatory: what is promised, where the signature stands, and the line to reply with."""
    person = answers.person(key)
    name = person["text"] or words.say("nobody_named")
    party_text = words.choice(escape_invisible(party), "party") or words.say("nobody_named")
    if given is None:
        state, line = "waiting", words.say("sign_waiting")
    elif not given["valid"]:
        state, line = "stale", words.say("sign_stale", day=given["on"], digest=given["digest12"])
    elif given["approves"]:
        key = "sign_approved" if given["exact"] else "sign_before"
        state, line = "approved", words.say(key, day=given["on"], digest=given["digest12"])
    else:
        state, line = "rejected", words.say("sign_rejected", day=given["on"])
    promises = words.words["promises"]
    return {
        "party": escape_invisible(party),
        "party_text": party_text,
        "key": escape_invisible(key),
        "name": name,
        "role": person["role"],
        "promise": promises.get(party, promises["other"]),
        "state": state,
        "line": line,
        "how": given["how"] if given and state != "waiting" else "",
        "comment": given["comment"] if given else "",
        "proof": given["proof"] if given else "",
        "reply": words.say("reply", digest=short, party=escape_invisible(party)) if short else "",
    }
