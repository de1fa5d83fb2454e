"""Who must sign, who has signed, and the resulting state of the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.context.approval import Approval
from sprintkit.documents.context.values import Table, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording
from sprintkit.signoff.levels import level_phrase
from sprintkit.text.composing import fold_name
from sprintkit.text.escaping import escape_invisible

DIGEST_DIGITS: Final = 12
"""How many hex digits of a digest are shown. Records keep all of them."""
MAX_COVER_SIGNATORIES: Final = 9
"""The most signatories named on page one. The signature block lists all of them."""


def build_signature_block(
    document: Table,
    answers: AnswerTree,
    wording: Wording,
    *,
    digest: str,
    approval: Approval,
    signatures: Sequence[Table],
    is_draft: bool,
    draft_headline: str = "",
    amendment_ids: Sequence[str] = (),
) -> dict[str, Any]:
    """The signature block: the signatories in the charter's order, then any signatures that were not required.

    A signature is a record (person, party, decision, on, name, comment, received, proof, recorded_by, digest) with
    `valid`, `level` (own, mail or recorded) and `ssh` (verified, absent or failed) added. Without `valid`, it counts if
    its digest is `digest`; without `level`, it is `own` if its `received` is `own` or missing. `draft_headline` says how
    many findings are still open; with one, a text that nobody has approved counts as a draft until the sprint is
    closed. `amendment_ids` are the amendments in force.
    """
    say = wording.say
    described = [_describe_signature(signature, answers, wording, digest) for signature in signatures]
    required, others = _match_signatories(_signatories(document), described, answers, wording, digest)
    by_state = {
        state: [entry for entry in required if entry["state"] == state]
        for state in ("approved", "rejected", "stale")
    }
    approved, rejected = by_state["approved"], by_state["rejected"]
    waiting = [entry for entry in required if entry["state"] in ("waiting", "stale")]
    state = _document_state(is_draft, len(required), len(approved), len(rejected))
    if state == "unsigned" and draft_headline and approval.stage != "closed":
        state = "draft"
    can_sign = bool(digest) and state != "draft" and approval.stage != "closed"
    title = excerpt(answers.root["charter"]["title"]["text"], 80)
    is_own = all(entry["level"] == "own" for entry in approved)
    people_on_cover = [_cover_entry(entries, wording) for entries in _by_person(required)]
    hidden_on_cover = len(people_on_cover) - MAX_COVER_SIGNATORIES
    return {
        "state": state,
        "headline": draft_headline
        if state == "draft" and draft_headline
        else say("seal_approved" if state == "signed" and not is_own else _headline_phrase(state, approval)),
        "is_draft": state == "draft",
        "line": say(
            f"seal_{state}_line",
            names=_names_with_parties(approved, wording),
            waiting=_names_with_parties(waiting, wording),
            refused=_names_with_parties(rejected, wording),
            done=len(approved),
            all=len(required),
        ),
        "short": _short_line(state, len(approved), len(required), approval, wording),
        "front": people_on_cover[:MAX_COVER_SIGNATORIES],
        "front_more": say("front_more", n=hidden_on_cover) if hidden_on_cover > 0 else "",
        "stale_line": say(
            "seal_stale_line", names=wording.join_list([entry["name"] for entry in by_state["stale"]])
        )
        if by_state["stale"]
        else "",
        "amended_line": say("amended_line", ids=wording.join_list(list(amendment_ids)))
        if amendment_ids
        else "",
        "is_signed": state == "signed",
        "digest": digest,
        "digest12": digest[:DIGEST_DIGITS] or say("no_digest"),
        "required": required,
        "people": _group_by_person(required, title, digest if can_sign else "", wording),
        "reply_none": say("reply_closed" if approval.stage == "closed" else "reply_none"),
        "others": others,
        "given": len(approved),
        "count": len(required),
    }


def _document_state(is_draft: bool, required: int, approved: int, rejected: int) -> str:
    if is_draft:
        return "draft"
    if rejected:
        return "rejected"
    if required and approved == required:
        return "signed"
    return "partly_signed" if approved else "unsigned"


def _headline_phrase(state: str, approval: Approval) -> str:
    """The phrase for a document's state, also for a sprint that began or ended without the approval of all."""
    if state in ("unsigned", "partly_signed") and approval.stage in ("started", "closed"):
        return f"seal_{state}_{approval.stage}"
    return f"seal_{state}"


