"""The one item model and its view: every table of the program is made of it."""
