"""The board: all sprints of one or more workspaces as static pages in one folder."""
