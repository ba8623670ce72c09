"""The list of calls: its rows, filters and columns."""
