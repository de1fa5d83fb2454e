"""Mails that ask for a signature: what they say, whom they are for, and that no name can change what they are."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.actions.sign.request_text import answer_by
from sprintkit.errors import RefusedError
from sprintkit.signoff.canonical import content_digest
from sprintkit.signoff.draft_mail import Attachment, build_draft
from sprintkit.signoff.mail_address import plain_address
from sprintkit.signoff.reply import judge_reply
from tests.cli.conftest import RunCommand, write_toml
from tests.conftest import example

TODAY = "2026-02-09"
BRAM = "bram.yellowby@example.org"
PDF = Attachment("lead-charter.pdf", b"%PDF-1.7")


@pytest.fixture
def lead(workspace: Path, run: RunCommand) -> Path:
    """The lead example, chartered, with an address for the sponsor."""
    document = example("lead")
    document["people"]["bram"]["contact"] = f"{BRAM}, or extension 11"
    document["people"]["odile"]["contact"] = "extension 214"
    assert run("scope", "lead", "--from", write_toml(workspace / "lead.toml", document)).code == 0
    return workspace


def read_charter(workspace: Path) -> dict[str, Any]:
    return tomli.loads((workspace / "sprints/lead/charter.toml").read_text("utf-8"))


def approve(workspace: Path, party: str, person: str, decision: str = "approve") -> None:
    charter = read_charter(workspace)
    signature = {
        "schema": 1,
        "person": person,
        "party": party,
        "decision": decision,
        "on": date(2026, 2, 8),
        "at": datetime(2026, 2, 8, 12, tzinfo=UTC),
        "digest": content_digest(charter),
        "name": charter["people"][person]["name"],
        "received": "own",
    }
    if decision == "reject":
        signature["comment"] = "Too dear."
    folder = workspace / "sprints/lead/signatures" / content_digest(charter)[:12]
    write_toml(folder / f"{party}-{person}.toml", signature)


def parse(content: bytes) -> EmailMessage:
    message = cast(EmailMessage, message_from_bytes(content, policy=default))
    assert [part.defects for part in message.walk()] == [[]] * 3
    return message


def body_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_the_text_says_what_is_asked_and_promised_by_when_and_how_to_answer(
    lead: Path, run: RunCommand
) -> None:
    result = run("request", "lead", "--to", "Bram Yellowby", "--today", TODAY)
    digest = content_digest(read_charter(lead))
    assert result.code == 0
    assert (
        result.out
        == f"""\
To: Bram Yellowby <{BRAM}>
Subject: Your approval is needed: Every hire enquiry to one rep in minutes

This mail asks for your decision on a charter.

Dear Bram Yellowby,

please read the attached charter and answer by Friday 13 February 2026.

Every hire enquiry to one rep in minutes

The number: Median working minutes from enquiry to first rep contact: 95 → 50 working minutes by 29 May 2026
Stop line: Switched off if still above 80 working minutes
Cost: GBP 42,000
Deadline: 27 March 2026

What your approval means:
- Bram Yellowby approves the budget and can stop it (sponsor).

To approve, answer this mail with this sentence:

I approve the charter {digest[:12]}.

The characters at its end stand for exactly the attached text, so please leave them as they are. If you do not \
approve, or want something changed, write what and why: an approval with a condition does not count.

