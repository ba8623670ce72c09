"""A definition pack as a person wrote it: each thing in it that cannot be used, with its line and what to write."""
