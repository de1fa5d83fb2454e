"""What a reply by e-mail proves, and why one is refused."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.errors import Problem, RefusedError
from sprintkit.signoff.mail_address import mail_address
from sprintkit.signoff.reply import MailProof, answer_sentence, judge_reply
from sprintkit.signoff.reply_quotes import REQUEST_OPENING, split_html, split_plain_text

DIGEST = hashlib.sha256(b"the charter").hexdigest()
TWELVE = DIGEST[:12]
OTHER = hashlib.sha256(b"another charter").hexdigest()
BRAM = "bram.yellowby@example.org"
ODILE = "odile@example.org"
REQUEST = f"{REQUEST_OPENING}\n\nEvery hire enquiry to one rep. You approve the budget.\n\n{answer_sentence(DIGEST)}\n"
QUOTED_REQUEST = "On Mon, 9 Feb 2026 at 10:12, Odile Tamsworth\n<odile@example.org> wrote:\n" + "".join(
    f"> {line}\n" for line in REQUEST.splitlines()
)
APPROVAL = answer_sentence(DIGEST)


def mail(text: str = "", *, html: str = "", sender: str = f"Bram Yellowby <{BRAM}>") -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = ODILE
    message["Subject"] = "Re: Charter to sign"
    message["Date"] = "Thu, 12 Feb 2026 14:05:00 +0100"
    message["Message-ID"] = "<abc-1@mail.example.org>"
    if text:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message.as_bytes()


def raw_mail(body: bytes, *headers: str) -> bytes:
    """A mail from bram with these bytes as its body."""
    head = [f"From: {BRAM}", "Date: Thu, 12 Feb 2026 14:05:00 +0100", *headers]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


def judge(raw: bytes, *, contact: str | None = BRAM, recorder_contact: str | None = ODILE) -> MailProof:
    return judge_reply(raw, digest=DIGEST, contact=contact, recorder_contact=recorder_contact)


def refused_problem(raw: bytes) -> Problem:
    """The first problem for which a mail is refused; it has a hint."""
    with pytest.raises(RefusedError) as caught:
        judge(raw)
    problem = caught.value.problems[0]
    assert problem.hint
    return problem


def with_attachments(text: str) -> bytes:
    """A mail with a text file and a mail attached, neither of which may count: both hold an approval."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["Date"] = BRAM, "Thu, 12 Feb 2026 14:05:00 +0100"
    attached = f"{APPROVAL} No." if text else APPROVAL
    if text:
        message.set_content(text)
    message.add_attachment(attached, filename="approval.txt")
    inner = EmailMessage()
    inner["From"] = BRAM
    inner.set_content(attached)
    message.add_attachment(inner)
    return message.as_bytes()


