"""One call or one unit in full, with what is masked until it is held."""
