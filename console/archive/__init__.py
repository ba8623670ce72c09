"""The event log: recorded shifts on disk, in SQLite or PostgreSQL, and the sources that replay and follow them."""