If you have questions, ask:
- Odile Tamsworth, Sales Operations Manager, extension 214
- Suvi Rautakerr, Inside Sales Lead
"""
    )
    assert result.err == "Wrote lead-request-bram.eml\n"


def test_the_draft_opens_in_a_mail_program_with_the_pdf(lead: Path, run: RunCommand) -> None:
    printed = run("request", "lead", "--to", "bram", "--today", TODAY, "-o", "mails").out
    message = parse((lead / "mails/lead-request-bram.eml").read_bytes())
    assert message["X-Unsent"] == "1"
    assert [str(address) for address in message["To"].addresses] == [f"Bram Yellowby <{BRAM}>"]
    assert message["Subject"] == "Your approval is needed: Every hire enquiry to one rep in minutes"
    assert message["From"] is None
    assert body_of(message) in printed
    (pdf,) = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content_type()) == ("lead-charter.pdf", "application/pdf")
    content = pdf.get_payload(decode=True)
    assert isinstance(content, bytes) and content.startswith(b"%PDF-")


def test_everybody_who_is_waited_for_gets_one_mail_for_all_that_they_sign(
    lead: Path, run: RunCommand
) -> None:
    approve(lead, "sponsor", "bram")
    approve(lead, "data", "tunde")
    data = run("request", "lead", "--today", TODAY, "--json").data
    assert [mail["person"] for mail in data["mails"]] == ["odile", "suvi", "mirela", "tunde", "hollis"]
    assert [mail["path"] for mail in data["mails"]] == [
        f"lead-request-{mail['person']}.eml" for mail in data["mails"]
    ]
    tunde = next(mail for mail in data["mails"] if mail["person"] == "tunde")
    assert "provides the place in their tool as described (tool administrator)" in tunde["text"]
    assert "(data owner)" not in tunde["text"]
    assert data["digest"] == content_digest(read_charter(lead))


def test_one_mail_asks_one_person_for_all_of_their_parties(lead: Path, run: RunCommand) -> None:
    (mail,) = run("request", "lead", "--to", "tunde", "--today", TODAY, "--json").data["mails"]
    text = " ".join(mail["text"].split())
    assert "- Tunde Okonfield provides the fields of their source as described (data owner)." in text
    assert "- Tunde Okonfield provides the place in their tool as described (tool administrator)." in text


def test_the_same_input_gives_the_same_bytes(lead: Path, run: RunCommand) -> None:
    run("request", "lead", "--today", TODAY, "-o", "first")
    run("request", "lead", "--today", TODAY, "-o", "second")
    names = sorted(path.name for path in (lead / "first").iterdir())
    assert len(names) == 6
    for name in names:
        assert (lead / "first" / name).read_bytes() == (lead / "second" / name).read_bytes()


def test_whoever_has_no_address_is_named_with_what_to_type(lead: Path, run: RunCommand) -> None:
    result = run("request", "lead", "--to", "odile", "--today", TODAY)
    assert "Odile Tamsworth has no e-mail address in the charter" in result.err
    assert "sprintkit scope lead --set people.odile.contact=ADDRESS" in result.err
    assert parse((lead / "lead-request-odile.eml").read_bytes())["To"] is None


def test_a_file_that_exists_is_overwritten_only_by_force(lead: Path, run: RunCommand) -> None:
    path = lead / "lead-request-suvi.eml"
    path.write_text("mine", "utf-8")
    result = run("request", "lead", "--today", TODAY)
    assert (result.code, path.read_text("utf-8")) == (2, "mine")
    assert not (lead / "lead-request-bram.eml").exists()
    assert run("request", "lead", "--today", TODAY, "--force").code == 0
    assert path.read_bytes().startswith(b"X-Unsent: 1\r\n")


def test_nothing_is_written_among_the_workspaces_own_files(lead: Path, run: RunCommand) -> None:
    for folder in ("templates", ".sprintkit", ".git"):
        result = run("request", "lead", "--today", TODAY, "-o", folder)
        assert result.code in (2, 3)
        assert not list(lead.glob(f"{folder}/*.eml"))


REFUSALS = {
    "no charter": (("request", "open"), "no_charter"),
    "a draft is pending": (("request", "pending"), "draft_pending"),
    "somebody who does not sign": (("request", "lead", "--to", "Nobody Known"), "no_signatory"),
    "somebody who has approved": (("request", "lead", "--to", "bram"), "signed_already"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_request_that_makes_no_sense_is_refused_in_words(lead: Path, run: RunCommand, case: str) -> None:
    run("scope", "open", "--set", "charter.title=Open")
    other = example("lead")
    other["charter"]["id"] = "pending"
    assert run("scope", "pending", "--from", write_toml(lead / "other.toml", other)).code == 0
    (lead / "sprints/pending/draft.toml").write_bytes(
        (lead / "sprints/pending/charter.toml").read_bytes().replace(b"in minutes", b"in seconds")
    )
    approve(lead, "sponsor", "bram")
    args, code = REFUSALS[case]
    result = run(*args, "--today", TODAY, "--json")
    assert (result.code, [error["code"] for error in result.json["errors"]]) == (1, [code])
    assert not list(lead.glob("*.eml"))


def propose(workspace: Path, amendment_id: str = "A1", target: float = 55.0) -> str:
    """Propose another target for the metric; returns the digest of the charter with it."""
    before = read_charter(workspace)
    after = {**before, "success_metric": {**before["success_metric"], "target": target}}
    amendment = {
        "schema": 1, "id": amendment_id, "kind": "metric", "requested_by": "odile", "requested_on": date(2026, 2, 9),
        "reason": "the phone desk joins in April", "gives_up": ["five minutes"], "gains": ["the phone desk"],
        "deadline_change_days": 0, "cost_change": 2000.0, "effect_on_metric": "five minutes more", "from_week": 2,
        "digest_before": content_digest(before), "digest_after": content_digest(after),
        "changes": [{"path": "success_metric.target", "old": 50.0, "new": target}],
    }  # fmt: skip
    write_toml(
        workspace / f"sprints/lead/amendments/2026-02-09-metric-{amendment_id.lower()}.toml", amendment
    )
    return content_digest(after)


def approve_all(workspace: Path) -> None:
    for signatory in read_charter(workspace)["plan"]["signatories"]:
        approve(workspace, signatory["party"], signatory["person"])


def test_a_proposed_amendment_is_asked_about_with_all_it_changes(lead: Path, run: RunCommand) -> None:
    digest = propose(lead)
    result = run("request", "lead", "--amendment", "A1", "--today", TODAY, "--json")
    assert (result.code, result.data["digest"], result.data["amendment"]) == (0, digest, "A1")
    assert [mail["person"] for mail in result.data["mails"]] == ["bram", "odile"]
    (mail, _) = result.data["mails"]
    assert mail["path"] == "lead-a1-request-bram.eml"
    assert (
        mail["subject"] == "Your approval is needed: amendment A1 to Every hire enquiry to one rep in minutes"
    )
    expected = f"""\
