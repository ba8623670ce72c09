"""The worker process beside the console, and reading in it."""
