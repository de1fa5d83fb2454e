"""Declares every kind of record once: the names of its files, and what reads, validates and writes them.

A new kind is an entry here, a model and a validator. Everything else goes through `KINDS`: loading a sprint, `check`,
`doctor`, `schema`, the listing's cache and completion.

Listing sprints loads this module, so it imports neither models nor validators: they are named here, and imported on
first use.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import Any

    from sprintkit.records.base import Record
    from sprintkit.records.record_set import RecordValidator


class RecordKind:
    """One kind of record."""

    __slots__ = (
        "command",
        "example",
        "has_form",
        "later_path",
        "may_precede_charter",
        "model",
        "name",
        "path",
        "pattern",
        "validator",
    )

    def __init__(
        self,
        name: str,
        *,
        model: str,
        validator: str = "",
        path: str = "",
        later_path: str = "",
        pattern: str = "",
        example: str = "",
        command: str = "",
        has_form: bool = False,
        may_precede_charter: bool = False,
    ) -> None:
        self.name = name
        """Names its JSON Schema, and thereby the kind in a file's first line."""
        self.model = model
        """The pydantic model, as `module:class` below `sprintkit.records`."""
        self.validator = validator
        """Validates all of a sprint's records of this kind; as `module:function` below `sprintkit.records.validation`."""
        self.path = path
        """Its files in a sprint's folder, with the parts of the name in braces; empty if it is never kept there."""
        self.later_path = later_path
        """The path of a later file, if `path` names a single file and that is taken; else empty."""
        self.pattern = pattern or path.replace(".", r"\.")
        """Regular expression for `path`."""
        self.example = example or path
        """A file name to show to somebody whose file has a wrong one."""
        self.command = command
        """The command that writes it; empty while there is none."""
        self.has_form = has_form
        """Whether the app has a form for it."""
        self.may_precede_charter = may_precede_charter
        """Whether it may exist before the charter. Any other record without a charter makes a sprint broken."""

    @property
    def top_name(self) -> str:
        """The file or folder in a sprint's folder: `checkins` or `closing.toml`; empty if there is none."""
        return self.path.partition("/")[0]

    @property
    def later_prefix(self) -> str:
        """The prefix of the names of later files, such as `closing-`; empty if there are none."""
        return self.later_path.partition("{")[0]

    @property
    def folder(self) -> str:
        """The folder of its files in a sprint's folder; empty if it has none of its own."""
        return self.top_name if "/" in self.path else ""

    @property
    def has_subfolders(self) -> bool:
        """Whether its files are in subfolders of the folder."""
        return self.path.count("/") > 1

    def match_subfolder(self, path: str) -> bool:
        """Whether `path`, in the workspace, is a valid subfolder for its files."""
        import re

        return self.has_subfolders and bool(re.fullmatch(self.pattern.rpartition("/")[0], _in_sprint(path)))

    def match_path(self, path: str) -> "re.Match[str] | None":
        """The match of a file's path in the workspace, `sprints/SLUG/…`; None if it is not the path of this kind."""
        import re

        return re.fullmatch(self.pattern, _in_sprint(path)) if self.path else None

    def load_model(self) -> "type[Record]":
        """Import and return the model."""
        model: type[Record] = _load("sprintkit.records", self.model)
        return model

    def load_validator(self) -> "RecordValidator":
        """Import and return the validator."""
        validator: RecordValidator = _load("sprintkit.records.validation", self.validator)
        return validator


TESTIMONY = RecordKind(
    "testimony",
    model="testimony:Testimony",
    validator="testimony:testimony_issues",
    path="answers/{person}.toml",
    pattern=r"answers/.+\.toml",
    example="ann.toml",
    command="answer",
    may_precede_charter=True,
)
PARKED_SHEET = RecordKind("sheet", model="testimony:ParkedSheet", command="answer")
"""Its values go into the draft; the sheet itself is not stored."""
SIGNATURE = RecordKind(
    "signature",
    model="signature:Signature",
    validator="signature:signature_issues",
    path="signatures/{digest:.12}/{party}-{person}.toml",
    pattern=r"signatures/([0-9a-f]{12})/.+\.toml",
    example="0123456789ab/sponsor-ann.toml",
)
AMENDMENT = RecordKind(
    "amendment",
    model="amendment:Amendment",
    validator="amendment:amendment_issues",
    path="amendments/{on}-{change}-{person}.toml",
    pattern=r"amendments/.+\.toml",
    example="2027-04-02-scope-ann.toml",
    command="amend",
    has_form=True,
)
CHECKIN = RecordKind(
    "checkin",
    model="checkin:CheckIn",
    validator="checkin:checkin_issues",
    path="checkins/week-{week:02}.toml",
    pattern=r"checkins/week-(\d{2,3})\.toml",
    example="week-03.toml",
    command="checkin",
    has_form=True,
)
CORRECTION = RecordKind(
    "correction",
    model="correction:Correction",
    validator="correction:correction_issues",
    path="checkins/week-{week:02}-fix-{number}.toml",
    pattern=r"checkins/week-(\d{2,3})-fix-([1-9]\d{0,2})\.toml",
    example="week-03-fix-1.toml",
    command="checkin",
    has_form=True,
)
CLOSING = RecordKind(
    "closing",
    model="closing:Closing",
    validator="closing:closing_issues",
    path="closing.toml",
    later_path="closing-{on}.toml",
    pattern=r"closing(?:-\d{4}-\d{2}-\d{2})?\.toml",
    example="closing-2027-04-02.toml",
    command="close",
    has_form=True,
)
REVIEW = RecordKind(
    "review",
    model="review:Review",
    validator="review:review_issues",
    path="reviews/{month}.toml",
    pattern=r"reviews/(\d{4}-(?:0[1-9]|1[0-2]))\.toml",
    example="2027-04.toml",
    command="review",
    has_form=True,
)
READINESS = RecordKind(
    "readiness",
    model="readiness:ReadinessAnswers",
    validator="readiness:readiness_issues",
    path="readiness.toml",
    command="readiness",
    has_form=True,
    may_precede_charter=True,
)
PROBE = RecordKind(
    "probe",
    model="probe:Probe",
    validator="probe:probe_issues",
    path="probes/{on}-{source}.toml",
    pattern=r"probes/(\d{4}-(?:0[1-9]|1[0-2])-\d{2})-.+\.toml",
    example="2026-03-02-web-enquiry-form.toml",
    command="probe",
    may_precede_charter=True,
)

KINDS = (
    TESTIMONY,
    PARKED_SHEET,
    SIGNATURE,
    AMENDMENT,
    CHECKIN,
    CORRECTION,
    CLOSING,
    REVIEW,
    READINESS,
    PROBE,
)
"""In the order in which `check` lists them."""
FOLDERS = tuple(dict.fromkeys(kind.folder for kind in KINDS if kind.folder))
"""The folders of records in a sprint's folder."""


def top_name_of(path: str) -> str:
    """The file or folder in a sprint's folder that `path`, in that folder, belongs to.

    A later file belongs to the first one of its kind: `closing-2027-04-02.toml` to `closing.toml`.
    """
    name = path.partition("/")[0]
    later = (kind.path for kind in KINDS if kind.later_path and name.startswith(kind.later_prefix))
    return next(later, name)


def _in_sprint(path: str) -> str:
    """The part of a path in the workspace that lies in the sprint's folder."""
    return path.split("/", 2)[-1]


def _load(package: str, reference: str) -> "Any":
    from importlib import import_module

    module, _, name = reference.partition(":")
    return getattr(import_module(f"{package}.{module}"), name)
