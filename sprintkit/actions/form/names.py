"""The names of forms and sessions, under which their drafts and side copies are stored."""

from __future__ import annotations

from typing import Final, NamedTuple

NEW_SPRINT_FORM: Final = "scope-new"
"""The title of a sprint that has no folder yet."""
NEW_READINESS_FORM: Final = "readiness"
"""Readiness answers that belong to no sprint yet."""
_SESSION, _CHECKIN, _CORRECTION, _WEEK = "scope-", "checkin-", "correction-", "-week-"
_AMENDMENT, _CLOSING, _REVIEW, _READINESS = "amend-", "close-", "review-", "readiness-"


class FormName(NamedTuple):
    """The parsed name of a form."""

    kind: str
    """`scope`, `checkin`, `correction`, `amend`, `close`, `review` or `readiness`."""
    slug: str
    week: int | None = None
    """The week that a correction is about."""


def resume_form(slug: str) -> str:
    """The form that holds where a sprint's session stopped, and its answers if they could not be saved."""
    return f"{_SESSION}{slug}"


def checkin_form_name(slug: str) -> str:
    """The form that holds a sprint's unsaved check-in."""
    return f"{_CHECKIN}{slug}"


def closing_form_name(slug: str) -> str:
    """The form that holds a sprint's unsaved closing."""
    return f"{_CLOSING}{slug}"


def correction_form_name(slug: str, week: int) -> str:
    """The form that holds an unsaved correction of a week's check-in."""
    return f"{_CORRECTION}{slug}{_WEEK}{week}"


def review_form_name(slug: str) -> str:
    """The form that holds a sprint's unsaved monthly review."""
    return f"{_REVIEW}{slug}"


def amendment_form_name(slug: str) -> str:
    """The form that holds a sprint's unsaved amendment."""
    return f"{_AMENDMENT}{slug}"


def readiness_form_name(slug: str) -> str:
    """The form that holds a sprint's unsaved readiness answers."""
    return f"{_READINESS}{slug}"


def parse_form_name(name: str) -> FormName | None:
    """Parse the name of a form; None if it is not one. `NEW_SPRINT_FORM` parses as the name of a session."""
    if name.startswith(_SESSION):
        return FormName("scope", name.removeprefix(_SESSION))
    if name.startswith(_CHECKIN):
        return FormName("checkin", name.removeprefix(_CHECKIN))
    for kind, prefix in (
        ("amend", _AMENDMENT),
        ("close", _CLOSING),
        ("review", _REVIEW),
        ("readiness", _READINESS),
    ):
        if name.startswith(prefix):
            return FormName(kind, name.removeprefix(prefix))
    slug, separator, week = name.removeprefix(_CORRECTION).rpartition(_WEEK)
    if name.startswith(_CORRECTION) and separator and week.isascii() and week.isdigit() and len(week) < 4:
        return FormName("correction", slug, int(week))
    return None
