"""Finds the recipe of a source in a sprint's `sources.toml`, and the extract that it names in the workspace."""

from __future__ import annotations

import glob
from pathlib import Path

from sprintkit.errors import InputError
from sprintkit.measure.folding import fold_name
from sprintkit.measure.recipe import MetricRecipe, SourceRecipe
from sprintkit.measure.sources import Recipes, parse_sources
from sprintkit.store.files import load_file_if_exists
from sprintkit.store.workspace import Workspace


def find_recipe(workspace: Workspace, slug: str, source_name: str) -> SourceRecipe:
    """The recipe of a source, or one with only its name if the team has written none. Raises InputError."""
    for recipe in _load_recipes(workspace, slug).sources:
        if fold_name(recipe.name) == fold_name(source_name):
            return recipe
    return SourceRecipe(name=source_name)


def find_metric_recipe(workspace: Workspace, slug: str) -> MetricRecipe | None:
    """The recipe of the metric; None if the team has written none. Raises InputError."""
    return _load_recipes(workspace, slug).metric


def _load_recipes(workspace: Workspace, slug: str) -> Recipes:
    file = load_file_if_exists(workspace.root, workspace.sources_path(slug))
    return Recipes([], None) if file is None else parse_sources(file.document, file.path)


def find_extract(workspace: Workspace, slug: str, recipe: SourceRecipe | MetricRecipe) -> str:
    """The path, relative to the workspace, of the newest file that the recipe reads; the last by name breaks ties.

    Raises InputError if the recipe names no path, no file matches it, or a link on the way leaves the workspace.
    """
    path = workspace.sources_path(slug)
    if recipe.read is None:
        raise InputError(
            "no file is named, and no recipe says where the extract of this source lies",
            code="usage",
            hint=f"Name the extract: sprintkit probe {slug} SOURCE FILE, or enter read in {path}.",
        )
    pattern = glob.escape(recipe.read).replace("[*]", "*")
    root = Path(workspace.root)
    real_root = root.resolve()
    matches: list[tuple[int, str]] = []
    is_outside = False
    for match in root.glob(pattern):
        real_path = match.resolve()
        if not real_path.is_relative_to(real_root):
            is_outside = True
        elif real_path.is_file():
            matches.append((real_path.stat().st_mtime_ns, match.relative_to(root).as_posix()))
    if matches:
        return max(matches)[1]
    if is_outside:
        raise InputError(
            f"{recipe.read} is reached through a link that leaves the workspace",
            code="outside",
            path=path,
            hint="Put the extract into the workspace, or name it on the command line.",
        )
    raise InputError(
        f"{recipe.read} matches no file",
        code="no_extract",
        path=path,
        hint="Put the extract there, or name it on the command line.",
    )
