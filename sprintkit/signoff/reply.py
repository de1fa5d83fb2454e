"""Judges whether a reply by e-mail approves exactly one text, for `sign --received email --proof reply.eml`.

Nothing here proves that a mail is authentic. Its headers are trusted as they are in the file; no DKIM signature, server or
certificate is checked, and anybody who can write a file can write such a mail. That is why the result is called approved
by e-mail, never signed, and why the mail's checksum is recorded, so that one can ask for the mail itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import parseaddr
from itertools import count
from typing import Any, Final, Literal, NamedTuple, cast

from sprintkit.errors import RefusedError
from sprintkit.signoff.approving_words import (
    find_retraction,
    has_condition,
    is_approval,
    is_refusal,
    is_retracted_approval,
    split_sentences,
)
from sprintkit.signoff.mail_address import mail_address
from sprintkit.signoff.reply_quotes import ParsedText, part_html, part_plain_text

MAX_BYTES: Final = 25_000_000
LEAST_DIGITS: Final = 12
"""Hex digits of the digest that an answer must quote, from its beginning."""
_MAX_LINES: Final = 400_000
_MAX_PARTS: Final = 100
_MAX_TEXT: Final = 1_000_000
"""Characters of text that are read, of all plain parts and of all HTML parts."""
_MAX_HEADER: Final = 8_000
"""Characters of a header that is read. Others may be as long as they like: they are never parsed."""
_HEADERS_READ: Final = frozenset(
    (
        "from",
        "date",
        "message-id",
        "content-type",
        "content-transfer-encoding",
        "content-disposition",
        "auto-submitted",
    )
)
_PARSER_ERRORS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MessageError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the standard library raises for mails that it was not written for, besides what it documents."""
_OUTLOOK_MAGIC: Final = b"\xd0\xcf\x11\xe0"
_MESSAGE_ID: Final = re.compile(r"<[!-;=?-~]{3,250}>")
_LONG_HEX: Final = re.compile(r"(?<![0-9a-f])(?=[a-f]*[0-9])[0-9a-f]{12,64}(?![0-9a-f])")


class MailProof(NamedTuple):
    """The evidence that a reply gives for one text."""

    level: Literal["mail", "recorded"]
    """`mail`: it came from the person's own address and quotes the digest. `recorded`: one of the two is missing."""
    sender: str
    """The address that it is from."""
    message_id: str
    """With its angle brackets; empty if the mail has none."""
    sent_on: date
    """The day of its Date header, in the sender's own time zone."""
    sha256: str
    """Of the file's bytes, as 64 hex digits."""
    note: str
    """Why it is only recorded, in a sentence; empty for `mail`."""


def judge_reply(raw: bytes, *, digest: str, contact: str | None, recorder_contact: str | None) -> MailProof:
    """Judge the mail in `raw` (an `.eml` file) as an approval of the text with this `digest` of 64 hex digits.

    `contact` is the contact in `[people]` of the person who should approve, `recorder_contact` that of the person who
    records it, or None. Raises only RefusedError, if the mail is not an approval; its message says why.
    """
    _check_bounds(raw)
    try:
        content = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
        message = cast(EmailMessage, message_from_bytes(content, policy=_bounded_policy()))
        sender = _find_sender(message)
        sent_on = _find_date(message)
        message_id = _MESSAGE_ID.fullmatch(str(message.get("message-id", "")).strip())
        if str(message.get("auto-submitted", "no")).strip().casefold() != "no":
            raise _refusal(
                "an automatic answer approves nothing", "automatic_answer", "Ask the person to answer."
            )
        bodies = _bodies(message)
    except RefusedError:
        raise
    except _PARSER_ERRORS as error:
        raise _refusal(
            "this mail is damaged and cannot be read", "mail_unreadable", "Save it again as .eml."
        ) from error
    if recorder_contact is not None and sender == mail_address(recorder_contact):
        raise _refusal(
            f"this mail is from {sender}, who records it",
            "sender_is_recorder",
            "Record what somebody else sent you. For yourself, sign without --received.",
        )
    quotes_digest = _judge_text(bodies, digest)
    note = _note(sender, contact, quotes_digest=quotes_digest)
    return MailProof(
        level="recorded" if note else "mail",
        sender=sender,
        message_id=message_id[0] if message_id else "",
        sent_on=sent_on,
        sha256=hashlib.sha256(raw).hexdigest(),
        note=note,
    )


