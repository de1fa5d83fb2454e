"""Judges whether a reply by e-mail approves exactly one text, for `sign --received email --proof reply.eml`.

Nothing here proves that a mail is authentic. Its headers are trusted as they are in the file; no DKIM signature, server or
certificate is checked, and anybody who can write a file can write such a mail. That is why the result is called approved
by e-mail, never signed, and why the mail's checksum is recorded: anybody in doubt can ask for the mail itself.
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
from sprintkit.signoff.reply_quotes import ParsedText, split_html, split_plain_text

MAX_BYTES: Final = 25_000_000
MIN_DIGITS: Final = 12
"""Fewest hex digits of the digest, from its beginning, that an answer must quote."""
_MAX_LINES: Final = 400_000
_MAX_PARTS: Final = 100
_MAX_TEXT: Final = 1_000_000
"""Most characters of all plain parts together, and of all HTML parts together."""
_MAX_HEADER: Final = 8_000
"""Most characters of a header that is parsed; all others may have any length."""
_PARSED_HEADERS: Final = frozenset(
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
"""What the standard library raises for malformed mails, documented or not."""
_OUTLOOK_MAGIC: Final = b"\xd0\xcf\x11\xe0"
_MESSAGE_ID: Final = re.compile(r"<[!-;=?-~]{3,250}>")
_LONG_HEX: Final = re.compile(r"(?<![0-9a-f])(?=[a-f]*[0-9])[0-9a-f]{12,64}(?![0-9a-f])")


class MailProof(NamedTuple):
    """The evidence that a reply gives for one text."""

    level: Literal["mail", "recorded"]
    """`mail` if it came from the person's own address and quotes the digest, else `recorded`."""
    sender: str
    """The address that it came from."""
    message_id: str
    """With its angle brackets; empty if the mail has none."""
    sent_on: date
    """The day of its Date header, in the sender's own time zone."""
    sha256: str
    """Of the file's bytes, as 64 hex digits."""
    note: str
    """Why it is only recorded, in sentences; empty for `mail`."""


def judge_reply(raw: bytes, *, digest: str, contact: str | None, recorder_contact: str | None) -> MailProof:
    """Judge the mail in `raw` (an `.eml` file) as an approval of the text with this `digest` of 64 hex digits.

    `contact` is the contact in `[people]` of the person who should approve, `recorder_contact` that of the person who
    records it, or None. Raises RefusedError, and nothing else, if the mail is not an approval; its message says why.
    """
    _check_size(raw)
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
        bodies = _own_texts(message)
    except RefusedError:
        raise
    except _PARSER_ERRORS as error:
        raise _refusal(
            "this mail is damaged and cannot be read", "mail_unreadable", "Save it as .eml again."
        ) from error
    if recorder_contact is not None and sender == mail_address(recorder_contact):
        raise _refusal(
            f"this mail is from {sender}, who records it",
            "sender_is_recorder",
            "Record what somebody else sent you. For yourself, sign without --received.",
        )
    quotes_digest = _quotes_approved_digest(bodies, digest)
    note = _why_only_recorded(sender, contact, quotes_digest=quotes_digest)
    return MailProof(
        level="recorded" if note else "mail",
        sender=sender,
        message_id=message_id[0] if message_id else "",
        sent_on=sent_on,
        sha256=hashlib.sha256(raw).hexdigest(),
        note=note,
    )


class _BoundedPolicy(EmailPolicy):
    """The standard library's default policy, except that it refuses an overlong header before parsing it."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, Any]:
        name, value = super().header_source_parse(sourcelines)
        if len(value) > _MAX_HEADER and name.strip().casefold() in _PARSED_HEADERS:
            raise _refusal(
                f"the header {name.strip()[:40]} of this mail is longer than any mail needs",
                "mail_unreadable",
                "Save it as .eml again.",
            )
        return name, value


def _bounded_policy() -> _BoundedPolicy:
    """A policy for one mail, which refuses it once it has too many parts."""
    part_numbers = count(1)

    def make_part(policy: Policy[Any] | None = None) -> EmailMessage:
        if next(part_numbers) > _MAX_PARTS:
            raise _refusal("this mail has too many parts", "mail_unreadable", "Ask for a short answer.")
        return EmailMessage(policy)

    return _BoundedPolicy(message_factory=make_part)


def _check_size(raw: bytes) -> None:
    if raw.startswith(_OUTLOOK_MAGIC):
        raise _refusal("this is Outlook's own format (.msg)", "outlook_msg", "In Outlook, save it as .eml.")
    if len(raw) > MAX_BYTES:
        raise _refusal(
            f"this mail is {len(raw) / 1e6:.0f} MB long; at most {MAX_BYTES // 1_000_000} MB are read",
            "mail_too_large",
            "Ask for an answer without attachments.",
        )
    if raw.count(b"\n") + raw.count(b"\r") > 2 * _MAX_LINES:
        raise _refusal("this mail has too many lines", "mail_too_large", "Ask for a short answer.")


def _find_sender(message: EmailMessage) -> str:
    """The one address that the mail came from, case-folded."""
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
        senders = "several senders" if len(folded) > 1 or len(headers) > 1 else "no sender"
        raise _refusal(f"this mail names {senders}", "no_sender", "Save the reply itself as .eml.")
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


def _own_texts(message: EmailMessage) -> list[ParsedText]:
    """The texts of the mail: of all plain parts together, and of all HTML parts. Attachments are left out."""
    plain: list[str] = []
    html: list[str] = []
    for part in _text_parts(message):
        (html if part.get_content_subtype() == "html" else plain).append(_decode_part(part))
    if sum(map(len, plain)) > _MAX_TEXT or sum(map(len, html)) > _MAX_TEXT:
        raise _refusal("the text of this mail is too long", "mail_too_large", "Ask for a short answer.")
    bodies = [split_plain_text("\n\n".join(plain)), split_html("\n<p>".join(html))]
    bodies = [body for body in bodies if body.answer.strip() or body.quoted.strip()]
    if not bodies:
        raise _refusal(
            "this mail has no text of its own",
            "no_text",
            "What is attached or encrypted does not count: ask for an answer in the mail itself.",
        )
    return bodies


def _text_parts(part: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the plain and HTML parts that are neither attached nor in an attached mail."""
    if part.is_attachment():
        return
    if part.get_content_maintype() == "multipart":
        for inner in part.iter_parts():
            if isinstance(inner, EmailMessage):
                yield from _text_parts(inner)
    elif part.get_content_type() in ("text/plain", "text/html") and not part.is_multipart():
        yield part


