"""The transport bar of a replay: the recorded clock, its controls, and the time axis of the shift."""
