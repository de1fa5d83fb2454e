"""The width of text in the columns of a plain terminal."""

from __future__ import annotations

import pytest

from sprintkit.text.cells import cell_width, fit_cells, pad_cells


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("", 0), ("é", 1)])
def test_wide_characters_take_two_columns_and_combining_ones_none(text: str, width: int) -> None:
    assert cell_width(text) == width


@pytest.mark.parametrize("text", ["abcdefgh", "日本語日本語", "a b c d e f"])
def test_a_text_is_cut_to_its_width(text: str) -> None:
    cut = fit_cells(text, 5)
    assert cut.endswith("…") and cell_width(cut) <= 5
    assert fit_cells(text, 40) == text


def test_a_text_is_padded_to_its_width() -> None:
    assert pad_cells("日本", 6) == "日本  "
    assert pad_cells("long", 2) == "long"
