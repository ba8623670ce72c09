"""What deserves a look, decided once a second: rules about calls, teams and sources, and what becomes of an alarm."""
