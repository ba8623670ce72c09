"""How alarms are heard and seen when nobody looks: tones, escalation in every window, notices of the desktop."""
