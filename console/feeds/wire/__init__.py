"""HTTP to one source: what is sent, what comes back, and what went wrong in plain words."""
