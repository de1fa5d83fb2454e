"""Words are found folded, never inside another word, in any form of a verb, and projects add their own."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.charter.lexicon import (
    ENGLISH,
    ENTRIES,
    Phrases,
    Text,
    Verbs,
    WordLists,
    fold,
    names,
    word_lists,
)
from sprintkit.charter.lexicon.matching import verb_forms
from sprintkit.errors import InputError
from tests.rules.kit import lead, rules


@pytest.mark.parametrize(
    "text",
    [
        "Retrain ASAP",
        "asap",
        "…asap!",
        "retrain\tasap.",
        "ＡＳＡＰ",
        "a\u200bsap",
        "as  soon\nas   possible",
        "(as soon as possible)",
    ],
)
def test_a_phrase_is_found_however_it_is_typed(text: str) -> None:
    assert ENGLISH.weasel.find(Text(text))


@pytest.mark.parametrize(
    "text",
    [
        "asaph",
        "re-asap",
        "asap-ish",
        "retcetera",
        "insufficiently",
        "self-sufficient",
        "as soon, as possible",
    ],
)
def test_no_entry_is_found_inside_a_word_or_across_a_sign(text: str) -> None:
    assert ENGLISH.weasel.find(Text(text)) is None or "possible" in text


def test_typographic_signs_count_as_plain_ones() -> None:
    assert fold("Manager’s  Discretion") == "manager's discretion"
    assert fold("“user‐friendly”") == '"user-friendly"'


@pytest.mark.parametrize(
    "text", ["'TBD' in 8% of rows", '"TBD" rows', "`TBD` rows", "‘TBD’ rows", "„TBD“ rows"]
)
def test_what_is_quoted_is_mentioned_not_said(text: str) -> None:
    assert ENGLISH.placeholder_phrase.find(Text(text)) == "tbd"
    assert ENGLISH.placeholder_phrase.find(Text(text).plain) is None


def test_a_quotation_is_short_and_no_apostrophe_begins_one() -> None:
    assert ENGLISH.placeholder_phrase.find(Text(f"'TBD {'x' * 40}'").plain)
    assert ENGLISH.placeholder_phrase.find(Text("the owner's TBD and the users' list").plain)
    assert Text("as 'soon as' needed").plain.folded != "as needed"


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("route", {"route", "routes", "routed", "routing"}),
        ("copy", {"copy", "copies", "copied", "copying"}),
        ("flag", {"flag", "flags", "flagged", "flagging"}),
        ("match", {"match", "matches", "matched", "matching"}),
        ("pay", {"pay", "pays", "paying"}),
        ("see", {"see", "sees", "seeing"}),
        ("be", {"be"}),
    ],
)
def test_verbs_are_known_in_their_forms(verb: str, forms: set[str]) -> None:
    assert forms <= set(verb_forms(verb))


def test_a_form_of_a_verb_leads_back_to_it() -> None:
    assert ENGLISH.concrete.at(["sent"], 0) == "send"
    assert ENGLISH.concrete.at(["checks", "in", "the", "pallet"], 0) == "check in"
    assert ENGLISH.interpretive.at(["seed", "the", "tray"], 0) is None
    assert Verbs(["prüfen"], inflect=["sort"]).at(["prüfen"], 0) == "prüfen"


def test_a_role_is_found_as_a_word_in_one_or_many() -> None:
    assert names("the desk reps route by hand", "desk rep")
    assert not names("a report of the desk", "rep")
    assert names("由调度员手动分配", "调度员")


def test_a_project_adds_entries_to_a_list() -> None:
    words = word_lists(
        {"en": {"WEASEL": ["in good time"], "VAGUE": ["synergise"], "HEDGE_EXEMPT": ["depends on tier"]}}
    )
    assert "GEN-003" in rules(lead({"success_metric.if_missed": "In good time."}), words=words)
    assert "UC-001" in rules(lead({"use_case.statement": "Synergising the desks"}), words=words)
    assert "PRO-002" not in rules(lead({"process.steps[3].rule": "Depends on tier"}), words=words)
    assert "GEN-003" not in rules(lead({"success_metric.if_missed": "In good time."}))
    assert "asap" in words.weasel


GERMAN: dict[str, Any] = {
    "de": {
        "WEASEL": ["so bald wie möglich", "gegebenenfalls"],
        "PLACEHOLDER_PHRASE": ["noch offen"],
        "GROUP": ["Abteilung", "Vertrieb"],
        "FILLER": ["der", "die"],
        "VAGUE": ["verbessern"],
        "INTERPRETIVE": ["prüfen"],
        "CONCRETE": ["anrufen"],
        "MANUAL": ["von Hand"],
        "JOIN": ["und"],
        "PERCENT": ["Prozent"],
    }
}


@pytest.mark.parametrize(
    ("field", "text", "rule"),
    [
        ("success_metric.if_missed", "Gegebenenfalls nachtrainieren", "GEN-003"),
        ("success_metric.if_missed", "Noch offen", "GEN-001"),
        ("people.odile.name", "Der Vertrieb", "OWN-001"),
        ("people.odile.name", "Odile Tamsworth und Suvi Rautakerr", "OWN-002"),
        ("use_case.statement", "Verbessern der Zuteilung", "UC-001"),
        ("integration_points[0].action", "Prüfen und entscheiden", "INT-003"),
    ],
)
def test_another_language_needs_no_code(field: str, text: str, rule: str) -> None:
    words = word_lists(GERMAN)
    assert rule in rules(lead({field: text}), words=words)
    assert rule not in rules(lead({field: text}))


def test_another_language_also_silences() -> None:
    words = word_lists(GERMAN)
    assert "INT-005" not in rules(lead({"integration_points[0].fallback": "Zuteilung von Hand"}), words=words)
    assert "INT-003" not in rules(lead({"integration_points[0].action": "Prüfen, dann anrufen"}), words=words)
    assert "MET-003" in rules(
        lead({"success_metric.unit": "Prozent", "success_metric.baseline": 195.0}), words=words
    )


def test_a_script_without_spaces_has_no_edges() -> None:
    words = word_lists({"ja": {"WEASEL": ["適切に"], "GROUP": ["営業部"]}})
    assert "GEN-003" in rules(lead({"success_metric.if_missed": "担当者が適切に対応する"}), words=words)
    assert "OWN-001" in rules(lead({"people.odile.name": "営業部"}), words=words)


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"en": {"WEASLE": ["soon"]}}, "Did you mean 'WEASEL'?"),
        ({"en": {"WEASEL": "soon"}}, "words.en.WEASEL must be a list of texts."),
        ({"en": {"WEASEL": [1]}}, "words.en.WEASEL must be a list of texts."),
        ({"en": ["soon"]}, "words.en must be a table of word lists."),
    ],
)
def test_what_is_no_word_list_is_refused(extra: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        word_lists(extra)
    assert message in caught.value.problems[0].message


def test_every_list_is_used_and_holds_each_entry_once() -> None:
    parts = {"FUNCTION", "GROUP", "ROLE", "FILLER", "IRREGULAR"}
    assert {name.lower() for name in set(ENTRIES) - parts} | {"nobody"} == set(WordLists.__dataclass_fields__)
    for name, entries in ENTRIES.items():
        assert len(set(entries)) == len(entries), name
        assert all(entry == fold(entry) or name == "IRREGULAR" for entry in entries), name


def test_an_empty_list_finds_nothing() -> None:
    assert Phrases([]).find(Text("anything")) is None
    assert Phrases(["", " "]).find(Text("")) is None
