"""The result of a use case, for either front end to show."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, NamedTuple, TypedDict, TypeVar

from sprintkit.errors import ExitCode, Problem

if TYPE_CHECKING:
    from sprintkit.actions.close.assessment import ClosingAssessment
    from sprintkit.actions.sprint_view import SprintView
    from sprintkit.measure.report import MetricValue, ProbeReport

Payload = TypeVar("Payload", bound=Mapping[str, object], covariant=True)


class Result(NamedTuple, Generic[Payload]):
    """The result of a use case, not printed yet. Its text is unescaped, exactly as people typed it."""

    data: Payload | None
    """The `data` of the JSON envelope; dates may be `date` objects. None if nothing could be done."""
    errors: tuple[Problem, ...] = ()
    exit_code: ExitCode = ExitCode.OK
    notes: tuple[str, ...] = ()
    """Lines for stderr: what happened meanwhile, or what to do next."""
    view: SprintView | None = None
    """The sprint that `status SPRINT` shows; its text says more than its JSON."""
    ending: ClosingAssessment | None = None
    """The end of that sprint."""
    report: ProbeReport | None = None
    """What `probe` measured; its text has the counts, its JSON the shares."""
    reading: MetricValue | None = None
    """What `read` measured."""
    names: Mapping[str, str] = MappingProxyType({})
    """Names of people by their keys, for text; JSON has the keys."""


class Refusal(TypedDict):
    """The `data` of a command that was refused before it did anything."""

    slug: str | None
