"""How long scenes took, and how often what was expected of them was right: values; no board in here."""
