"""The roster: its rows, groups and columns."""
