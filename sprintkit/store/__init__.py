"""The only package that touches a workspace's files.

Files are read by `files.load_file` and written by `save.save_file`. The modules are imported by name, so that
listing sprints loads no parser and no writer. Paths are text relative to the workspace, with `/` between the parts,
which is also how messages show them.
"""
