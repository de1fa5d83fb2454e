"""The PDF: page one says everything, every page has the digest, and every machine makes the same file."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sprintkit.charter.monthly_value import value_inputs
from sprintkit.charter.parsing import parse_lenient
from sprintkit.documents.context.charter import build_charter_context
from sprintkit.documents.context.status import build_status_context
from sprintkit.documents.render.document import render_document
from sprintkit.documents.wording import load_wording
from sprintkit.progress.value import compute_value_columns
from tests.conftest import in_turn
from tests.documents.examples import ALL, DIGEST, STRONG, charter, rendered_charter, signatures, week_facts
from tests.documents.reading import pdf_fonts, pdf_info, pdf_pages, pdf_text, pdf_words

PAPERS = ("a4", "letter")
COVER_TEXTS = {
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
        "Running it comes on top: GBP 900 a month, funded for 12",
        "Judged on 27 March 2026, when the sprint closes, and on 29 May 2026",
        "A loss of GBP 9,307",
        "each benefit at 80%, each cost at 125%",
        "as sponsor: approves the budget and can stop it",
        "phone enquiries: kept as the comparison group",
        "redrawing depot areas",
    ),
    "price": (
        "Price exceptions decided in the order queue",
        "from 41 to 60% by 31 July 2026",
        "Switched off if still below 48%",
        "Ilka Brennavik",
        "22 May 2026",
        "EUR 31,000",
        "changing list prices",
    ),
    "referral": ("Switched off if still below 55", "9 October 2026", "Lucan Averhill"),
    "weak": ("AI escalation phase 1", "Leverage generative AI", "Nothing has been ruled out yet"),
}


def _pdf(name: str, paper: str = "a4", **facts: Any) -> bytes:
    if not facts:
        return rendered_charter(name, "pdf", paper)
    return render_document(
        "charter", "pdf", build_charter_context(charter(name), digest=DIGEST, **facts), paper=paper
    )


@pytest.mark.parametrize(("name", "paper"), in_turn(ALL, PAPERS))
def test_page_one_says_everything_a_sponsor_needs(name: str, paper: str) -> None:
    inputs = value_inputs(parse_lenient(charter(name)).charter)
    pages = pdf_pages(_pdf(name, paper, value=compute_value_columns(inputs) if inputs else None))
    for text in COVER_TEXTS[name]:
        assert text in pages[0], text
    assert "Not approved yet" in pages[0]
    assert pages[1].startswith("1 Deliverable")


@pytest.mark.slow
@pytest.mark.parametrize(("length", "paper"), in_turn((60, 140, 200, 2000), PAPERS))
def test_page_one_is_one_page_however_long_the_answers_are(length: int, paper: str) -> None:
    document = charter("lead")
    for table in ("process", "data_requirements", "integration_points"):
        del document[table]
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
    for number in range(15):
        document["people"][f"tester{number}"] = {"name": f"{number} {text}"}
        document["plan"]["signatories"].append({"party": "tool", "person": f"tester{number}"})
    pages = pdf_pages(
        render_document("charter", "pdf", build_charter_context(document, digest=DIGEST), paper=paper)
    )
    assert "and 12 more, in the charter's signature block" in pages[0]
    assert pages[1].startswith("1 Deliverable")


@pytest.mark.slow
def test_page_one_names_who_has_signed_and_who_has_not() -> None:
    given = signatures("lead")
    signed = pdf_text(_pdf("lead", signatures=given), 1)
    assert "Signed. Approvals given: all 7." in signed
    assert "Not approved" not in signed
    assert "Bram Yellowby · signed as sponsor: approves the budget" in signed
    partly = pdf_text(_pdf("lead", signatures=given[:3]), 1)
    assert "Not yet in force. Approvals given: 3 of 7." in partly
    assert "Hollis Entwhite · not signed as builder: builds the deliverable" in partly
    rejected = [*given[:6], given[6] | {"decision": "reject", "comment": "no day for the drill"}]
    text = pdf_text(_pdf("lead", signatures=rejected))
    assert "Rejected." in text
    assert "no day for the drill" in text
    stale = [signature | {"digest": "f" * 64} for signature in given]
    text = pdf_text(_pdf("lead", signatures=stale))
    assert "Not approved yet" in text
    assert "approved an earlier text (ffffffffffff)" in text


def test_a_signature_from_before_an_amendment_shows_its_own_digest() -> None:
    given = [signature | {"valid": True} for signature in signatures("price")]
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
    context = build_charter_context(
        charter("price"), digest=after, signatures=[*given, resigned], amendments=[amendment]
    )
    text = pdf_text(render_document("charter", "pdf", context))
    assert "Signed. Approvals given: all 7. Amended by A1." in text
    assert "Approved by Garrick Oudenhart." in text
    assert "approved on 5 May 2026" in text
    assert f"approved {DIGEST[:12]} on 17 April 2026, before it was amended" in text


def test_every_signatory_has_a_line_to_reply_with() -> None:
    text = pdf_text(_pdf("lead"))
    for parties in (
        "sponsor",
        "owner",
        "process lead",
        "data owner",
        "data owner and tool administrator",
        "builder",
    ):
        assert f"‘Every hire enquiry to one rep in minutes’ ({DIGEST[:12]}) as {parties}." in text
    document = charter("lead")
    del document["plan"]["signatories"]
    text = pdf_text(render_document("charter", "pdf", build_charter_context(document, digest=DIGEST)))
    assert "as owner." in text
    assert "tool administrator." not in text


def test_signing_services_find_a_field_of_each_person() -> None:
    text = pdf_text(_pdf("lead"))
    anchors = [f"\\{kind}{number}\\" for number in range(1, 7) for kind in ("sig", "date")]
    assert [text.count(anchor) for anchor in anchors] == [1] * len(anchors)
    partly = pdf_text(_pdf("lead", signatures=signatures("lead")[:2]))
    assert "\\sig1\\" not in partly and "\\sig3\\" in partly, "whoever has approved has no field left"


@pytest.mark.parametrize("paper", PAPERS)
def test_people_sign_on_page_three_at_the_latest(paper: str) -> None:
    pages = pdf_pages(_pdf("lead", paper))
    assert len(pages) <= 8
    last_signature = max(number for number, page in enumerate(pages, 1) if "\\sig6\\" in page)
    assert last_signature <= 3
    assert "Signatures: page 3" in pages[0] and "5 Signatures" in pages[2]
    assert pages[3].startswith("Working detail")


def test_no_row_of_a_table_is_alone_on_a_page() -> None:
    rows = ("match the sender", "read the equipment class", "assign the rep", "assign from the held list")
    document = charter("lead")
    document["use_case"]["why_not_rules"] += " and more words" * 8
    pages = pdf_pages(render_document("charter", "pdf", build_charter_context(document, digest=DIGEST)))
    counts = [sum(row in page for row in rows) for page in pages]
    assert [count for count in counts if count] == [2, 2]


def test_signatures_stay_together_and_no_heading_ends_a_page() -> None:
    document = charter("lead")
    document["plan"]["milestones"] *= 2
    document["scope"]["no_gos"] *= 3
    pages = pdf_pages(render_document("charter", "pdf", build_charter_context(document, digest=DIGEST)))
    page = next(page for page in pages if "5 Signatures" in page)
    assert all(f"\\sig{number}\\" in page for number in range(1, 7)), "on one page, which holds all of them"
    document = charter("lead")
    document["charter"]["depth"] = "lean"
    document["plan"] = {"milestones": document["plan"]["milestones"][:3]}
    for name in ("budget", "scope", "value"):
        del document[name]
    pages = pdf_pages(render_document("charter", "pdf", build_charter_context(document, digest=DIGEST)))
    assert any("Working detail" in page and "Use case" in page for page in pages)


def test_a_draft_says_so_on_every_page() -> None:
    pages = pdf_pages(_pdf("weak", is_draft=True))
    assert all("DRAFT" in "".join(page.split()) for page in pages)
    assert not any("DRAFT" in page for page in pdf_pages(_pdf("lead")))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_page_has_its_number_and_the_digest(paper: str) -> None:
    pages = pdf_pages(_pdf("lead", paper))
    for number, page in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in page
        assert DIGEST[:12] in page


@pytest.mark.parametrize(("paper", "size"), [("a4", "595"), ("letter", "612 x 792")])
def test_a_pdf_has_the_paper_size_tags_and_title(paper: str, size: str) -> None:
    body = _pdf("lead", paper)
    info = pdf_info(body)
    assert info["Page size"].startswith(size)
    assert info["Tagged"] == "yes"
    assert info["Title"] == "Every hire enquiry to one rep in minutes"
    assert "CreationDate" not in info
    assert b"pdfuaid:part" in body
    assert b"/Lang" in body


def test_all_fonts_are_embedded() -> None:
    rows = pdf_fonts(_pdf("lead"))
    assert rows
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows), rows
    assert not [
        row
        for row in rows
        if "SourceSans3" not in row[0] and "Libertinus" not in row[0] and "DejaVuSansMono" not in row[0]
    ]


def test_the_text_is_in_reading_order() -> None:
    text = pdf_text(_pdf("lead"))
    headings = (
        "1 Deliverable",
        "2 Milestones and deadline",
        "3 What is not included",
        "4 Value and budget",
        "5 Signatures",
        "6 Use case",
        "7 Owner",
        "8 Process and settled disagreements",
        "9 Success metric",
        "10 Data requirements",
        "11 Integration points",
        "12 Inputs of the value calculator",
        "13 Production readiness",
        "14 People and document details",
    )
    positions = [text.find(heading) for heading in headings]
    assert -1 not in positions
    assert positions == sorted(positions)


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_an_accessibility_checker_finds_nothing(name: str, tmp_path: Path) -> None:
    pdfua = pytest.importorskip("pdfua")
    bodies = {"charter": _pdf(name)}
    if name in STRONG:
        bodies["status"] = render_document(
            "status", "pdf", build_status_context(charter(name), **week_facts(name, 3))
        )
    for document, body in bodies.items():
        path = tmp_path / f"{document}.pdf"
        path.write_bytes(body)
        assert not pdfua.validate(path).findings
        assert b"pdfuaid:part" in body


@pytest.mark.parametrize("name", STRONG)
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    context = build_charter_context(charter(name), digest=DIGEST)
    for form in ("md", "html", "pdf"):
        assert render_document("charter", form, context) == rendered_charter(name, form)


@pytest.mark.slow
def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys, hashlib; from tests.documents.examples import DIGEST, charter;"
        "from sprintkit.documents.render.document import render_document;"
        "from sprintkit.documents.context.charter import build_charter_context;"
        "context = build_charter_context(charter('price'), digest=DIGEST);"
        "documents = [render_document('charter', form, context) for form in ('md', 'html', 'pdf')];"
        "print([hashlib.sha256(document).hexdigest() for document in documents])"
    )
    root = Path(__file__).parent.parent.parent
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "HOME": str(tmp_path), "LC_ALL": "C"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima"))
    }
    assert len(outputs) == 1


SCRIPTS = {
    "SprintSansArabic": "توزيع كل طلب",
    "NotoSansHebrew": "תיאום פניות",
    "NotoSansDevanagari": "हर पूछताछ",
    "NotoSansThai": "ทุกคำขอ",
    "NotoSansCJKJP": "すべての問い合わせを一人に",
    "NotoEmoji": "Fast \U0001f680 lane",
}


@pytest.mark.parametrize(("font", "statement"), [*SCRIPTS.items(), ("NotoSansCJKJP", "모든 문의 简体 繁體")])
def test_the_fonts_of_other_scripts_are_embedded(font: str, statement: str) -> None:
    document = {"use_case": {"statement": statement}}
    body = render_document("charter", "pdf", build_charter_context(document, digest=DIGEST))
    rows = pdf_fonts(body)
    assert any(font in row[0] for row in rows), rows
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows), rows
    assert b"pdfuaid:part" in body
    text = "".join(pdf_text(body).split())
    assert all(word in text for word in statement.split())
    assert "fonts cannot show" not in pdf_text(body, 1)


def test_a_character_that_no_font_has_is_reported() -> None:
    context = build_charter_context({"charter": {"title": "Old letters \U00010a00 here"}}, digest=DIGEST)
    body = render_document("charter", "pdf", context)
    assert body == render_document("charter", "pdf", context)
    if b"pdfuaid:part" not in body:
        assert "The available fonts cannot show" in pdf_text(body, 1)
        assert "Kharoshthi. Add a font that can to templates/fonts/" in pdf_text(body, 1)


@pytest.mark.slow
def test_a_status_is_one_page_with_the_reasons() -> None:
    for (name, week), paper in in_turn((("lead", 2), ("lead", 5), ("price", 2), ("referral", 4)), PAPERS):
        context = build_status_context(charter(name), **week_facts(name, week))
        body = render_document("status", "pdf", context, paper=paper)
        assert pdf_info(body)["Pages"] == "1"
    text = pdf_text(body)
    assert "Off track Everything is accepted, but not all is well." in text
    for reason in (
        "was outside its limit in the last two readings",
        "The room doubts it",
        "past the stop line",
    ):
        assert reason in text
    assert not re.search(r"\b[HS]\d\b", text), "no code of a rule"


@pytest.mark.slow
@pytest.mark.parametrize(("count", "paper"), in_turn((3, 9, 60), PAPERS))
def test_a_status_is_one_page_however_bad_the_week(count: int, paper: str) -> None:
    long = "word " * 60
    document, facts = charter("lead"), week_facts("lead", 5)
    milestone = document["plan"]["milestones"][0]
    document["charter"]["title"] = long
    document["plan"]["milestones"] = [
        {**milestone, "id": f"M{number}", "title": long, "due_week": 1} for number in range(count)
    ]
    document["success_metric"]["guardrails"] = [
        {"id": f"g{number}", "name": long, "at_most": 3} for number in range(count)
    ]
    blocker = {"category": "data", "title": long, "holder": "odile", "opened": 1, "due_week": 2, "how": long}
    reasons = [{"code": code, "about": None, "message": long} for code in ("H1", "S6", "S7", "S8")]
    reasons += [{"code": "H4", "about": f"B{number}", "message": long} for number in range(count)]
    facts |= {
        "accepted": {},
        "status": facts["status"] | {"reasons": reasons, "health": "off_track"},
        "blockers": [
            {**blocker, "id": f"B{number}", "closed": 5 if number % 3 == 0 else None}
            for number in range(count)
        ],
        "guardrails": [{"id": f"g{number}", "value": 4, "outside": True} for number in range(count)],
        "checkin": facts["checkin"] | {"decisions": [long] * count, "note": long, "lesson": long},
    }
    body = render_document("status", "pdf", build_status_context(document, room=long, **facts), paper=paper)
    assert pdf_info(body)["Pages"] == "1"
    text = pdf_text(body)
    assert (
        "page 1 of 1" in text
        and "Off track after week 5 of 6" in text
        and "What is needed, from whom" in text
    )


def test_after_the_deadline_a_status_shows_what_is_missing_and_no_forecast() -> None:
    facts = week_facts("lead", 5)
    status = facts["status"] | {
        "state": "due",
        "week": 8,
        "health": "off_track",
        "reasons": [{"code": "H2", "about": None, "message": "The deadline was 27 March 2026."}],
    }
    text = pdf_text(
        render_document(
            "status", "pdf", build_status_context(charter("lead"), **(facts | {"status": status}))
        )
    )
    assert "Missing at the end" in text and "M8" in text and "10 points, not accepted" in text
    assert "100 planned by week 6" in text and "Lands" not in text
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
    context = build_status_context(charter("lead"), status, on=facts["on"])
    text = pdf_text(render_document("status", "pdf", context))
    assert "No data" in text
    assert "No check-in yet" in text
    assert "On track" not in text


def test_a_right_to_left_document_turns_its_scale_and_its_arrow() -> None:
    wording = load_wording({"words.json": '{"lang": "ar", "dir": "rtl"}'})
    context = build_charter_context(charter("lead"), digest=DIGEST, wording=wording)
    edges = pdf_words(render_document("brief", "pdf", context), 1)
    assert 60 < edges["target"][0] < edges["switched"][0] < edges["today"][0] and edges["today"][1] < 535
    assert edges["50"][0] < edges["←"][0] < edges["95"][0], "read from the right: 95, then 50"
    assert edges["Quernmoor"][0] > 300, "the start of a line is on the right"