class _BoundedPolicy(EmailPolicy):
    """The standard library's default policy, which refuses a long header before it parses it."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, Any]:
        name, value = super().header_source_parse(sourcelines)
        if len(value) > _MAX_HEADER and name.strip().casefold() in _HEADERS_READ:
            raise _refusal(
                f"the header {name.strip()[:40]} of this mail is longer than any mail needs",
                "mail_unreadable",
                "Save it again as .eml.",
            )
        return name, value


def _bounded_policy() -> _BoundedPolicy:
    """The policy for one mail, whose parts it counts while they are parsed."""
    numbers = count(1)

    def make_part(policy: Policy[Any] | None = None) -> EmailMessage:
        if next(numbers) > _MAX_PARTS:
            raise _refusal("this mail has too many parts", "mail_unreadable", "Ask for a short answer.")
        return EmailMessage(policy)

    return _BoundedPolicy(message_factory=make_part)


def _check_bounds(raw: bytes) -> None:
    if raw.startswith(_OUTLOOK_MAGIC):
        raise _refusal("this is Outlook's own format (.msg)", "outlook_msg", "In Outlook, save it as .eml.")
    if len(raw) > MAX_BYTES:
        raise _refusal(
            f"this mail has {len(raw) / 1e6:.0f} MB; {MAX_BYTES // 1_000_000} MB are read at most",
            "mail_too_large",
            "Ask for an answer without attachments.",
        )
    if raw.count(b"\n") + raw.count(b"\r") > 2 * _MAX_LINES:
        raise _refusal("this mail has too many lines", "mail_too_large", "Ask for a short answer.")


def _find_sender(message: EmailMessage) -> str:
    """The one address that the mail is from, folded."""
    headers = message.get_all("from", [])
    if not headers and not message.get_all("date"):
        raise _refusal("this is not an e-mail", "not_a_mail", "Save the reply as .eml and name that file.")
    addresses: list[str] = []
    for header in headers:
        parsed = getattr(header, "addresses", None) or ()
        addresses += [address.addr_spec for address in parsed if address.domain]
        if not parsed:
            addresses += filter(None, [parseaddr(str(header))[1]])
    folded = {address for address in map(mail_address, addresses) if address}
    if len(folded) != 1 or len(headers) > 1:
        count = "several senders" if len(folded) > 1 or len(headers) > 1 else "no sender"
        raise _refusal(f"this mail names {count}", "no_sender", "Save the reply itself as .eml.")
    return folded.pop()


def _find_date(message: EmailMessage) -> date:
    sent = getattr(message.get("date"), "datetime", None)
    if sent is None:
        raise _refusal(
            "this mail does not say when it was sent (no Date)",
            "no_date",
            "Save the reply itself as .eml, not a draft of it.",
        )
    day: date = sent.date()
    return day


def _bodies(message: EmailMessage) -> list[ParsedText]:
    """The mail's own text: its plain parts together, then its HTML parts. Attachments are left out."""
    plain: list[str] = []
    html: list[str] = []
    for part in _text_parts(message):
        (html if part.get_content_subtype() == "html" else plain).append(_decode(part))
    if sum(map(len, plain)) > _MAX_TEXT or sum(map(len, html)) > _MAX_TEXT:
        raise _refusal("the text of this mail is too long", "mail_too_large", "Ask for a short answer.")
    bodies = [part_plain_text("\n\n".join(plain)), part_html("\n<p>".join(html))]
    bodies = [body for body in bodies if body.answer.strip() or body.quoted.strip()]
    if not bodies:
        raise _refusal(
            "this mail has no text of its own",
            "no_text",
            "What is attached or encrypted does not count: ask for an answer in the mail itself.",
        )
    return bodies


def _text_parts(part: EmailMessage) -> Iterator[EmailMessage]:
    """The plain and HTML parts that are neither attached nor in an attached mail."""
    if part.is_attachment():
        return
    if part.get_content_maintype() == "multipart":
        for inner in part.iter_parts():
            if isinstance(inner, EmailMessage):
                yield from _text_parts(inner)
    elif part.get_content_type() in ("text/plain", "text/html") and not part.is_multipart():
        yield part


