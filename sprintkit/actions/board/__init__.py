"""The board: all sprints of one or several workspaces as static pages, in a folder of their own."""
