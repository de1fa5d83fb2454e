"""The rates of defects that a sprint's probes measured, for the rules that compare typed ones with them."""

from __future__ import annotations

from sprintkit.actions.load_sprint import parse_records
from sprintkit.charter.measured import NOTHING_MEASURED, MeasuredRates
from sprintkit.records.kinds import PROBE, SIGNATURE
from sprintkit.records.probe import Probe
from sprintkit.records.probed_rates import measured_rates, sort_probes
from sprintkit.records.record_set import RecordSet
from sprintkit.store.sprint_files import SprintFiles


def rates_to_compare(records: RecordSet) -> MeasuredRates:
    """What was measured last in each source; nothing once somebody has approved the charter, for then drift is told."""
    probes = records.records_of(Probe)
    if not probes or any(stored.record.decision == "approve" for stored in records.signatures):
        return NOTHING_MEASURED
    return measured_rates(stored.record for stored in sort_probes(probes))


def has_approval(files: SprintFiles) -> bool:
    """Whether somebody has approved a text of the charter, that of an amendment included."""
    return any(file.document.get("decision") == "approve" for file in files.records_of(SIGNATURE))


def rates_in_files(files: SprintFiles | None) -> MeasuredRates:
    """As `rates_to_compare`, of files that are loaded and not parsed yet."""
    if files is None or not files.records_of(PROBE):
        return NOTHING_MEASURED
    return rates_to_compare(parse_records(files))
