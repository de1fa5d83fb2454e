"""Describes amendments in sentences: `Milestone 'shadow run', points: 15 → 20`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.context.values import Table, as_date
from sprintkit.documents.excerpt import excerpt, sentence_case
from sprintkit.documents.fields import load_fields
from sprintkit.documents.wording import Wording
from sprintkit.text.escaping import escape_invisible


def build_amendment(
    amendment: Table, signatures: Sequence[Table], answers: AnswerTree, wording: Wording
) -> dict[str, Any]:
    """One amendment in words, with the people who signed it.

    The signers are the amendment's own `signed_by`, else those who signed the digest it leads to. An amendment with
    `refused` is signed but does not count; `refused` gives the reasons.
    """

    def text(key: str) -> str:
        return escape_invisible(str(amendment.get(key, "")))

    def items_sentence(key: str) -> str:
        items = amendment.get(key)
        if not isinstance(items, list) or not items:
            return ""
        return wording.say(key, items=", ".join(escape_invisible(str(item)) for item in items))

    requested_on, refused = amendment.get("requested_on"), text("refused")
    phrase = "amendment_refused" if refused else "amendment_line"
    return {
        "id": text("id"),
        "kind": text("kind"),
        "reason": text("reason"),
        "line": wording.say(
            phrase,
            reasons=refused,
            by=answers.person(amendment.get("requested_by"))["text"],
            day=_format_value(requested_on, wording) if requested_on else wording.say("no_day"),
            decision=wording.choice_label(str(amendment.get("decision", "approve")), "decision"),
            week=_format_value(amendment.get("from_week"), wording),
        ),
        "signed_line": _amendment_signed_line(amendment, signatures, answers, wording),
        "changes": [
            _describe_change(change, answers, wording)
            for change in amendment.get("changes") or []
            if isinstance(change, Mapping)
        ],
        "gives_up": items_sentence("gives_up"),
        "gains": items_sentence("gains"),
    }


def _describe_change(change: Mapping[str, Any], answers: AnswerTree, wording: Wording) -> dict[str, str]:
    """One change: its path, the field in words, both values, and a sentence with all of these."""
    path, old, new = str(change.get("path", "")), change.get("old"), change.get("new")
    label = describe_path(path, answers, wording, gone=old)
    before, after = _format_value(old, wording), _format_value(new, wording)
    if isinstance(old, Mapping) and new is None:
        sentence = wording.say("change_dropped", label=label)
    elif isinstance(new, Mapping) and old is None:
        sentence = wording.say("change_added", label=label)
    elif path.endswith(".weight") and ": " in label:
        sentence = wording.say("change_points", label=label.rpartition(": ")[0], old=before, new=after)
    else:
        sentence = wording.say("change", label=label, old=before, new=after)
    return {"path": escape_invisible(path), "label": label, "old": before, "new": after, "sentence": sentence}


def describe_path(path: str, answers: AnswerTree, wording: Wording, gone: object = None) -> str:
    """The field at a path in words: `Milestone ‘shadow run’: Points`; the path itself if there is no such field.

    `gone` is the item that was removed, if the document no longer has it.
    """
    from sprintkit.charter import paths
    from sprintkit.charter.question_bank import (  # loads the model, so it is imported only here
        place_of,
        questions_by_path,
    )

    try:
        parts = paths.parse(path)
    except paths.PathError:
        return escape_invisible(path)
    place = place_of(parts)
    pattern = paths.path_pattern(place)
    field = load_fields().get(pattern) or load_fields().get(pattern.removesuffix("[]"))
    if field is None:
        return escape_invisible(path)
    label = wording.field_label(pattern.removesuffix("[]"), field.label)
    names = []
    for index, (part, own) in enumerate(zip(parts, place, strict=True)):
        is_person = index == 1 and parts[0] == "people"
        if not isinstance(own, int) and not is_person:
            continue
        question = questions_by_path().get(paths.path_pattern(place[:index]))
        kind = question.spec.entry_label or "" if question else ""
        title = excerpt(
            _item_title(answers.document, parts[: index + 1]) or _title_of(gone) or _ordinal_or_name(part), 80
        )
        names.append(wording.say("named_item", kind=kind, title=title).strip())
    if not names:
        return escape_invisible(label)
    sentence = ": ".join(names if pattern.endswith("[]") else [*names, label])
    return escape_invisible(sentence_case(sentence))


def _ordinal_or_name(part: str | int) -> str:
    """A list item as people name it: by its name, or by its number from 1."""
    return part if isinstance(part, str) else str(part + 1)


def _item_title(document: Table, parts: Sequence[str | int]) -> str:
    """The title of the list item at `parts` in the document; empty if there is none."""
    from sprintkit.charter import paths

    try:
        item = paths.get_value(document, paths.resolve(document, tuple(parts)))
    except (paths.PathError, LookupError, TypeError):
        return ""
    return _title_of(item)


def _title_of(item: object) -> str:
    if not isinstance(item, Mapping):
        return ""
    names = (item.get(key) for key in ("title", "name", "item", "claim", "role"))
    return next((name for name in names if isinstance(name, str) and name.strip()), "")


def _format_value(value: object, wording: Wording) -> str:
    if isinstance(value, date):
        return wording.format_date(value)
    if isinstance(value, (int, float)):
        return wording.format_number(value)
    if value is None:
        return wording.say("nothing")
    if isinstance(value, Mapping):
        names = (value.get(key) for key in ("title", "name", "item", "role", "id"))
        return next((escape_invisible(name) for name in names if isinstance(name, str) and name.strip()), "…")
    if isinstance(value, list):
        return "; ".join(_format_value(entry, wording) for entry in value) or wording.say("nothing")
    return escape_invisible(str(value))


def _amendment_signed_line(
    amendment: Table, signatures: Sequence[Table], answers: AnswerTree, wording: Wording
) -> str:
    digest_after, signed_by = amendment.get("digest_after"), amendment.get("signed_by")
    signers = [
        signature.get("person")
        for signature in signatures
        if digest_after and signature.get("digest") == digest_after and signature.get("decision") != "reject"
    ]
    people = signed_by if isinstance(signed_by, list) and signed_by else list(dict.fromkeys(signers))
    if not people:
        return ""
    names = wording.join_list([answers.person(key)["text"] for key in people])
    day = as_date(amendment.get("signed_on"))
    if day is None:
        return wording.say("amendment_signed", names=names)
    return wording.say("amendment_signed_on", names=names, day=wording.format_date(day))
