"""Traps among the files: names, links, devices, sizes."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import stat
from datetime import date
from pathlib import Path

from sprintkit.records.kinds import FOLDERS
from tests.conftest import example, soak
from tests.security.trap import SHELL_NAMES, Place, trap

# Names


@trap
def names_that_a_shell_runs(place: Place) -> None:
    """Runs a command when a name is expanded, in completion or by a program that is called."""
    for name in SHELL_NAMES:
        place.write(f"sprints/{name}/draft.toml", 'schema = 1\n[charter]\ntitle = "x"\n')
        place.write(f"{name}.toml", "schema = 1\n")


@trap
def names_that_act_on_the_terminal(place: Place) -> None:
    """Colours the terminal, sets its title or turns text around when a listing prints a name."""
    for name in ("\x1b[31mred", "\x1b]0;title\x07", "\u202egpj.exe", "a\rb", "[red]x[", "\u200b"):
        place.write(f"sprints/{name}/draft.toml", 'schema = 1\n[charter]\ntitle = "x"\n')
    place.write("sprints/lead/checkins/\x1b[2J.toml", "schema = 1\n")


@trap
def names_like_options(place: Place) -> None:
    """Becomes an option of the next command."""
    for name in ("-rf", "--help", "--json", "-o", "--"):
        place.write(f"sprints/{name}/draft.toml", 'schema = 1\n[charter]\ntitle = "x"\n')


@trap
def names_with_path_separators(place: Place) -> None:
    """Puts a file outside the workspace where an id, a person or a record names it."""
    document = example("lead")
    document["charter"]["id"] = "../../outside/id"
    document["people"]["../../../outside/person"] = {"name": "../../outside/victim", "role": "x"}
    document["owner"]["person"] = "../../../outside/person"
    place.write("sprints/paths/charter.toml", document)
    place.write("sprints/a\\..\\b/draft.toml", 'schema = 1\n[charter]\nid = "../../outside/draft"\n')
    place.write("sprints/..∕..∕outside/draft.toml", 'schema = 1\n[charter]\ntitle = "../../x"\n')
    answer = {"schema": 1, "person": "../../outside/victim", "on": date(2026, 2, 2), "answers": []}
    place.write("sprints/paths/answers/..%2foutside.toml", answer)


@trap
def names_that_are_no_text(place: Place) -> None:
    """Ends a program that prints or encodes a name of bytes that are not UTF-8."""
    for name in (b"sprints/\xff\xfe", b"sprints/lead/checkins/\xff.toml", b"sprints/\xed\xa0\x80"):
        with contextlib.suppress(OSError):  # macOS refuses such names
            (Path(os.fsdecode(os.fsencode(place.root) + b"/" + name))).mkdir()


# Links


@trap
def sprint_that_is_a_link(place: Place) -> None:
    """Reads and writes a folder outside as if it were a sprint."""
    place.link("sprints/link-out", place.outside / "sprint")
    place.link("sprints/link-up", "../../outside/sprint")


@trap
def files_of_a_sprint_that_are_links(place: Place) -> None:
    """Shows a file outside as an answer, or overwrites it when a draft is saved."""
    for name in ("charter.toml", "draft.toml", "closing.toml", "readiness.toml"):
        place.link(f"sprints/linked-{name.removesuffix('.toml')}/{name}", place.outside / "victim.toml")


@trap
def record_folders_that_are_links(place: Place) -> None:
    """Writes a record into a folder outside."""
    place.add_charter("linkedfolders")
    for folder in (*FOLDERS, "signed"):
        place.link(f"sprints/linkedfolders/{folder}", place.outside / "folder")


@trap
def records_that_are_links(place: Place) -> None:
    """Overwrites a file outside with the week's record."""
    place.add_charter("linkedrecords")
    for name in ("checkins/week-01.toml", "checkins/week-02.toml", "amendments/x.toml", "answers/odile.toml"):
        place.link(f"sprints/linkedrecords/{name}", place.outside / "victim.toml")
    place.link("sprints/linkedrecords/signatures/0123456789ab", place.outside / "folder")


@trap
def links_in_circles(place: Place) -> None:
    """Walks for ever."""
    place.link("sprints/circle", "circle")
    place.link("sprints/ring-a", "ring-b")
    place.link("sprints/ring-b", "ring-a")
    place.link("sprints/round/charter.toml", "charter.toml")
    place.link("sprints/round/checkins", "../round")
    place.link("sprints/nowhere/charter.toml", "not-there.toml")
    place.link("sprints/all/sprints", "..")
    place.link("sprints/all/draft.toml", "/proc/self/mem")


@trap
def outputs_that_are_links(place: Place) -> None:
    """Overwrites a file outside, or in `.git`, when a document is rendered to its usual place."""
    for number, form in enumerate(("md", "html", "pdf")):
        target = (place.outside / "victim.toml", Path(".git/config"), Path("nowhere"))[number]
        for document in ("charter", "status"):
            place.link(f"lead-{document}.{form}", target)
    place.link("out", place.outside / "folder")
    os.mkfifo(place.path("markup-charter.md"))


# Devices, pipes, wrong kinds


@trap
def devices(place: Place) -> None:
    """Never ends (zero), waits for a key (tty), or reads what was piped in (stdin)."""
    for slug, target in (("zero", "/dev/zero"), ("tty", "/dev/tty"), ("stdin", "/dev/stdin")):
        place.link(f"sprints/{slug}/charter.toml", target)
    place.add_charter("devices")
    for name, numbers in (("week-01.toml", (1, 5)), ("week-02.toml", (1, 9))):
        path = place.path(f"sprints/devices/checkins/{name}")
        try:
            os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(*numbers))
        except OSError:  # only root may
            path.symlink_to("/dev/zero")


