"""The approved texts of a sprint, with their days, which today's text can be compared with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.sign.texts import amendments_signed, versions_in_force
from sprintkit.errors import InputError, RefusedError
from sprintkit.text.dates import format_date

MIN_DIGITS = 6
"""The fewest hex digits by which `--since` can name a text."""


class SignedText(NamedTuple):
    """A text that somebody approved."""

    day: date
    """The day of the first approval; for an amendment, the day on which it was fully approved."""
    digest: str
    document: Mapping[str, Any]


def signed_texts(sprint: Sprint, today: date) -> list[SignedText]:
    """Every text that was approved by `today` and is still on file, the earliest first."""
    days: dict[str, date] = {}
    for stored in sprint.signatures:
        record = stored.record
        if record.decision == "approve" and record.on <= today:
            days[record.digest] = min(record.on, days.get(record.digest, record.on))
    texts = [
        SignedText(day, digest, sprint.texts[digest])
        for digest, day in days.items()
        if digest in sprint.texts
    ]
    known = {text.digest for text in texts}
    for version in versions_in_force(sprint, today):
        if version.amendment is not None and version.signed_on is not None:
            digest = sprint.digest_of(version.document)
            if digest not in known:
                texts.append(SignedText(version.signed_on, digest, version.document))
    return sorted(texts, key=lambda text: text.day)


def charter_texts(sprint: Sprint, today: date) -> list[SignedText]:
    """The texts that were approved as a charter, not as an amendment; if there are none, those that are not in force.

    An altered charter is compared with these: the changes of an amendment are not alterations.
    """
    texts, amended = signed_texts(sprint, today), amendments_signed(sprint, today)
    charter_digests = {
        stored.record.digest
        for stored in sprint.signatures
        if stored.record.decision == "approve" and stored.path not in amended
    }
    in_force = {sprint.digest_of(version.document) for version in versions_in_force(sprint, today)}
    others = [text for text in texts if text.digest == sprint.digest or text.digest not in in_force]
    return [text for text in others if text.digest in charter_digests] or others


def text_since(sprint: Sprint, since: str | None, today: date) -> SignedText:
    """The signed text to compare with.

    That is the charter if anybody approved it as it is, else the last approved text. `since` names another one by its
    digest, or by a day on which it was in force. Raises RefusedError if no text was ever approved, InputError if `since`
    names none.
    """
    texts = signed_texts(sprint, today)
    if not texts:
        raise RefusedError(
            f"nobody has approved a text of {sprint.slug} yet, so nothing can differ from it",
            code="not_signed",
            hint=f"See who is waited for: sprintkit verify {sprint.slug}",
        )
    if since is None:
        saved_charter_texts = [text for text in texts if text.digest == sprint.digest]
        return (saved_charter_texts or charter_texts(sprint, today) or texts)[-1]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", since):
        return _text_of_day(texts, since)
    digits = since.casefold()
    matches = [text for text in texts if text.digest.startswith(digits)]
    if len(digits) < MIN_DIGITS or not re.fullmatch("[0-9a-f]+", digits) or len(matches) != 1:
        raise InputError(
            f"no text that was approved is called '{since}'",
            code="unknown_text",
            hint=f"Give a day, or at least {MIN_DIGITS} digits of one of: {_known(texts)}.",
        )
    return matches[0]


def _text_of_day(texts: list[SignedText], since: str) -> SignedText:
    try:
        day = date.fromisoformat(since)
    except ValueError:
        raise InputError(
            f"'{since}' is not a valid date", code="usage", hint="Write it like 2026-02-16."
        ) from None
    earlier = [text for text in texts if text.day <= day]
    if not earlier:
        raise InputError(
            f"nobody had approved anything by {format_date(day)}",
            code="unknown_text",
            hint=f"Approved were: {_known(texts)}.",
        )
    return earlier[-1]


def _known(texts: list[SignedText]) -> str:
    return ", ".join(f"{text.digest[:12]} ({text.day})" for text in texts)
