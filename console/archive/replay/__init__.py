"""A recorded shift as a source of events, with what a trainee adds to it, and as it is known by now."""