@trap
def pipes(place: Place) -> None:
    """Waits for ever for somebody to write into it."""
    for name in ("piped/charter.toml", "piped/draft.toml", "piped-draft/draft.toml", "pipe"):
        os.mkfifo(place.path(f"sprints/{name}"))
    place.add_charter("piperecords")
    for name in (
        "checkins/week-01.toml",
        "answers/odile.toml",
        "closing.toml",
        "readiness.toml",
        "amendments",
    ):
        os.mkfifo(place.path(f"sprints/piperecords/{name}"))
    os.mkfifo(place.path("pipe.toml"))


@trap
def sockets(place: Place) -> None:
    """Cannot be opened as a file at all."""
    folder = place.path("sprints/socket/charter.toml").parent
    before = Path.cwd()
    os.chdir(folder)  # the path of a socket is limited to about a hundred bytes
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("charter.toml")
    finally:
        os.chdir(before)


@trap
def folders_named_like_files(place: Place) -> None:
    """Ends a program that opens it."""
    for name in ("charter.toml", "draft.toml", "closing.toml", "checkins/week-01.toml", "answers/odile.toml"):
        place.path(f"sprints/folders/{name}").mkdir()


@trap
def files_named_like_folders(place: Place) -> None:
    """Ends a program that lists it."""
    place.add_charter("filefolders")
    for folder in (*FOLDERS, "signed"):
        place.write(f"sprints/filefolders/{folder}", "")
    place.write("sprints/file", "")
    place.write("sprints/filefolders-too/signatures/0123456789ab", "")


@trap
def files_that_may_not_be_read(place: Place) -> None:
    """Ends a program that does not expect it. Commands run without root's right to read everything."""
    for name in ("locked/charter.toml", "locked-records/checkins/week-01.toml"):
        place.write(f"sprints/{name}", "schema = 1\n").chmod(0)
    place.add_charter("locked-records")
    place.write("sprints/locked-folder/charter.toml", "schema = 1\n").parent.chmod(0)
    place.write("sprints/locked-checkins/draft.toml", "schema = 1\n")
    place.path("sprints/locked-checkins/checkins/x").parent.chmod(0)


# Size and shape


@trap
def huge_files(place: Place) -> None:
    """Fills the memory."""
    for name, size in (("charter.toml", 20 * 2**30), ("draft.toml", 2**20 + 1)):
        with place.path(f"sprints/huge/{name}").open("wb") as file:
            file.truncate(size)  # takes no room on the disk
    place.write("sprints/long-text/draft.toml", f'schema = 1\n[charter]\ntitle = "{"x" * 1_000_000}"\n')


@trap
def deep_nesting(place: Place) -> None:
    """Overflows the stack of a parser."""
    place.write("sprints/deep-list/charter.toml", f"a = {'[' * 100_000}\n")
    place.write("sprints/deep-table/draft.toml", f"a = {'{b = ' * 30_000}1{'}' * 30_000}\n")
    place.write("sprints/deep-key/draft.toml", f"{'a.' * 100_000}b = 1\n")
    place.write("sprints/deep-header/draft.toml", f"[{'a.' * 2_000}b]\n" * 50)
    folder = place.path("sprints/deep-folders/x").parent
    for _ in range(300):
        folder = folder / "deeper"
    folder.mkdir(parents=True)


@trap
def thousands_of_unknown_tables(place: Place) -> None:
    """Takes minutes, and prints megabytes of messages."""
    tables = "".join(f"\n[wat{number}]\na = 1" for number in range(soak(20_000)))
    place.write("sprints/tables/charter.toml", f"schema = 1\n{tables}\n")
    place.write("sprints/tables/checkins/week-01.toml", f"week = 1\n{tables}\n")


@trap
def many_entries_and_long_keys(place: Place) -> None:
    """Takes time that grows with the square of the entries, or prints a key of half a megabyte."""
    milestones = "".join(f'\n[[plan.milestones]]\nid = "M{number}"\ntitle = "do"' for number in range(1_000))
    place.write("sprints/milestones/draft.toml", f"schema = 1\n{milestones}\n")
    place.write("sprints/long-key/draft.toml", f"schema = 1\n{'k' * 500_000} = 1\n")
    people = {f"p{number}": {"name": f"Person {number}"} for number in range(3_000)}
    place.write("sprints/people/draft.toml", {"schema": 1, "people": people})
    numbers = f"a = {'9' * 200_000}\nb = 1e999999999\nc = 0x{'f' * 9_000}\n"
    place.write("sprints/numbers/draft.toml", f"schema = 1\n[extra]\n{numbers}")


@trap
def many_odd_records(place: Place) -> None:
    """Prints a message for each of very many files."""
    place.add_charter("oddrecords")
    for number in range(300):
        place.write(f"sprints/oddrecords/checkins/x{number}.toml", "")


@trap
def bytes_that_are_no_text(place: Place) -> None:
    """Ends a program that decodes them."""
    place.write("sprints/binary/charter.toml", random.Random(1).randbytes(50_000))
    place.write("sprints/nul/draft.toml", b'schema = 1\n[charter]\ntitle = "\x00"\n')
    place.write("sprints/utf16/draft.toml", 'schema = 1\n[charter]\ntitle = "x"\n'.encode("utf-16"))
    place.write("sprints/surrogate/draft.toml", 'schema = 1\n[charter]\ntitle = "\ud800"\n')
    place.write("sprints/escaped/draft.toml", 'schema = 1\n[charter]\ntitle = "\\u0000\\u001b[2J\\u202e"\n')