def _short_line(state: str, done: int, required: int, approval: Approval, wording: Wording) -> str:
    """How many have approved; for a closed sprint also by when approval was asked, for a draft whether it has begun."""
    say = wording.say
    counts = say("seal_unsigned_short" if done == 0 else "seal_partly_signed_short", done=done, all=required)
    if state in ("unsigned", "partly_signed") and approval.stage == "closed" and approval.due is not None:
        return f"{counts} {say('seal_asked', day=wording.format_date(approval.due))}"
    if state == "draft" and approval.stage in ("started", "closed"):
        return f"{say('seal_draft_started')} {counts}"
    return say(f"seal_{state}_short", done=done, all=required)


def _signatories(document: Table) -> list[tuple[str, str]]:
    """The party and person of everyone who must sign; sponsor and owner if the charter lists nobody."""
    entries = get_table(document, "plan").get("signatories")
    listed = [
        (str(entry.get("party", "")), str(entry.get("person", "")))
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, Mapping) and (entry.get("party") or entry.get("person"))
    ]
    if listed:
        return listed
    sponsor = get_table(document, "charter").get("sponsor")
    owner = get_table(document, "owner").get("person")
    return [("sponsor", str(sponsor or "")), ("owner", str(owner or ""))]


def _match_signatories(
    signatories: list[tuple[str, str]],
    signatures: list[dict[str, Any]],
    answers: AnswerTree,
    wording: Wording,
    digest: str,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Each signatory with their signature, and the signatures left over."""
    remaining = list(signatures)
    required = []
    for party, person in signatories:
        own = [
            signature
            for signature in remaining
            if signature["party"] == escape_invisible(party) and signature["key"] == escape_invisible(person)
        ]
        # Someone who signed the charter and its amendments has several. The one for this text comes first.
        best = min(own, key=lambda signature: (not signature["exact"], not signature["valid"]), default=None)
        if best is not None:
            remaining.remove(best)
        required.append(_describe_signatory(party, person, best, answers, wording, digest))
    return required, remaining


def _full_name(typed: str, name: str) -> str:
    """The name as typed; as the charter spells it if the two differ only in case or spacing."""
    return name if not typed or fold_name(typed) == fold_name(name) else typed


def _describe_signature(record: Table, answers: AnswerTree, wording: Wording, digest: str) -> dict[str, Any]:
    """One signature as documents show it."""

    def text(key: str) -> str:
        return escape_invisible(str(record.get(key) or ""))

    person = answers.person(record.get("person"))
    level = str(record.get("level") or ("own" if record.get("received", "own") == "own" else "recorded"))
    is_exact = record.get("digest") == digest
    return {
        "key": text("person"),
        "party": text("party"),
        "party_text": wording.party_role(text("party")),
        "name": _full_name(text("name"), person["text"]),
        "person": person["text"],
        "approves": record.get("decision") != "reject",
        "on": _format_signing_day(record, wording),
        "comment": text("comment"),
        "proof": text("proof"),
        "level": level,
        "how": _describe_how(record, level, answers, wording),
        "digest12": text("digest")[:DIGEST_DIGITS],
        "exact": is_exact,
        "valid": bool(record.get("valid", is_exact)) and record.get("ssh") != "failed",
    }


def _describe_how(record: Table, level: str, answers: AnswerTree, wording: Wording) -> str:
    """How a decision was received. Only an own approval is called signed."""
    ssh = str(record.get("ssh"))
    key, sender = level_phrase(
        decision="reject" if record.get("decision") == "reject" else "approve",
        received=str(record.get("received") or "own"),
        proof=str(record.get("proof") or ""),
        level="own" if level == "own" else "mail" if level == "mail" else "recorded",
        ssh="verified" if ssh == "verified" else "failed" if ssh == "failed" else "absent",
    )
    return wording.say(
        key,
        day=_format_signing_day(record, wording),
        sender=escape_invisible(sender),
        by=answers.person(record.get("recorded_by"))["text"],
    )


def _format_signing_day(record: Table, wording: Wording) -> str:
    moment = record.get("on") or record.get("at")
    if isinstance(moment, datetime):
        moment = moment.date()
    if isinstance(moment, date):
        return wording.format_date(moment)
    text = str(moment or "")[:10]
    try:
        return wording.format_date(date.fromisoformat(text))
    except ValueError:
        return escape_invisible(text)


def _describe_signatory(
    party: str,
    key: str,
    signature: dict[str, Any] | None,
    answers: AnswerTree,
    wording: Wording,
    digest: str,
) -> dict[str, Any]:
    """One signatory: what they promise, the state of their signature, and the line to reply with."""
    person = answers.person(key)
    party_text = wording.party_role(escape_invisible(party)) or wording.say("nobody_named")
    if signature is None:
        state, line = "waiting", wording.say("sign_waiting")
    elif not signature["valid"]:
        state = "stale"
        line = wording.say("sign_stale", day=signature["on"], digest=signature["digest12"])
    elif signature["approves"]:
        state = "approved"
        phrase = "sign_approved" if signature["exact"] else "sign_before"
        line = wording.say(phrase, day=signature["on"], digest=signature["digest12"])
    else:
        state, line = "rejected", wording.say("sign_rejected", day=signature["on"])
    promises = wording.phrases["promises"]
    promise_key = party
    if party == "sponsor" and get_table(answers.document, "budget").get("sprint_cost") is None:
        promise_key = "sponsor_without_cost"
    return {
        "party": escape_invisible(party),
        "party_text": party_text,
        "key": escape_invisible(key),
        "name": person["text"] or wording.say("nobody_named"),
        "role": person["role"],
        "promise": promises.get(promise_key, promises["other"]),
        "state": state,
        "line": line,
        "level": signature["level"] if signature else "",
        "how": signature["how"] if signature else "",
        "comment": signature["comment"] if signature else "",
        "proof": signature["proof"] if signature else "",
    }


def approval_sentence(title: str, digest: str, parties: Sequence[str], wording: Wording) -> str:
    """The sentence with which somebody approves a charter for these parties, with the first digits of its digest."""
    names = wording.join_list([wording.party_role(party) for party in parties])
    return wording.say("reply", title=title, digest=digest[:DIGEST_DIGITS], party=names)


def _by_person(required: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The signatories by person, in order of first appearance. Entries without a person stay separate."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for number, entry in enumerate(required):
        groups.setdefault(entry["key"] or f" {number}", []).append(entry)
    return list(groups.values())


def _group_by_person(
    required: Sequence[dict[str, Any]], title: str, digest: str, wording: Wording
) -> list[dict[str, Any]]:
    """The signatories by person, since a person signs for all their parties at once.

    Each has `promises`, `decisions` (each decision so far once, with its parties unless it covers all), `reply` (the
    sentence to sign, empty if nothing is left to sign) and `anchor`, a unique number for signing services.
    """
    people = []
    for anchor, entries in enumerate(_by_person(required), 1):
        waiting = [entry["party"] for entry in entries if entry["state"] != "approved"]
        decisions: dict[tuple[str, ...], list[str]] = {}
        for entry in entries:
            if entry["state"] != "waiting":
                key = (entry["state"], entry["line"], entry["how"], entry["proof"], entry["comment"])
                decisions.setdefault(key, []).append(entry["party_text"])
        people.append(
            {
                "name": entries[0]["name"],
                "role": entries[0]["role"],
                "promises": [
                    {"party": entry["party_text"], "promise": entry["promise"]} for entry in entries
                ],
                "decisions": [
                    {
                        "state": state,
                        "line": line,
                        "how": how,
                        "proof": proof,
                        "comment": comment,
                        "parties": wording.join_list(parties) if len(parties) < len(entries) else "",
                    }
                    for (state, line, how, proof, comment), parties in decisions.items()
                ],
                "state": "waiting" if waiting else "approved",
                "reply": approval_sentence(title, digest, waiting, wording) if digest and waiting else "",
                "anchor": anchor,
            }
        )
    return people


def _cover_entry(entries: Sequence[dict[str, Any]], wording: Wording) -> dict[str, Any]:
    """One person as page one shows them: their role, what they promise, and whether they have signed."""
    parties = dict.fromkeys(entry["party_text"] for entry in entries)
    party = excerpt(wording.join_list(list(parties)), 60)
    lines: dict[str, list[str]] = {}
    for entry in entries:
        state = entry["state"]
        if state == "approved":
            state += f"_{entry['level']}"
        lines.setdefault(wording.say(f"sign_{state}_short"), []).append(entry["party_text"])
    states = {entry["state"] for entry in entries}
    return entries[0] | {
        "name": excerpt(entries[0]["name"], 60),
        "party_text": party,
        "signs_as": wording.say("signs_as", party=party),
        "promise": "; ".join(dict.fromkeys(entry["promise"] for entry in entries)),
        "state": states.pop() if len(states) == 1 else "waiting",
        "line": next(iter(lines))
        if len(lines) == 1
        else "; ".join(f"{wording.join_list(names)}: {line}" for line, names in lines.items()),
    }


def _names_with_parties(signatories: list[dict[str, Any]], wording: Wording) -> str:
    return wording.join_list([f"{entry['name']} ({entry['party_text']})" for entry in signatories])
