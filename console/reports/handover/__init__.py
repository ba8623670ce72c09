"""The shift handover: the whole board on paper, for whoever takes it over."""
