"""One dispatch API each, without any input or output of their own."""
