"""The only room that touches a workspace's files.

Documents come in through one loading function (`files.read`) and go out through one saving function
(`files.save`). The modules are imported by name, so that listing sprints loads no parser and no writer.
Paths are text relative to the workspace with `/` between the parts, the form that messages show.
"""
