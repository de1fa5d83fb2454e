"""The order of findings: errors before warnings, each in the order of the charter's file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from sprintkit.charter import paths
from sprintkit.charter.findings import ERROR, Finding
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.question_bank import models_by_path
from sprintkit.charter.rules.rule import RULES


def sort_findings(findings: list[Finding], parsed: ParsedCharter) -> list[Finding]:
    """The findings sorted by severity, then by position in the file, then by rule."""
    rule_ranks = {rule_id: rank for rank, rule_id in enumerate(RULES)}
    positions = _FilePositions(parsed.document)
    sort_keys = {
        finding: (
            finding.severity != ERROR,
            positions.position(finding.path),
            rule_ranks.get(finding.rule, len(rule_ranks)),
        )
        for finding in findings
    }
    return sorted(findings, key=sort_keys.__getitem__)


_parse_path = lru_cache(maxsize=4096)(paths.parse)


class _FilePositions:
    """Computes the positions of paths in a document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._key_indices_by_table: dict[int, dict[str, int]] = {}

    def position(self, path: str) -> tuple[tuple[float, int], ...]:
        """A sort key for a path. An absent field gets the position where it would be written."""
        value: Any = self._document
        pattern = ""
        position: list[tuple[float, int]] = []
        for part in _parse_path(path):
            if isinstance(part, int):
                position.append((part, 0))
                value = value[part] if isinstance(value, list) and part < len(value) else None
                pattern += "[]"
            else:
                position.append(self._key_position(value, part, pattern))
                value = value.get(part) if isinstance(value, Mapping) else None
                pattern = _child_pattern(pattern, part)
        return tuple(position)

    def _key_position(self, table: Any, key: str, pattern: str) -> tuple[float, int]:
        """The sort key of `key` in `table`; an absent key comes after the last present one declared before it."""
        indices = self._key_indices(table)
        if key in indices:
            return indices[key], 0
        ranks = _field_ranks(pattern)
        rank = ranks.get(key, len(ranks))
        earlier = [index for name, index in indices.items() if ranks.get(name, len(ranks)) < rank]
        return max(earlier, default=-1) + 0.5, rank

    def _key_indices(self, table: Any) -> dict[str, int]:
        if not isinstance(table, Mapping):
            return {}
        indices = self._key_indices_by_table.get(id(table))
        if indices is None:
            indices = {key: index for index, key in enumerate(table)}
            self._key_indices_by_table[id(table)] = indices
        return indices


def _child_pattern(pattern: str, key: str) -> str:
    if not pattern:
        return key
    return f"{pattern}[]" if pattern == "people" else f"{pattern}.{key}"


@cache
def _field_ranks(pattern: str) -> dict[str, int]:
    """The keys of the table at `pattern`, in the order the model declares them."""
    model = models_by_path().get(pattern)
    if model is None:
        return {}
    return {field.alias or name: rank for rank, (name, field) in enumerate(model.model_fields.items())}
