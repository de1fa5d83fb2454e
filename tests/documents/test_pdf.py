"""The PDF: page one says everything, every page says which text it is, and anybody's machine makes the same file."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sprintkit.documents import render_document
from sprintkit.documents.context.charter import charter_context
from sprintkit.documents.context.status import status_context
from sprintkit.documents.wording import wording
from tests.documents.examples import ALL, DIGEST, STRONG, charter, signatures, week_facts
from tests.documents.reading import pdf_fonts, pdf_info, pdf_pages, pdf_text, pdf_words

FRONT = {
    "lead": (
        "Every hire enquiry to one rep in minutes",
        "Assign every inbound hire enquiry to exactly one inside sales rep within five minutes",
        "the share of won hires fell by a third",
        "Median working minutes from enquiry to first rep contact",
        "from 95 to 50 working minutes by 29 May 2026",
        "Switched off if still above 80 working minutes",
        "Odile Tamsworth",
        "27 March 2026",
        "6 weeks from 16 February 2026",
        "GBP 42,000",
        "then GBP 900 a month to run, 12 months of it paid for",
        "phone enquiries: kept as the comparison group",
        "redrawing depot areas",
    ),
    "price": (
        "Price exceptions decided in the order queue",
        "from 41 to 60 % by 31 July 2026",
        "Switched off if still below 48 %",
        "Ilka Brennavik",
        "22 May 2026",
        "EUR 31,000",
        "changing list prices",
    ),
    "referral": ("Switched off if still below 55", "9 October 2026", "Lucan Averhill"),
    "weak": ("AI escalation phase 1", "Leverage generative AI", "Nothing has been ruled out yet"),
}


def _pdf(name: str, paper: str = "a4", **facts: Any) -> bytes:
    return render_document(
        "charter", "pdf", charter_context(charter(name), digest=DIGEST, **facts), paper=paper
    )


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", ALL)
def test_page_one_alone_tells_everything(name: str, paper: str) -> None:
    pages = pdf_pages(_pdf(name, paper))
    for said in FRONT[name]:
        assert said in pages[0], said
    assert "Unsigned draft" in pages[0]
    assert pages[1].startswith("1 Use case")


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("length", [60, 140, 200, 2000])
def test_page_one_is_one_page_however_much_is_said(length: int, paper: str) -> None:
    document = charter("lead")
    text = ("Longer words " * 1000)[:length].strip()
    document["charter"]["title"] = document["charter"]["organization"] = text
    for table, keys in (
        ("use_case", ("statement",)),
        ("success_metric", ("name", "business_value", "unit", "source")),
        ("deliverable", ("statement",)),
    ):
        document[table] |= dict.fromkeys(keys, text)
    document["people"]["odile"] = {"name": text, "role": text}
    document["scope"]["no_gos"] = [{"item": text, "why": text}] * 9
    document["plan"]["signatories"] *= 3
    pages = pdf_pages(
        render_document("charter", "pdf", charter_context(document, digest=DIGEST), paper=paper)
    )
    assert "and 12 more, in the signature block" in pages[0]
    assert pages[1].startswith("1 Use case")


def test_page_one_says_who_signed_and_who_has_not() -> None:
    given = signatures("lead")
    signed = pdf_text(_pdf("lead", signatures=given), 1)
    assert "Signed. Signatures given: all 7." in signed
    assert "Unsigned" not in signed
    assert "Bram Yellowby sponsor · signed" in signed
    partly = pdf_text(_pdf("lead", signatures=given[:3]), 1)
    assert "Not yet in force. Signatures given: 3 of 7." in partly
    assert "Hollis Entwhite builder · not signed" in partly
    rejected = [*given[:6], given[6] | {"decision": "reject", "comment": "no day for the drill"}]
    text = pdf_text(_pdf("lead", signatures=rejected))
    assert "Rejected." in text
    assert "no day for the drill" in text
    stale = [one | {"digest": "f" * 64} for one in given]
    text = pdf_text(_pdf("lead", signatures=stale))
    assert "Unsigned draft" in text
    assert "signed an earlier text (ffffffffffff)" in text


def test_what_was_signed_before_an_amendment_is_said_with_its_own_digest() -> None:
    given = [one | {"valid": True} for one in signatures("price")]
    after = "f" * 64
    amendment = {
        "id": "A1",
        "kind": "plan",
        "decision": "approve",
        "reason": "less to do",
        "requested_by": "zelie",
        "from_week": 3,
        "digest_after": after,
    }
    resigned = given[0] | {"digest": after, "on": date(2026, 5, 5)}
    context = charter_context(
        charter("price"), digest=after, signatures=[*given, resigned], amendments=[amendment]
    )
    text = pdf_text(render_document("charter", "pdf", context))
    assert "Signed. Signatures given: all 7. Amended by A1." in text
    assert "Signed by Garrick Oudenhart." in text
    assert "approved on 5 May 2026" in text
    assert f"approved {DIGEST[:12]} on 17 April 2026, before it was amended" in text


def test_every_signatory_has_a_line_to_reply_with() -> None:
    text = pdf_text(_pdf("lead"))
    for party in ("sponsor", "owner", "process", "data", "tool", "builder"):
        assert f"I approve {DIGEST[:12]} as {party}." in text
    document = charter("lead")
    del document["plan"]["signatories"]
    text = pdf_text(render_document("charter", "pdf", charter_context(document, digest=DIGEST)))
    assert "as owner." in text
    assert "as tool." not in text


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_page_has_its_number_and_the_digest(paper: str) -> None:
    pages = pdf_pages(_pdf("lead", paper))
    for number, page in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in page
        assert DIGEST[:12] in page


@pytest.mark.parametrize(("paper", "size"), [("a4", "595"), ("letter", "612 x 792")])
def test_paper_tags_and_title(paper: str, size: str) -> None:
    made = _pdf("lead", paper)
    told = pdf_info(made)
    assert told["Page size"].startswith(size)
    assert told["Tagged"] == "yes"
    assert told["Title"] == "Every hire enquiry to one rep in minutes"
    assert "CreationDate" not in told
    assert b"pdfuaid:part" in made
    assert b"/Lang" in made


def test_all_fonts_are_inside() -> None:
    rows = pdf_fonts(_pdf("lead"))
    assert rows
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows), rows
    assert not [
        row
        for row in rows
        if "SourceSans3" not in row[0] and "Libertinus" not in row[0] and "DejaVuSansMono" not in row[0]
    ]


def test_the_text_runs_in_reading_order() -> None:
    text = pdf_text(_pdf("lead"))
    order = (
        "1 Use case",
        "2 Success metric",
        "3 Data requirements",
        "4 Integration points",
        "5 Owner",
        "6 Process and settled disagreements",
        "7 Deliverable",
        "8 What is not included",
        "9 Timeline and milestones",
        "10 Budget and value",
        "11 Production readiness",
        "12 Waived warnings",
        "13 Parked questions",
        "14 People and papers",
        "15 Signatures",
    )
    places = [text.find(name) for name in order]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("name", ALL)
def test_a_checker_of_accessibility_finds_nothing(name: str, tmp_path: Path) -> None:
    pdfua = pytest.importorskip("pdfua")
    made = {"charter": _pdf(name)}
    if name in STRONG:
        made["status"] = render_document(
            "status", "pdf", status_context(charter(name), **week_facts(name, 3))
        )
    for document, body in made.items():
        path = tmp_path / f"{document}.pdf"
        path.write_bytes(body)
        assert not pdfua.validate(path).findings
        assert b"pdfuaid:part" in body


@pytest.mark.parametrize("name", STRONG)
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    context = charter_context(charter(name), digest=DIGEST)
    for form in ("md", "html", "pdf"):
        assert render_document("charter", form, context) == render_document("charter", form, context)


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys, hashlib; from tests.documents.examples import *; from sprintkit.documents import render_document;"
        "from sprintkit.documents.context.charter import charter_context as c;"
        "x = c(charter('price'), digest=DIGEST);"
        "print([hashlib.sha256(render_document('charter', f, x)).hexdigest() for f in ('md', 'html', 'pdf')])"
    )
    root = Path(__file__).parent.parent.parent
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "HOME": str(tmp_path), "LC_ALL": "C"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima"))
    }
    assert len(seen) == 1


SCRIPTS = {
    "SprintSansArabic": "توزيع كل طلب",
    "NotoSansHebrew": "תיאום פניות",
    "NotoSansDevanagari": "हर पूछताछ",
    "NotoSansThai": "ทุกคำขอ",
    "NotoSansCJKJP": "すべての問い合わせを一人に",
    "NotoEmoji": "Fast \U0001f680 lane",
}


@pytest.mark.parametrize(("font", "said"), [*SCRIPTS.items(), ("NotoSansCJKJP", "모든 문의 简体 繁體")])
def test_other_scripts_have_their_font_inside(font: str, said: str) -> None:
    document = charter("lead")
    document["use_case"]["statement"] = said
    made = render_document("charter", "pdf", charter_context(document, digest=DIGEST))
    rows = pdf_fonts(made)
    assert any(font in row[0] for row in rows), rows
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows), rows
    assert b"pdfuaid:part" in made
    text = "".join(pdf_text(made).split())
    assert all(word in text for word in said.split())
    assert "have no shape for" not in pdf_text(made, 1)


def test_a_sign_no_font_has_is_told() -> None:
    document = charter("lead")
    document["charter"]["title"] = "Old signs \U00010a00 kept"
    context = charter_context(document, digest=DIGEST)
    made = render_document("charter", "pdf", context)
    assert made == render_document("charter", "pdf", context)
    if b"pdfuaid:part" not in made:
        assert "The fonts at hand have no shape for" in pdf_text(made, 1)
        assert "Kharoshthi. Put one that has into templates/fonts/" in pdf_text(made, 1)


def test_a_status_is_one_page_that_tells_why() -> None:
    for paper in ("a4", "letter"):
        for name, week in (("lead", 2), ("lead", 5), ("price", 2), ("referral", 4)):
            made = render_document(
                "status", "pdf", status_context(charter(name), **week_facts(name, week)), paper=paper
            )
            assert pdf_info(made)["Pages"] == "1"
    text = pdf_text(made)
    assert "Off track Cannot land in time as it is: cut, or stop." in text
    for code in ("H6", "S5", "S6", "S8"):
        assert code in text


@pytest.mark.parametrize("many", [3, 9, 60])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_status_is_one_page_however_bad_the_week(many: int, paper: str) -> None:
    long = "word " * 60
    document, facts = charter("lead"), week_facts("lead", 5)
    stone = document["plan"]["milestones"][0]
    document["charter"]["title"] = long
    document["plan"]["milestones"] = [
        {**stone, "id": f"M{at}", "title": long, "due_week": 1} for at in range(many)
    ]
    document["success_metric"]["guardrails"] = [
        {"id": f"g{at}", "name": long, "at_most": 3} for at in range(many)
    ]
    blocker = {"category": "data", "title": long, "holder": "odile", "opened": 1, "due_week": 2, "how": long}
    reasons = [{"code": code, "about": None, "message": long} for code in ("H1", "S6", "S7", "S8")]
    reasons += [{"code": "H4", "about": f"B{at}", "message": long} for at in range(many)]
    facts |= {
        "accepted": {},
        "status": facts["status"] | {"reasons": reasons, "health": "off_track"},
        "blockers": [{**blocker, "id": f"B{at}", "closed": 5 if at % 3 == 0 else None} for at in range(many)],
        "guardrails": [{"id": f"g{at}", "value": 4, "outside": True} for at in range(many)],
        "checkin": facts["checkin"] | {"decisions": [long] * many, "note": long, "lesson": long},
    }
    made = render_document("status", "pdf", status_context(document, room=long, **facts), paper=paper)
    assert pdf_info(made)["Pages"] == "1"
    text = pdf_text(made)
    assert "page 1 of 1" in text and "H1" in text and "What is needed, from whom" in text


def test_after_the_end_a_status_tells_what_is_missing_and_no_forecast() -> None:
    facts = week_facts("lead", 5)
    status = facts["status"] | {
        "state": "due",
        "week": 8,
        "health": "off_track",
        "reasons": [{"code": "H2", "about": None, "message": "The deadline was 27 March 2026."}],
    }
    text = pdf_text(
        render_document("status", "pdf", status_context(charter("lead"), **(facts | {"status": status})))
    )
    assert "Missing at the end" in text and "M8" in text and "10 points, not accepted" in text
    assert "100 planned by week 6" in text and "Lands in week" not in text
    assert "Decide: operate or stop." in text


def test_a_status_without_data_is_not_on_track() -> None:
    facts = week_facts("lead", 1)
    status = facts["status"] | {
        "health": None,
        "as_of_week": 0,
        "reasons": [],
        "last_checkin": None,
        "earned": 0,
        "planned": 0,
        "forecast_kind": None,
        "forecast_pace": None,
        "missing_at_deadline": [],
    }
    context = status_context(charter("lead"), status, on=facts["on"])
    text = pdf_text(render_document("status", "pdf", context))
    assert "No data" in text
    assert "No check-in yet" in text
    assert "On track" not in text


def test_a_document_that_runs_from_right_to_left_draws_its_pictures_as_they_are() -> None:
    words = wording({"words.json": '{"lang": "ar", "dir": "rtl"}'})
    context = charter_context(charter("lead"), digest=DIGEST, words=words)
    at = pdf_words(render_document("charter", "pdf", context), 1)
    assert 60 < at["today"][0] < at["switched"][0] < at["target"][0] and at["target"][1] < 535
    assert at["Quernmoor"][0] > 300, "what stands at the front stands at the right"
