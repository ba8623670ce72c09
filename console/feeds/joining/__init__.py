"""One board from several sources: who wins a conflict, and what the rows point to then."""
