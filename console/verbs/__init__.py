"""The verbs of the command line as typer declares them, one file for each kind of work."""