def _decode(part: EmailMessage) -> str:
    """A part's text. An unknown character set is read as UTF-8, and what is not of its set as �."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = str(part.get_content_charset("utf-8"))
    try:
        return content.decode(charset, "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def _judge_text(bodies: Sequence[ParsedText], digest: str) -> bool:
    """Whether the answer itself quotes the digest; if not, it approves above the request, which does.

    Raises RefusedError if it says no, or if no sentence of it approves this digest.
    """
    answers = [split_sentences(body.answer) for body in bodies]
    for sentence in (sentence for sentences in answers for sentence in sentences):
        if is_refusal(sentence, names_digest=_holds_digest(sentence, digest)):
            raise _refusal(
                f"this mail says no: “{_shorten(sentence)}”",
                "not_approved",
                "An answer with a no in it approves nothing. Ask for one that only says yes.",
            )
    approved_at = [
        (sentences, index)
        for sentences in answers
        for index, sentence in enumerate(sentences)
        if is_approval(sentence)
    ]
    for sentences, index in approved_at:
        retraction = find_retraction(sentences[index + 1 :])
        if retraction is not None:
            raise _retracted(retraction)
    for sentences, index in approved_at:
        if _holds_digest("".join(sentences[max(0, index - 1) : index + 2]), digest):
            return True
    all_text = " ".join(sentence for sentences in answers for sentence in sentences)
    other = next((run for run in _LONG_HEX.findall(all_text) if not digest.startswith(run)), None)
    if other is not None:
        raise _refusal(
            f"this mail answers to {other[:LEAST_DIGITS]}, but the text in force has {digest[:LEAST_DIGITS]}",
            "other_digest",
            "It may be about an earlier text. Send the request again: sprintkit request",
        )
    if approved_at and any(_holds_digest(body.quoted, digest) for body in bodies):
        return False
    raise _no_approval(answers, digest, has_approval=bool(approved_at))


def _no_approval(answers: Sequence[Sequence[str]], digest: str, *, has_approval: bool) -> RefusedError:
    """Why an answer that neither says no nor names another digest is not an approval."""
    hint = f"Ask for this sentence: {answer_sentence(digest)}"
    if has_approval:
        return _refusal(
            f"this mail approves, but does not say which text: {digest[:LEAST_DIGITS]} is missing",
            "no_digest",
            hint,
        )
    retracted = next(
        (sentence for sentences in answers for sentence in sentences if is_retracted_approval(sentence)), None
    )
    if retracted is not None:
        return _retracted(retracted)
    condition = next(
        (sentence for sentences in answers for sentence in sentences if has_condition(sentence)), None
    )
    if condition is not None:
        return _refusal(
            f"this mail sets a condition or speaks of later: “{_shorten(condition)}”",
            "not_approved",
            f"A condition is a change of the text. {hint}",
        )
    where = " above what it quotes" if any(answers) else "; all of it is quoted"
    return _refusal(f"this mail has no sentence that approves{where}", "not_approved", hint)


def _retracted(sentence: str) -> RefusedError:
    return _refusal(
        f"this mail takes its approval back: “{_shorten(sentence)}”",
        "not_approved",
        "What is taken back approves nothing. Ask for an answer that only says yes.",
    )


def answer_sentence(digest: str) -> str:
    """The sentence that a request asks for, with the first twelve digits of the digest."""
    return f"I approve the charter {digest[:LEAST_DIGITS]}."


def _holds_digest(text: str, digest: str) -> bool:
    """Whether a text quotes the beginning of the digest, wherever blanks or line ends break it."""
    return digest[:LEAST_DIGITS] in "".join(text.split()).casefold()


def _note(sender: str, contact: str | None, *, quotes_digest: bool) -> str:
    address = mail_address(contact)
    reasons = []
    if address is None:
        reasons.append(f"It came from {sender}, and no address of this person is known.")
    elif address != sender:
        reasons.append(f"It came from {sender}, not from {address}.")
    if not quotes_digest:
        reasons.append("It approves above the quoted request, without the digest in the answer itself.")
    return " ".join(reasons)


def _shorten(sentence: str) -> str:
    return sentence if len(sentence) <= 80 else f"{sentence[:79].rstrip()}…"


def _refusal(message: str, code: str, hint: str) -> RefusedError:
    return RefusedError(message, code=code, hint=hint)