BROKEN_DIGEST = DIGEST[:7], DIGEST[7:16]
APPROVED_BY_MAIL = {
    "the sentence that was asked for": mail(APPROVAL),
    "above the quoted request": mail(f"Dear Odile,\n\n{APPROVAL}\n\nBram\n\n{QUOTED_REQUEST}"),
    "the digest broken over two lines": mail(f"I approve the charter {BROKEN_DIGEST[0]}\n{BROKEN_DIGEST[1]}.\n"),
    "the digest in groups": mail(f"I approve {DIGEST[:4]} {DIGEST[4:8]} {DIGEST[8:12]}"),
    "the whole digest in capitals": mail(f"Approved: {DIGEST.upper()}"),
    "the digest on its own line": mail(f"Approved.\n\n{TWELVE}\n\nBram"),
    "quoted-printable soft breaks": raw_mail(
        f"I approve the charter {BROKEN_DIGEST[0]}=\r\n{BROKEN_DIGEST[1]}.\r\n".encode(),
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
    ),
    "base64": raw_mail(
        base64.encodebytes(APPROVAL.encode("utf-16")),
        "Content-Type: text/plain; charset=utf-16",
        "Content-Transfer-Encoding: base64",
    ),
    "an unknown character set": raw_mail(APPROVAL.encode(), "Content-Type: text/plain; charset=klingon-8"),
    "soft hyphens and no-width blanks": mail(f"I approve {DIGEST[:5]}\xad{DIGEST[5:9]}\u200b{DIGEST[9:14]}"),
    "HTML with tags inside the digest": mail(
        html=f"<html><head><title>No</title><style>b {{}}</style></head><body><p>I&nbsp;<b>approve</b> the charter "
        f"<span>{DIGEST[:3]}</span><wbr><i>{DIGEST[3:8]}<b>{DIGEST[8:12]}</b></i>.</p></body></html>"
    ),
    "HTML above what Gmail quotes": mail(
        html=f'<div dir="ltr">{APPROVAL}</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, Odile '
        f"wrote:<br></div><blockquote class=gmail_quote>No. <div>{REQUEST}</div></blockquote></div>"
    ),
    "HTML above what Outlook quotes": mail(
        html=f"<p>{APPROVAL}</p><div><p><b>From:</b> Odile<br><b>Sent:</b> Monday<br></p></div><p>No.</p>"
    ),
    "both forms": mail(APPROVAL, html=f"<p>{APPROVAL}</p>"),
    "a plain form that says nothing": mail("This mail needs HTML.", html=f"<p>{APPROVAL}</p>"),
    "an encoded name with comma and umlauts": mail(APPROVAL, sender=f'"Jürgen Yellowby, Ä." <{BRAM.upper()}>'),
    "an encoded word as name": raw_mail(APPROVAL.encode()).replace(
        f"From: {BRAM}".encode(), f"From: =?utf-8?q?J=C3=BCrgen=2C_B=2E?=\r\n =?utf-8?b?w6Q=?= <{BRAM}>".encode()
    ),
    "directly above who wrote what": mail(f"Approved {TWELVE}.\nOdile Tamsworth wrote:\n{REQUEST}"),
    "directly above who wrote what, in German": mail(f"Genehmigt {TWELVE}.\nOdile schrieb am 9.2.2026:\n> Nein."),
    "above a quotation that no sign marks": mail(f"{APPROVAL}\n\nOdile wrote:\n\nNo, wait. I do not approve.\n"),
    "above who wrote it, broken over lines": mail(
        f"{APPROVAL}\n\nOn Mon, 9 Feb 2026 at 10:12, Odile Tamsworth of Quernmoor\nAccess Hire <odile@example.org>\n"
        f"wrote:\n\nNo."
    ),
    "inline, under a quoted line": mail(f"{QUOTED_REQUEST}\nApproved, {TWELVE}.\n"),
    "no objections": mail(f"No objections. I approve {TWELVE}."),
    "a company's note below": mail(f"{APPROVAL}\n\n-- \nWe do not accept any liability if this is not agreed in writing."),
    "a quotation with other words": mail(f"I approve “No more, but if and when” {TWELVE}."),
    "German": mail(f"Hiermit genehmige ich den Charter {TWELVE}.\n\nAm 09.02.2026 um 10:12 schrieb Odile:\n> Nein"),
    "German, one word": mail(f"Einverstanden, {TWELVE}"),
    "German, parted verb": mail(f"Ich stimme dem Charter {TWELVE} zu."),
    "Spanish": mail(f"Apruebo el documento {TWELVE}.\n\nEl lun, 9 feb 2026, Odile escribió:\n\n> No"),
    "French": mail(f"J’approuve la charte {TWELVE}.\n\nLe lun. 9 févr. 2026 à 10:12, Odile a écrit :\n> Non"),
    "an approval after an earlier mail": mail(f"Please ignore my earlier mail. I approve {TWELVE}."),
    "a mistake in the text": mail(f"I approve {TWELVE}; the typing mistakes are corrected."),
    "a not about something else": mail(f"I approve {TWELVE}. I am not in the office on Friday."),
    "something else given back": mail(f"Hiermit genehmige ich {TWELVE}. Ich bin am Montag zurück."),
    "a note for those it reached by mistake": mail(
        f"{APPROVAL}\n\nIf you have received this message in error, please ignore and delete it."),
    "a withdrawal of something else, later": mail(
        f"{APPROVAL} Thank you for all this work. We withdraw the old tool on Monday."),
    "beside attachments": with_attachments(APPROVAL),
}  # fmt: skip


