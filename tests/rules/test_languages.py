"""Charters in languages with word lists and in languages without."""

from __future__ import annotations

import pytest

from sprintkit.charter.judge_setting import JudgeSetting
from sprintkit.charter.language import detect_language, language_code, language_name
from sprintkit.charter.lexicon import Text, build_lexicon
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.rules import RULES, check_with_language, rerun_rules, run_rules
from tests.rules.helpers import charter_in, language_answers, lead_charter, with_changes


@pytest.mark.parametrize("judge", ["off", "calm", "strict"])
@pytest.mark.parametrize("name", ["spanish", "german", "french"])
def test_a_strong_charter_raises_nothing_and_its_language_is_reported(name: str, judge: JudgeSetting) -> None:
    findings, report = check_with_language(parse_lenient(charter_in(name)), judge=judge)
    assert findings == []
    assert (report.language, report.silent_rules, report.notice) == (
        language_answers(name)["language"],
        (),
        "",
    )


@pytest.mark.parametrize("judge", ["off", "calm", "strict"])
@pytest.mark.parametrize("name", ["spanish", "german", "french"])
def test_only_weak_answers_have_findings(name: str, judge: JudgeSetting) -> None:
    findings, report = check_with_language(parse_lenient(charter_in(name, weak=True)), judge=judge)
    paths = {finding.path for finding in findings}
    assert report.language == language_answers(name)["language"]
    assert paths <= set(language_answers(name)["weak"])
    assert len(paths) >= 8


def test_an_italian_charter_gets_a_notice_and_no_finding_of_a_rule_that_reads_words() -> None:
    for weak in (False, True):
        findings, report = check_with_language(
            parse_lenient(charter_in("italian", weak=weak)), judge="strict"
        )
        assert findings == []
        assert report.language == "it"
        assert set(report.silent_rules) == {rule.id for rule in RULES.values() if rule.rests_on_words}
        assert report.notice == (
            f"The answers look Italian. {len(report.silent_rules)} rules that read words cannot judge them; "
            "add `[words.it]` or read them yourselves."
        )


def test_people_numbers_and_dates_are_judged_in_every_language() -> None:
    changes = {
        "people.odile.name": "TBD",
        "people.suvi.name": "Anna Berg / Tom Hill",
        "owner.deputy": "suvi",
        "success_metric.unit": "%",
        "success_metric.baseline": 120.0,
        "timeline.start": "2026-02-14",
        "integration_points[0].output": "TBD",
    }
    rules = {finding.rule for finding in run_rules(parse_lenient(charter_in("italian", **changes)))}
    assert {"OWN-001", "OWN-002", "GEN-001", "MET-003", "TIM-007"} <= rules


def test_words_added_by_the_workspace_bring_their_rules_back() -> None:
    lexicon = build_lexicon({"it": {"REPORT": ["rapporto", "report"], "MANUAL": ["dalla cassetta"]}})
    parsed = parse_lenient(charter_in("italian", weak=True))
    findings, report = check_with_language(parsed, lexicon=lexicon)
    assert {finding.rule for finding in findings} == {"DEL-002", "INT-005"}
    assert {"DEL-002", "INT-005"}.isdisjoint(report.silent_rules)
    assert "ANS-001" in report.silent_rules
    only_exempt = build_lexicon({"it": {"REPORT_EXEMPT": ["rapporto di cambio"]}})
    assert "DEL-002" in check_with_language(parsed, lexicon=only_exempt)[1].silent_rules


@pytest.mark.parametrize(
    ("typed", "code"), [("it", "it"), ("Italian", "it"), ("italiano", "it"), ("pt-BR", "pt")]
)
def test_the_charter_may_state_its_language(typed: str, code: str) -> None:
    _, report = check_with_language(parse_lenient(lead_charter({"charter.language": typed})), judge="off")
    assert report.language == code
    assert report.notice.startswith(f"The answers look {language_name(code)}. ")