please read what amendment A1 changes and answer by Monday 16 February 2026. The charter as it is now is attached.

Every hire enquiry to one rep in minutes

What changes:
- Target: 50 → 55 working minutes

Why: the phone desk joins in April
Given up: five minutes
Gained: the phone desk
Cost: GBP 2,000 more
Deadline: unchanged
The number: five minutes more
Counts: from week 2, which begins on 23 February 2026

What your approval means:
- Bram Yellowby approves the budget and can stop it (sponsor).

To approve, answer this mail with this sentence:

I approve the charter {digest[:12]}.

The characters at its end stand for the attached charter with exactly these changes, so please leave"""
    assert expected in mail["text"]
    sentence = f"I approve the charter {digest[:12]}."
    (lead / "yes.eml").write_text(
        f"From: {BRAM}\nDate: Mon, 09 Feb 2026 09:05:00 +0100\n\n{sentence}\n", "utf-8"
    )
    sign = ("sign", "lead", "--as", "bram", "--amendment", "A1", "--received", "email", "--proof", "yes.eml",
            "--recorded-by", "odile", "--today", TODAY, "--json")  # fmt: skip
    assert run(*sign).data["level"] == "mail"
    again = run("request", "lead", "--amendment", "A1", "--today", TODAY, "--json", "-o", "later")
    assert [mail["person"] for mail in again.data["mails"]] == ["odile"]


def test_somebody_who_does_not_sign_an_amendment_learns_it_even_if_they_sign_the_charter(
    lead: Path, run: RunCommand
) -> None:
    propose(lead)
    result = run("request", "lead", "--amendment", "A1", "--to", "suvi", "--today", TODAY, "--json")
    assert (result.code, result.json["errors"][0]["message"]) == (1, "suvi does not sign amendment A1")


def test_without_saying_which_the_only_text_that_waits_is_asked_about(lead: Path, run: RunCommand) -> None:
    charter = content_digest(read_charter(lead))
    first = propose(lead)
    assert run("request", "lead", "--today", TODAY, "--json").data["digest"] == charter
    approve_all(lead)
    assert run("request", "lead", "--today", TODAY, "--json").data["digest"] == first
    propose(lead, "A2", 56.0)
    refused = run("request", "lead", "--today", TODAY)
    assert (refused.code, "amendments A1, A2 are proposed" in refused.err) == (1, True)
    assert run("request", "lead", "--amendment", "A9", "--today", TODAY).code == 2


def test_nobody_is_asked_when_everybody_has_answered(lead: Path, run: RunCommand) -> None:
    approve_all(lead)
    result = run("request", "lead", "--today", TODAY)
    assert (result.code, result.out) == (1, "")
    assert "everybody has approved lead" in result.err


def test_whoever_rejected_the_text_is_asked_again_only_by_name(lead: Path, run: RunCommand) -> None:
    approve(lead, "sponsor", "bram", "reject")
    result = run("request", "lead", "--today", TODAY, "--json")
    assert "bram" not in [mail["person"] for mail in result.data["mails"]]
    assert [
        mail["person"]
        for mail in run("request", "lead", "--today", TODAY, "--to", "bram", "--json").data["mails"]
    ] == ["bram"]


def test_the_answer_that_is_asked_for_is_taken_and_the_request_itself_is_not(
    lead: Path, run: RunCommand
) -> None:
    (mail,) = run("request", "lead", "--to", "bram", "--today", TODAY, "--json").data["mails"]
    digest = content_digest(read_charter(lead))
    head = f"From: {BRAM}\nDate: Thu, 12 Feb 2026 14:05:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n"
    sentence = next(line for line in mail["text"].split("\n") if digest[:12] in line)

    def level(text: str) -> str:
        raw = f"{head}{text}".encode()
        return judge_reply(raw, digest=digest, contact=BRAM, recorder_contact=None).level

    quoted = "".join(f"> {line}\n" for line in mail["text"].splitlines())
    assert level(sentence) == "mail"
    assert level(f"{sentence}\n\nOdile wrote:\n{quoted}") == "mail"
    assert level(f"Approved.\n\n{quoted}") == "recorded"
    for refused in (mail["text"], quoted, f"No.\n\n{mail['text']}", f"No.\n\n{quoted}"):
        with pytest.raises(RefusedError):
            level(refused)


def test_a_request_is_answered_and_the_answer_recorded(lead: Path, run: RunCommand) -> None:
    (mail,) = run("request", "lead", "--to", "bram", "--today", TODAY, "--json").data["mails"]
    sentence = next(line for line in mail["text"].split("\n") if line.startswith("I approve"))
    head = f"From: {BRAM}\nDate: Mon, 09 Feb 2026 09:05:00 +0100\n\n"
    (lead / "yes.eml").write_text(f"{head}{sentence}\n", "utf-8")
    (lead / "no.eml").write_text(f"{head}No.\n\nOdile wrote:\n\n{mail['text']}", "utf-8")
    sign = ("sign", "lead", "--as", "bram", "--received", "email", "--recorded-by", "odile", "--today", TODAY)
    refused = run(*sign, "--proof", "no.eml")
    assert (refused.code, "this mail says no" in refused.err) == (1, True)
    assert run(*sign, "--proof", "yes.eml").code == 0
    again = run("request", "lead", "--to", "bram", "--today", TODAY)
    assert (again.code, "has approved this text already" in again.err) == (1, True)


HOSTILE_NAMES = (
    "Bram\r\nBcc: all@example.org",
    "Bram\nSubject: other\n\nbody",
    'Yellowby, "Bram" <evil@example.org>, x',
    "Jürgen Älteste-Müller, Geschäftsführer; " * 4,
    "=?utf-8?q?evil=40example=2Eorg=2C?=",
    "山田 太郎\u2028Bcc: x@example.org",
    "back\\slash \x00 \x1b[31m \u202e",
    "",
)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_name_adds_a_header_or_a_recipient(name: str) -> None:
    message = parse(
        build_draft(
            name=name, address=BRAM, subject=name, text=name, attachment=PDF, day=date(2026, 2, 9)
        )
    )  # fmt: skip
    assert message.keys() == ["X-Unsent", "To", "Subject", "Date", "MIME-Version", "Content-Type"]
    assert [address.addr_spec for address in message["To"].addresses] == [BRAM]


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_one_header_and_one_body(text: str, contact: str) -> None:
    address = plain_address(contact) or BRAM
    content = build_draft(
        name=text, address=address, subject=text, text=text, attachment=PDF, day=date(2026, 2, 9)
    )
    head = content.split(b"\r\n\r\n")[0]
    assert (
        head.isascii() and b"\r" not in head.replace(b"\r\n", b"") and b"\n" not in head.replace(b"\r\n", b"")
    )
    message = message_from_bytes(content, policy=default)
    assert message.keys() == ["X-Unsent", "To", "Subject", "Date", "MIME-Version", "Content-Type"]
    assert [recipient.addr_spec for recipient in cast(Any, message["To"]).addresses] == [address]
    expected = text.replace("\r\n", "\n").encode("utf-8", "replace")
    first_part = cast(EmailMessage, message).get_body(("plain",))
    assert first_part is not None
    assert cast(bytes, first_part.get_payload(decode=True)).replace(b"\r\n", b"\n").rstrip(
        b"\n"
    ) == expected.rstrip(b"\n")


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("Ann <Ann@Example.org>", "Ann@Example.org"),
        ("ann@exämple.org", None),
        ("jürgen@example.org", None),
        ("extension 214", None),
        (None, None),
    ],
)
def test_only_a_plain_address_goes_into_a_header(contact: str | None, address: str | None) -> None:
    assert plain_address(contact) == address


@pytest.mark.parametrize(
    ("start", "today", "day"),
    [
        (date(2026, 2, 16), date(2026, 2, 9), date(2026, 2, 13)),  # the Friday before a Monday
        (date(2026, 6, 1), date(2026, 2, 9), date(2026, 2, 16)),  # a week
        (date(2026, 2, 2), date(2026, 2, 9), date(2026, 2, 16)),  # it has started
        (None, date(2026, 2, 7), date(2026, 2, 13)),
        (None, date.max, date.max),
        (date(2026, 2, 10), date(2026, 2, 9), date(2026, 2, 9)),  # today, because it starts tomorrow
        (date(2026, 2, 9), date(2026, 2, 7), date(2026, 2, 8)),  # only a Sunday is left
    ],
)
def test_the_answer_is_asked_for_within_a_week_and_before_the_start(
    start: date | None, today: date, day: date
) -> None:
    assert answer_by(start, today) == day


@pytest.mark.slow
def test_the_request_is_a_document_of_the_same_text(lead: Path, run: RunCommand) -> None:
    day = ("--today", TODAY)
    (mail,) = run("request", "lead", "--to", "bram", "-o", "mails", *day, "--json").data["mails"]
    assert run("render", "lead", "request", "--for", "bram", *day).out == "lead-request-bram.eml\n"
    command, document = (lead / mail["path"]).read_bytes(), (lead / "lead-request-bram.eml").read_bytes()
    assert command == document
    text = run("render", "lead", "request", "--for", "bram", "-o", "-", "--format", "txt", *day).out
    assert text.split() == mail["text"].split() and max(map(len, text.splitlines())) <= 78


@pytest.mark.slow
def test_a_request_without_a_name_asks_everybody_who_is_waited_for(lead: Path, run: RunCommand) -> None:
    day = ("--today", TODAY)
    approve(lead, "owner", "odile")
    text = run("render", "lead", "request", "-o", "-", "--format", "txt", *day).out
    names = "Dear Bram Yellowby, Suvi Rautakerr, Mirela Vascanth, Tunde Okonfield and Hollis Entwhite,"
    assert names in " ".join(text.split())
    assert "- Bram Yellowby approves the budget and can stop it (sponsor)." in text
    assert "Odile Tamsworth takes on" not in text
    run("render", "lead", "request", "-o", "all.eml", *day)
    message = parse((lead / "all.eml").read_bytes())
    assert [str(address) for address in message["To"].addresses] == [f"Bram Yellowby <{BRAM}>"]
    text = run("render", "lead", "request", "--for", "odile", "-o", "-", "--format", "txt", *day).out
    assert text.startswith("Nobody is asked: everybody who signs has answered.")


@pytest.mark.slow
def test_a_subject_has_no_escapes_in_any_language(lead: Path, run: RunCommand) -> None:
    (lead / "templates").mkdir()
    words = {"request_subject": "Freigabe bis 16. Februar: {title}", "request_dear": "Guten Tag {names},"}
    (lead / "templates/words.json").write_text(json.dumps(words), "utf-8")
    (mail,) = run("request", "lead", "--to", "bram", "--today", TODAY, "--json").data["mails"]
    assert mail["subject"] == "Freigabe bis 16. Februar: Every hire enquiry to one rep in minutes"
    assert "Guten Tag Bram Yellowby,\n" in mail["text"]
    assert parse((lead / mail["path"]).read_bytes())["Subject"] == mail["subject"]
