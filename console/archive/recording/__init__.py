"""Writes the log: what the one sequence gives, in order, on a thread of its own."""
