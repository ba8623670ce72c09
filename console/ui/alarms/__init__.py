"""Every alarm of the board with who and why, and the figures of the alarm system."""