@pytest.mark.parametrize("case", APPROVED_BY_MAIL)
def test_an_answer_with_the_digest_from_the_persons_own_address_is_an_approval_by_mail(case: str) -> None:
    raw = APPROVED_BY_MAIL[case]
    proof = judge(raw)
    assert (proof.level, proof.note, proof.sender) == ("mail", "", BRAM)
    assert proof.sent_on == date(2026, 2, 12)
    assert proof.sha256 == hashlib.sha256(raw).hexdigest()


def test_only_a_valid_message_id_is_kept() -> None:
    assert judge(mail(APPROVAL)).message_id == "<abc-1@mail.example.org>"
    assert judge(raw_mail(APPROVAL.encode())).message_id == ""
    assert judge(raw_mail(APPROVAL.encode(), "Message-ID: <a> <b@c>")).message_id == ""
    assert judge(raw_mail(APPROVAL.encode(), "Message-ID: <\x1b]0;x\x07 y@z>")).message_id == ""


RECORDED = {
    "another sender": (mail(APPROVAL, sender="PA <pa@example.org>"), BRAM, "pa@example.org, not from bram"),
    "no address known": (mail(APPROVAL), None, "no address of this person is known"),
    "a telephone number as contact": (mail(APPROVAL), "extension 214", "no address of this person is known"),
    "a word above the request": (mail(f"Approved.\n\nBram\n\n{QUOTED_REQUEST}"), BRAM, "without the digest"),
    "yes above the request": (mail(f"Yes.\n\n{QUOTED_REQUEST}"), BRAM, "without the digest"),
    "a word above the request that no sign marks": (mail(f"Approved.\n\n{REQUEST}"), BRAM, "without the digest"),
    "a word above what Outlook quotes": (
        mail(f"Einverstanden.\n\nVon: Odile\nGesendet: Montag\nAn: Bram\nBetreff: Charter\n\n{REQUEST}"),
        BRAM,
        "without the digest",
    ),
    "a word above a forwarded request": (
        mail(f"D'accord.\n\n---------- Forwarded message ---------\n{REQUEST}"), BRAM, "without the digest"),
    "a word above the request in HTML": (
        mail(html=f"<p>Apruebo.</p><blockquote type=cite>{REQUEST}</blockquote>"), BRAM, "without the digest"),
}  # fmt: skip


@pytest.mark.parametrize("case", RECORDED)
def test_an_approval_without_the_own_address_or_the_digest_is_only_recorded_with_the_reason(
    case: str,
) -> None:
    raw, contact, words = RECORDED[case]
    proof = judge(raw, contact=contact)
    assert proof.level == "recorded"
    assert words in proof.note


class Refused(NamedTuple):
    raw: bytes
    code: str
    words: str = ""


