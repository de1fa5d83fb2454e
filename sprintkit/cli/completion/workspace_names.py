"""Shell code that lists what a workspace holds: the slugs of sprints, and the names of data sources."""

from __future__ import annotations

SOURCES_AWK = r"""
/^\[/ { is_source = /^\[\[data_requirements\]\]/ }
is_source && /^name = "[^"\\]*"$/ {
  name = substr($0, 9, length($0) - 9)
  if (name !~ /^-/ && index(name, prefix) == 1) print name
}
"""
"""Prints the names of the data sources in a charter or draft that begin with `prefix`. One that is escaped is left out."""

SLUGS_SH = (
    f"""\
_sprintkit_folder() {{
  folder="${{1:-$PWD}}"
  while [ ! -d "$folder/sprints" ]; do
    case "$folder" in */*) folder="${{folder%/*}}" ;; *) return 1 ;; esac
    [ -n "$folder" ] || {{ [ -d /sprints ] || return 1; break; }}
  done
}}
_sprintkit_sources() {{
  local folder file
  _sprintkit_folder "$1" || return
  for file in "$folder/sprints/$2/draft.toml" "$folder/sprints/$2/charter.toml"; do
    [ -f "$file" ] && {{ awk -v "prefix=$3" '{SOURCES_AWK}' "$file"; return; }}
  done
}}
"""
    + """\
_sprintkit_slugs() {
  local folder prefix="${2:-}" sprint name
  _sprintkit_folder "$1" || return
  for sprint in "$folder"/sprints/*/; do
    sprint="${sprint%/}"
    name="${sprint##*/}"
    case "$name" in -*|*[[:cntrl:]]*) continue ;; esac
    case "$name" in "$prefix"*) [ -d "$sprint" ] && printf '%s\\n' "$name" ;; esac
  done
}
"""
)
"""Prints the slugs, or the sources of a sprint, that begin with a prefix, in bash and zsh. Names that would act as
options are left out."""
