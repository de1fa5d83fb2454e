"""Traps in the place of what a workspace has once: its folders, settings and templates."""

from __future__ import annotations

import json
import os
import shutil

from tests.security.trap import CANARY_COMMAND, INVISIBLE, MARKUP, Place, single

# What a workspace has once


@single
def sprints_is_a_link(place: Place) -> None:
    """Takes a folder outside for the workspace's sprints."""
    shutil.rmtree(place.root / "sprints")
    place.link("sprints", place.outside)


@single
def templates_is_a_link(place: Place) -> None:
    """Takes files outside for templates, and shows them in a document."""
    place.link("templates", place.outside / "folder")


@single
def templates_that_are_links(place: Place) -> None:
    """Shows a file outside in a document; walks for ever."""
    place.link("templates/charter.md.j2", place.outside / "victim.toml")
    place.link("templates/partials", ".")
    place.link("templates/house.typ", "/dev/zero")
    os.mkfifo(place.path("templates/status.md.j2"))


@single
def fonts_that_are_links(place: Place) -> None:
    """Hands a file outside to a parser of fonts."""
    place.link("templates/fonts/x.otf", place.outside / "victim.toml")
    place.link("templates/fonts/y.ttf", "/dev/zero")


@single
def fonts_folder_is_a_link(place: Place) -> None:
    """Hands a folder outside to a parser of fonts."""
    place.link("templates/fonts", place.outside / "folder")


@single
def settings_that_are_a_link(place: Place) -> None:
    """Shows a file outside in a message."""
    place.link("sprintkit.toml", place.outside / "victim.toml")


@single
def settings_that_are_a_pipe(place: Place) -> None:
    """Waits for ever."""
    os.mkfifo(place.path("sprintkit.toml"))


@single
def settings_that_mean_harm(place: Place) -> None:
    """Binds every key to quitting, and gives words that take for ever to look for."""
    words = [f"{'a' * 50}{number}" for number in range(9_000)] + ["(a+)+$", MARKUP, INVISIBLE, ""]
    lexicon = dict.fromkeys(("vague", "solution", "verbs", "nobody"), words)
    keys = {"home.open": "ctrl+q,q,enter", "app.quit": "a,b,c", MARKUP: INVISIBLE, "session.enter": ""}
    settings = {
        "theme": MARKUP,
        "keys": keys,
        "words": lexicon,
        "lexicon": lexicon,
        "thresholds": {"x": 1e308},
    }
    place.write("sprintkit.toml", settings)


@single
def private_folder_is_a_link(place: Place) -> None:
    """Writes the lock and what was typed into a folder outside."""
    place.link(".sprintkit", place.outside / "folder")


@single
def private_folder_of_odd_files(place: Place) -> None:
    """Waits for a lock that is a pipe, or takes a crafted draft of a form for what the user typed."""
    os.mkfifo(place.path(".sprintkit/lock"))
    for name in ("checkin-lead", "checkin-lead-03", "lead-week-03", "checkin-lead-3", "close-lead", "x"):
        place.write(
            f".sprintkit/forms/{name}.json", json.dumps({"values": [[MARKUP]], "week": 10**30, MARKUP: {}})
        )
    os.mkfifo(place.path(".sprintkit/forms/pipe.json"))
    place.link(".sprintkit/forms/out.json", place.outside / "victim.toml")


@single
def git_files_that_are_links(place: Place) -> None:
    """Appends lines to a file outside when a workspace is made here."""
    for name in (".gitignore", ".gitattributes"):
        (place.root / name).unlink()
        place.link(name, place.outside / "victim.toml")


@single
def git_folder_of_pipes(place: Place) -> None:
    """Waits for ever when the branch is read."""
    shutil.rmtree(place.root / ".git")
    os.mkfifo(place.path(".git/HEAD"))


@single
def modules_that_take_the_place_of_ours(place: Place) -> None:
    """Runs as soon as Python looks for a module in the current folder."""
    code = f"import os\nos.system({CANARY_COMMAND!r})\n"
    for name in (
        "json",
        "typst",
        "tomli",
        "sitecustomize",
        "usercustomize",
        "jinja2/__init__",
        "gc",
        "difflib",
    ):
        place.write(f"{name}.py", code)


@single
def templates_that_loop(place: Place) -> None:
    """Never ends, or makes a document without end."""
    place.write(
        "templates/charter.md.j2",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    )
    place.write("templates/charter.html.j2", "{{ 'a' * 9999999999 }}")
    place.write("templates/charter.typ", '#let x = range(99999999).map(str).join("")\n#x')


@single
def templates_that_read_and_run(place: Place) -> None:
    """Reads a file outside, runs Python, or takes a package from the network."""
    escape = "{{ ''.__class__.__mro__[1].__subclasses__() }}{{ cycler.__init__.__globals__.os.system('x') }}"
    place.write("templates/charter.md.j2", escape)
    place.write("templates/charter.html.j2", f"{{% include '{place.outside}/victim.toml' %}}")
    place.write("templates/charter.typ", f'#read("{place.outside}/victim.toml")')
    place.write("templates/status.md.j2", "{% include '../../outside/victim.toml' %}")
    place.write("templates/status.html.j2", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")
    place.write(
        "templates/status.typ", '#import "@preview/canary:1.0.0": *\n#read("../../../outside/victim.toml")'
    )


@single
def words_of_900_kilobytes(place: Place) -> None:
    """Makes every figure of a document 900 KB long."""
    place.write("templates/words.json", json.dumps({"thousands": "x" * 900_000}))


@single
def templates_too_many_and_too_deep(place: Place) -> None:
    """Walks and reads for minutes."""
    for number in range(300):
        place.write(f"templates/x{number}.j2", "")
    place.write(f"templates/{'d/' * 20}x.j2", "")
