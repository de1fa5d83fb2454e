"""`check` as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sprintkit.actions.result import Result
from sprintkit.cli.shown.layout import Style, wrapped
from sprintkit.text.escaping import one_line
from sprintkit.text.numbers import format_count


def lines(result: Result, style: Style) -> Iterator[str]:
    """Findings by file, then one line for all; or what a rule asks for."""
    data = result.data or {}
    if "rule" in data:
        yield from _rule(data, style)
        return
    files = data["files"]
    for entry in files:
        if entry["findings"]:
            yield from _file(entry, style)
            yield ""
    errors, warnings = sum(entry["errors"] for entry in files), sum(entry["warnings"] for entry in files)
    checked = format_count(sum(entry["depth"] is not None for entry in files), "charter")
    verdict = f"{format_count(errors, 'error')}, {format_count(warnings, 'warning')}"
    yield f"{checked} checked: {style(verdict, 'bad' if errors else 'warn' if warnings else 'good')}"
    if errors or warnings:
        yield "What a rule asks for, and why: sprintkit check --explain RULE"


def _file(entry: dict[str, Any], style: Style) -> Iterator[str]:
    told = f"{format_count(entry['errors'], 'error')}, {format_count(entry['warnings'], 'warning')}"
    yield f"{style(one_line(entry['path']), 'bold')}: {told}"
    for finding in entry["findings"]:
        severity = "waived" if finding["waived"] else finding["severity"]
        sign = {"error": "bad", "warning": "warn"}.get(severity, "dim")
        yield f"  {style(f'{severity:<7}', sign)} {finding['rule']}  {style(one_line(finding['path']), 'bold')}"
        yield from wrapped(finding["message"], "          ")


def _rule(data: dict[str, Any], style: Style) -> Iterator[str]:
    yield f"{style(data['rule'], 'bold')} ({data['severity'].replace('_', ' ')})"
    lists = ", ".join(data["lists"])
    for label, told in (
        ("When", data["condition"]),
        ("Says", data["message"]),
        ("Why", data["reason"]),
        ("Weak", data["weak"]),
        ("Strong", data["strong"]),
        ("Source", data["source"]),
        ("Reads", ", ".join(data["reads"])),
        ("Lists", f"{lists}; [words.en] in sprintkit.toml adds to them" if lists else ""),
    ):
        if told:
            yield from wrapped(told, " " * 10, first=f"  {label:<8}")
