"""One file for each verb of the command line: it composes what the verb needs and returns the exit code."""
