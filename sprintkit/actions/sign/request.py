"""Mails that ask for a signature, as drafts with the charter's PDF. Nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TypedDict, final

from sprintkit.actions import output_file
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_agreed_sprint import load_signable_sprint
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.render.house_templates import load_house_templates, load_house_wording
from sprintkit.actions.render.mail import build_mail
from sprintkit.actions.render.render import render_bytes
from sprintkit.actions.result import Result
from sprintkit.actions.sign.request_text import make_request, proposed_amendments
from sprintkit.actions.sign.roster import RosterEntry, SignRoster, build_roster, find_signatory
from sprintkit.actions.sign.texts import SignableText, find_text
from sprintkit.charter.paths import quote_key
from sprintkit.charter.slug import first_free_name, slugify
from sprintkit.documents.context.request import build_request_context
from sprintkit.documents.render.document import render_document
from sprintkit.errors import RefusedError
from sprintkit.signoff.mail_address import plain_address
from sprintkit.text.escaping import one_line

_FORBIDDING: Final = ("draft_pending", "closed", "altered")
"""Codes of the blocks that make a request pointless. Findings of the sign gate may be settled before the answer."""


@final
class RequestMail(TypedDict):
    """One draft that was written."""

    person: str
    """Key in `[people]`."""
    path: str
    """Relative to the workspace if it is inside it, else absolute."""
    shown: str
    """The path as the caller named it."""
    name: str
    address: str | None
    """None if the charter has no address; the mail then has no To."""
    subject: str
    text: str


@final
class RequestData(TypedDict):
    """The `data` of `request`."""

    slug: str
    digest: str
    """The digest of the text to sign, 64 hex digits."""
    amendment: str | None
    """The id of the amendment to sign; None for the charter."""
    mails: list[RequestMail]


def write_requests(
    context: WorkspaceContext,
    slug: str,
    people: Sequence[str] = (),
    out: str | None = None,
    *,
    amendment: str | None = None,
    force: bool = False,
) -> Result[RequestData]:
    """Write a draft for everybody who has not answered, or for each of `people` (key or name), into the folder `out`.

    The text to sign is the charter, or an `amendment` (its id or file). By default it is the proposed amendment if
    everybody has approved the charter and there is exactly one. All outputs are checked before anything is written.
    Raises RefusedError if there is no charter, a draft is pending, no approval is missing, or one of `people` does not
    sign or has already approved; InputError if an output exists (unless `force`) and as `list_signatories`; WriteError.
    """
    sprint = load_signable_sprint(context, slug)
    text = _text_to_ask_about(context, sprint, amendment)
    roster = build_roster(context, sprint, text)
    forbidding = [block for block in roster.blocks if block.code in _FORBIDDING]
    if forbidding:
        raise RefusedError.from_problems(block.as_problem(None) for block in forbidding)
    recipients = _choose(roster, people)
    paths = _paths(roster, recipients, Path(out or "."))
    output_file.refuse_guarded_places(context.root, *paths.values())
    if not force:
        output_file.refuse_existing(*paths.values())
    pdf = render_bytes(context, roster.slug, "charter", "pdf").body
    templates = load_house_templates(context.workspace)
    wording = load_house_wording(templates)
    mails: list[RequestMail] = []
    for person, entries in recipients.items():
        name, address = entries[0].name, plain_address(entries[0].contact)
        request = make_request(text, roster.entries, entries, context.today)
        template_context = build_request_context(request, wording)
        body = render_document(
            "request", "eml", template_context, templates.files, unusable=templates.unusable
        )
        draft = build_mail(template_context, body, pdf, roster.slug, context.today)
        path = paths[person]
        output_file.write(context.root, path, draft)
        mails.append(
            {
                "person": person,
                "path": output_file.relative_path(context.root, path),
                "shown": str(path),
                "name": name,
                "address": address,
                "subject": template_context["mail"]["subject"],
                "text": body.decode(),
            }
        )
    notes = tuple(_notes(roster, mails, is_everybody=not people))
    data: RequestData = {
        "slug": roster.slug,
        "digest": roster.digest,
        "amendment": roster.amendment,
        "mails": mails,
    }
    return Result(data, notes=notes)


def _text_to_ask_about(context: WorkspaceContext, sprint: Sprint, amendment: str | None) -> SignableText:
    text = find_text(sprint, amendment, context.today)
    if amendment is not None or not text.is_complete:
        return text
    proposed = proposed_amendments(sprint, context.today)
    if not proposed:
        return text
    if len(proposed) > 1:
        raise RefusedError(
            f"everybody has approved {sprint.slug}; amendments {', '.join(map(one_line, proposed))} are proposed",
            code="which_amendment",
            hint=f"Say which: sprintkit request {sprint.slug} --amendment {one_line(proposed[0])}",
        )
    return find_text(sprint, proposed[0], context.today)


def _choose(roster: SignRoster, people: Sequence[str]) -> dict[str, list[RosterEntry]]:
    """The entries of each person to ask, by key, in the order of the charter.

    People who rejected the text are asked again only if they are named.
    """
    if people:
        chosen = {_find_signatory(roster, text) for text in people}
        waiting = [entry for entry in roster.waiting if entry.person in chosen]
    else:
        waiting = [entry for entry in roster.waiting if entry.state != "rejected"]
    by_person: dict[str, list[RosterEntry]] = {}
    for entry in waiting:
        by_person.setdefault(entry.person, []).append(entry)
    if by_person:
        return by_person
    rejected = ", ".join(dict.fromkeys(one_line(entry.name) for entry in roster.waiting))
    if rejected:
        raise RefusedError(
            f"nobody is waited for: {rejected} rejected this text",
            code="nobody_waits",
            hint="Change the text, or ask again by name: --to PERSON",
        )
    what = roster.slug if roster.amendment is None else f"amendment {one_line(roster.amendment)}"
    raise RefusedError(f"everybody has approved {what}", code="nobody_waits")


def _find_signatory(roster: SignRoster, text: str) -> str:
    """The key of the signatory whose key or name is `text`, and who has not approved for every party."""
    person = find_signatory(roster, text)
    if not any(waiting.person == person for waiting in roster.waiting):
        name = next(entry.name for entry in roster.entries if entry.person == person)
        raise RefusedError(f"{one_line(name)} has approved this text already", code="signed_already")
    return person


def _paths(roster: SignRoster, asked: dict[str, list[RosterEntry]], folder: Path) -> dict[str, Path]:
    """The file for each person; a person's key becomes part of its name only as a slug."""
    names: dict[str, str] = {}
    for person in asked:
        name = first_free_name(slugify(person, fallback="person"), names.values())
        names[person] = name
    about = "" if roster.amendment is None else f"-{slugify(roster.amendment, fallback='amendment')}"
    return {person: folder / f"{roster.slug}{about}-request-{name}.eml" for person, name in names.items()}


def _notes(roster: SignRoster, mails: Sequence[RequestMail], *, is_everybody: bool) -> Iterator[str]:
    nobody_approved = all(entry.state != "approved" for entry in roster.entries)
    for mail in mails:
        yield f"Wrote {mail['shown']}"
    for mail in mails:
        if mail["address"] is not None:
            continue
        note = (
            f"{mail['name']} has no e-mail address in the charter, so write it into the mail;"
            " an answer by e-mail then counts as recorded."
        )
        if nobody_approved and roster.amendment is None:
            path = f"people.{quote_key(mail['person'])}.contact"
            note += (
                f" Better, type first: sprintkit scope {roster.slug} --set {path}=ADDRESS"
                " and request again, because that changes the digest."
            )
        yield note
    if is_everybody:
        for name in dict.fromkeys(entry.name for entry in roster.entries if entry.state == "rejected"):
            yield f"{name} rejected this text and is not asked again; name them with --to."
    if roster.blocks:
        count = len(roster.blocks)
        yield (
            f"No approval can be recorded yet: {count} {'finding is' if count == 1 else 'findings are'} open."
            f" See: sprintkit check {roster.slug}"
        )
