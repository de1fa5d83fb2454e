"""Records are recognised by their content, so that each keeps its own comments."""

from __future__ import annotations

from sprintkit.store.toml.record_matching import match_records


def test_records_are_recognised_by_their_content() -> None:
    old = [{"id": "M1", "t": "a"}, {"id": "M2", "t": "b"}, {"id": "M3", "t": "c"}]
    assert match_records(old, [old[2], old[0]]) == [2, 0]
    assert match_records(old, [{"id": "M2", "t": "x"}, {"id": "M9", "t": "y"}]) == [1, None]


def test_records_without_an_id_are_recognised_by_their_texts() -> None:
    old = [{"n": 1, "does": "a"}, {"n": 2, "does": "b"}]
    assert match_records(old, [{"n": 1, "does": "b"}, {"n": 2, "does": "a"}]) == [1, 0]


def test_a_changed_record_in_the_same_position_is_the_same_record() -> None:
    assert match_records([{"a": 1}], [{"a": 2}]) == [0]
