"""When to ask, and what is told of the answer: the tasks of a source."""
