"""The request: a mail that asks people to approve a charter or an amendment, in plain sentences that read well on a phone.

An amendment has no document of its own: the mail lists every change, and the unchanged charter goes with it.
"""

from __future__ import annotations

from typing import Any

from sprintkit.documents.context.cover import switch_off_phrase
from sprintkit.documents.context.money import currency_label
from sprintkit.documents.context.request_facts import AmendmentSummary, Request, Signer
from sprintkit.documents.context.values import Table, as_date, as_number, get_table
from sprintkit.documents.wording import Wording
from sprintkit.signoff.mail_address import plain_address
from sprintkit.signoff.reply import answer_sentence
from sprintkit.signoff.reply_quotes import REQUEST_OPENING
from sprintkit.text.escaping import one_line
from sprintkit.text.numbers import format_rounded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.documents.context.source import SprintSource


def build_context(source: SprintSource, wording: Wording) -> dict[str, Any]:
    """The context of the request's templates for a sprint."""
    context = build_request_context(source.request, wording)
    if not source.is_closed:
        return context
    mail = {"to": [], "subject": context["document"]["title"]}
    return context | {"not_yet": wording.say("request_closed"), "mail": mail}


def build_request_context(request: Request, wording: Wording) -> dict[str, Any]:
    """The context of the request's templates."""
    document, say, amendment = request.document, wording.say, request.amendment
    title = _text(get_table(document, "charter").get("title")) or say("untitled")
    names = list(dict.fromkeys(one_line(signer.name) for signer in request.asked))
    about = one_line(amendment.id) if amendment else ""
    subject = say("request_subject_amendment", id=about, title=title) if amendment else ""
    promises = wording.phrases["promises"]
    return {
        "words": wording.phrases,
        "document": {"title": title, "lang": wording.phrases["lang"], "dir": wording.phrases["dir"]},
        "running": title,
        "not_yet": "" if request.asked else say("request_nobody"),
        "opening": REQUEST_OPENING,
        "salutation": say("request_dear", names=wording.join_list(names)),
        "asks": _asks(request, about, wording),
        "facts": [] if amendment else _facts(document, wording),
        "amendment": None if amendment is None else _amendment(amendment, document, wording),
        "means": [
            say(
                "request_means_line",
                name=one_line(signer.name),
                promise=promises.get(_promise_key(signer.party, document), promises["other"]),
                party=one_line(wording.party_role(signer.party)),
            )
            for signer in request.asked
        ],
        "sentence": answer_sentence(request.digest),
        "note": say("request_note_amendment" if amendment else "request_note"),
        "to_ask": [_person_line(signer) for signer in request.to_ask],
        "mail": {
            "to": [
                {"name": one_line(signer.name), "address": plain_address(signer.contact) or ""}
                for signer in {signer.person: signer for signer in request.asked}.values()
            ],
            "subject": subject or say("request_subject", title=title),
        },
        "missing_glyphs": "",
    }


def _promise_key(party: str, document: Table) -> str:
    """The key of a party's promise. Without a cost, the sponsor approves no budget."""
    if party == "sponsor" and as_number(get_table(document, "budget").get("sprint_cost")) is None:
        return "sponsor_without_cost"
    return party


def _asks(request: Request, about: str, wording: Wording) -> str:
    weekday = wording.phrases["weekdays"][request.answer_by.weekday()]
    day = wording.say("full_date", weekday=weekday, date=wording.format_date(request.answer_by))
    if request.amendment is None:
        return wording.say("request_asks", day=day)
    return wording.say("request_asks_amendment", id=about, day=day)


def _facts(document: Table, wording: Wording) -> list[dict[str, str]]:
    """The figures that everybody reads before they sign."""
    metric, say, silent = get_table(document, "success_metric"), wording.say, wording.say("request_silent")
    name, unit = _text(metric.get("name")), _text(metric.get("unit"))
    baseline, target, stop_line = (as_number(metric.get(key)) for key in ("baseline", "target", "stop_line"))
    day, number = as_date(metric.get("target_on")), silent
    if name and target is not None:
        figures = wording.format_figure(target, unit)
        if baseline is not None:
            figures = say("request_from_to", baseline=wording.format_number(baseline), target=figures)
        if day is not None:
            figures = say("target_by", target=figures, day=wording.format_date(day))
        number = say("request_number", name=name, figures=figures)
    stop = silent
    if stop_line is not None:
        figure = wording.format_figure(stop_line, unit)
        stop = say(switch_off_phrase(document), value=figure, unit="").rstrip()
    budget = get_table(document, "budget")
    cost = as_number(budget.get("sprint_cost"))
    deadline = as_date(get_table(document, "timeline").get("deadline"))
    return [
        {"label": say("number"), "text": number},
        {"label": say("request_stop_label"), "text": stop},
        {
            "label": say("request_cost"),
            "text": silent if cost is None else wording.format_money(currency_label(budget), cost),
        },
        {
            "label": say("request_deadline"),
            "text": silent if deadline is None else wording.format_date(deadline),
        },
    ]


def _amendment(amendment: AmendmentSummary, document: Table, wording: Wording) -> dict[str, Any]:
    """Every change of an amendment, and the facts to know before approving it."""
    say = wording.say
    cost, days = amendment.cost_change, amendment.deadline_change_days
    amount = wording.format_money(currency_label(get_table(document, "budget")), abs(cost))
    count = format_rounded(abs(days))
    day_words = say("request_day" if count == "1" else "request_days", n=count)
    counts = say("request_from_week", week=amendment.from_week)
    if amendment.starts_on is not None:
        day = wording.format_date(amendment.starts_on)
        counts = say("request_from_week_of", week=amendment.from_week, day=day)
    nothing = say("nothing")
    rows = [
        ("request_why", one_line(amendment.reason)),
        ("request_gives_up", "; ".join(map(one_line, amendment.gives_up)) or nothing),
        ("request_gains", "; ".join(map(one_line, amendment.gains)) or nothing),
        ("request_cost", _change(cost, amount, "request_more", "request_less", wording)),
        ("request_deadline", _change(days, day_words, "request_later", "request_earlier", wording)),
        ("number", one_line(amendment.effect_on_metric)),
        ("request_counts", counts),
    ]
    return {
        "changes": [one_line(wording.tell(change)) for change in amendment.changes],
        "facts": [{"label": say(label), "text": text} for label, text in rows if text],
    }


def _change(size: float, words: str, more: str, less: str, wording: Wording) -> str:
    return wording.say(more if size > 0 else less, what=words) if size else wording.say("request_unchanged")


def _person_line(signer: Signer) -> str:
    return ", ".join(one_line(part) for part in (signer.name, signer.role, signer.contact) if part)


def _text(value: object) -> str:
    return one_line(value).strip() if isinstance(value, str) else ""