def test_an_unknown_language_is_named_as_it_was_typed() -> None:
    _, report = check_with_language(parse_lenient(lead_charter({"charter.language": "cy"})), judge="off")
    assert report.notice.startswith("The answers are in 'cy'. ")
    assert "`[words.cy]`" in report.notice
    assert language_code(" Welsh ") == "welsh"


def test_one_answer_in_another_language_silences_no_rule() -> None:
    italian = (
        "Se il sistema non risponde dopo dieci minuti si torna alla cassetta della posta e poi si smista"
    )
    findings, report = check_with_language(
        parse_lenient(lead_charter({"integration_points[0].fallback": italian})), judge="off"
    )
    assert (findings, report.language, report.silent_rules) == ([], "en", ())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Elke aanvraag wordt binnen vijf minuten door het systeem aan een medewerker toegewezen", "nl"),
        (
            "O sistema atribui cada pedido ao técnico da zona em menos de cinco minutos, e não há mais fila",
            "pt",
        ),
        ("Każde zgłoszenie trafia w ciągu pięciu minut do jednego pracownika i nie jest przekazywane", "pl"),
        ("Varje ärende hamnar hos en handläggare inom fem minuter och det är inte delat", "sv"),
        ("Hver sag går til en sagsbehandler inden fem minutter, og den bliver ikke delt efter ugen", "da"),
        ("Jokainen pyyntö on viiden minuutin jälkeen yhdellä, ja se ei ole kuin kerran", "fi"),
        ("担当者が五分以内に割り当てます", "ja"),
        ("五分钟内分配给一名员工", "zh"),
        ("모든 요청은 오 분 안에 한 사람에게 갑니다", "ko"),
        ("كل طلب يصل إلى موظف واحد خلال خمس دقائق", "ar"),
        ("Каждая заявка за пять минут попадает к одному сотруднику", "ru"),
        ("Кожна заявка за п'ять хвилин іде до одного працівника", "uk"),
        ("Κάθε αίτημα πηγαίνει σε έναν υπάλληλο", "el"),
        ("כל בקשה מגיעה לעובד אחד תוך חמש דקות", "he"),
        ("Each request goes to one clerk within five minutes, and it is not shared with the rest", "en"),
        ("SAP, CRM, Excel", None),
        ("og er det som med", None),
        ("", None),
    ],
)
def test_languages_are_recognised_by_function_words_and_scripts(text: str, language: str | None) -> None:
    words = Text(text)
    assert detect_language(words.folded, words.words) == language


@pytest.mark.parametrize("language", ["Japanese", "Arabic", "Russian"])
def test_a_notice_names_a_language_in_another_script(language: str) -> None:
    texts = {
        "Japanese": "担当者が五分以内に割り当て、記録に名前が残ります",
        "Arabic": "كل طلب يصل إلى موظف واحد خلال خمس دقائق",
        "Russian": "Каждая заявка за пять минут попадает к одному сотруднику",
    }
    document = charter_in("italian")
    answers = {
        path: texts[language]
        for path in language_answers("italian")["strong"]
        if not path.startswith(("people", "use_case.users", "integration_points[0].user_role"))
    }
    findings, report = check_with_language(parse_lenient(with_changes(document, answers)))
    assert report.notice.startswith(f"The answers look {language}. ")
    assert {finding.rule for finding in findings} <= {"GEN-004", "GEN-005"}


def test_rerunning_a_section_of_a_charter_in_another_language_equals_running_all() -> None:
    before = charter_in("italian", weak=True)
    after = parse_lenient(with_changes(before, {"integration_points[0].fallback": "Si aspetta"}))
    earlier = run_rules(parse_lenient(before))
    assert rerun_rules(earlier, after, {"integration"}) == run_rules(after)


def test_the_judge_is_off_for_a_language_it_never_learned() -> None:
    document = charter_in("italian", **{"success_metric.if_missed": "training and change support"})
    assert run_rules(parse_lenient(document), judge="strict") == []
