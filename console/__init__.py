"""SMART Console: the supervisor's desktop console for live crisis response."""