REFUSED = {
    "no digest": Refused(mail("I approve the charter."), "no_digest", TWELVE),
    "another digest": Refused(mail(answer_sentence(OTHER)), "other_digest", OTHER[:12]),
    "another digest above our request": Refused(mail(f"{answer_sentence(OTHER)}\n\n{QUOTED_REQUEST}"), "other_digest"),
    "eleven digits": Refused(mail(f"I approve {DIGEST[:11]}."), "no_digest"),
    "digits from the middle": Refused(mail(f"I approve {DIGEST[20:40]}."), "other_digest"),
    "No above our quoted request": Refused(mail(f"No.\n\n{QUOTED_REQUEST}"), "not_approved", "says no"),
    "No above our request that no sign marks": Refused(mail(f"No\n\n{REQUEST}"), "not_approved"),
    "nothing but our quoted request": Refused(mail(QUOTED_REQUEST), "not_approved", "all of it is quoted"),
    "our own request": Refused(mail(REQUEST), "not_approved", "all of it is quoted"),
    "HTML with No above our request": Refused(
        mail(html=f"<div>No</div><div class='moz-cite-prefix'>On Monday:</div><blockquote>{REQUEST}</blockquote>"),
        "not_approved",
    ),
    "HTML with a quotation that has no end": Refused(
        mail(html=f"<p>I will read it.</p><blockquote><p>Dear Bram<p>{APPROVAL}"), "not_approved"),
    "HTML after Outlook's mark": Refused(
        mail(html=f"<p>See below.</p><div id=appendonsend></div><p>{APPROVAL}</p>"), "not_approved"),
    "HTML with preformatted quotation": Refused(mail(html=f"<pre>Hm\n&gt; {APPROVAL}</pre>"), "not_approved"),
    "struck out": Refused(mail(html=f"<p>Hello <s>{APPROVAL}</s></p>"), "not_approved"),
    "yes in one form and no in the other": Refused(mail(APPROVAL, html="<p>No.</p>"), "not_approved"),
    "a question": Refused(mail(f"Is it approved: {TWELVE}?"), "not_approved"),
    "read, not approved": Refused(mail(f"Thanks, I am reading {TWELVE}."), "not_approved"),
    "receipt": Refused(mail(f"I confirm receipt of {TWELVE}."), "not_approved"),
    "yes to something else": Refused(mail(f"Yes, I will look at {TWELVE} tomorrow."), "not_approved"),
    "later": Refused(mail(f"I will approve {TWELVE} tomorrow."), "not_approved"),
    "to be approved by another": Refused(mail(f"{TWELVE} must be approved by Ann."), "not_approved"),
    "a condition": Refused(mail(f"I approve {TWELVE} if M6 is cut."), "not_approved", "condition"),
    "a but": Refused(mail(f"Approved {TWELVE}, but change the target."), "not_approved", "condition"),
    "a German condition": Refused(mail(f"Genehmigt {TWELVE}, sobald M6 entfällt."), "not_approved", "condition"),
    "not approved": Refused(mail(f"Not approved: {TWELVE}."), "not_approved", "says no"),
    "I cannot approve": Refused(mail(f"I cannot approve {TWELVE}."), "not_approved", "says no"),
    "I can’t approve": Refused(mail(f"I can’t approve {TWELVE}."), "not_approved", "says no"),
    "I reject": Refused(mail(f"I reject {TWELVE}."), "not_approved", "says no"),
    "nicht einverstanden": Refused(mail(f"Ich bin nicht einverstanden: {TWELVE}."), "not_approved", "says no"),
    "abgelehnt": Refused(mail(f"{TWELVE} ist abgelehnt."), "not_approved", "says no"),
    "no apruebo": Refused(mail(f"No apruebo {TWELVE}."), "not_approved", "says no"),
    "je n'approuve pas": Refused(mail(f"Je n’approuve pas {TWELVE}."), "not_approved", "says no"),
    "a no after the yes": Refused(mail(f"{APPROVAL} I do not approve the budget."), "not_approved", "says no"),
    "a broken no": Refused(mail(f"I do not\napprove {TWELVE}"), "not_approved", "says no"),
    "approved by mistake": Refused(
        mail(f"I approved {TWELVE} by mistake, please ignore."), "not_approved", "takes its approval back"),
    "by accident": Refused(mail(f"By accident I approved {TWELVE}."), "not_approved", "takes its approval back"),
    "taken back": Refused(mail(f"I approve {TWELVE}. I take that back."), "not_approved", "i take that back"),
    "withdrawn after a word": Refused(mail(f"{APPROVAL} Sorry. Please disregard."), "not_approved", "please disregard"),
    "withdrawn further down": Refused(
        mail(f"{APPROVAL} It was a long day for all of us. I withdraw my approval."), "not_approved", "i withdraw"),
    "no longer": Refused(mail(f"I approved {TWELVE}. I no longer do."), "not_approved", "i no longer do"),
    "actually not": Refused(mail(f"I approve {TWELVE}. Actually not."), "not_approved", "actually not"),
    "not meant": Refused(mail(f"I approve {TWELVE}. That was not meant for you."), "not_approved", "not meant"),
    "irrtümlich": Refused(mail(f"Ich habe {TWELVE} irrtümlich genehmigt."), "not_approved", "takes its approval back"),
    "versehentlich": Refused(mail(f"Genehmigt {TWELVE}. Das war versehentlich."), "not_approved", "versehentlich"),
    "ziehe zurück": Refused(
        mail(f"Ich genehmige {TWELVE}. Ich ziehe das hiermit zurück."), "not_approved", "ich ziehe"),
    "das gilt nicht": Refused(mail(f"Genehmigt {TWELVE}. Das gilt nicht."), "not_approved", "das gilt nicht"),
    "por error": Refused(mail(f"Apruebo {TWELVE} por error."), "not_approved", "takes its approval back"),
    "ya no": Refused(mail(f"Apruebo {TWELVE}. Ya no es así."), "not_approved", "ya no"),
    "par erreur": Refused(mail(f"J’approuve {TWELVE} par erreur."), "not_approved", "takes its approval back"),
    "je retire": Refused(mail(f"J’approuve {TWELVE}. Je retire cela."), "not_approved", "je retire"),
    "attachments only": Refused(with_attachments(""), "no_text", "no text of its own"),
    "an empty mail": Refused(mail(" "), "no_text"),
    "encrypted": Refused(raw_mail(b"MIIB", "Content-Type: application/pkcs7-mime"), "no_text"),
    "an automatic answer": Refused(raw_mail(APPROVAL.encode(), "Auto-Submitted: auto-replied"), "automatic_answer"),
    "30 MB": Refused(mail(APPROVAL) + b"x" * 30_000_000, "mail_too_large", "30 MB"),
    "a million lines": Refused(mail(APPROVAL) + b"\r\n" * 1_000_000, "mail_too_large"),
    "two million characters": Refused(raw_mail(b"a " * 1_000_000), "mail_too_large"),
    ".msg": Refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + mail(APPROVAL), "outlook_msg", ".msg"),
    "no mail at all": Refused(APPROVAL.encode(), "not_a_mail"),
    "an empty file": Refused(b"", "not_a_mail"),
    "a PDF": Refused(b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "not_a_mail"),
    "no sender": Refused(b"Date: Thu, 12 Feb 2026 14:05:00 +0100\n\n" + APPROVAL.encode(), "no_sender"),
    "a sender without an address": Refused(mail(APPROVAL).replace(f"<{BRAM}>".encode(), b""), "no_sender"),
    "two senders": Refused(mail(APPROVAL, sender=f"{BRAM}, {ODILE}"), "no_sender", "several"),
    "two From headers": Refused(raw_mail(APPROVAL.encode(), f"From: {BRAM}"), "no_sender", "several"),
    "no date": Refused(f"From: {BRAM}\n\n{APPROVAL}".encode(), "no_date"),
    "an invalid date": Refused(f"From: {BRAM}\nDate: Thursday\n\n{APPROVAL}".encode(), "no_date"),
    "the recorder's own": Refused(mail(APPROVAL, sender=f"Odile <{ODILE.upper()}>"), "sender_is_recorder", ODILE),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_mail_that_is_not_an_approval_is_refused_with_the_reason(case: str) -> None:
    expected = REFUSED[case]
    problem = refused_problem(expected.raw)
    assert problem.code == expected.code
    assert expected.words in problem.message