def _decode_part(part: EmailMessage) -> str:
    """The text of a part. An unknown character set is read as UTF-8, and an invalid byte as �."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = str(part.get_content_charset("utf-8"))
    try:
        return content.decode(charset, "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def _quotes_approved_digest(bodies: Sequence[ParsedText], digest: str) -> bool:
    """Whether an answer that approves quotes the digest itself; if not, the request quoted below it does.

    Raises RefusedError if the answer says no, or if no sentence approves the text with this digest.
    """
    answers = [split_sentences(body.answer) for body in bodies]
    for sentence in (sentence for sentences in answers for sentence in sentences):
        if is_refusal(sentence, names_digest=_quotes_digest(sentence, digest)):
            raise _refusal(
                f"this mail says no: “{_shorten(sentence)}”",
                "not_approved",
                "An answer with a no in it approves nothing. Ask for one that only says yes.",
            )
    approvals = [
        (sentences, index)
        for sentences in answers
        for index, sentence in enumerate(sentences)
        if is_approval(sentence)
    ]
    for sentences, index in approvals:
        retraction = find_retraction(sentences[index + 1 :])
        if retraction is not None:
            raise _retraction_refusal(retraction)
    for sentences, index in approvals:
        if _quotes_digest("".join(sentences[max(0, index - 1) : index + 2]), digest):
            return True
    all_text = " ".join(sentence for sentences in answers for sentence in sentences)
    other_digest = next((run for run in _LONG_HEX.findall(all_text) if not digest.startswith(run)), None)
    if other_digest is not None:
        raise _refusal(
            f"this mail quotes {other_digest[:MIN_DIGITS]}, but the text in force has {digest[:MIN_DIGITS]}",
            "other_digest",
            "It may be about an earlier text. Send the request again: sprintkit request",
        )
    if approvals and any(_quotes_digest(body.quoted, digest) for body in bodies):
        return False
    raise _no_approval_refusal(answers, digest, has_approval=bool(approvals))


def _no_approval_refusal(
    answers: Sequence[Sequence[str]], digest: str, *, has_approval: bool
) -> RefusedError:
    """The refusal of an answer that neither says no nor quotes another digest."""
    hint = f"Ask for this sentence: {answer_sentence(digest)}"
    if has_approval:
        return _refusal(
            f"this mail approves, but does not say which text: {digest[:MIN_DIGITS]} is missing",
            "no_digest",
            hint,
        )
    retracted = next(
        (sentence for sentences in answers for sentence in sentences if is_retracted_approval(sentence)), None
    )
    if retracted is not None:
        return _retraction_refusal(retracted)
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


def _retraction_refusal(sentence: str) -> RefusedError:
    return _refusal(
        f"this mail takes its approval back: “{_shorten(sentence)}”",
        "not_approved",
        "What is taken back approves nothing. Ask for an answer that only says yes.",
    )


def answer_sentence(digest: str) -> str:
    """The sentence that a request asks for, with the first twelve digits of the digest."""
    return f"I approve the charter {digest[:MIN_DIGITS]}."


def _quotes_digest(text: str, digest: str) -> bool:
    """Whether a text quotes the beginning of the digest, even if spaces or line breaks interrupt it."""
    return digest[:MIN_DIGITS] in "".join(text.split()).casefold()


def _why_only_recorded(sender: str, contact: str | None, *, quotes_digest: bool) -> str:
    """Why the reply counts only as recorded, in sentences; empty if it counts as approved by e-mail."""
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
