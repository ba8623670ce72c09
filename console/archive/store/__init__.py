"""Where the archive is kept: its tables, and how a database is opened, brought up to date and locked."""