def nested_mail(depth: int) -> bytes:
    """A mail whose parts are nested this deep."""
    opening = "".join(
        f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth)
    )
    return f"From: {BRAM}\nDate: Thu, 12 Feb 2026 14:05:00 +0100\n{opening}\n{APPROVAL}\n".encode()


HOSTILE = {
    "nested parts": nested_mail(150),
    "very deeply nested parts": nested_mail(5_000),
    "many parts": raw_mail(b"--b\n\nhello\n" * 10_000, "Content-Type: multipart/mixed; boundary=b"),
    "a long header": raw_mail(b"x", "Message-ID: " + "<" * 20_000),
    "a long type": raw_mail(b"x", "Content-Type: text/plain; " + "a=b; " * 20_000),
    "comments in comments": raw_mail(b"x", "Content-Type: " + "(" * 7_000),
    "brackets": raw_mail(b"x", "Message-ID: " + "<[" * 3_000),
    "many headers": raw_mail(b"x", *["Date: x"] * 20_000),
    "open tags": mail(html="<a " * 20_000),
    "open comments": mail(html="<!--" * 20_000),
    "end tags": mail(html="</" * 20_000),
    "entities": mail(html="&" * 50_000),
    "nested quotations": mail(html="<blockquote>" * 10_000),
    "one long sentence": mail("stimme nicht " * 10_000),
    "one long digest": mail("0123456789abcdef" * 5_000 + "g"),
    "quotation marks": mail("“" * 50_000),
    "attributions": mail("On wrote schrieb\n" * 5_000),
    "a character set with a null": raw_mail(b"x", 'Content-Type: text/plain; charset="a\0b"'),
    "a codec that is not a text encoding": raw_mail(b"x", "Content-Type: text/plain; charset=hex"),
    "an encoded part": raw_mail(b"begin 644 x\n#", "Content-Transfer-Encoding: x-uuencode"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_mail_is_refused_with_a_hint(case: str) -> None:
    refused_problem(HOSTILE[case])


@given(st.binary(max_size=400))
def test_random_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises(RefusedError):
        judge(raw)


@given(st.data())
def test_a_mail_with_any_bytes_in_it_is_judged_or_refused(data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from([*APPROVED_BY_MAIL.values(), with_attachments("")]))
    start = data.draw(st.integers(0, len(seed)))
    length = data.draw(st.integers(0, 40))
    changed = seed[:start] + data.draw(st.binary(max_size=40)) + seed[start + length :]
    try:
        proof = judge(changed)
    except RefusedError:
        return
    assert proof.level in ("mail", "recorded")


@given(st.lists(st.sampled_from(["From:", "Content-Type:", "multipart/mixed;", "boundary=b", "--b", "--b--", "\n", "\r\n",
    " ", "text/html", "message/rfc822", "<p>", "</blockquote>", "=?utf-8?q?", "?=", "(", '"', ";", "charset=", "> ",
    BRAM, APPROVAL, "Date: Thu, 12 Feb 2026 14:05:00 +0100", "\x00", "\udcff"])))  # fmt: skip
def test_any_pieces_of_a_mail_are_judged_or_refused(pieces: list[str]) -> None:
    raw = "".join(pieces).encode("utf-8", "surrogateescape")
    try:
        judge(raw)
    except RefusedError:
        return


@given(st.text(max_size=200))
def test_the_digest_in_a_quotation_is_never_part_of_the_answer(text: str) -> None:
    assert TWELVE in split_plain_text(QUOTED_REQUEST).quoted
    assert TWELVE not in split_plain_text(f"{text}\n\n{QUOTED_REQUEST}").answer
    assert TWELVE not in split_html(f"<blockquote>{REQUEST}</blockquote>").answer


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("Ann@Example.org", "ann@example.org"),
        ('"Müller, Ann" <ann@example.org>', "ann@example.org"),
        ("mail ann@example.org, or call", "ann@example.org"),
        ("write to ann@example.org.", "ann@example.org"),
        ("extension 214", None),
        ("", None),
        (None, None),
    ],
)
def test_the_address_in_a_contact_is_found(contact: str | None, address: str | None) -> None:
    assert mail_address(contact) == address
