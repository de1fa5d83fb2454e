"""Signing in tests: a strong charter, its people, and everybody's approval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sprintkit.charter.parsing import parse_lenient
from sprintkit.records.signatories import signatories
from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import CommandResult, RunCommand, write_toml
from tests.conftest import example

DAY = "2026-02-12"
MORNING = datetime(2026, 2, 11, 9, 0, tzinfo=UTC)
"""Before any decision that a command takes on DAY, whatever the time of day and the time zone."""


class SignedSprint:
    """A sprint in a workspace, and ways to sign it."""

    def __init__(self, workspace: Path, run: RunCommand, name: str = "lead", slug: str = "lead") -> None:
        self.run = run
        self.folder = workspace / "sprints" / slug
        self.slug = slug
        self.document = example(name)
        self.charter_path = write_toml(self.folder / "charter.toml", self.document)
        self.digest = content_digest(self.document)
        self.required = signatories(parse_lenient(self.document).charter)
        self.people = list(dict.fromkeys(person for _, person in self.required))

    def name_of(self, person: str) -> str:
        """The full name of a person."""
        name: str = self.document["people"][person]["name"]
        return name

    def sign(self, person: str, *options: str, digest: str = "", today: str = DAY) -> CommandResult:
        """Sign as a person, at the command line."""
        own = ("--digest", (digest or self.digest)[:12], "--name", self.name_of(person))
        return self.run("sign", self.slug, "--as", person, *own, *options, "--today", today)

    def receive(self, person: str, recorder: str, how: str = "meeting", *options: str) -> CommandResult:
        """Record what a person decided in a meeting or on paper."""
        received = ("--received", how, "--proof", "minutes, page 2", "--recorded-by", recorder)
        digest = ("--digest", self.digest)
        return self.run("sign", self.slug, "--as", person, *received, *digest, *options, "--today", DAY)

    def write_approvals(
        self, people: Iterable[str] | None = None, *, digest: str = "", **values: Any
    ) -> None:
        """Write approvals as files, which is faster than signing."""
        digest = digest or self.digest
        chosen = set(self.people if people is None else people)
        for index, (party, person) in enumerate(self.required):
            if person in chosen:
                self.write_signature(
                    party, person, digest=digest, at=MORNING + timedelta(minutes=index), **values
                )
        write_toml(self.folder / f"signed/{self.digest[:12]}.toml", self.document)

    def write_signature(self, party: str, person: str, *, name: str = "", **values: Any) -> Path:
        """Write one decision as a file; an approval unless `values` say otherwise."""
        record: Mapping[str, Any] = {
            "schema": 1, "person": person, "party": party, "decision": "approve", "on": date(2026, 2, 12),
            "at": MORNING, "digest": self.digest, "name": self.name_of(person), "received": "own", **values,
        }  # fmt: skip
        folder = self.folder / f"signatures/{record['digest'][:12]}"
        return write_toml(folder / f"{name or f'{party}-{person}'}.toml", dict(record))

    def verify(self, *options: str) -> CommandResult:
        """Verify the sprint, as JSON."""
        return self.run("verify", self.slug, "--json", *options, "--today", DAY)

    def change(self, document: Mapping[str, Any]) -> None:
        """Change the charter by hand."""
        write_toml(self.charter_path, dict(document))
