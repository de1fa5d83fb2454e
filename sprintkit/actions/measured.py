"""The defect rates that a sprint's probes measured, which rules compare with the typed rates."""

from __future__ import annotations

from sprintkit.actions.load_sprint import parse_records
from sprintkit.charter.measured import NOTHING_MEASURED, MeasuredRates
from sprintkit.records.kinds import PROBE, SIGNATURE
from sprintkit.records.probe import Probe
from sprintkit.records.probed_rates import measured_rates, sort_probes
from sprintkit.records.record_set import RecordSet
from sprintkit.store.sprint_files import SprintFiles


def rates_to_compare(records: RecordSet) -> MeasuredRates:
    """The latest rates of each source; none once the charter has an approval, since drift is reported from then on."""
    probes = records.records_of(Probe)
    if not probes or any(stored.record.decision == "approve" for stored in records.signatures):
        return NOTHING_MEASURED
    return measured_rates(stored.record for stored in sort_probes(probes))


def has_approval(files: SprintFiles) -> bool:
    """Whether anybody has approved a version of the charter, including an amended one."""
    return any(file.document.get("decision") == "approve" for file in files.records_of(SIGNATURE))


def rates_in_files(files: SprintFiles | None) -> MeasuredRates:
    """As `rates_to_compare`, for files that are loaded but not yet parsed."""
    if files is None or not files.records_of(PROBE):
        return NOTHING_MEASURED
    return rates_to_compare(parse_records(files))
