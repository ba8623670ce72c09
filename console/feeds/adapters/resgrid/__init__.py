"""Resgrid v4: an open-source dispatch system, as its source code and schema describe it."""
