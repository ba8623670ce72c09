"""Alarms as values: what stands, when to look again, how much comes in; no rule and no board in here."""
