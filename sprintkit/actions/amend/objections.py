"""The warnings that keep an amended text from being signed, and the waivers that let them stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sprintkit.actions.amend.basis import AmendmentBasis
from sprintkit.actions.amend.changes import ChangeRecord
from sprintkit.actions.form.field import Answers, Field, field_text
from sprintkit.actions.session.outline import describe_place
from sprintkit.charter.blank import is_blank
from sprintkit.charter.findings import WARNING, Finding
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.rules.rule import is_advice
from sprintkit.charter.rules.waivers import WAIVER, build_waivers
from sprintkit.records.amendment import Change
from sprintkit.records.in_force import apply_changes
from sprintkit.text.escaping import one_line

_SECTION: Final = "What keeps it from being signed"
_HELP: Final = "Nobody can sign it like this. Change it above, or say here why it may stay: that waives it."

Document = Mapping[str, Any]


def blocking_warnings(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that keep a text from being signed until they are waived or fixed."""
    return [
        finding
        for finding in findings
        if finding.severity == WARNING
        and not finding.waived
        and finding.rule != WAIVER
        and not is_advice(finding.rule)
    ]


class Objections:
    """The warnings that some changes cause."""

    def __init__(self, basis: AmendmentBasis, changes: Sequence[ChangeRecord]) -> None:
        models = [Change.model_validate(change) for change in changes]
        self.document: Document = apply_changes(basis.document, models)[0]
        self.findings = blocking_warnings(basis.new_findings(self.document)) if changes else []

    def fields(self) -> Iterator[Field]:
        """For each warning, a field for the reason why it may stay."""
        for finding in self.findings:
            place = one_line(describe_place(self.document, finding.path))
            yield Field(
                key=_key(finding), label="It may stay, because", kind="line", section=_SECTION, help=_HELP,
                lead=((finding.rule, f"{place}: {finding.message}"),),
            )  # fmt: skip

    def waivers(
        self, fields: Sequence[Field], answers: Answers, by: str
    ) -> Iterator[tuple[str, ChangeRecord]]:
        """For each warning with a reason: the key of its field, and the change that waives it."""
        known = self.document.get("waivers")
        index = len(known) if isinstance(known, list) else 0
        own_fields = {field.key: field for field in fields}
        for finding in self.findings:
            key = _key(finding)
            reason = field_text(answers, own_fields[key]).strip() if key in own_fields else ""
            if is_blank(reason):
                continue
            for waiver in build_waivers(parse_lenient(self.document), [finding], reason, by):
                yield key, {"path": f"waivers[{index}]", "new": waiver}
                index += 1


def _key(finding: Finding) -> str:
    return f"stays|{finding.rule}|{finding.path}"
