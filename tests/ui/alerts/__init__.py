"""How alarms are heard and seen when nobody looks."""
